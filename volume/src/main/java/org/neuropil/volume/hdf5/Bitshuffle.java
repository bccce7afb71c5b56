package org.neuropil.volume.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;

import org.neuropil.volume.codec.Zstd;

/// Bytes as the filter `bitshuffle` writes them: in blocks, of each the first bits of all elements, then the second ones,
/// perhaps compressed. The last up to seven elements stay as they are.
final class Bitshuffle {
    /// Not compressed.
    static final int NONE = 0;
    private static final int LZ4 = 2;
    private static final int ZSTD = 3;
    private static final int USUAL_BYTES = 8192;
    private static final int LEAST_ELEMENTS = 128;

    private Bitshuffle() {}

    /// How blocks are compressed.
    static int compression(int[] data) {
        return data.length > 4 ? data[4] : NONE;
    }

    /// @param data two versions, bytes of an element, perhaps elements of a block (0 for the usual), perhaps the compression
    /// @param limit the most bytes that may come out
    /// @throws IOException if these are other bytes
    static byte[] decode(byte[] bytes, int[] data, int limit) throws IOException {
        int width = data[2];
        if (width < 1 || width > 1 << 20) {
            throw new IOException("has elements of " + width + " bytes");
        }
        int compression = compression(data);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte[] out;
        int block;
        if (compression == NONE) {
            long elements = data.length > 3 && data[3] != 0
                    ? data[3]
                    : Math.max(LEAST_ELEMENTS, USUAL_BYTES / width / 8 * 8);
            out = new byte[bytes.length];
            block = Math.clamp(elements * width, 0, bytes.length);
        } else {
            int[] lengths = Lz4Blocks.header(in, limit);
            out = new byte[lengths[0]];
            block = lengths[1];
        }
        // All blocks are of eight times as many elements, the last one of as many as are left.
        int whole = out.length / width / 8 * 8 * width;
        block = block / width / 8 * 8 * width;
        byte[] shuffled = new byte[Math.max(block, 0)];
        for (int to = 0; to < whole;) {
            if (block < 1) {
                throw new IOException("has blocks of no elements");
            }
            int length = Math.min(block, whole - to);
            read(in, compression, shuffled, length);
            unshuffle(shuffled, length / width, width, out, to);
            to += length;
        }
        if (in.remaining() != out.length - whole) {
            throw new IOException("has " + in.remaining() + " bytes behind its blocks in place of "
                    + (out.length - whole));
        }
        in.get(out, whole, in.remaining());
        return out;
    }

    private static void read(ByteBuffer in, int compression, byte[] block, int length) throws IOException {
        switch (compression) {
            case NONE -> in.get(block, 0, length);
            case LZ4 -> Lz4Blocks.block(in, Lz4Blocks.next(in), block, 0, length);
            case ZSTD -> {
                byte[] stored = new byte[Lz4Blocks.next(in)];
                in.get(stored);
                byte[] plain = new Zstd(1, false).decode(stored, length);
                if (plain.length != length) {
                    throw new IOException("has a block of " + plain.length + " bytes in place of " + length);
                }
                System.arraycopy(plain, 0, block, 0, length);
            }
            default -> throw new IOException("is bitshuffled and compressed in way " + compression
                    + ", which is not supported");
        }
    }

    /// Bit b of byte k of element i is bit i of row 8 k + b, rows having a bit for each element.
    private static void unshuffle(byte[] rows, int elements, int width, byte[] out, int to) {
        int row = elements / 8;
        for (int k = 0; k < width; k++) {
            for (int i = 0; i < elements; i++) {
                int value = 0;
                int at = 8 * k * row + i / 8;
                for (int b = 0; b < 8; b++, at += row) {
                    value |= (rows[at] >>> i % 8 & 1) << b;
                }
                out[to + i * width + k] = (byte) value;
            }
        }
    }
}
