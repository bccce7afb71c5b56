// Asks a server for the cells in a plane, as any client would, so that a test can choose where to click.

/** Reads a chunk of `compressed_segmentation`, 64 bits, one channel; x fastest. */
export function decompress(bytes, [sx, sy, sz], [bx, by, bz]) {
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = (at) => words.getUint32(4 * at, true);
  const base = word(0);
  const [gx, gy] = [Math.ceil(sx / bx), Math.ceil(sy / by)];
  const out = new BigUint64Array(sx * sy * sz);
  for (let z = 0; z < sz; z++) {
    for (let y = 0; y < sy; y++) {
      for (let x = 0; x < sx; x++) {
        const block = Math.floor(x / bx) + gx * (Math.floor(y / by) + gy * Math.floor(z / bz));
        const header = word(base + 2 * block);
        const bits = header >>> 24;
        let index = 0;
        if (bits > 0) {
          const bit = bits * (x % bx + bx * (y % by + by * (z % bz)));
          index = (word(base + word(base + 2 * block + 1) + (bit >>> 5)) >>> (bit & 31)) & (2 ** bits - 1);
        }
        out[x + sx * (y + sy * z)] = words.getBigUint64(4 * (base + (header & 0xffffff) + 2 * index), true);
      }
    }
  }
  return out;
}

/** A table of a server. */
export class Cells {
  constructor(origin, name, info) {
    this.origin = origin;
    this.name = name;
    this.info = info;
    this.scale = info.scales[0];
    this.api = `${origin}/segmentation/api/v1/table/${name}`;
  }

  static async open(source) {
    const [, origin, name] = /^graphene:\/\/(https?:\/\/[^/]+)\/segmentation\/table\/([^/]+)$/.exec(source);
    return new Cells(origin, name, await (await fetch(`${origin}/segmentation/table/${name}/info`)).json());
  }

  /** Sends what a viewer sends; what comes back, whatever it is. */
  async post(path, body) {
    const answer = await fetch(`${this.api}/${path}`, {
      method: "POST", headers: {"Content-Type": "text/plain;charset=UTF-8"}, body: JSON.stringify(body),
    });
    return {status: answer.status, json: await answer.json()};
  }

  async get(path) {
    const answer = await fetch(`${this.api}/${path}`);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  /** Roots now of supervoxels, as text. */
  async roots(supervoxels) {
    const {json} = await this.post("roots?int64_as_str=1", {node_ids: supervoxels.map(String)});
    return json.root_ids;
  }

  /** How many operations there are. */
  async operations() {
    return (await (await fetch(`${this.origin}/api/v1/graph/operations?limit=1`)).json()).total;
  }

  nm(voxel) {
    return voxel.map((at, axis) => (at + 0.5) * this.scale.resolution[axis]);
  }

  /** The chunk of supervoxels that holds a voxel. */
  async chunk(voxel) {
    const {voxel_offset: offset = [0, 0, 0], size, chunk_sizes: [chunk], key} = this.scale;
    const min = voxel.map((at, i) => offset[i] + Math.floor((at - offset[i]) / chunk[i]) * chunk[i]);
    const max = min.map((at, i) => Math.min(at + chunk[i], offset[i] + size[i]));
    const range = min.map((at, i) => `${at}-${max[i]}`).join("_");
    const bytes = new Uint8Array(await (await fetch(`${this.info.data_dir}/${key}/${range}`)).arrayBuffer());
    const shape = max.map((at, i) => at - min[i]);
    const ids = this.scale.encoding === "raw"
      ? new BigUint64Array(bytes.buffer)
      : decompress(bytes, shape, this.scale.compressed_segmentation_block_size);
    return {min, max, at: ([x, y, z]) => ids[x - min[0] + shape[0] * (y - min[1] + shape[1] * (z - min[2]))]};
  }

  /** The supervoxel at a voxel. */
  async supervoxel(voxel) {
    return (await this.chunk(voxel)).at(voxel);
  }

  /** All supervoxels of a plane across z, and their roots. */
  async plane(z) {
    const {voxel_offset: [x0, y0] = [0, 0], size: [width, height]} = this.scale;
    const ids = new BigUint64Array(width * height);
    for (let y = y0; y < y0 + height;) {
      let next = y0 + height;
      for (let x = x0; x < x0 + width;) {
        const chunk = await this.chunk([x, y, z]);
        for (let v = y; v < chunk.max[1]; v++) {
          for (let u = x; u < chunk.max[0]; u++) ids[u - x0 + width * (v - y0)] = chunk.at([u, v, z]);
        }
        [x, next] = [chunk.max[0], chunk.max[1]];
      }
      y = next;
    }
    const all = [...new Set(ids)].filter((id) => id !== 0n);
    const roots = await this.roots(all);
    return new Plane(z, x0, y0, width, height, ids, new Map(all.map((id, i) => [id, roots[i]])));
  }
}

class Plane {
  constructor(z, x0, y0, width, height, ids, rootOf) {
    Object.assign(this, {z, x0, y0, width, height, ids, rootOf});
  }

  root(x, y) {
    return this.rootOf.get(this.ids[x + this.width * y]);
  }

  /**
   * Places where a click cannot miss: voxels with nothing but their own supervoxel around them.
   *
   * @param margin how much of the plane's border is left out
   * @returns for each root its places: the supervoxel, the voxel
   */
  places(margin = 12, radius = 3) {
    const found = new Map();
    for (let y = margin; y < this.height - margin; y += 2) {
      for (let x = margin; x < this.width - margin; x += 2) {
        const id = this.ids[x + this.width * y];
        if (id === 0n || !this.#surrounded(x, y, id, radius)) continue;
        const root = this.rootOf.get(id);
        if (!found.has(root)) found.set(root, []);
        found.get(root).push({root, supervoxel: id, voxel: [x + this.x0, y + this.y0, this.z]});
      }
    }
    return found;
  }

  #surrounded(x, y, id, radius) {
    for (let v = y - radius; v <= y + radius; v++) {
      for (let u = x - radius; u <= x + radius; u++) {
        if (this.ids[u + this.width * v] !== id) return false;
      }
    }
    return true;
  }

  /** Pairs of roots that touch, with the length of their border. */
  touching() {
    const pairs = new Map();
    const count = (a, b) => {
      if (a === undefined || b === undefined || a === b) return;
      const key = a < b ? `${a} ${b}` : `${b} ${a}`;
      pairs.set(key, (pairs.get(key) ?? 0) + 1);
    };
    for (let y = 1; y < this.height; y++) {
      for (let x = 1; x < this.width; x++) {
        count(this.root(x, y), this.root(x - 1, y));
        count(this.root(x, y), this.root(x, y - 1));
      }
    }
    return [...pairs].sort((p, q) => q[1] - p[1]).map(([key]) => key.split(" "));
  }
}
