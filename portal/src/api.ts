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

/** What went wrong, where, and what to do: the server's own words where it has any. */
export class Problem extends Error {
  readonly where: string;
  readonly hint: string;

  constructor(message: string, where: string, hint: string) {
    super(message);
    this.where = where;
    this.hint = hint;
  }
}

export async function loadDataset(address: string): Promise<Dataset> {
  let response: Response;
  try {
    response = await fetch(address, { headers: { Accept: "application/json" } });
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

/** The dataset in an answer; or the problem that it tells of. */
export function readAnswer(status: number, body: unknown, address: string): Dataset {
  const answer = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  if (status >= 400 || "error" in answer) {
    const text = (key: string) => (typeof answer[key] === "string" ? answer[key] : "");
    const message = text("error") || `The server answered with status ${status}`;
    throw new Problem(message, text("where") || address, text("hint"));
  }
  if (typeof answer["name"] !== "string") {
    throw new Problem("The server's answer has no dataset in it", address, "Is the server of another version?");
  }
  return answer as unknown as Dataset;
}
