// The tables of annotations, and the rows of one of them, which the server filters and sorts.
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { type AnnotationTable, type Dataset, Problem, type RowPage, askRows, loadTables } from "./api.ts";
import { colours } from "./colour.ts";
import { toCsv } from "./csv.ts";
import { NONE, number, triple } from "./format.ts";
import { Category, Empty } from "./pieces.tsx";
import { type Chosen, nextOrder, question, readChosen, writeChosen } from "./question.ts";
import { saveText } from "./save.ts";
import { Table, type TableColumn } from "./table.tsx";

const PAGE = 50;

export function Tables({ dataset }: { dataset: Dataset }) {
  const [tables, setTables] = useState<AnnotationTable[] | undefined>();
  const [problem, setProblem] = useState<Problem | undefined>();
  const [chosen, setChosen] = useState<Chosen>(() => readChosen(new URLSearchParams(location.search)));
  useEffect(() => {
    loadTables().then(setTables, (error: unknown) => setProblem(asProblem(error)));
  }, []);
  const choose = (next: Chosen) => {
    setChosen(next);
    const search = writeChosen(new URLSearchParams(location.search), next).toString();
    history.replaceState(history.state, "", `${location.pathname}${search && `?${search}`}${location.hash}`);
  };
  const columns = useMemo(
    () => tableColumns(tables ?? [], (table) => choose({ table, at: "", where: "", sort: "" })),
    [tables],
  );
  if (!tables && !problem) {
    return null;
  }
  const shown = tables?.find((table) => table.table === chosen.table);
  return (
    <section class="block" id="tables" aria-labelledby="tables-title">
      <h2 id="tables-title">Tables</h2>
      {problem && <Refusal problem={problem} />}
      {tables && tables.length === 0 && (
        <Empty>
          There are no tables yet. <code>neuropil table create</code> makes one, and so do clients of CAVE.
        </Empty>
      )}
      {tables && tables.length > 0 && (
        <Table
          id="tables"
          caption="Tables of annotations, and views"
          noun={["table", "tables"]}
          rows={tables}
          columns={columns}
          rowKey={(table) => table.table}
          file={`${dataset.name}-tables.csv`}
          total={(rows) => `${number(rows.reduce((sum, table) => sum + (table.rows ?? 0), 0))} rows`}
        />
      )}
      {shown && <Rows key={shown.table} table={shown} chosen={chosen} onChoose={choose} />}
    </section>
  );
}

function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem(String(error), "", "");
}

function Refusal({ problem }: { problem: Problem }) {
  return (
    <p class="refusal" role="alert">
      {problem.where && `${problem.where}: `}
      {problem.message}
      {problem.hint && `; ${problem.hint}`}
    </p>
  );
}

function tableColumns(
  tables: readonly AnnotationTable[],
  onChoose: (table: string) => void,
): TableColumn<AnnotationTable>[] {
  const kinds = colours([...new Set(tables.map((table) => table.kind))]);
  return [
    { key: "table", title: "Table", value: (table) => table.table },
    {
      key: "kind",
      title: "Kind",
      value: (table) => table.kind,
      cell: (table) => <Category name={table.kind} colour={kinds.get(table.kind)} />,
    },
    {
      key: "rows",
      title: "Rows",
      numeric: true,
      value: (table) => table.rows,
      text: (table) => number(table.rows),
    },
    {
      key: "resolution",
      unit: "nm",
      title: "Voxel (nm)",
      numeric: true,
      value: (table) => (table.resolution ? table.resolution.join(" x ") : null),
      text: (table) => triple(table.resolution),
    },
    { key: "versions", title: "Versions", value: (table) => (table.versions ?? []).join(" ") },
    { key: "reference", title: "Refers to", value: (table) => table.reference },
    { key: "description", title: "Description", value: (table) => table.description },
    {
      key: "show",
      title: "Rows of it",
      value: () => null,
      cell: (table) => (
        <button type="button" aria-label={`Show rows of ${table.table}`} onClick={() => onChoose(table.table)}>
          Show
        </button>
      ),
    },
  ];
}

function Rows(props: { table: AnnotationTable; chosen: Chosen; onChoose: (chosen: Chosen) => void }) {
  const { table, chosen, onChoose } = props;
  const [page, setPage] = useState<RowPage | undefined>();
  const [problem, setProblem] = useState<Problem | undefined>();
  const [where, setWhere] = useState(chosen.where);
  const load = useCallback(
    async (token: string) => {
      try {
        setPage(await askRows(question(chosen, PAGE, token)));
        setProblem(undefined);
      } catch (error) {
        setProblem(asProblem(error));
      }
    },
    [chosen],
  );
  useEffect(() => void load(""), [load]);
  const names = page?.columns.map((column) => column.name) ?? [];
  const numeric = new Set((page?.columns ?? []).filter((column) => /int|float/.test(column.type)).map((c) => c.name));
  const csvColumns = names.map((name) => ({
    key: name,
    title: name,
    value: (row: RowPage["rows"][number]) => {
      const value = row[name];
      return typeof value === "boolean" ? String(value) : value;
    },
  }));
  return (
    <div class="table" id="rows">
      <h3>Rows of {table.table}</h3>
      {table.sql && (
        <p>
          A view: <code>{table.sql}</code>
        </p>
      )}
      {table.notice && <p role="note">{table.notice}</p>}
      <form
        class="tools"
        onSubmit={(event) => {
          event.preventDefault();
          onChoose({ ...chosen, where });
        }}
      >
        <label class="filter">
          <span>Conditions</span>
          <input
            type="search"
            value={where}
            placeholder="id > 10; COLUMN in a, b"
            onInput={(event) => setWhere(event.currentTarget.value)}
          />
        </label>
        <label>
          <span class="unseen">Version</span>
          <select value={chosen.at} onChange={(event) => onChoose({ ...chosen, at: event.currentTarget.value })}>
            <option value="">now</option>
            {(table.versions ?? []).map((version) => (
              <option key={version} value={String(version)}>
                version {version}
              </option>
            ))}
          </select>
        </label>
        <button type="submit">Ask</button>
        <button
          type="button"
          disabled={!page}
          onClick={() => page && saveText(`${table.table}.csv`, "text/csv", toCsv(page.rows, csvColumns))}
        >
          Save as CSV
        </button>
      </form>
      {problem && <Refusal problem={problem} />}
      {page && (
        <div class="scroll" tabIndex={0} role="region" aria-label={`Rows of ${table.table} (table)`}>
          <table>
            <caption>
              <span>Rows of {table.table}, sorted and filtered by the server</span>
            </caption>
            <thead>
              <tr>
                {names.map((name) => {
                  const up = chosen.sort === name;
                  const down = chosen.sort === `-${name}`;
                  return (
                    <th
                      key={name}
                      scope="col"
                      class={numeric.has(name) ? "numeric" : undefined}
                      aria-sort={up ? "ascending" : down ? "descending" : "none"}
                    >
                      <button
                        type="button"
                        onClick={() => onChoose({ ...chosen, sort: nextOrder(chosen.sort, name) })}
                      >
                        {`${name}\u00a0`}
                        <span class="arrow" aria-hidden="true">
                          {up ? "▲" : down ? "▼" : "↕"}
                        </span>
                      </button>
                    </th>
                  );
                })}
              </tr>
            </thead>
            <tbody>
              {page.rows.map((row, index) => (
                <tr key={index}>
                  {names.map((name) => (
                    <td key={name} class={numeric.has(name) ? "numeric" : undefined}>
                      {row[name] === null || row[name] === undefined ? NONE : String(row[name])}
                    </td>
                  ))}
                </tr>
              ))}
              {page.rows.length === 0 && (
                <tr>
                  <td class="nothing" colSpan={Math.max(1, names.length)}>
                    No row meets the conditions.
                  </td>
                </tr>
              )}
            </tbody>
            <tfoot>
              <tr>
                <td colSpan={Math.max(1, names.length)}>
                  <span role="status">
                    {number(page.returned)} of {number(page.total)} rows
                  </span>
                  {page.next && (
                    <button type="button" onClick={() => void load(page.next ?? "")}>
                      Next rows
                    </button>
                  )}
                </td>
              </tr>
            </tfoot>
          </table>
        </div>
      )}
    </div>
  );
}
