package org.neuropil.graph.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Edge;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.ShortestPath;
import org.neuropil.graph.base.CrossEdges;
import org.neuropil.space.Box;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/// Questions about one object that need its edges.
final class Walks {
    /// Ascending.
    static final Comparator<Pair> BY_IDS = Comparator.comparingLong(Pair::a).thenComparingLong(Pair::b);

    private Walks() {}

    /// See [org.neuropil.graph.Graph#level2Graph].
    ///
    /// @param chunks positions of chunks, half open; null for all
    static List<Pair> level2Graph(Snapshot snapshot, long node, @Nullable Box chunks) throws IOException {
        long[] nodes = snapshot.leaves(node, chunks, 2);
        TreeSet<Pair> pairs = new TreeSet<>(BY_IDS);
        for (long level2 : nodes) {
            CrossEdges cross = snapshot.cross(level2);
            for (int i = 0; i < cross.size(); i++) {
                long other = snapshot.ancestor(cross.far()[i], 2);
                if (Arrays.binarySearch(nodes, other) >= 0) {
                    pairs.add(Pair.of(level2, other));
                }
            }
        }
        return List.copyOf(pairs);
    }

    /// See [org.neuropil.graph.Graph#subgraph].
    ///
    /// @param chunks positions of chunks, half open; null for all
    static List<Edge> subgraph(Snapshot snapshot, long node, @Nullable Box chunks, boolean internal)
            throws IOException {
        long[] supervoxels = snapshot.leaves(node, chunks, 1);
        NodeIds ids = snapshot.ids();
        List<Edge> edges = new ArrayList<>();
        LongOpenHashSet others = new LongOpenHashSet();
        int begin = 0;
        while (begin < supervoxels.length) {
            int end = begin;
            long chunk = ids.chunkId(supervoxels[begin]);
            while (end < supervoxels.length && ids.chunkId(supervoxels[end]) == chunk) {
                end++;
            }
            LocalEdges.visitAll(snapshot, ids.chunk(chunk), (a, b, affinity, area) -> {
                boolean left = Arrays.binarySearch(supervoxels, a) >= 0;
                boolean right = Arrays.binarySearch(supervoxels, b) >= 0;
                // An edge with both ends here, in two chunks, stands in both.
                boolean told = left && right && ids.chunkId(b) != chunk && b < a;
                if (!told && (internal ? left && right : left || right && ids.chunkId(b) == chunk)) {
                    edges.add(a < b ? new Edge(a, b, affinity, area) : new Edge(b, a, affinity, area));
                    if (left != right) {
                        others.add(left ? b : a);
                    }
                }
            });
            begin = end;
        }
        // Edges to supervoxels that were cut since stay in the tables.
        LongOpenHashSet gone = new LongOpenHashSet();
        for (long other : others) {
            if (!snapshot.isLatest(other)) {
                gone.add(other);
            }
        }
        if (!gone.isEmpty()) {
            edges.removeIf(edge -> gone.contains(edge.a()) || gone.contains(edge.b()));
        }
        edges.sort(Comparator.comparingLong(Edge::a).thenComparingLong(Edge::b));
        return edges;
    }

    /// See [org.neuropil.graph.Graph#path].
    ///
    /// @param snapshot that the root is part of
    static long[] path(Snapshot snapshot, long root, long from, long to) throws IOException {
        if (snapshot.root(from) != root || snapshot.root(to) != root) {
            return new long[0];
        }
        return ShortestPath.between(from, to, node -> neighbours(snapshot, node));
    }

    /// Layer-2 nodes that active edges join to one, ascending, so that of several shortest paths always the same is found.
    private static long[] neighbours(Snapshot snapshot, long node) throws IOException {
        LongOpenHashSet others = new LongOpenHashSet();
        CrossEdges cross = snapshot.cross(node);
        for (int i = 0; i < cross.size(); i++) {
            others.add(snapshot.ancestor(cross.far()[i], 2));
        }
        long[] sorted = others.toLongArray();
        Arrays.sort(sorted);
        return sorted;
    }

    /// See [org.neuropil.graph.Graph#minimalCover].
    static long[] minimalCover(Snapshot snapshot, long[] nodes) throws IOException {
        LongOpenHashSet cover = new LongOpenHashSet();
        int layer = snapshot.ids().layers();
        for (long node : nodes) {
            if (snapshot.exists(node)) {
                cover.add(node);
                layer = Math.min(layer, NodeIds.layer(node));
            }
        }
        for (; layer < snapshot.ids().layers(); layer++) {
            LongOpenHashSet parents = new LongOpenHashSet();
            for (long node : cover) {
                if (NodeIds.layer(node) == layer) {
                    parents.add(snapshot.parent(node));
                }
            }
            for (long parent : parents) {
                long[] children = snapshot.children(parent);
                if (parent != 0 && Arrays.stream(children).allMatch(cover::contains)) {
                    for (long child : children) {
                        cover.remove(child);
                    }
                    cover.add(parent);
                }
            }
        }
        return withoutCovered(snapshot, cover);
    }

    /// Leaves out nodes that lie below others.
    private static long[] withoutCovered(Snapshot snapshot, LongOpenHashSet cover) throws IOException {
        LongArrayList rest = new LongArrayList();
        for (long node : cover) {
            boolean covered = false;
            long at = node;
            while (!covered && at != 0 && NodeIds.layer(at) < snapshot.ids().layers()) {
                at = snapshot.parent(at);
                covered = cover.contains(at);
            }
            if (!covered) {
                rest.add(node);
            }
        }
        long[] sorted = rest.toLongArray();
        Arrays.sort(sorted);
        return sorted;
    }
}
