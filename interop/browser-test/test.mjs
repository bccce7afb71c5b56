// Opens a served dataset in Chromium as a user does: start page, link, Neuroglancer.
//
//   node test.mjs URL OUTPUT_FOLDER
import {mkdirSync} from "node:fs";
import {join} from "node:path";

import {Checks, LIMIT_MS, launch, look, opened, panelBoxes, picture, settled} from "./viewer.mjs";

const [url, out] = process.argv.slice(2);
const TIME = /^\d[\d.,]*\s(ms|s|min|h)\b/;
mkdirSync(out, {recursive: true});

const checks = new Checks();
const check = (...of) => checks.check(...of);
const problems = [];
const browser = await launch();
try {
  const page = await browser.newPage({viewport: {width: 1280, height: 900}});
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("requestfailed", (request) => {
    // A viewer gives up requests for what it no longer wants to show.
    if (!/ERR_ABORTED/.test(request.failure()?.errorText ?? "")) problems.push(`failed: ${request.url()}`);
  });
  page.on("response", (response) => response.status() >= 400 && problems.push(`${response.status()} ${response.url()}`));
  await startPage(page);
  await viewer(page);
  check("no error in the console and no failed request", problems.length === 0, problems.slice(0, 5).join("; "));
} catch (error) {
  check("the test runs to its end", false, String(error?.stack ?? error));
} finally {
  await browser.close();
}
console.log(`${checks.passed} passed, ${checks.failed} failed`);
process.exit(checks.failed === 0 ? 0 : 1);

async function startPage(page) {
  await page.goto(url, {waitUntil: "load"});
  await page.waitForSelector("#open-viewer", {timeout: LIMIT_MS});
  const text = await page.innerText("body");
  const facts = await (await page.request.get(new URL("/api/v1/dataset", url).href)).json();
  check("the start page names the dataset", text.includes(facts.title || facts.name), facts.name);
  const shown = await page.locator("dl.facts > div").allInnerTexts();
  check("the start page shows facts with numbers", shown.length > 0 && shown.every((fact) => /\d/.test(fact)),
    shown.map((fact) => fact.split("\n").slice(0, 2).join(": ")).join("; "));
  const parts = await rows(page, "data");
  check("the start page lists every part", parts.length === facts.parts.length
    && facts.parts.every((part) => parts.some((row) => row[0] === part.name)), `${parts.length}`);
  const stages = await rows(page, "stages");
  check("the start page lists every stage", stages.length === facts.stages.length, `${stages.length}`);
  for (const verb of ["import", "segment", "mesh", "score"]) {
    const times = stages.filter((row) => row.includes(verb)).map((row) => row.find((cell) => TIME.test(cell)));
    check(`the start page shows the time of ${verb}`, times.length > 0 && times.every(Boolean), times.join("; "));
  }
  const scores = await rows(page, "accuracy");
  const score = facts.scores[0];
  for (const name of ["adapted_rand_error", "vi_split", "vi_merge", "vi_sum"]) {
    const value = score[name].toFixed(3);
    check(`the start page shows ${name}`, scores.some((row) => row.includes(value)), value);
  }
  const picture = await page.waitForFunction(() => {
    const image = document.querySelector('img[src*="section.png"]');
    return image instanceof HTMLImageElement && image.complete ? image.naturalWidth : 0;
  }, null, {timeout: LIMIT_MS});
  check("the start page shows a section", (await picture.jsonValue()) > 0, `${await picture.jsonValue()} pixels wide`);
  await page.screenshot({path: join(out, "start.png"), fullPage: true});
}

// The cells of a section's table, as they are shown.
function rows(page, section) {
  return page.locator(`#${section} table tbody tr`).evaluateAll(
    (list) => list.map((row) => [...row.cells].map((cell) => cell.innerText.trim())));
}

async function viewer(page) {
  await page.click("#open-viewer");
  await opened(page);
  const drawn = await counts(page);
  const layers = Object.fromEntries(drawn.layers.map((layer) => [layer.name, layer]));
  check("the image layer is shown and ready", layers.em?.visible && layers.em.ready);
  // With a proofreading graph its cells are shown in place of the segmentation that it was made of.
  const shown = layers.cells ? "cells" : "segmentation";
  check(`the layer ${shown} is shown and ready`, layers[shown]?.visible && layers[shown].ready);
  check("segments are selected", drawn.selected > 0, `${drawn.selected}`);
  check("chunks of volumes are on the graphics card", drawn.volumeChunks > 1, `${drawn.volumeChunks}`);
  check("mesh fragments are on the graphics card", drawn.meshFragments > 0, `${drawn.meshFragments}`);

  const panels = await panelBoxes(page);
  check("there are three section panels and one in 3-D", panels.sections.length === 3 && panels.solid.length === 1);
  const shot = await picture(page, join(out, "viewer.png"));
  for (const [i, box] of panels.sections.entries()) {
    const seen = look(shot, box);
    check(`section panel ${i + 1} shows tissue and segments`, seen.greys > 30 && seen.coloured > 500,
      `${seen.greys} grey levels, ${seen.coloured} coloured pixels`);
  }
  const solid = look(shot, panels.solid[0]);
  check("the 3-D panel shows meshes", solid.coloured > 500, `${solid.coloured} coloured pixels`);

  await setVisible(page, shown, false);
  await settled(page);
  const without = await picture(page, join(out, "viewer-without-segments.png"));
  const bare = look(without, panels.solid[0]);
  check("the meshes vanish with their layer", bare.coloured < solid.coloured / 10, `${bare.coloured} coloured pixels`);
  const plain = look(without, panels.sections[0]);
  check("the image stays without the segments", plain.greys > 30 && plain.coloured < 2000,
    `${plain.greys} grey levels, ${plain.coloured} coloured pixels`);
}

function counts(page) {
  return page.evaluate(() => {
    const ON_CARD = 0; // ChunkState.GPU_MEMORY
    const onCard = (source) => [...source.chunks.values()].filter((chunk) => chunk.state === ON_CARD).length;
    let volumeChunks = 0;
    let meshFragments = 0;
    for (const object of window.viewer.dataContext.rpc.objects.values()) {
      if (object?.fragmentSource?.chunks instanceof Map) meshFragments += onCard(object.fragmentSource);
      if (object?.chunks instanceof Map && object.spec?.chunkDataSize) volumeChunks += onCard(object);
    }
    let selected = 0;
    const layers = window.viewer.layerManager.managedLayers.map((layer) => {
      selected += layer.visible
        ? layer.layer?.displayState?.segmentationGroupState?.value?.visibleSegments?.size ?? 0 : 0;
      return {name: layer.name, visible: layer.visible, ready: layer.isReady()};
    });
    return {volumeChunks, meshFragments, selected, layers};
  });
}

function setVisible(page, name, visible) {
  return page.evaluate(([layer, on]) => window.viewer.layerManager.getLayerByName(layer).setVisible(on), [name, visible]);
}
