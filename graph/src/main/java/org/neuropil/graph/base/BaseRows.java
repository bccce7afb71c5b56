package org.neuropil.graph.base;

import java.nio.ByteBuffer;

/// Keys of the rows that ingest writes.
public final class BaseRows {
    private BaseRows() {}

    /// The key of a chunk's row in each of the three tables: big-endian, so that rows are in the order of ids.
    ///
    /// @param chunkId of layer 2
    public static byte[] key(long chunkId) {
        return ByteBuffer.allocate(Long.BYTES).putLong(chunkId).array();
    }
}
