import assert from "node:assert/strict";
import { test } from "node:test";
import { Problem, readAnswer } from "../src/api.ts";
import { viewerAt } from "../src/viewerlink.ts";
import { timeAxis } from "../src/axis.ts";
import { OKABE_ITO, colours } from "../src/colour.ts";
import { toCsv } from "../src/csv.ts";
import * as format from "../src/format.ts";
import { NOTHING, nextOrder, question, readChosen, writeChosen } from "../src/question.ts";
import { type Column, PLAIN, compare, nextSort, readView, select, writeView } from "../src/rows.ts";

/** Non-breaking spaces as plain ones, which read better here. */
function plain(text: string): string {
  return text.replaceAll("\u00a0", " ");
}

interface Run {
  id: string;
  verb: string;
  seconds: number | null;
}

const RUNS: Run[] = [
  { id: "18446744073709551001", verb: "segment", seconds: 12.5 },
  { id: "9", verb: "import", seconds: null },
  { id: "18446744073709551000", verb: 'mesh, "fast"', seconds: 100 },
];

const COLUMNS: Column<Run>[] = [
  { key: "id", title: "Run", value: (run) => run.id },
  { key: "verb", title: "Stage", value: (run) => run.verb },
  {
    key: "time",
    unit: "s",
    title: "Time",
    numeric: true,
    value: (run) => run.seconds,
    text: (run) => format.duration(run.seconds),
  },
];

test("numbers have thousands separators, missing ones a dash", () => {
  assert.equal(format.number(7812500), "7,812,500");
  assert.equal(format.number(0.12345, 2), "0.12");
  assert.equal(format.number(undefined), "–");
  assert.equal(format.number(Number.NaN), "–");
  assert.equal(format.fixed(0.9, 3), "0.900");
  assert.equal(format.fixed(null, 3), "–");
});

test("short numbers keep three digits, or all before the point", () => {
  assert.equal(format.short(2.5), "2.5");
  assert.equal(format.short(0.012345), "0.0123");
  assert.equal(format.short(12345.6), "12,346");
  assert.equal(format.short(0), "0");
});

test("bytes are decimal, memory is binary", () => {
  assert.equal(plain(format.bytes(0)), "0 B");
  assert.equal(plain(format.bytes(999)), "999 B");
  assert.equal(plain(format.bytes(7812500)), "7.81 MB");
  assert.equal(plain(format.bytes(2.5e15)), "2.5 PB");
  assert.equal(plain(format.mebibytes(410)), "410 MiB");
  assert.equal(plain(format.mebibytes(2048)), "2 GiB");
});

test("durations use the units that people use", () => {
  assert.equal(plain(format.duration(0.0123)), "0.012 s");
  assert.equal(plain(format.duration(1.234)), "1.23 s");
  assert.equal(plain(format.duration(12.34)), "12.3 s");
  assert.equal(plain(format.duration(59.97)), "1 min");
  assert.equal(plain(format.duration(75)), "1 min 15 s");
  assert.equal(plain(format.duration(3599.6)), "1 h");
  assert.equal(plain(format.duration(7500)), "2 h 5 min");
  assert.equal(format.duration(null), "–");
});

test("instants are UTC; what is no instant stays as it is", () => {
  assert.equal(format.instant("2026-01-31T12:00:05.123Z"), "2026-01-31 12:00:05 UTC");
  assert.equal(format.instant("2026-01-31T13:00:05+01:00"), "2026-01-31 12:00:05 UTC");
  assert.equal(format.instant("yesterday"), "yesterday");
  assert.equal(format.instant(null), "–");
});

test("boxes are given in the unit that suits them", () => {
  assert.equal(plain(format.extent([2500, 2500, 1250])), "2.5 × 2.5 × 1.25 µm");
  assert.equal(plain(format.extent([1.4e6, 8.7e5, 8.4e5])), "1.4 × 0.87 × 0.84 mm");
  assert.equal(plain(format.volume([2500, 2500, 1250])), "7.81 µm³");
  assert.equal(plain(format.volume([1e6, 1e6, 1e6])), "1 mm³");
  assert.equal(format.triple([250, 1250, 125]), "250 × 1,250 × 125");
});

test("counts agree with their noun", () => {
  assert.equal(format.counted(1, "part"), "1 part");
  assert.equal(format.counted(1200, "part"), "1,200 parts");
  assert.equal(format.counted(0, "entry", "entries"), "0 entries");
});

test("only addresses of this server and of the web are linked", () => {
  assert.equal(format.safeAddress("/viewer/#!%7B%7D"), "/viewer/#!%7B%7D");
  assert.equal(format.safeAddress("https://creativecommons.org/"), "https://creativecommons.org/");
  assert.equal(format.safeAddress("javascript:alert(1)"), undefined);
  assert.equal(format.safeAddress("//elsewhere.example/"), undefined);
  assert.equal(format.safeAddress(null), undefined);
});

test("missing cells come last, upwards and downwards", () => {
  const sorted = (descending: boolean) => [3, null, 1, undefined, 2].sort((a, b) => compare(a, b, descending));
  assert.deepEqual(sorted(false).slice(0, 3), [1, 2, 3]);
  assert.deepEqual(sorted(true).slice(0, 3), [3, 2, 1]);
});

test("text sorts by the numbers in it, 64-bit ids exactly", () => {
  assert.deepEqual(["s10", "s2", "S1"].sort((a, b) => compare(a, b, false)), ["S1", "s2", "s10"]);
  const ids = select(RUNS, COLUMNS, { ...PLAIN, sort: "id" }).map((run) => run.id);
  assert.deepEqual(ids, ["9", "18446744073709551000", "18446744073709551001"]);
});

test("a filter finds rows that hold all of its words, as shown or as saved", () => {
  const find = (filter: string) => select(RUNS, COLUMNS, { ...PLAIN, filter }).map((run) => run.verb);
  assert.deepEqual(find("SEG"), ["segment"]);
  assert.deepEqual(find("12.5 s"), ["segment"]);
  assert.deepEqual(find("1 min"), ['mesh, "fast"']);
  assert.deepEqual(find("nothing"), []);
  assert.equal(find("  ").length, 3);
});

test("selecting leaves the given rows alone", () => {
  const before = [...RUNS];
  select(RUNS, COLUMNS, { ...PLAIN, sort: "time", descending: true });
  assert.deepEqual(RUNS, before);
});

test("clicks on a header sort upwards, downwards, not at all", () => {
  const once = nextSort(PLAIN, "time");
  assert.deepEqual([once.sort, once.descending], ["time", false]);
  const twice = nextSort(once, "time");
  assert.deepEqual([twice.sort, twice.descending], ["time", true]);
  assert.equal(nextSort(twice, "time").sort, "");
  assert.deepEqual(nextSort(twice, "verb"), { ...PLAIN, sort: "verb" });
});

test("a view survives being written into an address", () => {
  const view = { sort: "time", descending: true, filter: "mesh & more" };
  const search = writeView(new URLSearchParams("other=1"), "stages", view);
  assert.deepEqual(readView(new URLSearchParams(search.toString()), "stages"), view);
  assert.equal(search.get("other"), "1");
  assert.equal(writeView(search, "stages", PLAIN).toString(), "other=1");
});

test("CSV quotes what needs it, keeps ids and writes plain numbers", () => {
  const rows = select(RUNS, COLUMNS, { ...PLAIN, sort: "time" });
  assert.equal(
    toCsv(rows, COLUMNS),
    [
      "id,verb,time_s",
      "18446744073709551001,segment,12.5",
      '18446744073709551000,"mesh, ""fast""",100',
      "9,import,",
      "",
    ].join("\r\n"),
  );
});

test("CSV text cannot become a formula", () => {
  const columns: Column<string>[] = [{ key: "text", title: "Text", value: (text) => text }];
  assert.equal(toCsv(["=1+1", "@x", "two\nlines"], columns), "text\r\n'=1+1\r\n'@x\r\n\"two\nlines\"\r\n");
});

test("an axis has round ticks that hold the longest time", () => {
  assert.deepEqual(timeAxis(9.4), { ticks: [0, 2, 4, 6, 8, 10], unit: "s", seconds: 1 });
  assert.deepEqual(timeAxis(0).ticks.at(-1), 1);
  assert.deepEqual(timeAxis(600), { ticks: [0, 2, 4, 6, 8, 10], unit: "min", seconds: 60 });
  assert.equal(timeAxis(36_000).unit, "h");
  for (const longest of [0.003, 0.7, 1, 59, 119, 121, 7199, 7201, 1e6]) {
    const axis = timeAxis(longest);
    assert.ok((axis.ticks.at(-1) ?? 0) * axis.seconds >= longest * 0.9999, `${longest}`);
    assert.ok(axis.ticks.length <= 7, `${longest}`);
  }
});

test("categories keep their colour and start over when there are too many", () => {
  const found = colours(["a", "b", "a", "c"]);
  assert.deepEqual([...found.values()], OKABE_ITO.slice(0, 3));
  assert.equal(colours(["1", "2", "3", "4", "5", "6", "7"]).get("7"), OKABE_ITO[0]);
});

test("an answer is a dataset, or a problem in the server's words", () => {
  assert.equal(readAnswer(200, { name: "fib25" }, "/x")["name"], "fib25");
  assert.throws(
    () => readAnswer(404, { error: "no dataset", where: "/data/fib25", hint: "run neuropil demo" }, "/x"),
    (problem: unknown) =>
      problem instanceof Problem &&
      problem.message === "no dataset" &&
      problem.where === "/data/fib25" &&
      problem.hint === "run neuropil demo",
  );
  assert.throws(() => readAnswer(500, null, "/x"), { message: "The server answered with status 500", where: "/x" });
  assert.throws(() => readAnswer(200, [], "/x"), { name: "Error", where: "/x" });
});

test("a link into the viewer shows other objects of the layer that can be edited, at another place", () => {
  const layers = [
    { name: "em", source: "precomputed://http://h/data/em" },
    { name: "cells", source: ["graphene://http://h/segmentation/table/t"], segments: ["1"] },
  ];
  const viewer = `/viewer/#!${encodeURIComponent(JSON.stringify({ layers, position: [1, 2, 3] }))}`;
  const dataset = { name: "d", viewer, voxel_size_nm: [4, 4, 40] as const };
  const link = viewerAt(dataset, ["864691135000000001"], [400, 800, 400]);
  const state = JSON.parse(decodeURIComponent(link?.split("#!")[1] ?? ""));
  assert.deepEqual(state.layers[1].segments, ["864691135000000001"]);
  assert.equal(state.layers[0].segments, undefined);
  assert.deepEqual(state.position, [100, 200, 10]);
});

test("without a layer that can be edited there is no such link", () => {
  const state = { layers: [{ name: "em", source: "precomputed://http://h/data/em" }] };
  const viewer = `/viewer/#!${encodeURIComponent(JSON.stringify(state))}`;
  assert.equal(viewerAt({ name: "d", viewer }, ["1"]), undefined);
  assert.equal(viewerAt({ name: "d" }, ["1"]), undefined);
});

test("a question to a table stands in the address, beside what others put there", () => {
  const chosen = { table: "synapses", at: "1300", where: "size > 10; tag in a, b;", sort: "-size" };
  const search = writeChosen(new URLSearchParams("stages.sort=x"), chosen);
  assert.equal(search.get("stages.sort"), "x");
  assert.deepEqual(readChosen(search), chosen);
  assert.equal(writeChosen(search, NOTHING).toString(), "stages.sort=x");
  assert.deepEqual(question(chosen, 50), {
    table: "synapses",
    at: "1300",
    where: ["size > 10", "tag in a, b"],
    order_by: ["-size"],
    limit: 50,
  });
  assert.deepEqual(question({ ...NOTHING, table: "t" }, 5, "token"), { table: "t", limit: 5, page: "token" });
});

test("a click on a column of rows sorts up, down, and not at all", () => {
  assert.equal(nextOrder("", "size"), "size");
  assert.equal(nextOrder("size", "size"), "-size");
  assert.equal(nextOrder("-size", "size"), "");
  assert.equal(nextOrder("-size", "id"), "id");
});
