// The layer of cells that can be edited, in Neuroglancer: driven by mouse and keys as a user does. What is read from the
// viewer's inside is only for telling when it is ready, and what it shows.
import {spread} from "./cast.mjs";
import {Pointer} from "./pointer.mjs";
import {LIMIT_MS, likeness, picture, pixels, settled} from "./viewer.mjs";

export class CellsLayer {
  constructor(page, name) {
    this.page = page;
    this.name = name;
    this.pointer = new Pointer(page);
  }

  /** Puts helpers into the page, shows a section beside the 3-D view, and moves to a place. */
  async prepare(position, scale, projection) {
    await this.page.evaluate(([name, at, crossSection, solid]) => {
      const layer = window.viewer.layerManager.getLayerByName(name).layer;
      window.cells = {
        layer,
        group: () => layer.displayState.segmentationGroupState.value,
        state: () => layer.graphConnection.value.state,
        panel: (section) => [...window.viewer.display.panels].find((panel) =>
          panel.element.classList.contains("neuroglancer-rendered-data-panel") && Boolean(panel.sliceView) === section),
        // Pieces of a root's mesh: [all, those on the graphics card]; nothing if it is not known which there are.
        pieces: (root) => {
          for (const object of window.viewer.dataContext.rpc.objects.values()) {
            if (!(object?.fragmentSource?.chunks instanceof Map) || !object.getFragmentKey) continue;
            const manifest = object.chunks.get(root);
            if (manifest?.fragmentIds) {
              const there = manifest.fragmentIds.filter((id) =>
                object.fragmentSource.chunks.get(object.getFragmentKey(root, id).key)?.state === 0);
              return [manifest.fragmentIds.length, there.length];
            }
          }
          return undefined;
        },
      };
      window.viewer.layout.restoreState("xy-3d");
      window.viewer.navigationState.position.value = Float32Array.from(at);
      window.viewer.navigationState.zoomFactor.value = crossSection;
      window.viewer.perspectiveNavigationState.zoomFactor.value = solid;
      window.viewer.selectedLayer.visible = false;
      // The viewer opens it beside each point that is set, and the panels move; it stays open.
      window.viewer.selectionDetailsState.location.visible = true;
    }, [this.name, position, scale, projection]);
    await this.page.waitForFunction(() => window.cells.panel(true) && window.cells.panel(false), null,
      {timeout: LIMIT_MS, polling: "raf"});
    await this.pointer.install(this.name);
    await this.pointer.still();
    await settled(this.page);
  }

  /** Where a voxel is on the screen, in the section. */
  place(voxel) {
    return this.page.evaluate(([x, y]) => {
      const {element, navigationState} = window.cells.panel(true);
      const box = element.getBoundingClientRect();
      const [px, py] = navigationState.position.value;
      const scale = navigationState.zoomFactor.value;
      return [box.x + box.width / 2 + (x + 0.5 - px) / scale, box.y + box.height / 2 + (y + 0.5 - py) / scale];
    }, voxel);
  }

  box(section) {
    return this.page.evaluate((which) => {
      const {x, y, width, height} = window.cells.panel(which).element.getBoundingClientRect();
      return {x, y, width, height};
    }, section);
  }

  /** Roots that are shown. */
  visible() {
    return this.page.evaluate(() => [...window.cells.group().visibleSegments].map(String));
  }

  /** Moves the mouse to a voxel of the section, until the viewer has its supervoxel under it. */
  hover({supervoxel, voxel}) {
    return this.pointer.over(() => this.place(voxel), String(supervoxel), voxel.map((at) => at + 0.5), 1);
  }

  /** Selects the cell at a place by a double click, and waits until it is drawn in 2-D and 3-D. */
  async select(place) {
    const [x, y] = await this.hover(place);
    await this.page.mouse.dblclick(x, y);
    await this.drawn([place.root], [place.supervoxel]);
  }

  /** Waits until roots are shown, with all pieces of their meshes, and supervoxels belong to them. */
  async drawn(roots, supervoxels) {
    await this.page.waitForFunction(([wanted, parts]) => {
      const group = window.cells.group();
      return wanted.every((root) => group.visibleSegments.has(BigInt(root)))
        && parts.every((part) => wanted.includes(String(group.segmentEquivalences.get(BigInt(part)))))
        && wanted.every((root) => {
          const pieces = window.cells.pieces(root);
          return pieces && pieces[0] === pieces[1];
        });
    }, [roots, supervoxels.map(String)], {timeout: LIMIT_MS, polling: "raf"});
    await settled(this.page);
  }

  /** Nothing selected: the key x. */
  async clear() {
    const {x, y, width, height} = await this.box(true);
    await this.page.mouse.move(x + width / 2, y + height - 30);
    await this.page.keyboard.press("KeyX");
    await this.page.waitForFunction(() => window.cells.group().visibleSegments.size === 0, null,
      {timeout: LIMIT_MS, polling: "raf"});
  }

  /** Chooses a tool by its key. */
  async tool(key, title) {
    await this.leave();
    this.key = key;
    await this.page.keyboard.press(`Shift+${key}`);
    await this.page.locator(".neuroglancer-tool-status", {hasText: title}).waitFor({timeout: LIMIT_MS});
  }

  /** Leaves the tool that is active, if one is, by its key. */
  async leave() {
    const line = this.page.locator(".neuroglancer-tool-status");
    if (await line.count() > 0) await this.page.keyboard.press(`Shift+${this.key}`);
    await line.waitFor({state: "detached", timeout: LIMIT_MS});
  }

  async ctrlClick([x, y]) {
    await this.page.keyboard.down("Control");
    await this.page.mouse.click(x, y);
    await this.page.keyboard.up("Control");
  }

  /** Waits until the multicut tool has so many points, red and blue. */
  async #points(red, blue) {
    await this.pointer.until(`${red} red points and ${blue} blue ones`, ([sinks, sources]) => {
      const state = window.cells.state().multicutState;
      return state.sinks.size === sinks && state.sources.size === sources;
    }, [red, blue]);
  }

  /** Shift+M, ctrl+click on two places; all but the Enter. */
  async prepareMerge(a, b) {
    await this.hover(a);
    await this.tool("KeyM", "Merge segments");
    await this.ctrlClick(await this.hover(a));
    await this.pointer.until("the first point of a merge", () => window.cells.state().mergeState.merges.value.length === 1);
    await this.ctrlClick(await this.hover(b));
    await this.pointer.until("the second point of a merge", () => window.cells.state().mergeState.merges.value[0]?.source);
  }

  /** Shift+C, ctrl+click on places of the section, G, ctrl+click on more; all but the Enter. */
  async prepareSplit(reds, blues) {
    await this.hover(reds[0]);
    await this.tool("KeyC", "Multicut segments");
    for (const [i, place] of reds.entries()) {
      await this.ctrlClick(await this.hover(place));
      await this.#points(i + 1, 0);
    }
    await this.page.keyboard.press("KeyG");
    for (const [i, place] of blues.entries()) {
      await this.ctrlClick(await this.hover(place));
      await this.#points(reds.length, i + 1);
    }
  }

  /** The same on the mesh, at places of the surface; the first may be a place of the section. */
  async prepareSplitOnMesh(red, blue, root) {
    const hover = (place) => place.pixel ? this.#hoverOnMesh(place, root) : this.hover(place);
    await hover(red);
    await this.tool("KeyC", "Multicut segments");
    await this.ctrlClick(await hover(red));
    await this.#points(1, 0);
    await this.page.keyboard.press("KeyG");
    await this.ctrlClick(await hover(blue));
    await this.#points(1, 1);
  }

  /** Moves the mouse to a place of the surface, until the viewer has the root under it there. */
  #hoverOnMesh({pixel, voxel}, root) {
    return this.pointer.over(() => pixel, root, voxel, 2);
  }

  /** Places on a root's mesh, all over what is seen of it in 3-D: pixel, and position in voxels and in nm. */
  async surface(root, voxelSize, count = 100) {
    const own = await this.#pixelsOf(await this.shot(), root);
    // Not at an edge, where a hand that is a little off misses it.
    const inner = [...own].filter(([, [x, y]]) => [-4, 4].every((off) => own.has(`${x + off} ${y}`) && own.has(`${x} ${y + off}`)));
    const found = [];
    for (const [, pixel] of spread(inner, count)) {
      const voxel = await this.pointer.onMesh(pixel, root);
      if (voxel) found.push({pixel, voxel, nm: voxel.map((at, axis) => at * voxelSize[axis])});
    }
    return found;
  }

  /**
   * Presses Enter and measures, on the page's clock, how long it takes until the new roots are drawn.
   *
   * @param count how many new roots there must be at least
   * @param supervoxels what must belong to them in 2-D
   * @returns roots, and milliseconds for 2-D and 3-D
   */
  async submit(count, supervoxels) {
    await this.page.evaluate(([wanted, parts]) => {
      const group = window.cells.group();
      const before = new Set([...group.visibleSegments].map(String));
      window.edited = {};
      const look = (begin) => {
        const now = performance.now() - begin;
        const done = window.edited;
        const roots = [...group.visibleSegments].map(String).filter((root) => !before.has(root));
        if (roots.length >= wanted) {
          done.roots ??= roots;
          const held = new Set(parts.map((part) => String(group.segmentEquivalences.get(BigInt(part)))));
          if (done.flat === undefined && held.size === Math.min(wanted, parts.length)
            && [...held].every((root) => roots.includes(root))) done.flat = now;
          const pieces = roots.map((root) => window.cells.pieces(root));
          if (done.solid === undefined && pieces.every((one) => one && one[0] > 0 && one[0] === one[1])) {
            done.solid = now;
            done.pieces = pieces.reduce((sum, one) => sum + one[0], 0);
          }
        }
        // What is known in one frame is on the screen at the next.
        if (done.flat === undefined || done.solid === undefined) requestAnimationFrame(() => look(begin));
        else requestAnimationFrame(() => { done.end = performance.now() - begin; });
      };
      window.addEventListener("keydown", (event) => event.key === "Enter" && look(performance.now()),
        {capture: true, once: true});
    }, [count, supervoxels.map(String)]);
    await this.page.keyboard.press("Enter");
    await this.page.waitForFunction(() => window.edited.end !== undefined, null, {timeout: LIMIT_MS, polling: "raf"});
    await settled(this.page);
    return this.page.evaluate(() => window.edited);
  }

  /** The colour that the viewer has for a root. */
  colour(root) {
    return this.page.evaluate((id) => {
      const colour = new Float32Array(3);
      window.cells.layer.displayState.segmentationColorGroupState.value.segmentColorHash.compute(colour, BigInt(id));
      return [...colour].map((part) => part * 255);
    }, root);
  }

  /** The colour around a voxel on the screen, the grey of the image averaged. */
  async colourAt(png, voxel) {
    const [x, y] = await this.place(voxel);
    const sum = [0, 0, 0];
    pixels(png, {x: x - 2, y: y - 2, width: 5, height: 5}, (r, g, b) => {
      sum[0] += r;
      sum[1] += g;
      sum[2] += b;
    });
    return sum;
  }

  /** How many pixels of the 3-D view are of a root's colour. */
  async solidPixels(png, root) {
    return (await this.#pixelsOf(png, root)).size;
  }

  /** Those pixels, by their coordinates as text. */
  async #pixelsOf(png, root) {
    const wanted = await this.colour(root);
    const found = new Map();
    pixels(png, await this.box(false), (r, g, b, x, y) => {
      if (Math.max(r, g, b) - Math.min(r, g, b) > 24 && likeness([r, g, b], wanted) > 0.98) found.set(`${x} ${y}`, [x, y]);
    });
    return found;
  }

  /** Waits until the line of a merge is gone, which the viewer shows for a while after it. */
  async merged() {
    await this.page.waitForFunction(() => window.cells.state().mergeState.merges.value.length === 0, null,
      {timeout: LIMIT_MS, polling: "raf"});
  }

  /** A picture of both panels. */
  async shot(path) {
    // Out of the panels, so that no cell is lit up.
    await this.page.mouse.move(1, 1);
    await this.pointer.still();
    await this.page.waitForFunction(() => !window.viewer.mouseState.active, null, {timeout: LIMIT_MS, polling: "raf"});
    await settled(this.page);
    return picture(this.page, path);
  }
}
