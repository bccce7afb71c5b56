#!/usr/bin/env python3
"""Writes multicut.json: random small graphs, and what the method of Multicut's documentation makes of them, worked out
with networkx 3.x alone. Run it in this folder: python3 multicut_vectors.py
Affinities are multiples of 2^-20 that make all sums exact and equal paths rare."""
import itertools
import json
import math
import random

import networkx as nx

UNIT = 1 << 20
BIG = 1 << 60


class Refused(Exception):
    pass


def paths(graph, ends, closed):
    """All-pairs shortest paths, or None."""
    open_graph = graph.subgraph([n for n in graph if n not in closed])
    found = []
    for a, b in itertools.combinations(ends, 2):
        if not nx.has_path(open_graph, a, b):
            return None
        path = nx.shortest_path(open_graph, a, b, weight="length")
        found.append((nx.path_weight(open_graph, path, "length"), path))
    return found


def vertices(found):
    return {v for _, path in found for v in path}


def steps(found, shared):
    return {frozenset(s) for _, path in found for s in zip(path, path[1:]) if not shared & set(s)}


def piece(ends, kept):
    """What the kept steps join to the ends, or None if not all of these."""
    graph = nx.Graph([tuple(s) for s in kept])
    graph.add_nodes_from(ends)
    part = nx.node_connected_component(graph, ends[0])
    return part if set(ends) <= part else None


def multicut(edges, sources, sinks, single_allowed):
    if not sources or not sinks:
        raise Refused("NO_POINTS")
    if set(sources) & set(sinks):
        raise Refused("ON_BOTH_SIDES")
    if not edges:
        raise Refused("NO_EDGES")
    known = {n for a, b, _ in edges for n in (a, b)}
    if not set(sources) | set(sinks) <= known:
        raise Refused("NOT_IN_GRAPH")
    groups = nx.Graph()
    groups.add_nodes_from(known)
    groups.add_edges_from((a, b) for a, b, aff in edges if aff is None)
    rep = {n: min(part) for part in nx.connected_components(groups) for n in part}
    s = sorted({rep[n] for n in sources})
    t = sorted({rep[n] for n in sinks})
    if set(s) & set(t):
        raise Refused("IN_ONE_SUPERVOXEL")
    graph = nx.Graph()
    graph.add_nodes_from(rep.values())
    for a, b, aff in edges:
        a, b = rep[a], rep[b]
        if aff is None or a == b:
            continue
        length = 1 / (aff / UNIT + 2**-52)
        if graph.has_edge(a, b):
            graph[a][b]["capacity"] += aff
            graph[a][b]["length"] = min(graph[a][b]["length"], length)
        else:
            graph.add_edge(a, b, capacity=aff, length=length)
    if not graph.edges:
        raise Refused("ONLY_CROSS_CHUNK_EDGES")

    ps, pt = paths(graph, s, set(t)), paths(graph, t, set(s))
    if ps is None or pt is None:
        raise Refused("POINTS_OVERLAP")
    shared = vertices(ps) & vertices(pt)
    core_s, core_t = piece(s, steps(ps, shared)), piece(t, steps(pt, shared))
    how = "dropped" if shared else "apart"
    if core_s is None or core_t is None:
        mean = [math.prod(length for length, _ in p) ** (1 / len(p)) for p in (ps, pt)]
        how = "sources keep" if mean[0] < mean[1] else "sinks keep"
        around = paths(graph, t, vertices(ps)) if mean[0] < mean[1] else paths(graph, s, vertices(pt))
        keeps_source = mean[0] < mean[1]
        if around is None:
            how += ", swapped"
            keeps_source = not keeps_source
            around = paths(graph, t, vertices(ps)) if keeps_source else paths(graph, s, vertices(pt))
        if around is None:
            raise Refused("PATHS_OVERLAP")
        ps, pt = (ps, around) if keeps_source else (around, pt)
        core_s, core_t = vertices(ps), vertices(pt)

    fixed = graph.copy()
    for found, core in ((ps, core_s), (pt, core_t)):
        for step in steps(found, set()):
            if step <= core:
                a, b = step
                fixed[a][b]["capacity"] = BIG
    # networkx tells the smallest side of the second: that of the sources is wanted.
    value, (_, side) = nx.minimum_cut(fixed, t[0], s[0])
    crossing = [(a, b) for a, b in graph.edges if (a in side) != (b in side)]
    assert value == sum(graph[a][b]["capacity"] for a, b in crossing) < BIG
    if not crossing:
        raise Refused("NOTHING_TO_CUT")
    left = graph.copy()
    left.remove_edges_from(crossing)
    parts = sorted(nx.connected_components(left), key=min)
    first = next(p for p in parts if s[0] in p)
    second = next(p for p in parts if t[0] in p)
    assert set(s) <= first and set(t) <= second and first != second
    parts = [first, second] + [p for p in parts if p not in (first, second)]
    illegal = any(
        part == core and len(ends) > single_allowed
        and any(n not in core_s | core_t for v in part for n in graph[v])
        for part, core, ends in ((first, core_s, s), (second, core_t, t)))
    pairs = sorted({(min(a, b), max(a, b)) for a, b, aff in edges
                    if aff is not None and ((rep[a] in side) != (rep[b] in side))})
    expanded = [sorted(n for n in known if rep[n] in part) for part in parts]
    return {"pairs": pairs, "value": value / UNIT, "components": expanded, "illegal": illegal, "how": how}


def world(rng):
    n = rng.randint(2, 16)
    ids = [rng.choice((1, 1 << 56, (1 << 64) - 1000)) + i for i in range(n)]
    edges = []
    glue = rng.choice((0, 0, 0.05, 0.3, 0.9))
    shape = rng.choice(("random", "line", "grid"))
    for i in range(n):
        for j in range(i):
            near = {"random": rng.random() < 2.5 / n, "line": i - j == 1 or rng.random() < 0.08,
                    "grid": i - j == 4 or (i - j == 1 and i % 4 > 0)}[shape]
            if near:
                aff = None if rng.random() < glue else rng.randint(1, UNIT)
                pair = [ids[i], ids[j]]
                rng.shuffle(pair)
                edges.append((*pair, aff))
    if edges and rng.random() < 0.1:
        a, b, _ = rng.choice(edges)
        edges.append((b, a, rng.randint(1, UNIT)))
    known = ids if rng.random() < 0.03 else sorted({x for a, b, _ in edges for x in (a, b)}) or ids
    chosen = rng.sample(known, min(len(known), rng.choice((2, 2, 3, 4, 4, 5, 6))))
    at = 1 if len(chosen) < 3 else rng.randint(1, len(chosen) - 1)
    if rng.random() < 0.02:
        at = 0
    sources, sinks = chosen[:at], chosen[at:]
    if sources and rng.random() < 0.02:
        sinks.append(sources[0])
    return edges, sources, sinks


def brick(rng, width):
    """Two halves of a brick of supervoxels, weakly joined."""
    at = {p: 1000 + i for i, p in enumerate(itertools.product(range(width), repeat=3))}
    edges = []
    for p, axis in itertools.product(at, range(3)):
        q = tuple(c + (k == axis) for k, c in enumerate(p))
        if q in at:
            weak = axis == 0 and p[0] == width // 2 - 1
            cut = rng.random() < 0.05 and not weak
            aff = None if cut else rng.randint(1, UNIT // 20) if weak else rng.randint(UNIT // 4, UNIT)
            edges.append((at[p], at[q], aff))
    left = [n for p, n in at.items() if p[0] < width // 2]
    right = [n for p, n in at.items() if p[0] >= width // 2]
    return edges, rng.sample(left, 3), rng.sample(right, 3)


def triangles():
    """Three points on each side hold together without the supervoxel that both sides' paths want."""
    def aff(length):
        return round(UNIT / length)
    edges = [(100, 101, aff(2)), (101, 102, aff(2)), (100, 150, aff(1.5)), (102, 150, aff(1.5)),
             (200, 201, aff(2.1)), (201, 202, aff(2.2)), (200, 150, aff(1.6)), (202, 150, aff(1.7)),
             (101, 201, aff(9)), (100, 110, aff(1)), (200, 210, aff(1))]
    return edges, [100, 101, 102], [200, 201, 202]


def main():
    rng = random.Random(20)
    # Of each kind of outcome only so many, so that the rare ones are not lost among the common.
    out, seen = [], {}
    made = [triangles(), brick(rng, 4), brick(rng, 6)]
    for edges, sources, sinks in made + [world(rng) for _ in range(20_000)]:
        single = rng.randint(0, 1)
        case = {"edges": [[a, b, "inf" if aff is None else aff / UNIT] for a, b, aff in edges], "sources": sources,
                "sinks": sinks, "isolating": "ALLOWED_FOR_ONE" if single else "REFUSED"}
        try:
            case.update(multicut(edges, sources, sinks, single))
        except Refused as refused:
            case["refusal"] = str(refused)
        kind = case.get("refusal") or (case["how"], case["illegal"])
        seen[kind] = seen.get(kind, 0) + 1
        if seen[kind] <= 15:
            out.append(case)
    for kind, count in sorted(seen.items(), key=str):
        print(count, kind)
    with open("multicut.json", "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in out) + "\n]\n")


if __name__ == "__main__":
    main()
