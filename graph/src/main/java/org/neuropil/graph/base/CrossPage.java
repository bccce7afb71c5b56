package org.neuropil.graph.base;

import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;

import org.neuropil.graph.NodeIds;

/// The row of the edges that leave the nodes of a chunk: for each layer a page of its own, so that who asks for layer-2
/// nodes is not burdened with the edges of large ones.
///
/// The row: magic (4 bytes), version (1 byte), number of layers (1 byte); for each its layer (1 byte) and the length of
/// its part (int); then the parts, each framed like other rows. A part's page: number of rows and of edges (int each);
/// columns in planes: `anchors`, each less the one before; edges of each; own ends ([IdColumns], near to 0); far ends
/// (near to the own ends).
public final class CrossPage {
    private static final int MAGIC = PageFrame.magic("NpgX");
    private static final int VERSION = 1;

    private CrossPage() {}

    /// The row of tables.
    ///
    /// @param tables by layer
    /// @param chunkId of layer 2
    public static byte[] toRow(SortedMap<Integer, CrossTable> tables, NodeIds ids, long chunkId) {
        int[] layers = new int[tables.size()];
        byte[][] parts = new byte[tables.size()][];
        int i = 0;
        for (Map.Entry<Integer, CrossTable> entry : tables.entrySet()) {
            layers[i] = entry.getKey();
            parts[i++] = PageFrame.wrap(PageFrame.CROSS, chunkId, page(entry.getValue(), ids));
        }
        return row(layers, parts);
    }

    /// The row of parts.
    static byte[] row(int[] layers, byte[][] parts) {
        PageWriter out = new PageWriter(64);
        out.putInt(MAGIC);
        out.putByte(VERSION);
        out.putByte(parts.length);
        for (int i = 0; i < parts.length; i++) {
            out.putByte(layers[i]);
            out.putInt(parts[i].length);
        }
        for (byte[] part : parts) {
            out.putBytes(part);
        }
        return out.toBytes();
    }

    /// The page of a table.
    static byte[] page(CrossTable table, NodeIds ids) {
        int rows = table.anchors().length;
        int n = table.own().length;
        PageWriter out = new PageWriter(64 + 6 * rows + 8 * n);
        out.putInt(rows);
        out.putInt(n);
        long[] steps = new long[rows];
        long[] counts = new long[rows];
        for (int row = 0; row < rows; row++) {
            steps[row] = table.anchors()[row] - (row == 0 ? 0 : table.anchors()[row - 1]);
            counts[row] = (long) table.first()[row + 1] - table.first()[row];
        }
        out.putPlanes(steps);
        out.putPlanes(counts);
        IdColumns.write(out, ids, table.own(), new long[n]);
        IdColumns.write(out, ids, table.far(), numbers(ids, table.own()));
        return out.toBytes();
    }

    /// Reads the table of a layer from a row.
    ///
    /// @param where what the row is, for the error
    /// @throws IOException if it is damaged
    public static CrossTable parse(byte[] row, int layer, NodeIds ids, long chunkId, String where)
            throws IOException {
        PageReader in = new PageReader(row, where);
        if (in.getInt() != MAGIC || in.getByte() != VERSION) {
            throw in.damaged("it is no such page of this version");
        }
        int parts = in.getByte();
        long skip = 0;
        int length = -1;
        for (int i = 0; i < parts; i++) {
            int of = in.getByte();
            int bytes = in.getCount();
            skip += length < 0 && of != layer ? bytes : 0;
            length = of == layer ? bytes : length;
        }
        if (length < 0) {
            return CrossTable.NONE;
        }
        in.skip(skip);
        return table(PageFrame.unwrap(PageFrame.CROSS, chunkId, in.getBytes(length), where), ids, where);
    }

    private static CrossTable table(byte[] page, NodeIds ids, String where) throws IOException {
        PageReader in = new PageReader(page, where);
        int rows = in.getCount();
        int n = in.getCount();
        long[] anchors = in.getAscending(rows);
        int[] first = in.getRuns(rows, n);
        long[] own = IdColumns.read(in, ids, n, new long[n]);
        long[] far = IdColumns.read(in, ids, n, numbers(ids, own));
        in.end();
        for (int row = 0; row < rows; row++) {
            for (int i = first[row] + 1; i < first[row + 1]; i++) {
                if (own[i] < own[i - 1] || own[i] == own[i - 1] && far[i] <= far[i - 1]) {
                    throw in.damaged("edges out of order");
                }
            }
        }
        return new CrossTable(anchors, first, own, far);
    }

    private static long[] numbers(NodeIds ids, long[] supervoxels) {
        long[] numbers = new long[supervoxels.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = ids.number(supervoxels[i]);
        }
        return numbers;
    }
}
