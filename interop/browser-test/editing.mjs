// Edits a served dataset in Chromium as a proofreader does: opens Neuroglancer from the start page, selects, merges and
// splits cells with its own tools, and takes edits back on the start page. All that the viewer asked is compared with
// what it is known to ask (contract.mjs). Edits the dataset for good: give it a copy.
//
//   node editing.mjs URL OUTPUT_FOLDER
import {mkdirSync, readFileSync, rmSync} from "node:fs";
import {join} from "node:path";

import {Cast, largest, point, spread} from "./cast.mjs";
import {Cells} from "./cells.mjs";
import {CellsLayer} from "./cellslayer.mjs";
import {CONTRACT, Recorder, VERSION, VIEWER, compare, pathShape, table, wrong} from "./contract.mjs";
import {findPath} from "./findpath.mjs";
import {Checks, LIMIT_MS, launch, likeness, opened, settled} from "./viewer.mjs";

const [url, out] = process.argv.slice(2);
const COLLEAGUE = {"X-Neuropil-User": "colleague", "Content-Type": "text/plain;charset=UTF-8"};
const EDITS = ["merge", "split", "split-3d", "cut"];
mkdirSync(out, {recursive: true});
for (const edit of EDITS) for (const when of ["before", "after"]) rmSync(shotOf(edit, when), {force: true});

const checks = new Checks();
const check = (...of) => checks.check(...of);
const problems = [];
let refusing = false;
const times = [];

const browser = await launch();
try {
  const page = await browser.newPage({viewport: {width: 1600, height: 800}});
  const recorder = new Recorder(page, new URL(url).origin);
  page.on("pageerror", (error) => refusing || problems.push(String(error)));
  page.on("requestfailed", (request) => {
    // A viewer gives up requests for what it no longer wants to show.
    if (!/ERR_ABORTED/.test(request.failure()?.errorText ?? "")) problems.push(`failed: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && !refusing) problems.push(`${response.status()} ${response.url()}`);
  });
  await run(page, recorder);
  check("no error in the page and no failed request but for the refused edits", problems.length === 0,
    problems.slice(0, 5).join("; "));
} catch (error) {
  check("the test runs to its end", false, String(error?.stack ?? error));
} finally {
  await browser.close();
}
console.log(`${checks.passed} passed, ${checks.failed} failed`);
process.exit(checks.failed === 0 ? 0 : 1);

function pictures(edit) {
  const [before, after] = ["before", "after"].map((when) => readFileSync(shotOf(edit, when)));
  check(`${edit}: there is a picture before and another after`, !before.equals(after), `${before.length}, ${after.length} bytes`);
}

function shotOf(edit, when) {
  return join(out, `${edit}-${when}.png`);
}

async function run(page, recorder) {
  check("the contract is of the version that is served", CONTRACT.version === VERSION, `${CONTRACT.version}, ${VERSION}`);
  const state = await open(page);
  const layer = state.layers.find((one) => String(one.source?.url ?? one.source).startsWith("graphene://"));
  check("the start page's link opens a layer of cells that can be edited", layer !== undefined, layer?.source);
  check("keys are bound to the tools", layer.toolBindings.M === "grapheneMergeSegments"
    && layer.toolBindings.C === "grapheneMulticutSegments");
  const cells = await Cells.open(String(layer.source));
  const view = new CellsLayer(page, layer.name);
  await view.prepare(state.position, 0.5, state.projectionScale);
  const z = Math.floor(state.position[2]);
  const plane = await cells.plane(z);
  const cast = new Cast(cells, plane, await view.visible());

  let merged;
  let cut;
  await scene("cells are shown", () => shown(view, cells, cast));
  await scene("merge", async () => { merged = await merge(page, view, cells, cast); });
  await scene("split", () => split(view, cells, cast));
  await scene("split on the mesh", () => splitOnMesh(view, cells, cast));
  await scene("split of a supervoxel", async () => { cut = await splitSupervoxel(view, cells, cast); });
  await scene("refused merge", () => refusedMerge(page, view, cells, cast, recorder));
  await scene("refused split", () => refusedSplit(page, view, cells, cast, recorder));
  await scene("find path", () => findPath(page, cells, plane, recorder, check));
  if (merged) await scene("undo and redo", () => reverse(page, view, cells, merged));
  if (merged && cut) await scene("opened anew", () => reloaded(page, view, cells, merged, cut));
  for (const edit of EDITS) await scene(`pictures of ${edit}`, () => pictures(edit));
  report(await recorder.exchanges(), cells.info);
}

/** One part of the test; if it stops, the others are still done. */
async function scene(what, act) {
  try {
    await act();
  } catch (error) {
    check(`${what}: goes on to its end`, false, String(error?.stack ?? error));
  }
  refusing = false;
}

/** From the start page into the viewer; the state in the link. */
async function open(page) {
  await page.goto(url, {waitUntil: "load"});
  const link = await page.locator("#open-viewer").getAttribute("href", {timeout: LIMIT_MS});
  await page.click("#open-viewer");
  await opened(page);
  return JSON.parse(decodeURIComponent(link.slice(link.indexOf("#!") + 2)));
}

async function shown(view, cells, cast) {
  const visible = await view.visible();
  const large = [...cast.places].find(([root]) => visible.includes(root));
  check("cells are selected from the start", visible.length > 0, `${visible.length}`);
  if (!large) return;
  const [root, [place]] = large;
  await view.drawn([root], [place.supervoxel]);
  const png = await view.shot(join(out, "edit-start.png"));
  const likely = likeness(await view.colourAt(png, place.voxel), await view.colour(root));
  check("a selected cell has its colour in the section", likely > 0.9, likely.toFixed(3));
  const pixels = await view.solidPixels(png, root);
  check("and in 3-D", pixels > 100, `${pixels} pixels`);
}

/** Checks that places have the colours of roots in the section, and that the roots are seen in 3-D. */
async function coloured(view, what, png, seen, flat = true) {
  for (const [place, root] of seen) {
    const likely = likeness(await view.colourAt(png, place.voxel), await view.colour(root));
    if (flat) check(`${what}: ${root} has its colour in the section`, likely > 0.9, likely.toFixed(3));
    const pixels = await view.solidPixels(png, root);
    check(`${what}: ${root} is seen in 3-D`, pixels > 20, `${pixels} pixels`);
  }
}

function timed(what, edited) {
  times.push([what, edited.flat === undefined ? "" : Math.round(edited.flat), Math.round(edited.solid), edited.pieces]);
}

async function merge(page, view, cells, cast) {
  const [a, b] = cast.neighbours();
  await view.clear();
  const before = await cells.roots([a.supervoxel, b.supervoxel]);
  await view.select(a);
  await view.select(b);
  const visible = await view.visible();
  check("a double click on a supervoxel selects the object it is of", visible.length === 2
    && before.every((root) => visible.includes(root)), visible.join(" "));
  await coloured(view, "before the merge", await view.shot(shotOf("merge", "before")), [[a, before[0]], [b, before[1]]]);
  await view.prepareMerge(a, b);
  const edited = await view.submit(1, [a.supervoxel, b.supervoxel]);
  timed("merge", edited);
  await view.merged();
  await view.leave();
  const after = await cells.roots([a.supervoxel, b.supervoxel]);
  check("Shift+M, ctrl+click, ctrl+click, Enter: one object of two", after[0] === after[1] && !before.includes(after[0])
    && edited.roots.join() === after[0], `${before.join(" ")} -> ${after[0]}`);
  check("the viewer shows the new object alone", (await view.visible()).join() === after[0]);
  await coloured(view, "after the merge", await view.shot(shotOf("merge", "after")), [[a, after[0]], [b, after[1]]]);
  return {a, b, operation: await cells.operations()};
}

/** Checks what a split did. */
async function parted(view, cells, what, root, edited, places) {
  const after = await cells.roots(places.map((place) => place.supervoxel));
  check(`${what}: the two places are of two objects`, after[0] !== after[1] && !after.includes(root)
    && after.every((one) => edited.roots.includes(one)), `${root} -> ${edited.roots.join(" ")}`);
  const visible = await view.visible();
  check(`${what}: the viewer shows the parts and not the whole`, !visible.includes(root)
    && edited.roots.every((one) => visible.includes(one)));
  return after;
}

async function split(view, cells, cast) {
  const [red, blue] = await cast.separable();
  const {root} = red;
  await view.clear();
  await view.select(red);
  await coloured(view, "before the split", await view.shot(shotOf("split", "before")), [[red, root], [blue, root]]);
  await view.prepareSplit([red], [blue]);
  const edited = await view.submit(2, [red.supervoxel, blue.supervoxel]);
  timed("split", edited);
  const after = await parted(view, cells, "Shift+C, ctrl+click, G, ctrl+click, Enter", root, edited, [red, blue]);
  await coloured(view, "after the split", await view.shot(shotOf("split", "after")), [[red, after[0]], [blue, after[1]]]);
}

async function splitOnMesh(view, cells, cast) {
  for (const [root, [place]] of cast.unused(true)) {
    cast.used.add(root);
    await view.clear();
    await view.select(place);
    const seen = await view.surface(root, cells.scale.resolution);
    const far = seen.flatMap((p) => seen.map((q) => [p, q]))
      .sort(([p, q], [r, s]) => Math.hypot(...r.nm.map((at, i) => at - s.nm[i])) - Math.hypot(...p.nm.map((at, i) => at - q.nm[i])));
    for (const [p, q] of spread(far.slice(0, Math.ceil(far.length / 2)), 6)) {
      const preview = await cells.post("graph/split_preview?int64_as_str=1",
        {sources: [[root, ...p.nm]], sinks: [[root, ...q.nm]]});
      if (preview.status !== 200 || preview.json.illegal_split) continue;
      await view.shot(shotOf("split-3d", "before"));
      await view.prepareSplitOnMesh(p, q, root);
      const edited = await view.submit(2, []);
      timed("split, points on the mesh", {...edited, flat: undefined});
      const operation = await cells.operations();
      const entry = await (await fetch(`${cells.origin}/api/v1/graph/operations/${operation}`)).json();
      check("a split by points on the mesh: both sides sent the root and a place on its surface", entry.kind === "split"
        && [...entry.sources, ...entry.sinks].every((one) => one.node === root), JSON.stringify(entry.sources));
      check("and the object is in parts, which the viewer shows", entry.after.length >= 2
        && [...entry.after].sort().join() === [...edited.roots].sort().join(), `${root} -> ${entry.after.join(" ")}`);
      const png = await view.shot(shotOf("split-3d", "after"));
      for (const part of entry.after) {
        const pixels = await view.solidPixels(png, part);
        check(`and ${part} is seen in 3-D`, pixels > 0, `${pixels} pixels`);
      }
      return;
    }
  }
  throw new Error("no cell can be parted by points on its mesh");
}

/** In 2-D the viewer takes a supervoxel once only, so the second point is on the mesh. */
async function splitSupervoxel(view, cells, cast) {
  for (const [root, places] of cast.unused(false)) {
    const red = largest(places);
    await view.clear();
    await view.select(red);
    const nm = cells.nm(red.voxel);
    const seen = (await view.surface(root, cells.scale.resolution)).map((one) =>
      ({...one, far: Math.hypot(...one.nm.map((at, axis) => at - nm[axis]))})).sort((p, q) => q.far - p.far);
    for (const blue of seen) {
      const preview = await cells.post("graph/split_preview?int64_as_str=1",
        {sources: [point(cells, red)], sinks: [[root, ...blue.nm]]});
      if (preview.status !== 200 || preview.json.illegal_split) continue;
      const parts = preview.json.supervoxel_connected_components.flat();
      // A supervoxel that would be cut stands in several parts.
      if (parts.filter((part) => part === String(red.supervoxel)).length < 2) continue;
      cast.used.add(root);
      await view.shot(shotOf("cut", "before"));
      await view.prepareSplitOnMesh(red, blue, root);
      const edited = await view.submit(2, []);
      timed("split that cuts a supervoxel", {...edited, flat: undefined});
      const entry = await (await fetch(`${cells.origin}/api/v1/graph/operations/${await cells.operations()}`)).json();
      const now = await cells.supervoxel(red.voxel);
      check("a split within a supervoxel cuts it", entry.cut > 0 && now !== red.supervoxel,
        `${red.supervoxel} -> ${now}; ${entry.cut} cut`);
      const visible = await view.visible();
      check("the viewer shows the parts of the object and not the whole", !visible.includes(root)
        && entry.after.length >= 2 && entry.after.every((one) => visible.includes(one)), `${root} -> ${entry.after.join(" ")}`);
      const png = await view.shot(shotOf("cut", "after"));
      for (const part of entry.after) {
        const pixels = await view.solidPixels(png, part);
        check(`and ${part} is seen in 3-D`, pixels > 0, `${pixels} pixels`);
      }
      const likely = likeness(await view.colourAt(png, red.voxel), await view.colour((await cells.roots([now]))[0]));
      console.log(`     in the section of the open viewer the cut supervoxel ${likely > 0.9 ? "has" : "has not"} its object's `
        + "colour: the viewer keeps the chunks of supervoxels that it has until it is opened anew");
      return {place: {...red, supervoxel: now}, roots: entry.after};
    }
  }
  throw new Error("no supervoxel can be cut between a place of the plane and one of a mesh");
}

/** What the server said to the last request to a path. */
async function said(recorder, path) {
  const {status, bytes} = await recorder.last(path);
  return {status, message: JSON.parse(bytes.toString("utf8")).message};
}

async function refusedMerge(page, view, cells, cast, recorder) {
  const [a, b] = cast.neighbours();
  await view.clear();
  await view.select(a);
  await view.select(b);
  // Somebody else has merged them meanwhile, by other places in them.
  const [c, d] = [a, b].map((place) => cast.places.get(place.root).findLast((one) => one.voxel !== place.voxel));
  const done = await fetch(`${cells.api}/merge?int64_as_str=1`, {method: "POST", headers: COLLEAGUE,
    body: JSON.stringify([point(cells, c), point(cells, d)])});
  check("a colleague merges two objects that the viewer shows", done.ok, `${done.status}`);
  const before = await cells.operations();
  const roots = await cells.roots([a.supervoxel, b.supervoxel]);
  refusing = true;
  await view.prepareMerge(a, b);
  await page.keyboard.press("Enter");
  const line = page.locator(".graphene-merge-segments-submission-status");
  await page.waitForFunction(() => {
    const text = document.querySelector(".graphene-merge-segments-submission-status")?.textContent ?? "";
    return text !== "" && text !== "trying...";
  }, null, {timeout: LIMIT_MS, polling: "raf"});
  const words = await line.first().textContent();
  await settled(page);
  refusing = false;
  const answer = await said(recorder, "/merge");
  check("a merge of what is one object is refused in the server's words", answer.status === 400 && words === answer.message,
    words);
  check("and nothing changed", await cells.operations() === before
    && (await cells.roots([a.supervoxel, b.supervoxel])).join() === roots.join());
  await page.locator('.graphene-merge-segments-submission [title="Delete merge"]').click();
  await view.leave();
}

async function refusedSplit(page, view, cells, cast, recorder) {
  const [red, blue] = await cast.separable();
  await view.clear();
  await view.select(red);
  const done = await fetch(`${cells.api}/split?int64_as_str=1`, {method: "POST", headers: COLLEAGUE,
    body: JSON.stringify({sources: [point(cells, red)], sinks: [point(cells, blue)]})});
  check("a colleague splits an object that the viewer shows", done.ok, `${done.status}`);
  const before = await cells.operations();
  refusing = true;
  await view.prepareSplit([red], [blue]);
  await page.keyboard.press("Enter");
  const line = page.locator("#neuroglancer-status-container li", {hasText: "Split failed"});
  await line.waitFor({timeout: LIMIT_MS});
  const words = await line.innerText();
  refusing = false;
  const answer = await said(recorder, "/split");
  check("a split of what is two objects is refused in the server's words", answer.status === 400
    && words.includes(`Split failed: ${answer.message}`), words.split("\n")[0]);
  check("and nothing changed", await cells.operations() === before);
  await view.leave();
}

/** The start page lists the edits; its buttons take the merge back, and make it again. */
async function reverse(page, view, cells, merged) {
  const {a, b, operation} = merged;
  const pair = [a.supervoxel, b.supervoxel];
  await page.goto(url, {waitUntil: "load"});
  await page.locator("#edits table tbody tr").first().waitFor({timeout: LIMIT_MS});
  const total = await cells.operations();
  const listed = await page.locator("#edits table tbody tr").allInnerTexts();
  check("the start page lists every edit", listed.length === total && listed.some((row) => row.includes("colleague")),
    `${listed.length}`);
  await page.locator("#edits").screenshot({path: join(out, "edits.png")});
  for (const verb of ["Undo", "Redo"]) {
    await page.getByRole("button", {name: `${verb} operation ${operation}`, exact: true}).click();
    await page.locator("#edits .said", {hasText: `is the ${verb.toLowerCase()} of operation ${operation}:`})
      .waitFor({timeout: LIMIT_MS});
    const id = await cells.operations();
    const roots = await cells.roots(pair);
    check(`${verb} on the start page: ${verb === "Undo" ? "two objects again" : "one object again"}`,
      (roots[0] === roots[1]) === (verb === "Redo"), [...new Set(roots)].join(" "));
    await page.getByRole("link", {name: `Show operation ${id} in the viewer`, exact: true}).click();
    await opened(page);
    // Not on the place itself, where the axes are drawn.
    await view.prepare(a.voxel.map((at, axis) => at + (axis === 2 ? 0.5 : 20.5)), 0.5, 400);
    await view.drawn([...new Set(roots)], pair);
    await coloured(view, `the link of the ${verb.toLowerCase()}`, await view.shot(join(out, `${verb.toLowerCase()}.png`)),
      [[a, roots[0]], [b, roots[1]]]);
    await page.goto(url, {waitUntil: "load"});
  }
}

/** The viewer opened anew shows the state: also supervoxels that were cut, which an open viewer keeps as they were. */
async function reloaded(page, view, cells, merged, cut) {
  const state = await open(page);
  await view.prepare(state.position, 0.5, state.projectionScale);
  await view.clear();
  const [root] = await cells.roots([merged.a.supervoxel]);
  await view.select({...merged.a, root});
  check("opened anew, the viewer selects the merged object", (await view.visible()).join() === root, root);
  await view.clear();
  const [part] = await cells.roots([cut.place.supervoxel]);
  check("the part that was cut off stands", cut.roots.includes(part), part);
  await view.select({...cut.place, root: part});
  await coloured(view, "opened anew", await view.shot(join(out, "cut-reloaded.png")), [[cut.place, part]]);
}

function report(exchanges, info) {
  const rows = compare(CONTRACT.kinds, exchanges, info);
  console.log(`\nRequests of ${VIEWER}, and how they were answered:\n`);
  console.log(table(["request", "query", "times", "statuses", "replies compared", ""], rows.map((row) =>
    [`${row.kind.method} ${row.kind.path}`, row.kind.query.join(" "), row.count, row.statuses, row.looked,
      row.problems.length === 0 ? "as known" : row.problems.join("; ")])));
  const known = new Set(CONTRACT.kinds.map((kind) => `${kind.method} ${kind.path}`));
  const others = new Map();
  for (const one of exchanges) {
    const shape = `${one.method} ${pathShape(one.path, info)}`;
    if (!known.has(shape) && /^\/(segmentation|meshing|l2cache)\//.test(one.path)) {
      others.set(shape, [...(others.get(shape) ?? []), one]);
    }
  }
  const replayed = new Map(CONTRACT.unreleased.map((kind) => [`${kind.method} ${kind.path}`, kind]));
  console.log("\nFurther requests on CAVE's paths, which this test sent itself:\n");
  console.log(table(["request", "times", "statuses", ""], [...others].map(([shape, list]) => {
    const kind = replayed.get(shape);
    const bad = kind ? list.map((one) => wrong(kind, one)).filter(Boolean) : ["not known"];
    return [shape, list.length, [...new Set(list.map((one) => one.status))].join(" "), bad.length === 0 ? "as known" : bad.join("; ")];
  })));
  // The viewer by itself has asked all that it is known to ask, as it is known to.
  for (const row of rows) {
    check(`contract: ${row.kind.name}`, row.done > 0 && row.looked > 0 && row.problems.length === 0, row.problems.join("; "));
  }
  check("the viewer asked nothing that is not known", [...others.keys()].every((shape) => replayed.has(shape)),
    [...others.keys()].filter((shape) => !replayed.has(shape)).join("; "));
  console.log("\nFrom Enter to the new objects drawn, milliseconds (Chromium draws without a graphics card):\n");
  console.log(table(["edit", "2-D", "3-D", "pieces of meshes"], times));
  console.log("");
}
