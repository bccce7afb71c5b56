// What the dataset is, at a glance, and the way into the viewer.
import { useState } from "preact/hooks";
import type { Dataset } from "./api.ts";
import { NONE, bytes, counted, extent, product, safeAddress, triple, volume } from "./format.ts";

const SECTION = "/api/v1/figure/section.png";

export function Overview({ dataset }: { dataset: Dataset }) {
  const viewer = safeAddress(dataset.viewer);
  return (
    <section class="overview">
      <div class="about">
        <h1>{dataset.title || dataset.name}</h1>
        {dataset.title && dataset.title !== dataset.name && (
          <p class="name">
            Dataset <code>{dataset.name}</code>
          </p>
        )}
        {dataset.description && <p class="description">{dataset.description}</p>}
        {viewer && (
          <a class="launch" id="open-viewer" href={viewer}>
            Open in Neuroglancer
            <span aria-hidden="true">→</span>
          </a>
        )}
        <Facts dataset={dataset} />
      </div>
      <Section title={dataset.title || dataset.name} />
    </section>
  );
}

function Facts({ dataset }: { dataset: Dataset }) {
  const { size_voxels: size, voxel_size_nm: voxel } = dataset;
  const parts = dataset.parts ?? [];
  const stored = parts.reduce((sum, part) => sum + (part.bytes ?? 0), 0);
  const nanometres = size && voxel ? size.map((n, axis) => n * (voxel[axis] ?? 0)) : undefined;
  const facts: [string, string, string?][] = [];
  if (nanometres) {
    facts.push(["Extent", extent(nanometres), `${volume(nanometres)} of tissue`]);
  }
  if (size) {
    facts.push(["Size", `${triple(size, 0)} voxels`, counted(product(size), "voxel")]);
  }
  if (voxel) {
    facts.push(["Voxel size", `${triple(voxel)} nm`]);
  }
  if (parts.length > 0) {
    facts.push(["Data volume", stored > 0 ? bytes(stored) : NONE, `in ${counted(parts.length, "part")}`]);
  }
  return (
    <dl class="facts">
      {facts.map(([name, value, more]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value}
            {more && <small>{more}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The picture of the middle section; a server that has none answers 404, and nothing is shown. */
function Section({ title }: { title: string }) {
  const [missing, setMissing] = useState(false);
  if (missing) {
    return null;
  }
  return (
    <figure class="section">
      <img
        src={SECTION}
        alt={`The middle section of ${title}: the electron micrograph in grey with its segments in colour`}
        onError={() => setMissing(true)}
      />
      <figcaption>Middle section, segments in colour</figcaption>
    </figure>
  );
}
