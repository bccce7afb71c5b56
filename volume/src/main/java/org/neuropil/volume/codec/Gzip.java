package org.neuropil.volume.codec;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Gzip with a header of our own, so that nothing in it depends on the time, the machine or the JDK. The deflated bytes
/// are those of the JDK's zlib: equal for equal input as long as zlib is.
public final class Gzip {
    /// The level chunks are written with: labels shrink as well at 1 as at 6, several times faster.
    public static final int LEVEL = 1;

    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 4, (byte) 0xff};
    private static final int TRAILER = 8;
    private static final int SAMPLES = 4;
    private static final int SAMPLE_BYTES = 2048;
    // Flags of what may stand in a header.
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int MOST_BYTES_PER_DEFLATED_BYTE = 1032;

    private Gzip() {}

    /// Compresses bytes at [#LEVEL], or without looking for matches where samples show that there is nothing to be found.
    public static byte[] compress(byte[] bytes) {
        byte[] out = Arrays.copyOf(HEADER, HEADER.length + TRAILER + 64 + bytes.length / 8);
        int length = HEADER.length;
        Deflater deflater = new Deflater(LEVEL, true);
        try {
            deflater.setStrategy(strategy(bytes));
            deflater.setInput(bytes);
            deflater.finish();
            while (!deflater.finished()) {
                if (out.length - length <= TRAILER) {
                    out = Arrays.copyOf(out, Math.addExact(out.length, out.length));
                }
                length += deflater.deflate(out, length, out.length - length - TRAILER);
            }
        } finally {
            deflater.end();
        }
        CRC32 crc = new CRC32();
        crc.update(bytes);
        putInt(out, length, (int) crc.getValue());
        putInt(out, length + 4, bytes.length);
        return Arrays.copyOf(out, length + TRAILER);
    }

    /// Whether it is worth looking for matches. In the noise of an image there are none, and to code its bytes by how often
    /// they come is three times as fast and no longer; so both are tried on a few samples.
    private static int strategy(byte[] bytes) {
        if (bytes.length < 8 * SAMPLES * SAMPLE_BYTES) {
            return Deflater.DEFAULT_STRATEGY;
        }
        byte[] samples = new byte[SAMPLES * SAMPLE_BYTES];
        for (int i = 0; i < SAMPLES; i++) {
            int at = (int) ((bytes.length - SAMPLE_BYTES) * (long) i / (SAMPLES - 1));
            System.arraycopy(bytes, at, samples, i * SAMPLE_BYTES, SAMPLE_BYTES);
        }
        return length(samples, Deflater.HUFFMAN_ONLY) <= length(samples, Deflater.DEFAULT_STRATEGY)
                ? Deflater.HUFFMAN_ONLY
                : Deflater.DEFAULT_STRATEGY;
    }

    private static int length(byte[] bytes, int strategy) {
        Deflater deflater = new Deflater(LEVEL, true);
        try {
            deflater.setStrategy(strategy);
            deflater.setInput(bytes);
            deflater.finish();
            byte[] out = new byte[1024];
            while (!deflater.finished()) {
                deflater.deflate(out);
            }
            return (int) deflater.getBytesWritten();
        } finally {
            deflater.end();
        }
    }

    /// Decompresses bytes, also when they are several gzip members in a row.
    ///
    /// @param limit the most bytes that may come out; memory use is bounded by it and by the length of `gzip`
    /// @throws IOException if the bytes are not gzip, are cut short, fail their checksum or hold more than `limit`
    public static byte[] decompress(byte[] gzip, int limit) throws IOException {
        return decompress(gzip, limit, new byte[0]);
    }

    /// As [#decompress(byte[], int)].
    ///
    /// @param reuse taken for the answer if it has just the length that is needed; must not be `gzip`
    public static byte[] decompress(byte[] gzip, int limit, byte[] reuse) throws IOException {
        long most = Math.min(limit, gzip.length * (long) MOST_BYTES_PER_DEFLATED_BYTE);
        boolean fits = reuse.length == statedLength(gzip) && reuse.length <= limit && reuse.length > 0;
        byte[] out = fits ? reuse : new byte[(int) Math.min(most, Math.max(64, statedLength(gzip)))];
        int length = 0;
        int at = 0;
        CRC32 crc = new CRC32();
        do {
            Inflate member = new Inflate(gzip, header(gzip, at), gzip.length, out, length, limit);
            member.run();
            out = member.out();
            at = member.inAt();
            crc.reset();
            crc.update(out, length, member.outAt() - length);
            if (gzip.length - at < TRAILER) {
                throw new IOException("is cut short (gzip)");
            }
            if (getInt(gzip, at) != (int) crc.getValue() || getInt(gzip, at + 4) != member.outAt() - length) {
                throw new IOException("is damaged: the checksum of its gzip is wrong");
            }
            at += TRAILER;
            length = member.outAt();
        } while (at < gzip.length && !isPadding(gzip, at));
        return length == out.length ? out : Arrays.copyOf(out, length);
    }

    /// The byte after the header of the member that begins at `from`.
    private static int header(byte[] gzip, int from) throws IOException {
        if (gzip.length - from < HEADER.length) {
            throw new IOException("is cut short (gzip)");
        }
        if (gzip[from] != HEADER[0] || gzip[from + 1] != HEADER[1] || gzip[from + 2] != HEADER[2]) {
            throw new IOException("is not gzip");
        }
        int flags = gzip[from + 3];
        int at = from + HEADER.length;
        if ((flags & EXTRA) != 0) {
            if (gzip.length - at < 2) {
                throw new IOException("is cut short (gzip)");
            }
            at += 2 + (gzip[at] & 0xff | (gzip[at + 1] & 0xff) << 8);
        }
        for (int text : new int[]{NAME, COMMENT}) {
            if ((flags & text) != 0) {
                while (at < gzip.length && gzip[at] != 0) {
                    at++;
                }
                at++;
            }
        }
        if ((flags & HEADER_CRC) != 0) {
            at += 2;
        }
        if (at > gzip.length) {
            throw new IOException("is cut short (gzip)");
        }
        return at;
    }

    /// True if there are only zeros from a byte on, as some writers of tapes and blocks leave them.
    private static boolean isPadding(byte[] gzip, int from) {
        for (int i = from; i < gzip.length; i++) {
            if (gzip[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /// True if bytes begin as gzip does.
    public static boolean isGzip(byte[] bytes) {
        return bytes.length >= HEADER.length + TRAILER && bytes[0] == HEADER[0] && bytes[1] == HEADER[1]
                && bytes[2] == HEADER[2];
    }

    private static long statedLength(byte[] gzip) {
        return gzip.length < 4 ? 0 : getInt(gzip, gzip.length - 4) & 0xffffffffL;
    }

    private static int getInt(byte[] bytes, int at) {
        return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16
                | (bytes[at + 3] & 0xff) << 24;
    }

    private static void putInt(byte[] out, int at, int value) {
        for (int i = 0; i < 4; i++) {
            out[at + i] = (byte) (value >>> 8 * i);
        }
    }
}
