// Has Neuroglancer show volumes by its own data sources, and compares the values under given positions with those that
// were written. usage: node volumes.mjs BASE-URL LAYERS.json OUT
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {chromium} from "playwright-core";

const LIMIT_MS = 120_000;
const [base, file, out] = process.argv.slice(2);
const {voxel, layers} = JSON.parse(readFileSync(file, "utf8"));

function state(layer, position) {
  const [x, y, z] = voxel.map((length) => [length * 1e-9, "m"]);
  return {
    dimensions: {x, y, z}, position, crossSectionScale: 0.2, layout: "xy",
    layers: [{name: layer.name, type: layer.type, source: layer.source,
      ...(layer.type === "segmentation" ? {ignoreNullVisibleSet: true} : {})}],
  };
}

// What the viewer has at a position; asked again until it is the value wanted, or for a while.
async function value(page, position, wanted) {
  const read = () => page.evaluate((at) => {
    const layer = window.viewer.layerManager.managedLayers[0]?.layer;
    for (const drawn of layer?.renderLayers ?? []) {
      const found = drawn.getValueAt?.(Float32Array.from(at));
      if (found !== undefined && found !== null) return String(Array.isArray(found) ? found[0] : found);
    }
    return null;
  }, position);
  let found = null;
  for (let waited = 0; waited < 10_000; waited += 100) {
    found = await read();
    if (found === wanted || (found !== null && Number(found) === Number(wanted) && !/^\d{16,}$/.test(wanted))) return found;
    await page.waitForTimeout(100);
  }
  return found;
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
});
let failed = 0;
try {
  const page = await browser.newPage({viewport: {width: 900, height: 600}});
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  for (const layer of layers) {
    const wrong = [];
    for (const [i, point] of layer.points.entries()) {
      if (i === 0) {
        await page.goto("about:blank");
        await page.goto(`${base}viewer/#!${encodeURIComponent(JSON.stringify(state(layer, point.position)))}`);
        await page.waitForFunction(() => window.viewer?.layerManager?.managedLayers[0]?.layer?.renderLayers?.length > 0,
          null, {timeout: LIMIT_MS}).catch(() => {});
      } else {
        await page.evaluate((at) => { window.viewer.navigationState.position.value = Float32Array.from(at); }, point.position);
      }
      const found = await value(page, point.position, point.value);
      if (found !== point.value && Number(found) !== Number(point.value)) wrong.push(`${found} at ${point.position} in place of ${point.value}`);
      if (wrong.length) break;
    }
    failed += wrong.length ? 1 : 0;
    console.log(`${wrong.length ? "FAILED" : "ok    "}  Neuroglancer, ${layer.name}${wrong.length ? `: ${wrong[0]} ${complaints.splice(0).join("; ")}` : ""}`);
    if (layer.name.startsWith("uint32-zarr3")) await page.screenshot({path: join(out, `${layer.name}.png`)});
  }
} finally {
  await browser.close();
}
process.exit(failed ? 1 : 0);
