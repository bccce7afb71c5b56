package org.neuropil.graph.live;

import java.util.concurrent.atomic.AtomicLongArray;

import org.neuropil.graph.NodeIds;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;

/// The layer-2 chunks whose nodes of ingest have been given other parents by edits: one bit each. What lies in another
/// chunk is as ingest left it, which a reader need not look up.
final class TouchedChunks {
    private final Grid grid;
    private final NodeIds ids;
    private final AtomicLongArray bits;

    TouchedChunks(Grid grid, NodeIds ids) {
        this.grid = grid;
        this.ids = ids;
        this.bits = new AtomicLongArray((grid.count() + 63) / 64);
    }

    /// @param chunkId of layer 1 or 2
    void add(long chunkId) {
        int index = grid.index(ids.chunk(chunkId));
        bits.getAndUpdate(index >>> 6, word -> word | 1L << index);
    }

    boolean contains(Int3 chunk) {
        if (!grid.contains(chunk)) {
            return false;
        }
        int index = grid.index(chunk);
        return (bits.get(index >>> 6) >>> index & 1) != 0;
    }
}
