package org.neuropil.graph.base;

import java.io.IOException;

import org.neuropil.volume.codec.Zstd;

/// What is around the bytes of a page in its row: magic (4 bytes, little-endian), version (1 byte), the id of its chunk
/// (8 bytes), whether they are compressed (1 byte), and the bytes, as a zstd frame with a checksum if they are.
final class PageFrame {
    static final int BASE = magic("NpgB");
    static final int EDGES = magic("NpgE");
    static final int CROSS = magic("NpgC");

    private static final int VERSION = 2;
    private static final int HEADER = 14;
    private static final int LARGEST = 1 << 30;
    /// A damaged header must not make us ask for memory that a frame cannot fill, so pages that are larger than this and
    /// so many times as large as their frame are not compressed.
    private static final int SMALL = 1 << 20;
    private static final long MOST_RATIO = 1 << 14;
    private static final Zstd CODEC = new Zstd(3, true);

    private PageFrame() {}

    static int magic(String text) {
        return text.charAt(0) | text.charAt(1) << 8 | text.charAt(2) << 16 | text.charAt(3) << 24;
    }

    /// The row of a page.
    ///
    /// @param magic one of the constants
    static byte[] wrap(int magic, long chunkId, byte[] page) {
        byte[] frame = CODEC.encode(page);
        boolean compressed = page.length <= limit(frame.length);
        byte[] body = compressed ? frame : page;
        PageWriter out = new PageWriter(HEADER + body.length);
        out.putInt(magic);
        out.putByte(VERSION);
        out.putLong(chunkId);
        out.putByte(compressed ? 1 : 0);
        out.putBytes(body);
        return out.toBytes();
    }

    /// The bytes of a page from its row.
    static byte[] unwrap(int magic, long chunkId, byte[] row, String where) throws IOException {
        PageReader in = new PageReader(row, where);
        if (row.length < HEADER || in.getInt() != magic) {
            throw in.damaged("it is no such page");
        }
        int version = in.getByte();
        if (version != VERSION) {
            throw new IOException(where + " has version " + version + " of its format, which this version of Neuropil "
                    + "cannot read");
        }
        if (in.getLong() != chunkId) {
            throw in.damaged("it is the page of another chunk");
        }
        int compressed = in.getByte();
        byte[] body = in.getBytes(row.length - HEADER);
        if (compressed == 0) {
            return body;
        }
        try {
            return CODEC.decode(body, limit(body.length));
        } catch (IOException e) {
            throw new IOException(where + " is damaged: it " + e.getMessage(), e);
        }
    }

    private static int limit(int frame) {
        return (int) Math.min(LARGEST, Math.max(SMALL, MOST_RATIO * frame));
    }
}
