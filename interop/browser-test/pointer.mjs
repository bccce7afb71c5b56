// The mouse in Neuroglancer, as a careful hand moves it: it clicks only when the viewer itself has the wanted object under
// the mouse, and nothing on the page moves any more.
//
// The care is needed. Neuroglancer ends a line where it has the mouse at the click, and moves the page by itself: a line
// that is being drawn changes with the mouse, and each change opens the panel of details. The sections get narrower, the
// bar of layers may need a second row, and a mouse that has not moved is over another voxel. If that is of no selected
// cell, or of the first one again, the viewer drops the line.
import {LIMIT_MS} from "./viewer.mjs";

const TRY_MS = 3000;
const TRIES = 20;

export class Pointer {
  constructor(page) {
    this.page = page;
  }

  /** Puts helpers into the page, for a layer with segments. */
  async install(name) {
    await this.page.evaluate((layerName) => {
      const {display, layerManager, mouseState} = window.viewer;
      const {segmentSelectionState: selection} = layerManager.getLayerByName(layerName).layer.displayState;
      const panels = () => [...display.panels].filter((panel) => panel.pickRequests);
      const said = [];
      window.pointer = {
        said,
        object: () => selection.hasSelectedSegment ? String(selection.baseValue) : undefined,
        /** Where the panels are on the page. */
        layout: () => panels().map(({element}) => {
          const {x, y, width, height} = element.getBoundingClientRect();
          return [x, y, width, height].join();
        }).join(";"),
        /** Whether the viewer knows what is under the mouse in the last frame. */
        knows: () => {
          mouseState.updateUnconditionally();
          return mouseState.active && panels().filter((panel) => panel.mouseX >= 0).every((panel) =>
            !panel.pickRequestPending && panel.pickingData[1].frameNumber === display.frameNumber
              && panel.pickRequests.every((request) => request.sync === null));
        },
        /** Whether it is an object, near a position. */
        has: (id, near, reach) => window.pointer.knows() && window.pointer.object() === id
          && near.every((at, axis) => Math.abs(at - mouseState.unsnappedPosition[axis]) <= reach),
      };
      // What the viewer says at the bottom stands there for some seconds only.
      new MutationObserver((changes) => {
        for (const {target, addedNodes} of changes) {
          if (target.nodeName !== "LI" || !target.closest("#neuroglancer-status-container")) continue;
          said.push(...[...addedNodes].filter((node) => node.nodeName === "#text").map((node) => node.textContent));
        }
      }).observe(document.body, {childList: true, subtree: true});
    }, name);
  }

  /** Waits until the panels are at one place, three animation frames in a row. */
  async still() {
    await this.until("the panels stand still", () => {
      const layout = window.pointer.layout();
      window.stillFrames = layout === window.stillAt ? (window.stillFrames ?? 0) + 1 : 0;
      window.stillAt = layout;
      if (window.stillFrames < 3) return false;
      window.stillFrames = 0;
      return true;
    });
  }

  /**
   * Moves the mouse to a pixel, to and fro as a hand does, until the viewer has an object under it in three animation
   * frames in a row. Aims anew if the panels move meanwhile.
   *
   * @param aim gives the pixel, as the panels are now
   * @param id the object, as the viewer has it: a supervoxel in a section, a root in 3-D
   * @param near the position that the viewer must have, in voxels
   * @param reach how far from it, on each axis
   */
  async over(aim, id, near, reach) {
    for (let tries = 1; tries <= TRIES; tries++) {
      const layout = await this.page.evaluate(() => window.pointer.layout());
      const [x, y] = await aim();
      await this.page.mouse.move(x + tries % 2, y);
      await this.page.mouse.move(x, y);
      try {
        const seen = await this.page.waitForFunction(([before, wanted, at, far]) => {
          if (window.pointer.layout() !== before) return "moved";
          window.overFrames = window.pointer.has(wanted, at, far) ? (window.overFrames ?? 0) + 1 : 0;
          if (window.overFrames < 3) return false;
          window.overFrames = 0;
          return "there";
        }, [layout, id, near, reach], {timeout: TRY_MS, polling: "raf"});
        if (await seen.jsonValue() === "there") return [x, y];
      } catch (error) {
        if (error.name !== "TimeoutError") throw error;
      }
    }
    throw new Error(`the viewer has not ${id} at ${near.join(", ")} under the mouse: ${await this.state()}`);
  }

  /** Where a pixel of the 3-D view lies on a root's mesh, in voxels; nothing if it does not. */
  async onMesh([x, y], root) {
    await this.page.mouse.move(x, y);
    await this.until("what is under the mouse", () => window.pointer.knows());
    return this.page.evaluate((wanted) => {
      const {pickedRenderLayer, pickedValue, unsnappedPosition} = window.viewer.mouseState;
      return pickedRenderLayer && String(pickedValue) === wanted ? [...unsnappedPosition] : null;
    }, root);
  }

  /** Waits until something is so in the page; says what the viewer has if it does not come. */
  async until(what, test, arg) {
    try {
      await this.page.waitForFunction(test, arg, {timeout: LIMIT_MS, polling: "raf"});
    } catch (error) {
      throw new Error(`${what}: it does not come; ${await this.state()}`, {cause: error});
    }
  }

  /** What the viewer has under the mouse, and what it said last. */
  state() {
    return this.page.evaluate(() => {
      const {active, unsnappedPosition} = window.viewer.mouseState;
      return `it has ${window.pointer.object() ?? "nothing"} at ${[...unsnappedPosition].join(", ")}`
        + `${active ? "" : " (before the mouse left)"}, and said last: ${window.pointer.said.slice(-4).join(" | ")}`;
    });
  }
}
