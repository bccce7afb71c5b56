// What people edited, newest first, with a way to take it back.
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { type Dataset, type Edit, type EditPage, Problem, loadEdits, reverse } from "./api.ts";
import { colours } from "./colour.ts";
import { counted, instant, number } from "./format.ts";
import { Category, Empty } from "./pieces.tsx";
import { Table, type TableColumn } from "./table.tsx";
import { viewerAt } from "./viewerlink.ts";

const PAGE = 200;
const REFRESH_MILLIS = 10_000;
const KINDS = colours(["merge", "split", "undo", "redo"]);

export function Edits({ dataset }: { dataset: Dataset }) {
  const [page, setPage] = useState<EditPage | undefined>();
  const [problem, setProblem] = useState<Problem | undefined>();
  const [busy, setBusy] = useState<number | undefined>();
  const [said, setSaid] = useState("");

  const load = useCallback(async () => {
    try {
      setPage(await loadEdits(PAGE));
      setProblem(undefined);
    } catch (error) {
      setProblem(error instanceof Problem ? error : new Problem(String(error), "", ""));
    }
  }, []);
  useEffect(() => {
    void load();
    // Others edit, too, and the viewer in another tab does.
    const timer = setInterval(() => document.visibilityState === "visible" && void load(), REFRESH_MILLIS);
    return () => clearInterval(timer);
  }, []);

  const change = async (edit: Edit) => {
    const verb = edit.undone ? "redo" : "undo";
    setBusy(edit.id);
    try {
      const done = await reverse(verb, edit.id);
      const roots = counted(done.new_roots.length, "object");
      setSaid(
        done.operation === null
          ? `Nothing was left to ${verb} of operation ${edit.id}.`
          : `Operation ${done.operation} is the ${verb} of operation ${edit.id}: ${roots} of it now.`,
      );
      setProblem(undefined);
    } catch (error) {
      setSaid("");
      setProblem(error instanceof Problem ? error : new Problem(String(error), "", ""));
    }
    setBusy(undefined);
    await load();
  };

  const columns = useMemo(() => editColumns(dataset, busy, (edit) => void change(edit)), [dataset, busy]);
  if (!page && !problem) {
    return null;
  }
  return (
    <section class="block" id="edits" aria-labelledby="edits-title">
      <h2 id="edits-title">Edits</h2>
      {problem && (
        <p class="refusal" role="alert">
          {problem.message} {problem.hint}
        </p>
      )}
      {said && (
        <p class="said" role="status">
          {said} Open the viewer again to see it.
        </p>
      )}
      {page && page.operations.length === 0 && (
        <Empty>
          Nobody has edited the segmentation yet. In Neuroglancer, choose the layer <code>cells</code>: Shift+M merges,
          Shift+C splits.
        </Empty>
      )}
      {page && page.operations.length > 0 && (
        <>
          <Table
            id="edits"
            caption="Operations on the segmentation, newest first"
            noun={["operation", "operations"]}
            rows={page.operations}
            columns={columns}
            rowKey={(edit) => String(edit.id)}
            file={`${dataset.name}-edits.csv`}
            total={() =>
              page.total > page.operations.length
                ? `the newest of ${number(page.total)}; neuropil graph log lists all`
                : `${number(page.total)} in all`
            }
          />
        </>
      )}
    </section>
  );
}

function editColumns(
  dataset: Dataset,
  busy: number | undefined,
  onReverse: (edit: Edit) => void,
): TableColumn<Edit>[] {
  return [
    { key: "operation", title: "Operation", numeric: true, value: (edit) => edit.id },
    { key: "time", title: "Time", value: (edit) => edit.time, text: (edit) => instant(edit.time) },
    { key: "user", title: "User", value: (edit) => edit.user },
    {
      key: "kind",
      title: "Kind",
      value: (edit) => (edit.target ? `${edit.kind} of ${edit.target}` : edit.kind),
      cell: (edit) => (
        <Category
          name={edit.target ? `${edit.kind} of ${edit.target}` : edit.kind}
          colour={KINDS.get(edit.kind)}
        />
      ),
    },
    {
      key: "before",
      title: "Objects before",
      value: (edit) => edit.before.join(" "),
      cell: (edit) => <Roots ids={edit.before} />,
    },
    {
      key: "after",
      title: "Objects after",
      value: (edit) => edit.after.join(" "),
      cell: (edit) => <Roots ids={edit.after} />,
    },
    {
      key: "edges",
      title: "Edges",
      numeric: true,
      value: (edit) => edit.added + edit.removed,
      text: (edit) => [edit.added && `+${edit.added}`, edit.removed && `−${edit.removed}`].filter(Boolean).join(" "),
    },
    {
      key: "state",
      title: "State",
      value: (edit) => state(edit),
      cell: (edit) => <span class={`state ${edit.undone ? "other" : "done"}`}>{state(edit)}</span>,
    },
    {
      key: "show",
      title: "Viewer",
      value: () => null,
      cell: (edit) => {
        const address = viewerAt(dataset, edit.after, edit.sources[0]?.position ?? edit.sinks[0]?.position);
        return address ? (
          <a href={address} aria-label={`Show operation ${edit.id} in the viewer`}>
            show
          </a>
        ) : null;
      },
    },
    {
      key: "reverse",
      title: "Take back",
      value: () => null,
      cell: (edit) =>
        edit.kind === "merge" || edit.kind === "split" ? (
          <button
            type="button"
            disabled={busy !== undefined}
            aria-label={`${edit.undone ? "Redo" : "Undo"} operation ${edit.id}`}
            onClick={() => onReverse(edit)}
          >
            {edit.undone ? "Redo" : "Undo"}
          </button>
        ) : null,
    },
  ];
}

function state(edit: Edit): string {
  return edit.undone ? "undone" : "stands";
}

function Roots({ ids }: { ids: readonly string[] }) {
  return (
    <span class="roots">
      {ids.map((id) => (
        <code key={id}>{id}</code>
      ))}
    </span>
  );
}
