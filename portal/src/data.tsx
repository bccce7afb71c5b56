// The parts of the dataset.
import { useMemo } from "preact/hooks";
import type { Dataset, Part } from "./api.ts";
import { colours } from "./colour.ts";
import { NONE, bytes, number, safeAddress, triple } from "./format.ts";
import { Category, Empty } from "./pieces.tsx";
import { Table, type TableColumn } from "./table.tsx";

export function Data({ dataset }: { dataset: Dataset }) {
  const parts = dataset.parts ?? [];
  const kinds = useMemo(() => colours(["image", "segmentation", "mesh", ...parts.map((part) => part.kind)]), [parts]);
  const columns = useMemo(() => partColumns(kinds), [kinds]);
  const hasMeshes = parts.some((part) => part.kind === "mesh");
  return (
    <section class="block" id="data" aria-labelledby="data-title">
      <h2 id="data-title">Data</h2>
      {parts.length === 0 ? (
        <Empty>
          The dataset has no volumes yet. <code>neuropil import</code> brings in the first.
        </Empty>
      ) : (
        <>
          <Table
            id="parts"
            caption="Parts of the dataset"
            noun={["part", "parts"]}
            rows={parts}
            columns={columns}
            rowKey={(part, index) => `${index}-${part.name}`}
            file={`${dataset.name}-parts.csv`}
            total={(rows) => bytes(rows.reduce((sum, part) => sum + (part.bytes ?? 0), 0))}
          />
          {!hasMeshes && (
            <Empty>
              There are no meshes yet: the viewer shows segments in sections only. <code>neuropil mesh</code> makes
              them.
            </Empty>
          )}
        </>
      )}
    </section>
  );
}

function partColumns(kinds: ReadonlyMap<string, string>): TableColumn<Part>[] {
  return [
    { key: "name", title: "Part", value: (part) => part.name },
    {
      key: "kind",
      title: "Kind",
      value: (part) => part.kind,
      cell: (part) => <Category name={part.kind} colour={kinds.get(part.kind)} />,
    },
    {
      key: "format",
      title: "Format",
      value: (part) => part.format,
    },
    { key: "data_type", title: "Type", value: (part) => part.data_type },
    {
      key: "size",
      unit: "voxels",
      title: "Size (voxels)",
      numeric: true,
      value: (part) => (part.size_voxels ? part.size_voxels.join(" x ") : null),
      text: (part) => triple(part.size_voxels, 0),
    },
    {
      key: "voxel_size",
      unit: "nm",
      title: "Voxel (nm)",
      numeric: true,
      value: (part) => (part.voxel_size_nm ? part.voxel_size_nm.join(" x ") : null),
      text: (part) => triple(part.voxel_size_nm),
    },
    {
      key: "mips",
      title: "Resolutions",
      numeric: true,
      value: (part) => part.mips,
      text: (part) => number(part.mips),
    },
    {
      key: "count",
      title: "Objects",
      numeric: true,
      value: (part) => part.count,
      text: (part) => number(part.count),
    },
    {
      key: "stored",
      unit: "bytes",
      title: "Stored",
      numeric: true,
      value: (part) => part.bytes,
      text: (part) => bytes(part.bytes),
    },
    {
      key: "path",
      title: "Source",
      value: (part) => part.path,
      cell: (part) => <SourceLink part={part} />,
    },
  ];
}

function SourceLink({ part }: { part: Part }) {
  const address = safeAddress(part.path);
  if (!address) {
    return <>{part.path || NONE}</>;
  }
  const hasInfo = !part.format || part.format === "precomputed";
  const target = hasInfo ? `${address.replace(/\/$/, "")}/info` : address;
  return (
    <a href={target} title={target} aria-label={`${hasInfo ? "info" : "source"} of ${part.name}`}>
      <code>{hasInfo ? "info" : "source"}</code>
    </a>
  );
}
