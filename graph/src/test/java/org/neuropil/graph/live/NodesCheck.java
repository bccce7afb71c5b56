package org.neuropil.graph.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.neuropil.graph.Graph;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.Operation.Pair;

/// Holds the nodes of a graph's present state against those that have to follow from its active edges.
///
/// @param supervoxels all of them
/// @param active all active edges
record NodesCheck(NodeIds ids, Set<Long> supervoxels, Set<Pair> active) {
    /// A node by what it is: its layer and its supervoxels.
    private record Node(int layer, Set<Long> below) {}

    /// Walks through all nodes.
    ///
    /// @return the root of each supervoxel
    Map<Long, Long> check(LiveGraph graph) throws IOException {
        Map<Long, Long> roots = new TreeMap<>();
        long[] some = SplitChecker.array(supervoxels);
        long[] found = graph.roots(some, Graph.NOW, ids.layers());
        for (int i = 0; i < some.length; i++) {
            roots.put(some[i], found[i]);
        }
        Map<Node, Long> known = new HashMap<>();
        Set<Pair> level2 = new HashSet<>();
        for (long root : new TreeSet<>(roots.values())) {
            walk(graph, root, 0, known);
            graph.level2Graph(root, null).forEach(pair -> assertThat(level2.add(pair)).isTrue());
        }
        Set<Node> wanted = new HashSet<>();
        for (int layer = 2; layer <= ids.layers(); layer++) {
            nodes(layer, wanted);
        }
        assertThat(known.keySet()).as("nodes").isEqualTo(wanted);
        Map<Long, Long> up = new HashMap<>();
        known.forEach((node, id) -> node.below.forEach(one -> {
            if (node.layer == 2) {
                up.put(one, id);
            }
            if (node.layer == ids.layers()) {
                assertThat(roots.get(one)).isEqualTo(id);
            }
        }));
        Set<Pair> pairs = new HashSet<>();
        active.stream().filter(pair -> ids.commonLayer(pair.a(), pair.b()) > 2)
                .forEach(pair -> pairs.add(Pair.of(Objects.requireNonNull(up.get(pair.a())),
                        Objects.requireNonNull(up.get(pair.b())))));
        assertThat(level2).as("pairs of layer-2 nodes").isEqualTo(pairs);
        return roots;
    }

    private Set<Long> walk(LiveGraph graph, long node, long parent, Map<Node, Long> known) throws IOException {
        assertThat(graph.isLatest(new long[]{node}, Graph.NOW)[0]).as("node %s is current", node).isTrue();
        if (parent != 0) {
            long above = graph.roots(new long[]{node}, Graph.NOW, NodeIds.layer(node) + 1)[0];
            assertThat(above).as("parent").isEqualTo(parent);
        }
        Set<Long> below = new HashSet<>();
        if (NodeIds.layer(node) == 1) {
            below.add(node);
            return below;
        }
        long[] children = graph.children(node);
        assertThat(children).as("children of %s", node).isSorted().doesNotHaveDuplicates().isNotEmpty();
        for (long child : children) {
            assertThat(ids.chunkAt(child, NodeIds.layer(node))).as("chunk").isEqualTo(ids.chunkId(node));
            below.addAll(walk(graph, child, node, known));
        }
        assertThat(graph.leaves(node, null, 1)).as("leaves of %s", node).isEqualTo(SplitChecker.array(below));
        assertThat(known.put(new Node(NodeIds.layer(node), below), node)).as("another such node").isNull();
        return below;
    }

    private void nodes(int layer, Set<Node> wanted) {
        Map<Long, Long> component = components(supervoxels, active.stream()
                .filter(pair -> ids.commonLayer(pair.a(), pair.b()) <= layer).toList());
        Map<Long, Set<Long>> members = new HashMap<>();
        component.forEach((one, first) -> members.computeIfAbsent(first, any -> new HashSet<>()).add(one));
        Set<Long> joins = new HashSet<>();
        active.forEach(pair -> {
            int common = ids.commonLayer(pair.a(), pair.b());
            if (common == layer || common == layer + 1) {
                joins.add(Objects.requireNonNull(component.get(pair.a())));
                joins.add(Objects.requireNonNull(component.get(pair.b())));
            }
        });
        members.forEach((first, all) -> {
            if (layer == 2 || layer == ids.layers() || joins.contains(first)) {
                wanted.add(new Node(layer, all));
            }
        });
    }

    /// The smallest member of the component of each node.
    static Map<Long, Long> components(Collection<Long> of, Collection<Pair> pairs) {
        Map<Long, Set<Long>> next = new HashMap<>();
        for (Pair pair : pairs) {
            next.computeIfAbsent(pair.a(), any -> new HashSet<>()).add(pair.b());
            next.computeIfAbsent(pair.b(), any -> new HashSet<>()).add(pair.a());
        }
        Map<Long, Long> component = new HashMap<>();
        for (long one : new TreeSet<>(of)) {
            List<Long> open = new ArrayList<>(List.of(one));
            while (!open.isEmpty()) {
                long at = open.removeLast();
                if (component.putIfAbsent(at, one) == null) {
                    next.getOrDefault(at, Set.of()).forEach(other -> {
                        if (!component.containsKey(other)) {
                            open.add(other);
                        }
                    });
                }
            }
        }
        return component;
    }
}
