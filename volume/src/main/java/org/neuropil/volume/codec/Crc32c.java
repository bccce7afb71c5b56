package org.neuropil.volume.codec;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// The bytes as they are, with their CRC-32C (RFC 3720) behind them in four bytes, little-endian.
public record Crc32c() implements ByteCodec {
    /// Bytes of a checksum.
    public static final int BYTES = 4;

    @Override
    public String text() {
        return "crc32c";
    }

    @Override
    public byte[] encode(byte[] bytes) {
        byte[] out = Arrays.copyOf(bytes, Math.addExact(bytes.length, BYTES));
        int sum = sum(bytes, bytes.length);
        for (int i = 0; i < BYTES; i++) {
            out[bytes.length + i] = (byte) (sum >>> 8 * i);
        }
        return out;
    }

    @Override
    public byte[] decode(byte[] bytes, int limit) throws IOException {
        int length = bytes.length - BYTES;
        if (length < 0) {
            throw new IOException("has " + bytes.length + " bytes, too few for a checksum");
        }
        if (length > limit) {
            throw new IOException("holds more than the " + limit + " bytes that it may");
        }
        int stored = 0;
        for (int i = 0; i < BYTES; i++) {
            stored |= (bytes[length + i] & 0xff) << 8 * i;
        }
        if (stored != sum(bytes, length)) {
            throw new IOException("is damaged: its CRC-32C does not fit");
        }
        return Arrays.copyOf(bytes, length);
    }

    private static int sum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
