package org.neuropil.graph.base;

import java.io.IOException;

import org.neuropil.graph.NodeIds;

/// The row of an [EdgeTable].
///
/// The page: number of rows and of edges (int each); then columns in planes, first all lowest bytes: `numbers`, each less
/// the one before; edges of each; far ends ([IdColumns], near to the own end); the bits of the affinities as a float;
/// areas; and one bit for each edge that is active, eight a byte.
public final class EdgePage {
    private EdgePage() {}

    /// The row of a table.
    ///
    /// @param chunkId of layer 2
    public static byte[] toRow(EdgeTable table, NodeIds ids, long chunkId) {
        int rows = table.numbers().length;
        int n = table.size();
        PageWriter out = new PageWriter(64 + 4 * rows + 16 * n);
        out.putInt(rows);
        out.putInt(n);
        long[] steps = new long[rows];
        long[] counts = new long[rows];
        for (int row = 0; row < rows; row++) {
            steps[row] = table.numbers()[row] - (row == 0 ? 0 : table.numbers()[row - 1]);
            counts[row] = (long) table.first()[row + 1] - table.first()[row];
        }
        out.putPlanes(steps);
        out.putPlanes(counts);
        IdColumns.write(out, ids, table.far(), own(table.numbers(), table.first()));
        long[] affinity = new long[n];
        byte[] active = new byte[n + 7 >> 3];
        for (int i = 0; i < n; i++) {
            affinity[i] = Float.floatToRawIntBits(table.affinity()[i]) & 0xFFFFFFFFL;
            active[i >> 3] |= (byte) (table.active()[i] ? 1 << (i & 7) : 0);
        }
        out.putPlanes(affinity);
        out.putPlanes(table.area());
        out.putBytes(active);
        return PageFrame.wrap(PageFrame.EDGES, chunkId, out.toBytes());
    }

    /// Reads a row.
    ///
    /// @param where what the row is, for the error
    /// @throws IOException if it is damaged
    public static EdgeTable parse(byte[] row, NodeIds ids, long chunkId, String where) throws IOException {
        PageReader in = new PageReader(PageFrame.unwrap(PageFrame.EDGES, chunkId, row, where), where);
        int rows = in.getCount();
        int n = in.getCount();
        long[] numbers = in.getAscending(rows);
        int[] first = in.getRuns(rows, n);
        long[] far = IdColumns.read(in, ids, n, own(numbers, first));
        int[] bits = in.getInts(n);
        long[] area = in.getPlanes(n);
        byte[] set = in.getBytes(n + 7 >> 3);
        in.end();
        float[] affinity = new float[n];
        boolean[] active = new boolean[n];
        for (int i = 0; i < n; i++) {
            affinity[i] = Float.intBitsToFloat(bits[i]);
            active[i] = (set[i >> 3] & 1 << (i & 7)) != 0;
            if (!(affinity[i] >= 0) || area[i] < 0) {
                throw in.damaged("an affinity or area that is none");
            }
        }
        long chunk = chunkId ^ 3L << 56;
        long inChunk = (1L << ids.numberBits(1)) - 1;
        for (int r = 0; r < rows; r++) {
            for (int i = first[r]; i < first[r + 1]; i++) {
                boolean inside = (far[i] & ~inChunk) == chunk;
                if (i > first[r] && far[i] <= far[i - 1] || inside && (far[i] & inChunk) <= numbers[r]) {
                    throw in.damaged("edges out of order");
                }
            }
        }
        return new EdgeTable(numbers, first, far, affinity, area, active);
    }

    private static long[] own(long[] numbers, int[] first) {
        long[] own = new long[first[numbers.length]];
        for (int row = 0; row < numbers.length; row++) {
            for (int i = first[row]; i < first[row + 1]; i++) {
                own[i] = numbers[row];
            }
        }
        return own;
    }
}
