package org.neuropil.graph.live;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.base.EdgeTable;
import org.neuropil.space.Int3;

/// Edges of supervoxels of a chunk, from ingest and from edits.
final class LocalEdges {
    private LocalEdges() {}

    /// Sees an edge.
    @FunctionalInterface
    interface Visitor {
        void visit(long own, long far, float affinity, long area);
    }

    /// Visits the edges of some supervoxels of a chunk: one inside of the chunk at its smaller end, if that is among
    /// them; one that leaves at its own end.
    ///
    /// @param supervoxels of the chunk, ascending
    /// @param more edges that are not in the graph yet; they take the place of those between the same two
    static void visit(Snapshot snapshot, Int3 chunk, long[] supervoxels, List<ExtraEdge> more, Visitor visitor)
            throws IOException {
        Map<Pair, ExtraEdge> extra = extra(snapshot, chunk, more);
        EdgeTable table = snapshot.overlay().base().edges(chunk);
        for (long supervoxel : supervoxels) {
            long number = snapshot.ids().number(supervoxel);
            int end = table.end(number);
            for (int i = table.begin(number); i < end; i++) {
                visit(table, i, supervoxel, extra, visitor);
            }
        }
        for (ExtraEdge edge : extra.values()) {
            if (Arrays.binarySearch(supervoxels, edge.own()) >= 0) {
                visitor.visit(edge.own(), edge.far(), edge.affinity(), edge.area());
            }
        }
    }

    /// Visits all edges of a chunk: one inside of the chunk at its smaller end, one that leaves at its own end.
    static void visitAll(Snapshot snapshot, Int3 chunk, Visitor visitor) throws IOException {
        Map<Pair, ExtraEdge> extra = extra(snapshot, chunk, List.of());
        EdgeTable table = snapshot.overlay().base().edges(chunk);
        long first = snapshot.ids().id(1, chunk, 0);
        for (int row = 0; row < table.numbers().length; row++) {
            for (int i = table.first()[row]; i < table.first()[row + 1]; i++) {
                visit(table, i, first + table.numbers()[row], extra, visitor);
            }
        }
        extra.values().forEach(edge -> visitor.visit(edge.own(), edge.far(), edge.affinity(), edge.area()));
    }

    private static void visit(EdgeTable table, int i, long own, Map<Pair, ExtraEdge> extra, Visitor visitor) {
        if (extra.isEmpty() || !extra.containsKey(new Pair(own, table.far()[i]))) {
            visitor.visit(own, table.far()[i], table.affinity()[i], table.area()[i]);
        }
    }

    /// Edges of edits at a chunk, by their ends in the order (own, far); the newest of those between the same two.
    private static Map<Pair, ExtraEdge> extra(Snapshot snapshot, Int3 chunk, List<ExtraEdge> more) throws IOException {
        List<ExtraEdge.Since> there = snapshot.overlay().edges(chunk);
        if (there.isEmpty() && more.isEmpty()) {
            return Map.of();
        }
        Map<Pair, ExtraEdge> extra = new LinkedHashMap<>();
        for (ExtraEdge.Since since : there) {
            if (since.time() <= snapshot.time()) {
                extra.put(new Pair(since.edge().own(), since.edge().far()), since.edge());
            }
        }
        long chunkId = snapshot.ids().id(2, chunk, 0);
        for (ExtraEdge edge : more) {
            ExtraEdge own = snapshot.ids().chunkAt(edge.own(), 2) == chunkId
                    ? edge
                    : snapshot.ids().chunkAt(edge.far(), 2) == chunkId ? edge.reversed() : null;
            if (own != null) {
                extra.put(new Pair(own.own(), own.far()), own);
            }
        }
        return extra;
    }
}
