package org.neuropil.graph.ingest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

import org.neuropil.volume.store.Store;

/// Which segment each supervoxel of a chunk belongs to.
///
/// @param supervoxels numbers within the chunk, ascending
/// @param segments one for each; 0 if it belongs to none
record SegmentTable(long[] supervoxels, long[] segments) {
    static final SegmentTable NONE = new SegmentTable(new long[0], new long[0]);

    /// The segment of a supervoxel, 0 if it has none.
    long segment(long number) {
        int guess = number <= supervoxels.length ? (int) number - 1 : -1;
        int i = guess >= 0 && supervoxels[guess] == number ? guess : Arrays.binarySearch(supervoxels, number);
        return i < 0 ? 0 : segments[i];
    }

    byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(16 * supervoxels.length).order(ByteOrder.LITTLE_ENDIAN);
        OpenNodes.putLongs(out, supervoxels);
        OpenNodes.putLongs(out, segments);
        return out.array();
    }

    /// The table under a key; an empty one if there is none.
    static SegmentTable read(Store store, String key) throws IOException {
        byte[] bytes = store.get(key).orElse(new byte[0]);
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int n = bytes.length / 16;
        return new SegmentTable(OpenNodes.longs(in, n), OpenNodes.longs(in, n));
    }
}
