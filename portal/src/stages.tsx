// How the dataset came about.
import { useMemo, useState } from "preact/hooks";
import type { Dataset, Stage } from "./api.ts";
import { StageChart } from "./chart.tsx";
import { colours } from "./colour.ts";
import { duration, instant, mebibytes } from "./format.ts";
import { Category, Empty } from "./pieces.tsx";
import { Provenance } from "./provenance.tsx";
import { Table, type TableColumn } from "./table.tsx";

export function Stages({ dataset }: { dataset: Dataset }) {
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
