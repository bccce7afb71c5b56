package org.neuropil.graph.live;

/// An edge that an edit brought into the graph: one that joins what does not touch, or one of a part of a supervoxel
/// that was cut. One that leaves a chunk is kept in both chunks, each time with its own end first.
///
/// @param own supervoxel in the chunk that keeps it; within a chunk the smaller
/// @param far the other
/// @param affinity 0 or more
/// @param area voxel faces
record ExtraEdge(long own, long far, float affinity, long area) {
    /// Of an edge that somebody made between what does not touch: so small that any later cut removes it first.
    static final float MADE_AFFINITY = Float.MIN_NORMAL;

    /// Kept together with the moment since which it is there.
    record Since(long time, ExtraEdge edge) {}

    ExtraEdge reversed() {
        return new ExtraEdge(far, own, affinity, area);
    }
}
