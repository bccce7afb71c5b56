package org.neuropil.graph.ingest;

import org.neuropil.graph.base.EdgeTable;

/// What ingest is given of one chunk.
///
/// @param supervoxels numbers within the chunk, ascending, from 1; with those that have no edge
/// @param edges all edges of the chunk's supervoxels: those within it once, those that leave it in both chunks' inputs,
///        with equal affinity, area and activity. Of edges within the chunk, active ones join; which are active in the
///        end follows from that
public record ChunkInput(long[] supervoxels, EdgeTable edges) {
    /// A chunk without supervoxels.
    public static final ChunkInput EMPTY = new ChunkInput(new long[0], EdgeTable.NONE);
}
