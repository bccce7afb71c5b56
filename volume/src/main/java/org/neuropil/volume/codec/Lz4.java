package org.neuropil.volume.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;

/// An LZ4 block as numcodecs writes it for Zarr version 2: four bytes with the length of the bytes, little-endian, then the
/// block.
public record Lz4() implements ByteCodec {
    private static final int HEADER = 4;
    private static final int MOST_BYTES_PER_BYTE = 255;

    @Override
    public String text() {
        return "lz4";
    }

    @Override
    public byte[] encode(byte[] bytes) {
        LZ4Compressor compressor = LZ4Factory.fastestInstance().fastCompressor();
        byte[] out = new byte[HEADER + compressor.maxCompressedLength(bytes.length)];
        ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length);
        return Arrays.copyOf(out, HEADER + compressor.compress(bytes, 0, bytes.length, out, HEADER));
    }

    @Override
    public byte[] decode(byte[] bytes, int limit) throws IOException {
        if (bytes.length <= HEADER) {
            throw new IOException("is cut short (lz4)");
        }
        int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (length < 0 || length > Math.min(limit, (long) bytes.length * MOST_BYTES_PER_BYTE)) {
            throw new IOException("says that it holds " + Integer.toUnsignedLong(length)
                    + " bytes, more than it may or can");
        }
        byte[] out = new byte[length];
        try {
            int n = LZ4Factory.fastestInstance().safeDecompressor().decompress(bytes, HEADER, bytes.length - HEADER,
                    out, 0);
            if (n != length) {
                throw new IOException("holds " + n + " bytes in place of the " + length + " that it says");
            }
        } catch (LZ4Exception e) {
            throw new IOException("is not lz4: " + e.getMessage(), e);
        }
        return out;
    }
}
