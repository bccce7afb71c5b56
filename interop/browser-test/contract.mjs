// What a viewer asked and was answered, compared with what Neuroglancer is known to ask and expect
// (graphene-contract.json).
import {readFileSync} from "node:fs";

const json = (file) => JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8"));
export const CONTRACT = json("graphene-contract.json");
/** The version of Neuroglancer that is served: what the portal is built with. */
export const VERSION = json("../../portal/package.json").dependencies.neuroglancer;
export const VIEWER = `Neuroglancer ${VERSION}, as npm has it`;
const JSON_TYPE = "application/json";

/** Keeps all requests of a page and its workers, to a server. */
export class Recorder {
  #exchanges = new Map();
  #bodies = [];

  constructor(page, origin) {
    page.on("response", (response) => {
      if (response.url().startsWith(origin)) this.#begin(response);
    });
    page.on("requestfinished", (request) => this.#exchanges.has(request) && this.#bodies.push(this.#end(request)));
  }

  #begin(response) {
    const request = response.request();
    const url = new URL(response.url());
    this.#exchanges.set(request, {
      method: request.method(), path: url.pathname, query: [...url.searchParams.keys()].sort(), search: url.search,
      sent: request.postData(), sentType: request.headers()["content-type"] ?? "", status: response.status(),
      type: response.headers()["content-type"] ?? "", bytes: null, response,
    });
  }

  async #end(request) {
    const exchange = this.#exchanges.get(request);
    try {
      exchange.bytes = await exchange.response.body();
    } catch {
      // Given up by the viewer, or answered from its cache: there is no body to look at.
    }
  }

  /**
   * All that was answered until now. What is still on its way is not waited for: of what a page asked for that is left
   * meanwhile, the end is never told.
   */
  async exchanges() {
    await Promise.all(this.#bodies);
    return [...this.#exchanges.values()];
  }

  /** The last answer to a path, with all of its body. */
  async last(path) {
    const last = [...this.#exchanges.values()].filter((one) => one.path.endsWith(path)).at(-1);
    return {status: last.status, bytes: last.bytes ?? await last.response.body()};
  }
}

/** A path with what differs from request to request replaced by a word. */
export function pathShape(path, info) {
  const data = new URL(info.data_dir).pathname;
  const range = /^\d+-\d+_\d+-\d+_\d+-\d+$/;
  if (path.startsWith(`${data}/`)) {
    const rest = path.slice(data.length + 1);
    if (rest === `${info.mesh}/info`) return "DATA/MESH/info";
    // Where pieces are not in shards the viewer looks in a folder "dynamic", or, told of no shards, below an empty part.
    if (rest.startsWith(`${info.mesh}/`)) {
      return `DATA/MESH/${decodeURIComponent(rest.slice(info.mesh.length + 1)).replace(/^(dynamic)?\//, "").replace(/^\d+:.*$/, "ID:…")}`;
    }
    const [key, chunk, ...more] = rest.split("/");
    if (info.scales.some((scale) => scale.key === key) && more.length === 0 && range.test(chunk)) {
      return "DATA/KEY/A-B_A-B_A-B";
    }
    return `DATA/${rest}`;
  }
  const table = new URL(info.data_dir).pathname.split("/").pop();
  return path.split("/").map((part, i, parts) => {
    if (part === table && parts[i - 1] === "table") return "T";
    return part.replace(/^\d{6,}/, "ID");
  }).join("/");
}

/** Where a value is not of a shape; nothing if it is. */
export function mismatch(shape, value, at = "it") {
  if (shape === "id") return typeof value === "string" && /^\d+$/.test(value) ? "" : `${at} is no id in text`;
  if (shape === "number") return typeof value === "number" ? "" : `${at} is no number`;
  if (shape === "text") return typeof value === "string" && value !== "" ? "" : `${at} is no text`;
  if (shape === "true") return typeof value === "boolean" ? "" : `${at} is no truth value`;
  if (Array.isArray(shape) && shape.length === 1) {
    if (!Array.isArray(value)) return `${at} is no list`;
    return value.map((one, i) => mismatch(shape[0], one, `${at}[${i}]`)).find(Boolean) ?? "";
  }
  if (Array.isArray(shape)) {
    if (!Array.isArray(value) || value.length !== shape.length) return `${at} is no list of ${shape.length}`;
    return shape.map((one, i) => mismatch(one, value[i], `${at}[${i}]`)).find(Boolean) ?? "";
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return `${at} is no object`;
  if ("ID" in shape) {
    return Object.entries(value).map(([key, one]) =>
      mismatch("id", key, `a key of ${at}`) || mismatch(shape.ID, one, `${at}.${key}`)).find(Boolean) ?? "";
  }
  for (const [name, one] of Object.entries(shape)) {
    if (name === "…") continue;
    if (!(name in value)) return `${at} has no ${name}`;
    const wrong = mismatch(one, value[name], `${at}.${name}`);
    if (wrong) return wrong;
  }
  const extra = "…" in shape ? undefined : Object.keys(value).find((name) => !(name in shape));
  return extra === undefined ? "" : `${at} has a field ${extra} that the viewer does not know`;
}

function parsed(bytes) {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}

/** What is wrong about an exchange, as the contract has it; nothing if all is well. */
export function wrong(kind, exchange) {
  if (exchange.query.join() !== kind.query.join()) return `asked with ${exchange.query.join(", ") || "no parameters"}`;
  if (kind.body !== undefined) {
    const bad = mismatch(kind.body, parsed(Buffer.from(exchange.sent ?? "")), "the body sent");
    if (bad) return bad;
  }
  if (exchange.status >= 400) {
    // The viewer shows a message only of exactly this type.
    if (exchange.type !== JSON_TYPE) return `${exchange.status} of type ${exchange.type}`;
    return exchange.bytes === null ? "" : mismatch(CONTRACT.refusal, parsed(exchange.bytes), "the refusal");
  }
  if (exchange.bytes === null) return "";
  if (kind.reply === "bytes") return exchange.status === 304 || exchange.bytes.length > 0 ? "" : "an empty reply";
  if (kind.reply === "draco") {
    return exchange.bytes.subarray(0, 5).toString("latin1") === "DRACO" ? "" : "the piece is not Draco's";
  }
  if (exchange.type !== JSON_TYPE) return `a reply of type ${exchange.type}`;
  return mismatch(kind.reply, parsed(exchange.bytes), "the reply");
}

/** For each kind of request of the contract: how many there were, how answered, and what was wrong. */
export function compare(kinds, exchanges, info) {
  return kinds.map((kind) => {
    const own = exchanges.filter((one) => one.method === kind.method && pathShape(one.path, info) === kind.path);
    const done = own.filter((one) => one.status >= 200 && one.status < 400);
    return {
      kind, count: own.length, done: done.length, looked: done.filter((one) => one.bytes !== null).length,
      statuses: [...new Set(own.map((one) => one.status))].sort().join(" "),
      problems: [...new Set(own.map((one) => wrong(kind, one)).filter(Boolean))],
    };
  });
}

/** Rows as text in columns. */
export function table(head, rows) {
  const all = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, i) => Math.max(...all.map((row) => row[i].length)));
  return all.map((row) => row.map((cell, i) => cell.padEnd(widths[i])).join("  ").trimEnd()).join("\n");
}
