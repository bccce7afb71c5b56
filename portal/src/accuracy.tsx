// How good the segmentations are.
import type { Dataset, Score } from "./api.ts";
import { NONE, fixed, number } from "./format.ts";
import { Empty } from "./pieces.tsx";
import { Table, type TableColumn } from "./table.tsx";

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

export function Accuracy({ dataset }: { dataset: Dataset }) {
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
