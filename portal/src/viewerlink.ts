// Links into the viewer that show some objects at a place.
import type { Dataset, Triple } from "./api.ts";

interface Layer {
  source?: unknown;
  segments?: string[];
  visible?: boolean;
}

/**
 * The dataset's link into the viewer with other objects and another place; undefined if there is no layer that can be
 * edited.
 *
 * @param roots ids of the objects
 * @param nm the place, nanometres
 */
export function viewerAt(dataset: Dataset, roots: readonly string[], nm?: readonly number[]): string | undefined {
  const [page, hash] = (dataset.viewer ?? "").split("#!");
  if (!page || !hash) {
    return undefined;
  }
  const state = JSON.parse(decodeURIComponent(hash)) as { layers?: Layer[]; position?: number[] };
  const layer = state.layers?.find((candidate) => JSON.stringify(candidate.source ?? "").includes("graphene://"));
  if (!layer) {
    return undefined;
  }
  layer.segments = [...roots];
  const size: Triple | null | undefined = dataset.voxel_size_nm;
  if (nm && size) {
    state.position = nm.map((length, axis) => length / (size[axis] ?? 1));
  }
  return `${page}#!${encodeURIComponent(JSON.stringify(state))}`;
}
