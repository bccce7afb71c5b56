// Sorting and filtering of tables, apart from how they look.

export type Cell = string | number | null | undefined;

export interface Column<Row> {
  /** Name in links and, with the unit, in CSV files. */
  key: string;
  title: string;
  /** The unit of `value`, where it has one. */
  unit?: string;
  /** What is sorted by and saved: the plain value, in the unit that the column names. Ids are strings. */
  value: (row: Row) => Cell;
  /** What is shown, and with it what is searched; the value itself if left out. */
  text?: (row: Row) => string;
  numeric?: boolean;
}

export interface View {
  /** Key of the column that sorts, or nothing for the order in which rows came. */
  sort: string;
  descending: boolean;
  filter: string;
}

export const PLAIN: View = { sort: "", descending: false, filter: "" };

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Numbers by size, text as people sort it ("s2" before "s10"); what is missing comes last in either direction. */
export function compare(a: Cell, b: Cell, descending: boolean): number {
  const missingA = isMissing(a);
  const missingB = isMissing(b);
  if (missingA || missingB) {
    return Number(missingA) - Number(missingB);
  }
  const order = typeof a === "number" && typeof b === "number" ? a - b : compareText(String(a), String(b));
  return descending ? -order : order;
}

function compareText(a: string, b: string): number {
  if (/^\d+$/.test(a) && /^\d+$/.test(b)) {
    const x = BigInt(a); // 64-bit ids: a collator would do, but only by luck.
    const y = BigInt(b);
    return x < y ? -1 : x > y ? 1 : 0;
  }
  return collator.compare(a, b);
}

function isMissing(cell: Cell): boolean {
  return cell === null || cell === undefined || cell === "" || (typeof cell === "number" && Number.isNaN(cell));
}

export function textOf<Row>(column: Column<Row>, row: Row): string {
  return column.text ? column.text(row) : String(column.value(row) ?? "");
}

/** The rows of a view: those that hold every word of the filter, in its order; rows that are equal keep theirs. */
export function select<Row>(rows: readonly Row[], columns: readonly Column<Row>[], view: View): Row[] {
  const wanted = normal(view.filter).split(/\s+/).filter(Boolean);
  const found = rows.filter((row) => {
    const text = normal(columns.map((column) => `${textOf(column, row)} ${column.value(row) ?? ""}`).join(" "));
    return wanted.every((word) => text.includes(word));
  });
  const column = columns.find((candidate) => candidate.key === view.sort);
  return column ? found.sort((a, b) => compare(column.value(a), column.value(b), view.descending)) : found;
}

function normal(text: string): string {
  return text.toLowerCase().replaceAll("\u00a0", " ");
}

/** What a click on a column's header does: upwards, downwards, and back to the order in which rows came. */
export function nextSort(view: View, key: string): View {
  if (view.sort !== key) {
    return { ...view, sort: key, descending: false };
  }
  return view.descending ? { ...view, sort: "", descending: false } : { ...view, descending: true };
}

/** A view in an address: `stages.sort=-seconds&stages.find=mesh`. Other parameters stay. */
export function writeView(search: URLSearchParams, table: string, view: View): URLSearchParams {
  const result = new URLSearchParams(search);
  set(result, `${table}.sort`, view.sort && (view.descending ? `-${view.sort}` : view.sort));
  set(result, `${table}.find`, view.filter);
  return result;
}

export function readView(search: URLSearchParams, table: string): View {
  const sort = search.get(`${table}.sort`) ?? "";
  const descending = sort.startsWith("-");
  return { sort: descending ? sort.slice(1) : sort, descending, filter: search.get(`${table}.find`) ?? "" };
}

function set(search: URLSearchParams, key: string, value: string): void {
  if (value) {
    search.set(key, value);
  } else {
    search.delete(key);
  }
}
