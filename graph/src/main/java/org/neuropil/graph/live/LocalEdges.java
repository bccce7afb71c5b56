package org.neuropil.graph.live;

import java.io.IOException;
import java.util.List;

import org.neuropil.graph.base.EdgeTable;
import org.neuropil.space.Int3;

import it.unimi.dsi.fastutil.longs.LongCollection;

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
    /// @param supervoxels of the chunk
    /// @param more edges that are not in the graph yet
    static void visit(Snapshot snapshot, Int3 chunk, LongCollection supervoxels, List<ExtraEdge> more,
            Visitor visitor) throws IOException {
        EdgeTable table = snapshot.overlay().base().edges(chunk);
        for (long supervoxel : supervoxels) {
            long number = snapshot.ids().number(supervoxel);
            int end = table.end(number);
            for (int i = table.begin(number); i < end; i++) {
                visitor.visit(supervoxel, table.far()[i], table.affinity()[i], table.area()[i]);
            }
        }
        for (ExtraEdge.Since extra : snapshot.overlay().edges(chunk)) {
            if (extra.time() <= snapshot.time()) {
                visit(extra.edge(), supervoxels, visitor);
            }
        }
        long chunkId = snapshot.ids().id(2, chunk, 0);
        for (ExtraEdge edge : more) {
            boolean own = snapshot.ids().chunkAt(edge.own(), 2) == chunkId;
            boolean far = snapshot.ids().chunkAt(edge.far(), 2) == chunkId;
            if (own) {
                visit(edge, supervoxels, visitor);
            } else if (far) {
                visit(edge.reversed(), supervoxels, visitor);
            }
        }
    }

    private static void visit(ExtraEdge edge, LongCollection supervoxels, Visitor visitor) {
        if (supervoxels.contains(edge.own())) {
            visitor.visit(edge.own(), edge.far(), edge.affinity(), edge.area());
        }
    }

    /// Visits all edges of a chunk: one inside of the chunk at its smaller end, one that leaves at its own end.
    static void visitAll(Snapshot snapshot, Int3 chunk, Visitor visitor) throws IOException {
        EdgeTable table = snapshot.overlay().base().edges(chunk);
        long first = snapshot.ids().id(1, chunk, 0);
        for (int row = 0; row < table.numbers().length; row++) {
            for (int i = table.first()[row]; i < table.first()[row + 1]; i++) {
                visitor.visit(first + table.numbers()[row], table.far()[i], table.affinity()[i], table.area()[i]);
            }
        }
        for (ExtraEdge.Since extra : snapshot.overlay().edges(chunk)) {
            if (extra.time() <= snapshot.time()) {
                ExtraEdge edge = extra.edge();
                visitor.visit(edge.own(), edge.far(), edge.affinity(), edge.area());
            }
        }
    }
}
