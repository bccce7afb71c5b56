// What is asked of a table on the page, apart from how it looks; it stands in the address.
import type { Question } from "./api.ts";

export interface Chosen {
  table: string;
  /** Number of a version; empty for now. */
  at: string;
  /** A condition as `neuropil query --where` takes it; several with `;` between them. */
  where: string;
  /** Column, with `-` before it for the largest first; empty for the order of the ids. */
  sort: string;
}

export const NOTHING: Chosen = { table: "", at: "", where: "", sort: "" };

/** What an address asks for: `rows.table=synapses&rows.where=size > 100&rows.sort=-size&rows.at=1`. */
export function readChosen(search: URLSearchParams): Chosen {
  const get = (key: string) => search.get(`rows.${key}`) ?? "";
  return { table: get("table"), at: get("at"), where: get("where"), sort: get("sort") };
}

/** An address that asks for it. Other parameters stay. */
export function writeChosen(search: URLSearchParams, chosen: Chosen): URLSearchParams {
  const result = new URLSearchParams(search);
  for (const [key, value] of Object.entries(chosen)) {
    if (value) {
      result.set(`rows.${key}`, value);
    } else {
      result.delete(`rows.${key}`);
    }
  }
  return result;
}

/** A page of rows, as the server is asked for it. */
export function question(chosen: Chosen, limit: number, page = ""): Question {
  const where = chosen.where
    .split(";")
    .map((condition) => condition.trim())
    .filter(Boolean);
  return {
    table: chosen.table,
    ...(chosen.at && { at: chosen.at }),
    ...(where.length > 0 && { where }),
    ...(chosen.sort && { order_by: [chosen.sort] }),
    limit,
    ...(page && { page }),
  };
}

/** What a click on a column does: upwards, downwards, and back to the order of the ids. */
export function nextOrder(sort: string, column: string): string {
  return sort === column ? `-${column}` : sort === `-${column}` ? "" : column;
}
