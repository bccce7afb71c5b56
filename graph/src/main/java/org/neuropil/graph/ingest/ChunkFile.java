package org.neuropil.graph.ingest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.neuropil.volume.store.Store;

/// What the first step finds in a chunk: counts, a summary of the edges that leave it, and which layer-2 node each
/// supervoxel has.
///
/// @param counts of the chunk
/// @param borders edges to each other chunk, ascending by its id
/// @param supervoxels numbers, ascending
/// @param node layer-2 number of each of them
record ChunkFile(Counts counts, Border[] borders, long[] supervoxels, int[] node) {
    private static final int HEADER = 48;

    /// Counts.
    ///
    /// @param supervoxels how many
    /// @param nodes how many of layer 2
    /// @param inside edges within the chunk
    /// @param leaving edges that leave it
    record Counts(long supervoxels, long nodes, long inside, long leaving) {}

    /// Edges to another chunk.
    ///
    /// @param chunk id of layer 1
    /// @param edges how many
    /// @param sum a number that differs if an edge does
    record Border(long chunk, long edges, long sum) {}

    byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(HEADER + 24 * borders.length + 12 * supervoxels.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(counts.supervoxels()).putLong(counts.nodes()).putLong(counts.inside()).putLong(counts.leaving());
        out.putLong(borders.length).putLong(supervoxels.length);
        for (Border border : borders) {
            out.putLong(border.chunk()).putLong(border.edges()).putLong(border.sum());
        }
        OpenNodes.putLongs(out, supervoxels);
        out.asIntBuffer().put(node);
        return out.array();
    }

    static ChunkFile read(Store store, String key) throws IOException {
        ByteBuffer in = ByteBuffer
                .wrap(store.get(key).orElseThrow(() -> missing(store, key))).order(ByteOrder.LITTLE_ENDIAN);
        Counts counts = counts(in);
        Border[] borders = new Border[(int) in.getLong()];
        int n = (int) in.getLong();
        borders(in, borders);
        long[] supervoxels = OpenNodes.longs(in, n);
        int[] node = new int[n];
        in.asIntBuffer().get(node);
        return new ChunkFile(counts, borders, supervoxels, node);
    }

    private static IOException missing(Store store, String key) {
        return new IOException(store.uri(key) + " is missing");
    }

    private static Counts counts(ByteBuffer in) {
        return new Counts(in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }

    private static void borders(ByteBuffer in, Border[] borders) {
        for (int i = 0; i < borders.length; i++) {
            borders[i] = new Border(in.getLong(), in.getLong(), in.getLong());
        }
    }

    private static ByteBuffer part(Store store, String key, long from, long to) throws IOException {
        return ByteBuffer.wrap(store.get(key, from, to).orElseThrow(() -> missing(store, key)))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    static Counts counts(Store store, String key) throws IOException {
        return counts(part(store, key, 0, HEADER));
    }

    static Border[] borders(Store store, String key) throws IOException {
        Border[] borders = new Border[(int) part(store, key, 32, 40).getLong()];
        borders(part(store, key, HEADER, HEADER + 24L * borders.length), borders);
        return borders;
    }
}
