"""Asks a server with caveclient and CloudVolume; see the file caveclient beside this one.

usage: cave_checks.py DATASET URL TABLE.md
"""
import datetime
import inspect
import json
import pathlib
import sys
import time
import traceback

import networkx as nx
import numpy as np
import requests
from caveclient import CAVEclient
from caveclient.chunkedgraph import ChunkedGraphClient
from cloudvolume import CloudVolume

from cave_world import World

TOKEN = "0" * 32
UTC = datetime.timezone.utc
CHECKS = []


def check(*names):
    """Registers a check of methods."""
    def register(function):
        CHECKS.append((names, function))
        return function
    return register


def same(found, expected, what):
    # As Python's numbers: numpy compares signed with unsigned ids as floats.
    found, expected = np.asarray(found), np.asarray(expected)
    if found.shape != expected.shape or found.tolist() != expected.tolist():
        raise AssertionError(f"{what}: {str(found)[:200]} in place of {str(expected)[:200]}")


def that(true, what):
    if not true:
        raise AssertionError(what)


def at(ms):
    return datetime.datetime.fromtimestamp(ms / 1000, UTC)


class Session:
    """The client, the world as it must be, and the edits that were made."""

    def __init__(self, dataset, url):
        name = json.loads((pathlib.Path(dataset) / "dataset.json").read_text())["about"]["name"]
        self.url = url
        self.client = CAVEclient(name, server_address=url, auth_token=TOKEN, write_server_cache=False)
        self.graph = self.client.chunkedgraph
        info = self.graph.segmentation_info
        self.layers = info["graph"]["n_layers"]
        self.world = World(dataset, info["graph"]["spatial_bit_masks"]["1"])
        self.table = f"{url}/segmentation/api/v1/table/{self.graph.table_name}"
        self.world.begin(round(self.graph.get_oldest_timestamp().timestamp() * 1000))
        self.merges = []
        self.splits = []
        known = 1
        while self.note(known):
            known += 1

    def note(self, operation):
        """Takes an operation of the log into the world; False if there is none."""
        reply = requests.get(f"{self.table}/operation_details", params={"operation_ids": f"[{operation}]"})
        if reply.status_code != 200:
            return False
        details = self.graph.get_operation_details([operation])[str(operation)]
        moment = datetime.datetime.fromisoformat(details["timestamp"])
        self.world.apply(operation, details, round(moment.timestamp() * 1000))
        return True

    def roots(self, state):
        """Root of each supervoxel after an operation, as the server says."""
        return self.graph.get_roots(self.world.ids, timestamp=at(self.world.times[state]))

    def root(self, supervoxel):
        return int(self.graph.get_roots([supervoxel])[0])

    def lives(self):
        """Of each root: its supervoxels, the states in which it began and ended (None: current)."""
        lives = {}
        before = {}
        for state in range(len(self.world.times)):
            roots = self.roots(state)
            order = np.argsort(roots, kind="stable")
            cuts = np.flatnonzero(np.diff(roots[order])) + 1
            now = {int(roots[group[0]]): self.world.ids[np.sort(group)] for group in np.split(order, cuts)}
            for root in before.keys() - now.keys():
                lives[root][2] = state
            for root in now.keys() - before.keys():
                that(root not in lives, f"root {root} came back")
                lives[root] = [now[root], state, None]
            before = now
        return lives

    def largest(self, count=3):
        """Some roots of the present with many supervoxels."""
        roots, sizes = np.unique(self.roots(-1), return_counts=True)
        return [int(r) for r in roots[np.argsort(-sizes)][:count]]

    def candidates(self):
        """Pairs of supervoxels that touch and belong to different roots, the largest contacts first."""
        labels = self.world.labels[-1]
        index = self.world.index
        pairs = [p for p, (affinity, _) in self.world.edges.items()
                 if labels[index[p[0]]] != labels[index[p[1]]] and np.isfinite(affinity)]
        return sorted(pairs, key=lambda p: (-self.world.edges[p][1], p))


@check("do_merge")
def merge(s):
    taken = set()
    for a, b in s.candidates():
        roots = {s.root(a), s.root(b)}
        ends = s.world.contact(a, b)
        if ends is None or roots & taken:
            continue
        count = len(s.world.times)
        ids = [a, b] if len(s.merges) % 2 == 0 else [s.root(a), s.root(b)]
        reply = s.graph.do_merge(ids, ends, resolution=s.world.resolution)
        that(s.note(count), "the log does not have the merge")
        that(reply["operation_id"] == count and len(reply["new_root_ids"]) == 1, f"{reply}")
        that(s.root(a) == s.root(b) == reply["new_root_ids"][0], "the ends are not joined")
        again = s.graph.do_merge(ids, ends, resolution=s.world.resolution) if ids == [a, b] else reply
        that(again == reply, "a repeated request gave another answer")
        s.merges.append((count, a, b, ends))
        taken |= roots | {s.root(a)}
        if len(s.merges) == 3:
            return f"{len(s.merges)} merges, by supervoxels and by roots"
    raise AssertionError("too few pairs to merge")


def sides(s, merge_):
    """Points of a merge as caveclient wants them for a split: nm."""
    _, a, b, ends = merge_
    return dict(source_points=[ends[0] * s.world.resolution], sink_points=[ends[1] * s.world.resolution],
                root_id=s.root(a), source_supervoxels=[a], sink_supervoxels=[b])


@check("preview_split")
def preview(s):
    _, a, b, _ = s.merges[0]
    source, sink, fine, others = s.graph.preview_split(**sides(s, s.merges[0]), return_additional_ccs=True)
    that(fine and a in source and b in sink, "the points are not on their sides")
    groups = [source, sink, *others]
    flat = sum(map(list, groups), [])
    that(len(flat) == len(set(flat)), "components overlap")
    that(set(flat) <= set(s.world.members(-1, a).tolist()), "others' supervoxels are in it")
    that(len(s.graph.get_operation_details([len(s.world.times) - 1])) == 1, "the preview changed something")
    return f"{len(groups)} components"


@check("execute_split")
def split(s):
    count = len(s.world.times)
    _, a, b, _ = s.merges[0]
    old = set(s.world.members(-1, a).tolist())
    operation, roots = s.graph.execute_split(**sides(s, s.merges[0]))
    that(s.note(count) and operation == count, "the log does not have the split")
    same(sorted(set(s.graph.get_roots(list(old)).tolist())), sorted(roots), "new roots")
    s.splits.append(operation)
    return f"{len(roots)} roots"


@check("undo_operation")
def undo(s):
    count = len(s.world.times)
    operation, a, b, _ = s.merges[1]
    reply = s.graph.undo_operation(operation)
    that(s.note(count) and reply["operation_id"] == count, "the log does not have the undo")
    that(s.root(a) != s.root(b), "the ends are still joined")
    that(s.graph.get_operation_details([count])[str(count)]["undo_operation_id"] == operation, "it does not say of what")
    redo = requests.post(f"{s.table}/redo", json={"operation_id": operation}).json()
    that(s.note(count + 1) and s.root(a) == s.root(b), f"redo: {redo}")
    undone = s.graph.undo_operation(s.splits[0])
    that(s.note(count + 2) and len(undone["new_root_ids"]) == 1, f"undo of a split: {undone}")
    return "of a merge and of a split, and a redo"


@check("get_roots", "get_root_id")
def roots(s):
    for state, ms in enumerate(s.world.times):
        for moment in (ms, (s.world.times + [ms + 5])[state + 1] - 1):
            found = s.graph.get_roots(s.world.ids, timestamp=at(moment))
            labels = s.world.labels[state]
            pairs = np.unique(np.stack([found, labels.astype(found.dtype)]), axis=1)
            that(len(np.unique(pairs[0])) == len(np.unique(pairs[1])) == pairs.shape[1],
                 f"other components after operation {state}")
            that(all(r >> 56 == s.layers for r in found.tolist()), "a root is not of the top layer")
    before = s.graph.get_roots(s.world.ids[:5], timestamp=at(s.world.times[0] - 1))
    same(before, np.zeros(5), "before ingest")
    one = s.world.ids[7]
    that(s.graph.get_root_id(one) == s.root(one), "get_root_id")
    level2 = s.graph.get_roots(s.world.ids, stop_layer=2)
    labels = s.world.level2(-1)
    pairs = np.unique(np.stack([level2, labels.astype(level2.dtype)]), axis=1)
    that(len(np.unique(pairs[0])) == len(np.unique(pairs[1])) == pairs.shape[1], "other layer-2 nodes")
    that(s.graph.get_root_id(one, level2=True) == level2[7], "get_root_id of layer 2")
    return f"{len(s.world.ids)} supervoxels at {2 * len(s.world.times)} moments"


@check("get_leaves", "get_leaves_many", "get_children")
def leaves(s):
    lives = s.lives()
    for root, (members, _, _) in list(lives.items())[-30:]:
        same(s.graph.get_leaves(root), members, f"leaves of {root}")
    some = s.largest()
    bounds = np.array([[70, 130], [0, 40], [0, 125]])
    many = s.graph.get_leaves_many(some, bounds=bounds)
    for root in some:
        expected = [m for m in lives[root][0].tolist() if s.world.in_bounds(m, bounds)]
        same(sorted(many[root]), expected, f"leaves of {root} in bounds")
        level2 = s.graph.get_leaves(root, stop_layer=2)
        below = s.graph.get_leaves_many(level2, stop_layer=1)
        same(sorted(sum(map(list, below.values()), [])), lives[root][0], "leaves of layer-2 nodes")
        seen, todo = [], [root]
        while todo:
            node = todo.pop()
            children = s.graph.get_children(node).tolist()
            todo += children
            if node >> 56 == 1:
                seen.append(node)
        same(sorted(seen), lives[root][0], "leaves by way of children")
    return f"{len(lives)} roots"


@check("get_minimal_covering_nodes")
def cover(s):
    root, other = s.largest(2)
    level2 = s.graph.get_leaves(root, stop_layer=2)
    same(s.graph.get_minimal_covering_nodes(level2), [root], "of all layer-2 nodes")
    some = np.sort(np.concatenate([level2[1:], s.graph.get_leaves(other, stop_layer=2)]))
    found = s.graph.get_minimal_covering_nodes(some)
    below = np.concatenate([s.graph.get_leaves(n, stop_layer=2) for n in found.tolist()])
    same(np.sort(below), some, "what the cover covers")
    that(other in found.tolist() and len(found) <= len(some), "the cover is not the smallest")
    for node in found.tolist():
        if node >> 56 < s.layers:
            up = requests.post(f"{s.table}/roots", params={"stop_layer": (node >> 56) + 1},
                               json={"node_ids": [node]}).json()["root_ids"][0]
            that(not set(s.graph.get_leaves(up, stop_layer=2)) <= set(some.tolist()), f"{up} covers {node} too")
    return f"{len(found)} nodes for {len(some)}"


@check("get_subgraph")
def subgraph(s):
    bounds = np.array([[0, 128], [0, 128], [0, 64]])
    total = 0
    for root in s.largest():
        nodes, affinities, areas = s.graph.get_subgraph(root, bounds)
        members = {m for m in s.graph.get_leaves(root).tolist() if s.world.in_bounds(m, bounds)}
        expected = sorted((p, e) for p, e in s.world.edges.items() if p[0] in members and p[1] in members)
        found = sorted(zip(map(tuple, nodes.tolist()), zip(affinities.tolist(), areas.tolist())))
        found = [(p, e) for p, e in found if p not in s.world.made]
        same([p for p, _ in found], [p for p, _ in expected], "pairs")
        same(np.float32([e[0] for _, e in found]), np.float32([e[0] for _, e in expected]), "affinities")
        same([e[1] for _, e in found], [e[1] for _, e in expected], "areas")
        total += len(found)
    return f"{total} edges"


def level2_pairs(s, root):
    members = s.graph.get_leaves(root)
    nodes = dict(zip(members.tolist(), s.graph.get_roots(members, stop_layer=2).tolist()))
    pairs = {(nodes[a], nodes[b]) for a, b in s.world.active
             if a in nodes and b in nodes and nodes[a] != nodes[b]}
    return nodes, {(min(p), max(p)) for p in pairs}


@check("level2_chunk_graph")
def level2(s):
    total = 0
    for root in s.largest():
        _, expected = level2_pairs(s, root)
        found = [tuple(p) for p in s.graph.level2_chunk_graph(root)]
        same(found, np.array(sorted(expected)).reshape(-1, 2), f"pairs of {root}")
        bounds = np.array([[0, 100], [0, 100], [0, 64]])
        inside = {n for n in s.graph.get_leaves(root, stop_layer=2, bounds=bounds).tolist()}
        some = [tuple(p) for p in s.graph.level2_chunk_graph(root, bounds=bounds)]
        that(some == [p for p in found if p[0] in inside and p[1] in inside], "pairs in bounds")
        total += len(found)
    return f"{total} pairs"


@check("find_path")
def path(s):
    root = s.largest(1)[0]
    nodes, pairs = level2_pairs(s, root)
    ends = s.graph.get_leaves(root)[[0, -1]]
    points = [s.world.voxel(e) * s.world.resolution for e in ends]
    for precise in (False, True):
        centroids, found, failed = s.graph.find_path(root, points[0], points[1], precision_mode=precise)
        net = nx.Graph(list(pairs))
        net.add_nodes_from(nodes.values())
        that(found[0] == nodes[int(ends[0])] and found[-1] == nodes[int(ends[1])], "it ends elsewhere")
        that(all(net.has_edge(a, b) for a, b in zip(found, found[1:])), "a step is no edge")
        that(len(found) == nx.shortest_path_length(net, found[0], found[-1]) + 1, "there is a shorter one")
        that(centroids.shape == (len(found), 3) and len(failed) == 0, "centroids")
    return f"{len(found)} nodes"


@check("get_contact_sites")
def contacts(s):
    bounds = np.array([[0, 250], [0, 250], [0, 125]])
    total = 0
    for root in s.largest():
        members = set(s.graph.get_leaves(root).tolist())
        labels, index = s.world.labels[-1], s.world.index
        expected = {}
        for (a, b), (_, area) in s.world.edges.items():
            if (a in members) != (b in members):
                far = labels[index[b if a in members else a]]
                expected[far] = expected.get(far, 0) + area
        found = s.graph.get_contact_sites(root, bounds, calc_partners=True)
        same(sorted(sum(v) for v in found.values()), sorted(expected.values()), "areas")
        for partner in list(found)[:20]:
            label = labels[index[int(s.graph.get_leaves(partner)[0])]]
            that(sum(found[partner]) == expected[label], f"area with {partner}")
        single = s.graph.get_contact_sites(root, bounds)
        same(sorted(sum(single.values(), [])), sorted(sum(found.values(), [])), "sites without partners")
        total += len(single)
    return f"{total} sites"


@check("is_latest_roots", "get_root_timestamps", "is_valid_nodes", "get_oldest_timestamp")
def times(s):
    lives = s.lives()
    every = list(lives)
    for state, ms in enumerate(s.world.times):
        expected = [b <= state and (e is None or e > state) for _, b, e in lives.values()]
        same(s.graph.is_latest_roots(every, timestamp=at(ms)), expected, f"latest after operation {state}")
    created = [at(s.world.times[b]) for _, b, _ in lives.values()]
    same(s.graph.get_root_timestamps(every), created, "created")
    now = at(s.world.times[-1] + 1000)
    last = [now if e is None else at(s.world.times[e]) for _, _, e in lives.values()]
    same(s.graph.get_root_timestamps(every, latest=True, timestamp=now), [t - datetime.timedelta(milliseconds=1) for t in last],
         "last")
    same(s.graph.is_valid_nodes(every + [5, 0]), [True] * len(every) + [False, False], "valid")
    start = at(s.world.times[1])
    expected = [b >= 1 or (e is not None and e >= 1) for _, b, e in lives.values()]
    same(s.graph.is_valid_nodes(every, start_timestamp=start), expected, "valid since the first edit")
    that(s.graph.get_oldest_timestamp() == at(s.world.times[0]), "oldest")
    return f"{len(every)} roots"


def steps(s, lives):
    """For each operation the roots that it replaced and made."""
    found = {}
    for state in range(1, len(s.world.times)):
        found[state] = (sorted(r for r, (_, _, e) in lives.items() if e == state),
                        sorted(r for r, (_, b, _) in lives.items() if b == state))
    return found


def lineage_net(s, lives):
    net = nx.DiGraph()
    net.add_nodes_from(lives)
    for old, new in steps(s, lives).values():
        net.add_edges_from((o, n) for o in old for n in new)
    return net


def edited(lives):
    return [r for r, (_, b, e) in lives.items() if b > 0 or e is not None]


@check("get_lineage_graph", "get_latest_roots", "get_original_roots")
def lineage(s):
    lives = s.lives()
    net = lineage_net(s, lives)
    for root in edited(lives):
        expected = net.subgraph(nx.ancestors(net, root) | nx.descendants(net, root) | {root})
        found = s.graph.get_lineage_graph(root, timestamp_past=at(s.world.times[0]), as_nx_graph=True)
        same(sorted(found.nodes), sorted(expected.nodes), f"nodes of {root}")
        wanted = sorted(e for e in expected.edges if e[1] in nx.ancestors(net, root) | {root}
                        or e[0] in nx.descendants(net, root) | {root})
        same(sorted(found.edges), wanted, f"links of {root}")
        for node, values in found.nodes(data=True):
            that(round(values["timestamp"] * 1000) == s.world.times[lives[node][1]], "timestamp")
            that(values.get("operation_id") == lives[node][2], "operation that replaced it")
        latest = [n for n in nx.descendants(net, root) | {root} if lives[n][2] is None]
        same(sorted(s.graph.get_latest_roots(root)), sorted(latest), f"latest of {root}")
        original = [n for n in nx.ancestors(net, root) | {root} if lives[n][1] == 0]
        same(sorted(s.graph.get_original_roots(root)), sorted(original), f"original of {root}")
    return f"{len(edited(lives))} roots"


@check("suggest_latest_roots")
def suggest(s):
    lives = s.lives()
    for root in edited(lives):
        members = lives[root][0]
        now = s.graph.get_roots(members)
        names, counts = np.unique(now, return_counts=True)
        found = s.graph.suggest_latest_roots(root)
        that(int(found) in [int(n) for n, c in zip(names, counts)], f"{found} has nothing of {root}")
    return f"{len(edited(lives))} roots"


@check("get_past_ids", "get_delta_roots")
def past(s):
    lives = s.lives()
    net = lineage_net(s, lives)
    roots_ = edited(lives)
    begin = at(s.world.times[0])
    maps = s.graph.get_past_ids(roots_, timestamp_past=begin, timestamp_future=at(s.world.times[-1]))
    for root in roots_:
        expected = [n for n in nx.ancestors(net, root) | {root} if lives[n][1] == 0]
        same(sorted(maps["past_id_map"][root]), sorted(expected), f"past ids of {root}")
    for old, new in maps["future_id_map"].items():
        that(set(lives[old][0].tolist()) <= set(lives[new][0].tolist()) and lives[new][2] is None, f"future of {old}")
    all_steps = steps(s, lives)
    for state in range(len(s.world.times)):
        old, new = s.graph.get_delta_roots(at(s.world.times[state] + 1), at(s.world.times[-1]))
        same(old, sorted(set(sum((all_steps[k][0] for k in all_steps if k > state), []))), "old roots")
        same(new, sorted(set(sum((all_steps[k][1] for k in all_steps if k > state), []))), "new roots")
    return f"{len(roots_)} roots"


def clicked(s, operation):
    details = s.world.operations[operation]
    if details.get("source_ids"):
        return set(details["source_ids"]) | set(details["sink_ids"])
    return {int(e) for pair in details.get("added_edges", []) + details.get("removed_edges", []) for e in pair}


def changes(s, lives, net, root):
    """Operations in the ancestry of a root: number, is merge, whether it counts when filtered."""
    line = nx.ancestors(net, root) | {root}
    members = set(lives[root][0].tolist())
    then = s.world.labels[lives[root][1]]
    first = s.world.labels[0]
    for operation, (_, new) in steps(s, lives).items():
        if line & set(new):
            ends = clicked(s, operation)
            joins = bool(s.world.operations[operation].get("added_edges"))
            inside = ends <= members if joins else bool(ends & members)
            relevant = len({(first if joins else then)[s.world.index[e]] for e in ends}) > 1
            yield operation, joins, inside and relevant


@check("get_change_log", "get_tabular_change_log", "get_merge_log")
def logs(s):
    lives = s.lives()
    net = lineage_net(s, lives)
    all_steps = steps(s, lives)
    for root in edited(lives) + s.largest(1):
        every = list(changes(s, lives, net, root))
        for filtered in (False, True):
            wanted = [c for c in every if c[2] or not filtered]
            log = s.graph.get_change_log(root, filtered=filtered)
            same(log["operations_ids"], [c[0] for c in wanted], f"operations of {root}, filtered {filtered}")
            that(log["n_mergers"] == sum(c[1] for c in wanted), "mergers")
            that(log["n_splits"] == sum(not c[1] for c in wanted), "splits")
            same(log["past_ids"], sorted(set(sum((all_steps[c[0]][0] for c in wanted), []))), "past ids")
            table = s.graph.get_tabular_change_log([root], filtered=filtered)[root]
            that(table["operation_id"].tolist() == [c[0] for c in wanted], "operations of the table")
            that(table["is_merge"].tolist() == [c[1] for c in wanted], "is_merge of the table")
            that(table["timestamp"].tolist() == [s.world.times[c[0]] for c in wanted], "timestamps of the table")
            that(table["before_root_ids"].tolist() == [all_steps[c[0]][0] for c in wanted], "roots of the table")
            that(set(table["user_name"]) <= {"anonymous"} and set(table["user_id"]) <= {0}, "users of the table")
        joins = [c[0] for c in every if c[1]]
        log = s.graph.get_merge_log(root)
        that(len(log["merge_edges"]) == len(log["merge_edge_coords"]) == len(joins), "merges")
    return f"{len(edited(lives)) + 1} roots"


@check("get_operation_details", "get_user_operations")
def operations(s):
    lives = s.lives()
    for operation, (old, new) in steps(s, lives).items():
        details = s.graph.get_operation_details([operation])[str(operation)]
        same(sorted(details["roots"]), new, f"roots of operation {operation}")
        same(sorted(details["old_roots"]), old, f"old roots of operation {operation}")
    count, _, _, ends = s.merges[0]
    same(s.graph.get_operation_details([count])[str(count)]["source_coords"], [ends[0].tolist()], "coordinates")
    begin = at(s.world.times[0])
    table = s.graph.get_user_operations(0, timestamp_start=begin)
    that(table["operation_id"].tolist() == list(s.world.operations), "operations of all users")
    that([round(t.timestamp() * 1000) for t in table["timestamp"]] == s.world.times[1:], "timestamps")
    fewer = s.graph.get_user_operations(0, timestamp_start=at(s.world.times[2]), timestamp_end=at(s.world.times[3]))
    that(fewer["operation_id"].tolist() == [2, 3], "a span of time")
    return f"{len(s.world.operations)} operations"


@check("remesh_level2_chunks")
def remesh(s):
    s.graph.remesh_level2_chunks(s.graph.get_leaves(s.largest(1)[0], stop_layer=2)[:5])
    return "accepted"


@check("segmentation_info", "base_resolution", "table_name", "default_url_mapping", "timestamp", "cloudvolume_path")
def properties(s):
    same(s.graph.base_resolution, s.world.resolution, "resolution")
    that(s.graph.segmentation_info["graph"]["n_layers"] == s.layers, "layers")
    that(s.graph.default_url_mapping["table_id"] == s.graph.table_name, "table")
    that(s.graph.timestamp is None, "timestamp")
    that(s.graph.cloudvolume_path.endswith("/" + s.graph.table_name), "path")
    s.graph.timestamp = at(s.world.times[0])
    same(s.graph.get_roots(s.world.ids), s.roots(0), "roots at the client's timestamp")
    s.graph.timestamp = None
    return f"server version {s.graph.server_version}"


def volume(s, **options):
    return CloudVolume(s.client.info.segmentation_source(), secrets={"token": TOKEN}, use_https=False, progress=False,
                       **options)


@check("CloudVolume: supervoxels and roots of a volume")
def volumes(s):
    cv = volume(s)
    plain = np.asarray(cv.download(cv.bounds, agglomerate=False))[..., 0]
    same(plain, s.world.voxels, "supervoxels")
    for state in (0, -1):
        table = dict(zip(s.world.ids.tolist(), s.roots(state).tolist()))
        table[0] = 0
        names, where = np.unique(plain, return_inverse=True)
        expected = np.array([table[n] for n in names.tolist()], dtype=np.uint64)[where].reshape(plain.shape)
        found = cv.download(cv.bounds, agglomerate=True, timestamp=at(s.world.times[state]))
        same(np.asarray(found)[..., 0], expected, f"roots of voxels after operation {state}")
    low = np.asarray(cv.download(cv.bounds, agglomerate=True, stop_layer=2))[..., 0]
    level = dict(zip(s.world.ids.tolist(), s.graph.get_roots(s.world.ids, stop_layer=2).tolist()))
    level[0] = 0
    same(low, np.array([level[n] for n in names.tolist()], dtype=np.uint64)[where].reshape(plain.shape),
         "layer-2 nodes of voxels")
    return f"{plain.size} voxels"


@check("CloudVolume: leaves, roots and children of chunks")
def graphene(s):
    cv = volume(s)
    root = s.largest(1)[0]
    same(np.sort(cv.get_leaves(root, cv.bounds, 0)), s.graph.get_leaves(root), "leaves")
    same(cv.get_roots(s.world.ids), s.roots(-1), "roots")
    node = int(s.graph.get_leaves(root, stop_layer=2)[0])
    mapping = cv.get_chunk_mappings(node)
    that(sorted(map(int, mapping[np.uint64(node)])) == s.graph.get_leaves(node).tolist(), "children of a chunk")
    total = sum(len(v) for v in mapping.values())
    expected = [i for i in s.world.ids.tolist() if s.world.chunk_of(i) == tuple(map(int, cv.meta.decode_chunk_position(node)))]
    that(total == len(expected), "supervoxels of a chunk")
    return f"{len(mapping)} nodes in a chunk"


@check("CloudVolume: meshes")
def meshes(s):
    cv = volume(s)
    count = 0
    for root in s.largest():
        mesh = cv.mesh.get(root)
        mesh = mesh[root] if isinstance(mesh, dict) else mesh
        inside = np.isin(s.world.voxels, s.graph.get_leaves(root).astype(np.uint64))
        where = np.argwhere(inside) + s.world.offset
        low, high = where.min(axis=0) * s.world.resolution, (where.max(axis=0) + 1) * s.world.resolution
        slack = 2 * s.world.resolution
        that(len(mesh.faces) > 10, "hardly any triangle")
        that(all(mesh.vertices.min(axis=0) >= low - slack) and all(mesh.vertices.max(axis=0) <= high + slack),
             f"the mesh lies at {mesh.vertices.min(axis=0)} to {mesh.vertices.max(axis=0)}, the cell at {low} to {high}")
        that(all(mesh.vertices.min(axis=0) <= low + 8 * slack) and all(mesh.vertices.max(axis=0) >= high - 8 * slack),
             "the mesh is smaller than the cell")
        count += len(mesh.faces)
    return f"{count} triangles"


@check("CloudVolume: a supervoxel that was cut")
def cut(s):
    """Comes last: from here on the world does not know all supervoxels."""
    world = s.world
    for supervoxel in world.ids[np.argsort(-np.bincount(np.searchsorted(world.ids, world.voxels[world.voxels != 0])))]:
        where = np.argwhere(world.voxels == supervoxel)
        span = np.ptp(where, axis=0)
        axis = int(np.argmax(span))
        ends = [where[np.argmin(where[:, axis])], where[np.argmax(where[:, axis])]]
        points = [(e + world.offset + 0.5) * world.resolution for e in ends]
        root = s.root(supervoxel)
        before = at(round(time.time() * 1000))
        try:
            operation, roots_ = s.graph.execute_split(
                points[:1], points[1:], root, source_supervoxels=[supervoxel], sink_supervoxels=[supervoxel])
        except requests.HTTPError:
            continue
        cv = volume(s)
        low, high = where.min(axis=0) + world.offset, where.max(axis=0) + 1 + world.offset
        box = tuple(slice(int(a), int(b)) for a, b in zip(low, high))
        mine = (world.voxels == supervoxel)[tuple(slice(int(a - o), int(b - o)) for a, b, o in zip(low, high, world.offset))]
        plain = np.asarray(cv.download(box, agglomerate=False))[..., 0]
        parts = np.unique(plain[mine])
        that(len(parts) >= 2 and supervoxel not in parts.tolist(), f"its voxels are {parts}")
        that(not np.isin(plain[~mine], parts).any(), "voxels of others have its parts' ids")
        now = np.asarray(cv.download(box, agglomerate=True))[..., 0]
        first, last = (now[tuple(e + world.offset - low)] for e in ends)
        that(first != last and {int(first), int(last)} <= set(roots_), f"the ends are {first} and {last} of {roots_}")
        same(s.graph.get_roots(parts, timestamp=before), [root] * len(parts), "roots of the parts before")
        same(sorted(set(s.graph.get_roots(parts).tolist())), sorted({int(first), int(last)}), "roots of the parts")
        undone = s.graph.undo_operation(operation)["new_root_ids"]
        same(s.graph.get_roots(parts), [undone[0]] * len(parts), "roots of the parts after undo")
        return f"{mine.sum()} voxels in {len(parts)} parts"
    raise AssertionError("no supervoxel could be cut")


def public():
    """What caveclient's chunkedgraph client offers of its own."""
    return {name for name, value in vars(ChunkedGraphClient).items()
            if not name.startswith("_") and (inspect.isfunction(value) or isinstance(value, property)
                                             or hasattr(value, "__wrapped__"))}


def main():
    dataset, url, table = sys.argv[1:]
    session = Session(dataset, url)
    rows, failed = [], 0
    missing = public() - {name for names, _ in CHECKS for name in names}
    if missing:
        failed += 1
        rows.append((", ".join(sorted(missing)), "FAIL", "no check"))
    for names, function in CHECKS:
        begin = time.perf_counter()
        try:
            rows.append((", ".join(names), "pass", function(session)))
        except Exception as e:  # whatever it is, it is told and the others are tried
            failed += 1
            traceback.print_exc()
            rows.append((", ".join(names), "FAIL", f"{type(e).__name__}: {str(e)[:200]}".replace("\n", " ")))
        print(f"{rows[-1][1]}  {rows[-1][0]}: {rows[-1][2]} ({time.perf_counter() - begin:.1f} s)", flush=True)
    lines = ["| of caveclient 8.2.1 and CloudVolume 12.15.2 | | compared |", "|---|---|---|"]
    lines += [f"| {' '.join(f'`{n.strip()}`' for n in names.split(',')) if ':' not in names else names} | {state} | {text} |"
              for names, state, text in rows]
    pathlib.Path(table).write_text("\n".join(lines) + "\n")
    print(f"{len(rows) - failed} of {len(rows)} checks pass")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
