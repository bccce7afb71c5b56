package org.neuropil.graph.ingest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.neuropil.graph.base.Anchors;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.volume.store.Store;

/// What was found in a chunk of a higher layer, sorted by the layer-2 chunk whose rows it goes into, so that each of these
/// can fetch its own.
///
/// The file: for each layer-2 chunk in the cell, x fastest, and one more, where its part begins (long); then the parts.
final class CellFile {
    private CellFile() {}

    /// The file's bytes.
    ///
    /// @param chunks the layer-2 chunks of the cell, in the graph's grid, of 1 an edge
    static byte[] toBytes(NodeRecords records, Anchors anchors, Grid chunks) {
        int n = chunks.count();
        int[][] nodes = group(records.node(), anchors, chunks);
        int[][] found = group(records.children(), anchors, chunks);
        int[] parentOf = records.parentOf();
        ByteBuffer[] parts = new ByteBuffer[n];
        long[] begin = new long[n + 1];
        begin[0] = 8L * (n + 1);
        for (int i = 0; i < n; i++) {
            parts[i] = part(records.select(nodes[i], found[i], parentOf));
            begin[i + 1] = begin[i] + parts[i].limit();
        }
        ByteBuffer out = buffer(Math.toIntExact(begin[n]));
        OpenNodes.putLongs(out, begin);
        for (ByteBuffer part : parts) {
            out.put(part);
        }
        return out.array();
    }

    /// The indices of nodes, by the chunk that they belong to.
    private static int[][] group(long[] nodes, Anchors anchors, Grid chunks) {
        int n = nodes.length;
        int[] place = new int[n];
        int[] count = new int[chunks.count()];
        for (int i = 0; i < n; i++) {
            place[i] = chunks.index(anchors.ids().chunk(anchors.chunkOf(nodes[i])).minus(chunks.bounds().min()));
            count[place[i]]++;
        }
        int[][] groups = new int[count.length][];
        for (int c = 0; c < count.length; c++) {
            groups[c] = new int[count[c]];
        }
        for (int i = n - 1; i >= 0; i--) {
            groups[place[i]][--count[place[i]]] = i;
        }
        return groups;
    }

    private static ByteBuffer part(NodeRecords records) {
        int n = records.node().length;
        if (n == 0 && records.child().length == 0) {
            return buffer(0);
        }
        ByteBuffer out = buffer(16 + 8 * (n + records.children().length + 2 * records.own().length
                + 2 * records.child().length) + 8 * (n + 1));
        out.putInt(n).putInt(records.children().length).putInt(records.own().length).putInt(records.child().length);
        for (long[] values : new long[][]{records.node(), records.children(), records.own(), records.far(),
            records.child(), records.parent()}) {
            OpenNodes.putLongs(out, values);
        }
        for (int[] values : new int[][]{records.childFirst(), records.crossFirst()}) {
            for (int value : values) {
                out.putInt(value);
            }
        }
        return out.flip();
    }

    /// The part of a chunk.
    ///
    /// @param chunk position in the graph's grid
    /// @param chunks as they were given to [#toBytes]
    static NodeRecords read(Store store, String key, Grid chunks, Int3 chunk) throws IOException {
        int index = chunks.index(chunk.minus(chunks.bounds().min()));
        ByteBuffer ends = bytes(store, key, 8L * index, 8L * index + 16);
        long from = ends.getLong();
        long to = ends.getLong();
        if (from == to) {
            return NodeRecords.NONE;
        }
        ByteBuffer in = bytes(store, key, from, to);
        int n = in.getInt();
        int children = in.getInt();
        int edges = in.getInt();
        int found = in.getInt();
        long[] node = OpenNodes.longs(in, n);
        long[] child = OpenNodes.longs(in, children);
        long[] own = OpenNodes.longs(in, edges);
        long[] far = OpenNodes.longs(in, edges);
        long[] some = OpenNodes.longs(in, found);
        long[] above = OpenNodes.longs(in, found);
        return new NodeRecords(node, ints(in, n + 1), child, ints(in, n + 1), own, far, some, above);
    }

    private static int[] ints(ByteBuffer in, int n) {
        int[] values = new int[n];
        for (int i = 0; i < n; i++) {
            values[i] = in.getInt();
        }
        return values;
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer bytes(Store store, String key, long from, long to) throws IOException {
        return ByteBuffer.wrap(store.get(key, from, to).orElseThrow(() -> new IOException(store.uri(key)
                + " is missing"))).order(ByteOrder.LITTLE_ENDIAN);
    }
}
