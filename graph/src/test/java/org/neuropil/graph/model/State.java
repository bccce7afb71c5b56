package org.neuropil.graph.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

import org.neuropil.graph.Edge;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.Operation.Pair;

/// The edges at a moment, and all nodes that follow from them, computed from nothing.
final class State {
    final NodeIds ids;
    final SortedSet<Long> supervoxels;
    /// All edges that are in a list, active or not.
    final SortedMap<Pair, Edge> edges;
    final SortedSet<Pair> active;
    /// All nodes, lower layers first; within a layer by their smallest supervoxel.
    final List<ModelNode> nodes = new ArrayList<>();
    private final Map<Long, ModelNode> leaves = new HashMap<>();
    private final boolean skips;

    /// @param on edges that are active; within a chunk, all others whose ends these join become so
    State(NodeIds ids, SortedSet<Long> supervoxels, SortedMap<Pair, Edge> edges, Collection<Pair> on) {
        this(ids, supervoxels, edges, on, true);
    }

    /// @param skips false for the fault that there is a node in every layer
    State(NodeIds ids, SortedSet<Long> supervoxels, SortedMap<Pair, Edge> edges, Collection<Pair> on, boolean skips) {
        this.skips = skips;
        this.ids = ids;
        this.supervoxels = supervoxels;
        this.edges = edges;
        List<Pair> inside = on.stream().filter(pair -> common(pair) == 2).toList();
        Map<Long, Long> level2 = Ids.components(supervoxels, inside);
        active = Ids.pairs(on.stream().filter(pair -> common(pair) > 2).toList());
        for (Pair pair : edges.keySet()) {
            if (common(pair) == 2 && Objects.equals(level2.get(pair.a()), level2.get(pair.b()))) {
                active.add(pair);
            }
        }
        Map<Long, ModelNode> top = new HashMap<>();
        for (long supervoxel : supervoxels) {
            ModelNode leaf = new ModelNode(1, ids.chunkId(supervoxel), Ids.set(supervoxel), List.of());
            leaves.put(supervoxel, leaf);
            top.put(supervoxel, leaf);
            nodes.add(leaf);
        }
        for (int layer = 2; layer <= ids.layers(); layer++) {
            addLayer(layer, top);
        }
    }

    private void addLayer(int layer, Map<Long, ModelNode> top) {
        Map<Long, Long> component = Ids.components(supervoxels,
                active.stream().filter(pair -> common(pair) <= layer).toList());
        Map<Long, SortedSet<Long>> members = new LinkedHashMap<>();
        for (long supervoxel : supervoxels) {
            members.computeIfAbsent(component.getOrDefault(supervoxel, 0L), any -> Ids.set()).add(supervoxel);
        }
        Map<Long, ModelNode> made = new LinkedHashMap<>();
        members.forEach((first, all) -> {
            Set<ModelNode> children = new LinkedHashSet<>();
            all.forEach(supervoxel -> children.add(Objects.requireNonNull(top.get(supervoxel))));
            made.put(first, new ModelNode(layer, ids.chunkAt(first, layer), all, List.copyOf(children)));
        });
        for (Pair pair : active) {
            if (common(pair) > layer) {
                for (long end : new long[]{pair.a(), pair.b()}) {
                    Objects.requireNonNull(made.get(component.getOrDefault(end, 0L))).cross.add(pair);
                }
            }
        }
        for (ModelNode node : made.values()) {
            boolean joins = node.children.size() > 1 || node.cross.stream().anyMatch(pair -> common(pair) == layer + 1);
            // In between, a piece that nothing joins to its neighbours is skipped.
            if (layer == 2 || layer == ids.layers() || joins || !skips) {
                nodes.add(node);
                node.children.forEach(child -> child.parent = node);
                node.supervoxels.forEach(supervoxel -> top.put(supervoxel, node));
            }
        }
    }

    /// The layer at which both ends first lie in one chunk.
    int common(Pair pair) {
        return ids.commonLayer(pair.a(), pair.b());
    }

    /// The node of a supervoxel, or the first above it, whose layer is at least this.
    ModelNode up(long supervoxel, int stopLayer) {
        return Objects.requireNonNull(leaves.get(supervoxel)).up(stopLayer);
    }

    ModelNode root(long supervoxel) {
        return up(supervoxel, ids.layers());
    }

    /// The state after a change.
    State with(Change change) {
        SortedMap<Pair, Edge> all = new TreeMap<>(edges);
        change.made().ifPresent(edge -> all.put(new Pair(edge.a(), edge.b()), edge));
        SortedSet<Pair> on = Ids.pairs(active);
        on.addAll(change.on());
        on.removeAll(change.off());
        return new State(ids, supervoxels, all, on);
    }

    /// Edges that are active here and were not before.
    SortedSet<Pair> activeSince(State before) {
        SortedSet<Pair> since = Ids.pairs(active);
        since.removeAll(before.active);
        return since;
    }

    /// True if the other has the same objects of the same nodes.
    boolean isAs(State other) {
        return cross().equals(other.cross()) && level2().equals(other.level2());
    }

    private SortedSet<Pair> cross() {
        return Ids.pairs(active.stream().filter(pair -> common(pair) > 2).toList());
    }

    private Set<SortedSet<Long>> level2() {
        Set<SortedSet<Long>> level2 = new LinkedHashSet<>();
        nodes.stream().filter(node -> node.layer == 2).forEach(node -> level2.add(node.supervoxels));
        return level2;
    }
}
