package org.neuropil.volume.codec;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;

/// Gzip with a header of our own, so that nothing in it depends on the time, the machine or the JDK. The deflated bytes
/// are those of the JDK's zlib: equal for equal input as long as zlib is.
public final class Gzip {
    /// The level chunks are written with: labels shrink as well at 1 as at 6, several times faster.
    public static final int LEVEL = 1;

    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 4, (byte) 0xff};
    private static final int TRAILER = 8;
    private static final int MOST_BYTES_PER_DEFLATED_BYTE = 1032;

    private Gzip() {}

    /// Compresses bytes at [#LEVEL].
    public static byte[] compress(byte[] bytes) {
        byte[] out = Arrays.copyOf(HEADER, HEADER.length + TRAILER + 64 + bytes.length / 8);
        int length = HEADER.length;
        Deflater deflater = new Deflater(LEVEL, true);
        try {
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

    /// Decompresses bytes, also when they are several gzip members in a row.
    ///
    /// @param limit the most bytes that may come out; memory use is bounded by it and by the length of `gzip`
    /// @throws IOException if the bytes are not gzip, are cut short, fail their checksum or hold more than `limit`
    public static byte[] decompress(byte[] gzip, int limit) throws IOException {
        long most = Math.min(limit, gzip.length * (long) MOST_BYTES_PER_DEFLATED_BYTE);
        byte[] out = new byte[(int) Math.min(most, Math.max(64, statedLength(gzip)))];
        int length = 0;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip), 8192)) {
            while (true) {
                if (length == out.length) {
                    int next = in.read();
                    if (next < 0) {
                        return out;
                    }
                    if (length >= limit) {
                        throw new IOException("holds more than the " + limit + " bytes that it may");
                    }
                    out = Arrays.copyOf(out, (int) Math.min(limit, Math.max(64, 2L * length)));
                    out[length++] = (byte) next;
                }
                int n = in.read(out, length, out.length - length);
                if (n < 0) {
                    return Arrays.copyOf(out, length);
                }
                length += n;
            }
        } catch (EOFException e) {
            throw new IOException("is cut short (gzip)", e);
        }
    }

    /// True if bytes begin as gzip does.
    public static boolean isGzip(byte[] bytes) {
        return bytes.length >= HEADER.length + TRAILER && bytes[0] == HEADER[0] && bytes[1] == HEADER[1]
                && bytes[2] == HEADER[2];
    }

    private static long statedLength(byte[] gzip) {
        int at = gzip.length - 4;
        return at < 0
                ? 0
                : (gzip[at] & 0xff | (gzip[at + 1] & 0xff) << 8 | (gzip[at + 2] & 0xff) << 16
                        | (gzip[at + 3] & 0xff) << 24) & 0xffffffffL;
    }

    private static void putInt(byte[] out, int at, int value) {
        for (int i = 0; i < 4; i++) {
            out[at + i] = (byte) (value >>> 8 * i);
        }
    }
}
