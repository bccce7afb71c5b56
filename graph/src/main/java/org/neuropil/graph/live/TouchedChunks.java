package org.neuropil.graph.live;

import java.util.concurrent.atomic.AtomicLongArray;

import org.neuropil.graph.NodeIds;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;

/// The layer-2 chunks whose nodes of ingest have been given other parents by edits: one bit each. What lies in another
/// chunk is as ingest left it, which a reader need not look up.
final class TouchedChunks {
    private final Int3 shape;
    private final int bits;
    private final AtomicLongArray words;

    TouchedChunks(Grid grid, NodeIds ids) {
        this.shape = grid.shape();
        this.bits = ids.bits();
        this.words = new AtomicLongArray((grid.count() + 63) / 64);
    }

    /// @param chunkId of layer 1 or 2, in the grid
    void add(long chunkId) {
        int index = index(chunkId);
        words.getAndUpdate(index >>> 6, word -> word | 1L << index);
    }

    /// @param chunkId of layer 1 or 2, in the grid
    boolean contains(long chunkId) {
        int index = index(chunkId);
        return (words.get(index >>> 6) >>> index & 1) != 0;
    }

    private int index(long chunkId) {
        long mask = (1L << bits) - 1;
        int x = (int) (chunkId >>> 56 - bits & mask);
        int y = (int) (chunkId >>> 56 - 2 * bits & mask);
        int z = (int) (chunkId >>> 56 - 3 * bits & mask);
        return (z * shape.y() + y) * shape.x() + x;
    }
}
