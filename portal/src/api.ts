// What the server says about its dataset. Anything but the name may be missing: a page must stand what a younger or
// older server sends.

export type Triple = readonly [number, number, number];

export interface Part {
  name: string;
  kind: string;
  format?: string | null;
  path?: string | null;
  data_type?: string | null;
  size_voxels?: Triple | null;
  voxel_size_nm?: Triple | null;
  mips?: number | null;
  count?: number | null;
  bytes?: number | null;
}

export interface StageInput {
  path: string;
  sha256?: string | null;
}

export interface Stage {
  run: string;
  verb: string;
  part?: string | null;
  state: string;
  started?: string | null;
  seconds?: number | null;
  peak_mib?: number | null;
  parameters?: unknown;
  inputs?: StageInput[] | null;
  figures?: unknown;
}

export interface Score {
  segmentation: string;
  labels: string;
  adapted_rand_error?: number | null;
  vi_split?: number | null;
  vi_merge?: number | null;
  vi_sum?: number | null;
  voxels_scored?: number | null;
  rule?: string | null;
}

export interface Dataset {
  name: string;
  title?: string | null;
  description?: string | null;
  attribution?: string | null;
  licence?: string | null;
  licence_url?: string | null;
  software?: string | null;
  voxel_size_nm?: Triple | null;
  size_voxels?: Triple | null;
  parts?: Part[] | null;
  stages?: Stage[] | null;
  scores?: Score[] | null;
  viewer?: string | null;
}

/** A point that a proofreader set. */
export interface EditPoint {
  node: string;
  /** x, y, z in nanometres. */
  position: readonly number[];
}

/** An operation on the segmentation. Ids of objects are text: they do not fit a number. */
export interface Edit {
  id: number;
  kind: string;
  user: string;
  time: string;
  sources: readonly EditPoint[];
  sinks: readonly EditPoint[];
  before: readonly string[];
  after: readonly string[];
  added: number;
  removed: number;
  target: number | null;
  undone: boolean;
}

export interface EditPage {
  total: number;
  operations: Edit[];
}

/** What an undo or redo did. */
export interface Reversal {
  operation: number | null;
  new_roots: readonly string[];
}

/** A table of annotations, or a view. */
export interface AnnotationTable {
  table: string;
  kind: string;
  /** Unknown of a view. */
  rows?: number | null;
  resolution?: Triple | null;
  description?: string | null;
  notice?: string | null;
  reference?: string | null;
  owner?: string | null;
  versions?: readonly number[] | null;
  /** Of a view. */
  sql?: string | null;
}

export interface RowColumn {
  name: string;
  type: string;
}

/** Rows of a table. Ids are text: they do not fit a number. */
export interface RowPage {
  columns: readonly RowColumn[];
  total: number;
  returned: number;
  next?: string | null;
  rows: readonly Record<string, string | number | boolean | null>[];
}

/** A question to a table, in the words of `neuropil query`. */
export interface Question {
  table: string;
  at?: string;
  where?: readonly string[];
  order_by?: readonly string[];
  limit?: number;
  page?: string;
}

/** What went wrong, where, and what to do: the server's own words where it has any. */
export class Problem extends Error {
  readonly where: string;
  readonly hint: string;
  /** Of the answer, 0 if there was none. */
  readonly status: number;

  constructor(message: string, where: string, hint: string, status = 0) {
    super(message);
    this.where = where;
    this.hint = hint;
    this.status = status;
  }
}

export async function loadDataset(address: string): Promise<Dataset> {
  const answer = await ask(address);
  if (typeof answer["name"] !== "string") {
    throw new Problem("The server's answer has no dataset in it", address, "Is the server of another version?");
  }
  return answer as unknown as Dataset;
}

/** The newest edits; undefined if the dataset has no graph that could be edited. */
export async function loadEdits(limit: number): Promise<EditPage | undefined> {
  const address = `/api/v1/graph/operations?limit=${limit}`;
  try {
    const answer = await ask(address);
    if (!Array.isArray(answer["operations"])) {
      throw new Problem("The server's answer has no operations in it", address, "Is the server of another version?");
    }
    return answer as unknown as EditPage;
  } catch (error) {
    if (error instanceof Problem && error.status === 404) {
      return undefined;
    }
    throw error;
  }
}

/** Takes an operation back, or makes it again. */
export async function reverse(verb: "undo" | "redo", operation: number): Promise<Reversal> {
  const body = JSON.stringify({ operation });
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  return (await ask(`/api/v1/graph/${verb}`, { method: "POST", headers, body })) as unknown as Reversal;
}

/** The tables of the dataset; undefined if the server knows none. */
export async function loadTables(): Promise<AnnotationTable[] | undefined> {
  const address = "/api/v1/tables";
  try {
    const answer = await ask(address);
    return Array.isArray(answer["tables"]) ? (answer["tables"] as AnnotationTable[]) : undefined;
  } catch (error) {
    if (error instanceof Problem && error.status === 404) {
      return undefined;
    }
    throw error;
  }
}

/** Rows of a table. */
export async function askRows(question: Question): Promise<RowPage> {
  const address = "/api/v1/query";
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  const answer = await ask(address, { method: "POST", headers, body: JSON.stringify(question) });
  if (!Array.isArray(answer["columns"]) || !Array.isArray(answer["rows"])) {
    throw new Problem("The server's answer has no rows in it", address, "Is the server of another version?");
  }
  return answer as unknown as RowPage;
}

async function ask(address: string, request?: RequestInit): Promise<Record<string, unknown>> {
  let response: Response;
  try {
    response = await fetch(address, request ?? { headers: { Accept: "application/json" } });
  } catch {
    throw new Problem("The server does not answer", address, "Is it still running? Start it and try again.");
  }
  let body: unknown;
  try {
    body = JSON.parse(await response.text());
  } catch {
    throw new Problem(
      `The server's answer is not JSON (status ${response.status})`,
      address,
      "Is this page served by neuropil serve?",
    );
  }
  return readAnswer(response.status, body, address);
}

/** An answer; or the problem that it tells of. */
export function readAnswer(status: number, body: unknown, address: string): Record<string, unknown> {
  const answer = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  if (status >= 400 || "error" in answer) {
    const text = (key: string) => (typeof answer[key] === "string" ? answer[key] : "");
    const message = text("error") || `The server answered with status ${status}`;
    throw new Problem(message, text("where") || address, text("hint"), status);
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new Problem("The server's answer is not what was expected", address, "Is the server of another version?");
  }
  return answer;
}
