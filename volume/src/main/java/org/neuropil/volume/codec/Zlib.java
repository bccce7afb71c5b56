package org.neuropil.volume.codec;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// The zlib format of RFC 1950: deflated bytes between two bytes of header and an Adler-32 checksum.
///
/// @param level of the JDK's zlib, -1 to 9
public record Zlib(int level) implements ByteCodec {
    private static final int MOST_BYTES_PER_DEFLATED_BYTE = 1032;

    @Override
    public String text() {
        return "zlib";
    }

    @Override
    public byte[] encode(byte[] bytes) {
        byte[] out = new byte[64 + bytes.length / 8];
        int length = 0;
        try (Deflater deflater = new Deflater(level)) {
            deflater.setInput(bytes);
            deflater.finish();
            while (!deflater.finished()) {
                if (length == out.length) {
                    out = Arrays.copyOf(out, Math.multiplyExact(out.length, 2));
                }
                length += deflater.deflate(out, length, out.length - length);
            }
        }
        return Arrays.copyOf(out, length);
    }

    @Override
    public byte[] decode(byte[] bytes, int limit) throws IOException {
        // One byte more than may come out, to see that more would.
        byte[] out = new byte[(int) Math.min(limit + 1L, bytes.length * (long) MOST_BYTES_PER_DEFLATED_BYTE)];
        int length = 0;
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(bytes);
            while (!inflater.finished()) {
                int n = inflater.inflate(out, length, out.length - length);
                length += n;
                if (length > limit) {
                    throw new IOException("holds more than the " + limit + " bytes that it may");
                }
                if (n == 0 && !inflater.finished()) {
                    throw new IOException("is cut short (zlib)");
                }
            }
        } catch (DataFormatException e) {
            throw new IOException("is not zlib: " + e.getMessage(), e);
        }
        return length == out.length ? out : Arrays.copyOf(out, length);
    }
}
