// One table for all of the page: sorted by a click on a header, filtered, saved as CSV; each row may open to details.
import { type ComponentChildren, Fragment } from "preact";
import { useEffect, useId, useMemo, useState } from "preact/hooks";
import { toCsv } from "./csv.ts";
import { NONE, counted } from "./format.ts";
import { type Column, type View, nextSort, readView, select, textOf, writeView } from "./rows.ts";
import { saveText } from "./save.ts";

export interface TableColumn<Row> extends Column<Row> {
  /** How a cell looks, where plain text is not enough. */
  cell?: (row: Row) => ComponentChildren;
}

export interface TableProps<Row> {
  /** Name in links. */
  id: string;
  caption: string;
  /** What one row is, in singular and plural. */
  noun: readonly [string, string];
  rows: readonly Row[];
  columns: readonly TableColumn<Row>[];
  rowKey: (row: Row, index: number) => string;
  /** Name of the CSV file. */
  file: string;
  /** More to say in the total line about the rows that are shown. */
  total?: (rows: readonly Row[]) => string;
  details?: { label: (row: Row) => string; render: (row: Row) => ComponentChildren };
  /** Told which rows are shown, in their order. */
  onShow?: (rows: readonly Row[]) => void;
}

export function Table<Row>(props: TableProps<Row>) {
  const { id, rows, columns, details, onShow } = props;
  const [view, setView] = useState<View>(() => readView(new URLSearchParams(location.search), id));
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const unique = useId();
  const keys = useMemo(() => new Map(rows.map((row, index) => [row, props.rowKey(row, index)])), [rows]);
  const shown = useMemo(() => select(rows, columns, view), [rows, columns, view]);
  useEffect(() => onShow?.(shown), [shown]);

  const change = (next: View) => {
    setView(next);
    const search = writeView(new URLSearchParams(location.search), id, next).toString();
    history.replaceState(history.state, "", `${location.pathname}${search && `?${search}`}${location.hash}`);
  };
  const toggle = (key: string) => {
    const next = new Set(open);
    if (!next.delete(key)) {
      next.add(key);
    }
    setOpen(next);
  };
  const width = columns.length + (details ? 1 : 0);
  const summary = [`${shown.length.toLocaleString("en-US")} of ${counted(rows.length, ...props.noun)}`];
  const more = props.total?.(shown);
  if (more) {
    summary.push(more);
  }

  return (
    <div class="table">
      <div class="tools">
        <label class="filter">
          <span>Filter</span>
          <input
            type="search"
            value={view.filter}
            aria-controls={unique}
            placeholder={`Filter ${props.noun[1]}`}
            onInput={(event) => change({ ...view, filter: event.currentTarget.value })}
          />
        </label>
        <button type="button" onClick={() => saveText(props.file, "text/csv", toCsv(shown, columns))}>
          Save as CSV
        </button>
      </div>
      <div class="scroll" tabIndex={0} role="region" aria-label={`${props.caption} (table)`}>
        <table id={unique}>
          <caption>
            <span>{props.caption}</span>
          </caption>
          <thead>
            <tr>
              {details && (
                <td class="opener">
                  <span class="unseen">Details</span>
                </td>
              )}
              {columns.map((column) => (
                <Header
                  key={column.key}
                  column={column}
                  view={view}
                  onSort={() => change(nextSort(view, column.key))}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => {
              const key = keys.get(row) ?? "";
              const isOpen = open.has(key);
              const detailsId = `${unique}-${key}`;
              return (
                <Fragment key={key}>
                  <tr class={isOpen ? "opened" : undefined}>
                    {details && (
                      <td class="opener">
                        <button
                          type="button"
                          aria-expanded={isOpen}
                          aria-controls={isOpen ? detailsId : undefined}
                          aria-label={details.label(row)}
                          title={details.label(row)}
                          onClick={() => toggle(key)}
                        >
                          <span aria-hidden="true">{isOpen ? "−" : "+"}</span>
                        </button>
                      </td>
                    )}
                    {columns.map((column, index) => {
                      const content = column.cell?.(row) ?? (textOf(column, row) || NONE);
                      const kind = column.numeric ? "numeric" : undefined;
                      return index === 0 ? (
                        <th key={column.key} scope="row" class={kind}>
                          {content}
                        </th>
                      ) : (
                        <td key={column.key} class={kind}>
                          {content}
                        </td>
                      );
                    })}
                  </tr>
                  {details && isOpen && (
                    <tr class="details" id={detailsId}>
                      <td colSpan={width}>{details.render(row)}</td>
                    </tr>
                  )}
                </Fragment>
              );
            })}
            {shown.length === 0 && (
              <tr>
                <td class="nothing" colSpan={width}>
                  No {props.noun[0]} matches the filter “{view.filter.trim()}”.
                </td>
              </tr>
            )}
          </tbody>
          <tfoot>
            <tr>
              <td colSpan={width}>
                <span role="status">{summary.join(" · ")}</span>
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
    </div>
  );
}

function Header<Row>(props: { column: Column<Row>; view: View; onSort: () => void }) {
  const { column, view } = props;
  const sorted = view.sort === column.key;
  const direction = sorted ? (view.descending ? "descending" : "ascending") : "none";
  return (
    <th scope="col" aria-sort={direction} class={column.numeric ? "numeric" : undefined}>
      <button type="button" onClick={props.onSort}>
        {`${column.title}\u00a0`}
        <span class="arrow" aria-hidden="true">
          {sorted ? (view.descending ? "▼" : "▲") : "↕"}
        </span>
      </button>
    </th>
  );
}
