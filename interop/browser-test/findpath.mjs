// Requests of the Neuroglancer that is not released yet, sent as it sends them.
import {distance} from "./cast.mjs";
import {VIEWER} from "./contract.mjs";

/** The path that the unreleased Neuroglancer asks for; the released one has no such tool. */
export async function findPath(page, cells, plane, recorder, check) {
  const scripts = (await recorder.exchanges()).filter((one) => /javascript/.test(one.type) && one.bytes !== null);
  const has = scripts.some((one) => one.bytes.includes("find_path"));
  check(`${VIEWER}, has no tool to find paths: no script of the page names find_path`, scripts.length > 0 && !has,
    `${scripts.length} scripts`);
  console.log("     find path is asked for as the unreleased Neuroglancer asks for it, not by a tool of the viewer");
  const all = [...plane.places()];
  const roots = await cells.roots(all.map(([, places]) => places[0].supervoxel));
  let best;
  for (const [i, [, places]] of all.entries()) {
    const ends = [places[0], places.at(-1)];
    const [first, last] = await cells.roots(ends.map((place) => place.supervoxel));
    if (first === last && (!best || distance(...ends) > distance(...best.ends))) best = {root: roots[i], ends};
  }
  const ask = (path, body) => page.evaluate(async ([address, text]) => {
    const answer = await fetch(address, {method: "POST", body: text});
    return {status: answer.status, json: await answer.json()};
  }, [`${cells.api}/${path}`, JSON.stringify(body)]);
  const {status, json} = await ask("graph/find_path?int64_as_str=1&precision_mode=1",
    best.ends.map((place) => [best.root, ...cells.nm(place.voxel)]));
  check("a path between two places of a cell is found", status === 200 && json.l2_path.length > 0,
    `${status}, ${json.l2_path?.length} nodes`);
  const path = json.l2_path;
  const edges = (await cells.get(`node/${best.root}/lvl2_graph?int64_as_str=1`)).edge_graph;
  const joined = new Set(edges.map(([a, b]) => [a, b].sort().join()));
  check("each node of the path is joined to the next", path.slice(1).every((node, i) => joined.has([path[i], node].sort().join())));
  const ends = await Promise.all(best.ends.map((place) => cells.get(`node/${place.supervoxel}/root?int64_as_str=1&stop_layer=2`)));
  check("it leads from the one place to the other", ends[0].root_id === path[0] && ends[1].root_id === path.at(-1));
  const steps = hops(edges, path[0], path.at(-1));
  check("no path has fewer nodes", steps === path.length - 1, `${steps} steps`);
  const inside = await Promise.all(json.centroids_list.map((nm) =>
    cells.supervoxel(nm.map((at, axis) => Math.floor(at / cells.scale.resolution[axis])))));
  const owners = await cells.roots(inside);
  check("its points lie in the cell", json.failed_l2_ids.length === 0 && json.centroids_list.length === path.length
    && owners.every((root) => root === best.root), `${owners.length} points`);
  const nodes = await Promise.all(inside.map((id) => cells.get(`node/${id}/root?int64_as_str=1&stop_layer=2`)));
  check("each in its own node", nodes.every(({root_id: node}, i) => node === path[i]));

  const chunk = cells.info.graph.chunk_size;
  const bounds = [0, 1, 2].map((axis) => {
    const at = best.ends[0].voxel[axis];
    const from = Math.floor(at / chunk[axis]) * chunk[axis];
    return `${from}-${Math.min(from + chunk[axis], cells.scale.size[axis])}`;
  }).join("_");
  const many = await ask(`node/leaves_many?int64_as_str=1&bounds=${bounds}`, {node_ids: [best.root]});
  const single = await cells.get(`node/${best.root}/leaves?int64_as_str=1&bounds=${bounds}`);
  check("leaves of many, as the unreleased Neuroglancer asks for them, are those of one by one", many.status === 200
    && single.leaf_ids.length > 0 && [...many.json[best.root]].sort().join() === [...single.leaf_ids].sort().join(),
    `${single.leaf_ids.length} in ${bounds}`);
}

/** Steps of a shortest way through a graph. */
function hops(edges, from, to) {
  const next = new Map();
  for (const [a, b] of edges.flatMap(([a, b]) => [[a, b], [b, a]])) {
    if (!next.has(a)) next.set(a, []);
    next.get(a).push(b);
  }
  let front = [from];
  const seen = new Set(front);
  for (let steps = 0; front.length > 0; steps++) {
    if (front.includes(to)) return steps;
    front = front.flatMap((node) => next.get(node) ?? []).filter((node) => !seen.has(node) && seen.add(node));
  }
  return -1;
}
