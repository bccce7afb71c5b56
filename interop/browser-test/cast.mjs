// Chooses where a test clicks: places of a plane, by what a server says of the cells there.

/** Cells of the plane for the scenes; each gets its own. */
export class Cast {
  constructor(cells, plane, selected) {
    Object.assign(this, {cells, plane, places: plane.places(), used: new Set(selected)});
  }

  /** Two cells that touch, the largest first: a place in each, close to each other. */
  neighbours() {
    const size = (root) => this.places.get(root)?.length ?? 0;
    const pairs = this.plane.touching().filter((pair) => pair.every((root) => size(root) > 4 && !this.used.has(root)));
    pairs.sort((p, q) => Math.min(...q.map(size)) - Math.min(...p.map(size)));
    if (pairs.length === 0) throw new Error("no two cells of the plane touch that are not used");
    pairs[0].forEach((root) => this.used.add(root));
    const [a, b] = pairs[0].map((root) => this.places.get(root));
    return this.#sorted(a, b)[0];
  }

  /** Cells that are not used, the largest first, those of several supervoxels. */
  *unused(several) {
    const all = [...this.places].sort((p, q) => q[1].length - p[1].length);
    for (const [root, places] of all) {
      const count = new Set(places.map((place) => place.supervoxel)).size;
      if (!this.used.has(root) && (!several || count > 1)) yield [root, places];
    }
  }

  /**
   * Two places of a cell, in two supervoxels, that can be parted without cutting one; as far from each other as possible.
   */
  async separable() {
    for (const [root, places] of this.unused(true)) {
      const pairs = this.#sorted(places, places)
        .filter(([p, q]) => p.supervoxel !== q.supervoxel && distance(p, q) > 10).reverse();
      for (const [p, q] of spread(pairs, 4)) {
        const preview = await this.cells.post("graph/split_preview?int64_as_str=1",
          {sources: [point(this.cells, p)], sinks: [point(this.cells, q)]});
        if (preview.status !== 200 || preview.json.illegal_split) continue;
        const parts = preview.json.supervoxel_connected_components.flat();
        // A supervoxel that would be cut stands in several parts.
        if (new Set(parts).size < parts.length) continue;
        this.used.add(root);
        return [p, q];
      }
    }
    throw new Error("no cell of the plane can be parted");
  }

  #sorted(a, b) {
    const pairs = a.flatMap((p) => b.map((q) => [p, q]));
    return pairs.sort(([p, q], [r, s]) => distance(p, q) - distance(r, s));
  }
}

export function distance(p, q) {
  return Math.hypot(...p.voxel.map((at, axis) => at - q.voxel[axis]));
}

/** Some of a list, the first ones and then from all over it. */
export function spread(list, count) {
  const step = Math.max(1, Math.floor(list.length / count));
  return list.filter((_, i) => i % step === 0).slice(0, count);
}

export function point(cells, place) {
  return [String(place.supervoxel), ...cells.nm(place.voxel)];
}

/** The middle one of the places of the supervoxel that has most. */
export function largest(places) {
  const own = new Map();
  for (const place of places) own.set(place.supervoxel, [...(own.get(place.supervoxel) ?? []), place]);
  const most = [...own.values()].sort((p, q) => q.length - p.length)[0];
  return most[Math.floor(most.length / 2)];
}
