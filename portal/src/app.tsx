// The start page: what the dataset is, how it came about, how good it is, and the way into the viewer.
import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { type Dataset, type Part, Problem, type Score, type Stage, loadDataset } from "./api.ts";
import { StageChart } from "./chart.tsx";
import { colours } from "./colour.ts";
import {
  NONE,
  bytes,
  counted,
  duration,
  extent,
  fixed,
  instant,
  mebibytes,
  number,
  product,
  safeAddress,
  triple,
  volume,
} from "./format.ts";
import { Provenance } from "./provenance.tsx";
import { Table, type TableColumn } from "./table.tsx";

const ADDRESS = "/api/v1/dataset";
const SECTION = "/api/v1/figure/section.png";

type State = { kind: "loading" } | { kind: "failed"; problem: Problem } | { kind: "ready"; dataset: Dataset };

export function App() {
  const [state, setState] = useState<State>({ kind: "loading" });
  const load = useCallback(() => {
    setState({ kind: "loading" });
    loadDataset(ADDRESS).then(
      (dataset) => {
        document.title = `${dataset.title || dataset.name} · Neuropil`;
        setState({ kind: "ready", dataset });
      },
      (error: unknown) => {
        document.title = "Neuropil";
        const problem = error instanceof Problem ? error : new Problem(String(error), ADDRESS, "");
        setState({ kind: "failed", problem });
      },
    );
  }, []);
  useEffect(load, []);

  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header class="bar">
        <div class="inner">
          <a class="brand" href="/">
            <img src="favicon.svg" alt="" width="26" height="26" />
            Neuropil
          </a>
          {state.kind === "ready" && (
            <nav aria-label="On this page">
              <a href="#data">Data</a>
              <a href="#accuracy">Accuracy</a>
              <a href="#stages">Stages</a>
            </nav>
          )}
        </div>
      </header>
      <main id="main" tabIndex={-1} aria-busy={state.kind === "loading"}>
        {state.kind === "loading" && <Loading />}
        {state.kind === "failed" && <Failed problem={state.problem} onRetry={load} />}
        {state.kind === "ready" && <Page dataset={state.dataset} />}
      </main>
      <Footer dataset={state.kind === "ready" ? state.dataset : undefined} />
    </>
  );
}

function Loading() {
  return (
    <p class="loading" role="status">
      Loading the dataset …
    </p>
  );
}

function Failed(props: { problem: Problem; onRetry: () => void }) {
  const { problem } = props;
  return (
    <section class="failed" role="alert">
      <h1>The dataset cannot be shown</h1>
      <p class="what">{problem.message}</p>
      <dl>
        <dt>Where</dt>
        <dd>
          <code>{problem.where}</code>
        </dd>
        {problem.hint && (
          <>
            <dt>What to do</dt>
            <dd>{problem.hint}</dd>
          </>
        )}
      </dl>
      <button type="button" onClick={props.onRetry}>
        Try again
      </button>
    </section>
  );
}

function Page({ dataset }: { dataset: Dataset }) {
  return (
    <>
      <Overview dataset={dataset} />
      <Data dataset={dataset} />
      <Accuracy dataset={dataset} />
      <Stages dataset={dataset} />
    </>
  );
}

// ------------------------------------------------------------------------------------------------------- overview

function Overview({ dataset }: { dataset: Dataset }) {
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

// ----------------------------------------------------------------------------------------------------------- data

function Data({ dataset }: { dataset: Dataset }) {
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

// ------------------------------------------------------------------------------------------------------- accuracy

const SCORE_COLUMNS: TableColumn<Score>[] = [
  { key: "segmentation", title: "Segmentation", value: (score) => score.segmentation },
  { key: "labels", title: "Compared with", value: (score) => score.labels },
  scoreColumn("adapted_rand_error", "", "Adapted Rand error"),
  scoreColumn("vi_split", "bits", "VI split (bits)"),
  scoreColumn("vi_merge", "bits", "VI merge (bits)"),
  scoreColumn("vi_sum", "bits", "VI sum (bits)"),
  {
    key: "voxels_scored",
    title: "Voxels scored",
    numeric: true,
    value: (score) => score.voxels_scored,
    text: (score) => number(score.voxels_scored),
  },
  {
    key: "rule",
    title: "Rule",
    value: (score) => score.rule,
    cell: (score) => <span class="prose">{score.rule || NONE}</span>,
  },
];

function scoreColumn(
  key: "adapted_rand_error" | "vi_split" | "vi_merge" | "vi_sum",
  unit: string,
  title: string,
): TableColumn<Score> {
  const column: TableColumn<Score> = {
    key,
    title,
    numeric: true,
    value: (score) => score[key],
    text: (score) => fixed(score[key], 3),
  };
  return unit ? { ...column, unit } : column;
}

function Accuracy({ dataset }: { dataset: Dataset }) {
  const scores = dataset.scores ?? [];
  return (
    <section class="block" id="accuracy" aria-labelledby="accuracy-title">
      <h2 id="accuracy-title">Accuracy</h2>
      {scores.length === 0 ? (
        <Empty>
          Nothing has been scored yet. With labels to compare with, <code>neuropil score</code> says how good a
          segmentation is.
        </Empty>
      ) : (
        <>
          <Table
            id="scores"
            caption="Segmentations compared with labels"
            noun={["comparison", "comparisons"]}
            rows={scores}
            columns={SCORE_COLUMNS}
            rowKey={(_, index) => String(index)}
            file={`${dataset.name}-scores.csv`}
          />
          <dl class="explain">
            <div>
              <dt>Adapted Rand error</dt>
              <dd>
                How often two voxels are wrongly put together or wrongly kept apart: 0 is perfect, 1 is the worst.
              </dd>
            </div>
            <div>
              <dt>VI split</dt>
              <dd>How far true cells are cut into pieces, in bits; 0 means that no cell is cut.</dd>
            </div>
            <div>
              <dt>VI merge</dt>
              <dd>How far segments join different cells, in bits; 0 means that no two cells are joined.</dd>
            </div>
            <div>
              <dt>VI sum</dt>
              <dd>Split and merge together, the variation of information: the lower the better.</dd>
            </div>
            <div>
              <dt>Voxels scored</dt>
              <dd>How many voxels were compared, after the rule in the last column.</dd>
            </div>
          </dl>
        </>
      )}
    </section>
  );
}

// --------------------------------------------------------------------------------------------------------- stages

function Stages({ dataset }: { dataset: Dataset }) {
  const stages = dataset.stages ?? [];
  const verbs = useMemo(() => colours(stages.map((stage) => stage.verb)), [stages]);
  const columns = useMemo(() => stageColumns(verbs), [verbs]);
  const [shown, setShown] = useState<readonly Stage[]>(stages);
  return (
    <section class="block" id="stages" aria-labelledby="stages-title">
      <h2 id="stages-title">Stages</h2>
      {stages.length === 0 ? (
        <Empty>
          No stage has been recorded. Every <code>neuropil</code> command that writes to the dataset leaves one here.
        </Empty>
      ) : (
        <>
          <Table
            id="stages"
            caption="How the dataset came about"
            noun={["stage", "stages"]}
            rows={stages}
            columns={columns}
            rowKey={(stage, index) => `${index}-${stage.run}`}
            file={`${dataset.name}-stages.csv`}
            total={(rows) => `${duration(rows.reduce((sum, stage) => sum + (stage.seconds ?? 0), 0))} in total`}
            details={{
              label: (stage) => `Provenance of ${stage.verb}${stage.part ? ` ${stage.part}` : ""}`,
              render: (stage) => <Provenance stage={stage} />,
            }}
            onShow={setShown}
          />
          <StageChart stages={shown} colours={verbs} title="Time per stage" file={`${dataset.name}-stages`} />
        </>
      )}
    </section>
  );
}

function stageColumns(verbs: ReadonlyMap<string, string>): TableColumn<Stage>[] {
  return [
    {
      key: "verb",
      title: "Stage",
      value: (stage) => stage.verb,
      cell: (stage) => <Category name={stage.verb} colour={verbs.get(stage.verb)} />,
    },
    { key: "part", title: "Part", value: (stage) => stage.part },
    {
      key: "state",
      title: "State",
      value: (stage) => stage.state,
      cell: (stage) => <span class={`state ${stage.state === "done" ? "done" : "other"}`}>{stage.state}</span>,
    },
    { key: "started", title: "Started", value: (stage) => stage.started, text: (stage) => instant(stage.started) },
    {
      key: "time",
      unit: "s",
      title: "Time",
      numeric: true,
      value: (stage) => stage.seconds,
      text: (stage) => duration(stage.seconds),
    },
    {
      key: "peak_memory",
      unit: "mib",
      title: "Peak memory",
      numeric: true,
      value: (stage) => stage.peak_mib,
      text: (stage) => mebibytes(stage.peak_mib),
    },
    { key: "run", title: "Run", value: (stage) => stage.run, cell: (stage) => <code>{stage.run}</code> },
  ];
}

// ---------------------------------------------------------------------------------------------------------- pieces

function Category({ name, colour }: { name: string; colour: string | undefined }) {
  return (
    <span class="category">
      <svg width="10" height="10" aria-hidden="true">
        <rect width="10" height="10" rx="2" fill={colour ?? "currentColor"} />
      </svg>
      {name}
    </span>
  );
}

function Empty({ children }: { children: ComponentChildren }) {
  return <p class="empty">{children}</p>;
}

function Footer({ dataset }: { dataset: Dataset | undefined }) {
  const licenceAddress = safeAddress(dataset?.licence_url);
  const licence = dataset?.licence || licenceAddress;
  return (
    <footer>
      <div class="inner">
        {dataset?.attribution && (
          <p>
            <strong>Data:</strong> {dataset.attribution}
          </p>
        )}
        {licence && (
          <p>
            <strong>Licence of the data:</strong>{" "}
            {licenceAddress ? (
              <a href={licenceAddress} rel="license">
                {licence}
              </a>
            ) : (
              licence
            )}
          </p>
        )}
        <p>
          {dataset?.software ?? "Neuropil"} · <a href="/api/v1/dataset">This page as JSON</a> ·{" "}
          <a href="THIRD-PARTY.txt">Third-party software</a>
        </p>
      </div>
    </footer>
  );
}
