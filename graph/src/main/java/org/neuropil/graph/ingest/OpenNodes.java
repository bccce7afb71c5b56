package org.neuropil.graph.ingest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The components of active edges within a chunk of some layer that active edges leave: all that the layers above need to
/// know of it. There are no more edges in it than the chunk's surface has.
///
/// Layout: the edges of component `i` are `first[i]` to `first[i + 1] - 1`, in the order of (own, far).
///
/// @param top the highest node so far of each component
/// @param anchor its smallest layer-2 node
/// @param first one entry for each component and one more
/// @param own supervoxels in the chunk
/// @param far supervoxels outside of it
record OpenNodes(long[] top, long[] anchor, int[] first, long[] own, long[] far) {
    /// How many components.
    int size() {
        return top.length;
    }

    byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(8 + 20 * top.length + 4 + 16 * own.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(top.length).putInt(own.length);
        putLongs(out, top);
        putLongs(out, anchor);
        out.asIntBuffer().put(first);
        out.position(out.position() + 4 * first.length);
        putLongs(out, own);
        putLongs(out, far);
        return out.array();
    }

    static OpenNodes parse(byte[] bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int n = in.getInt();
        int edges = in.getInt();
        long[] top = longs(in, n);
        long[] anchor = longs(in, n);
        int[] first = new int[n + 1];
        in.asIntBuffer().get(first);
        in.position(in.position() + 4 * first.length);
        return new OpenNodes(top, anchor, first, longs(in, edges), longs(in, edges));
    }

    /// Numbers of 8 bytes.
    static byte[] toBytes(long[] values) {
        ByteBuffer out = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        putLongs(out, values);
        return out.array();
    }

    /// What [#toBytes(long...)] wrote.
    static long[] longs(byte[] bytes) {
        return longs(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), bytes.length / 8);
    }

    static void putLongs(ByteBuffer out, long[] values) {
        out.asLongBuffer().put(values);
        out.position(out.position() + 8 * values.length);
    }

    static long[] longs(ByteBuffer in, int n) {
        long[] values = new long[n];
        in.asLongBuffer().get(values);
        in.position(in.position() + 8 * n);
        return values;
    }
}
