// Chromium with Neuroglancer in it. Nothing here sleeps for a fixed time: it polls what the viewer says of itself and what
// is on the screen.
import {chromium} from "playwright-core";
import {PNG} from "pngjs";

export const LIMIT_MS = 120_000;

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--enable-unsafe-swiftshader", "--use-angle=swiftshader"],
  });
}

/** Counts what is checked, and says it. */
export class Checks {
  passed = 0;
  failed = 0;

  check(what, ok, detail = "") {
    ok ? this.passed++ : this.failed++;
    console.log(`${ok ? "ok  " : "FAIL"} ${what}${detail === "" ? "" : ` (${detail})`}`);
    return Boolean(ok);
  }
}

/** The viewer has layers, and says that it is ready. */
export async function opened(page) {
  await page.waitForFunction(() => window.viewer?.layerManager?.managedLayers.length > 0, null, {timeout: LIMIT_MS});
  await settled(page);
}

/** The viewer says that it is ready, three animation frames in a row. */
export async function settled(page) {
  await page.waitForFunction(() => {
    const ready = window.viewer.isReady();
    window.readyFrames = ready ? (window.readyFrames ?? 0) + 1 : 0;
    if (window.readyFrames < 3) return false;
    window.readyFrames = 0;
    return true;
  }, null, {timeout: LIMIT_MS, polling: "raf"});
}

/** Boxes of the panels, without their edges, which hold rulers, labels and controls. */
export function panelBoxes(page) {
  return page.evaluate(() => {
    const boxes = {sections: [], solid: []};
    for (const panel of window.viewer.display.panels) {
      if (!panel.element.classList.contains("neuroglancer-rendered-data-panel")) continue;
      const {x, y, width, height} = panel.element.getBoundingClientRect();
      const box = {x: x + width * 0.15, y: y + height * 0.15, width: width * 0.7, height: height * 0.7};
      (panel.sliceView ? boxes.sections : boxes.solid).push(box);
    }
    return boxes;
  });
}

export async function picture(page, path, clip) {
  return PNG.sync.read(await page.screenshot({...(path ? {path} : {}), ...(clip ? {clip} : {})}));
}

/** Calls with red, green and blue of each pixel in a box, and its place. */
export function pixels(png, box, visit) {
  for (let y = Math.round(box.y); y < box.y + box.height; y++) {
    for (let x = Math.round(box.x); x < box.x + box.width; x++) {
      const i = 4 * (y * png.width + x);
      visit(png.data[i], png.data[i + 1], png.data[i + 2], x, y);
    }
  }
}

/** Grey levels and coloured pixels within a box of a picture. */
export function look(png, box) {
  const levels = new Set();
  let coloured = 0;
  pixels(png, box, (r, g, b) => {
    const spread = Math.max(r, g, b) - Math.min(r, g, b);
    if (spread > 24) coloured++;
    else if (spread < 4) levels.add(r);
  });
  return {greys: levels.size, coloured};
}

/** How alike two colours are apart from grey and brightness: 1 if they are the same hue, -1 if opposite. */
export function likeness(a, b) {
  const tint = ([r, g, b_]) => {
    const grey = (r + g + b_) / 3;
    return [r - grey, g - grey, b_ - grey];
  };
  const [u, v] = [tint(a), tint(b)];
  const dot = (p, q) => p[0] * q[0] + p[1] * q[1] + p[2] * q[2];
  const length = Math.sqrt(dot(u, u) * dot(v, v));
  return length === 0 ? 0 : dot(u, v) / length;
}
