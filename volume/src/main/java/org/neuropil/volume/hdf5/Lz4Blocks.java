package org.neuropil.volume.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;

import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/// Bytes in LZ4 blocks as HDF5's filters write them, all numbers big-endian: how many bytes there are in all and in a block,
/// then each block behind its stored length.
final class Lz4Blocks {
    private static final int HEADER = 12;

    private Lz4Blocks() {}

    /// As the filter `lz4` has them: blocks that would not become shorter are stored as they are.
    ///
    /// @param limit the most bytes that may come out
    /// @throws IOException if these are other bytes
    static byte[] decode(byte[] bytes, int limit) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int[] lengths = header(in, limit);
        byte[] out = new byte[lengths[0]];
        for (int to = 0; to < out.length; to += lengths[1]) {
            int length = Math.min(lengths[1], out.length - to);
            int stored = next(in);
            if (stored == length) {
                in.get(out, to, length);
            } else {
                block(in, stored, out, to, length);
            }
        }
        return out;
    }

    /// Reads how many bytes there are in all, and in a block.
    static int[] header(ByteBuffer in, int limit) throws IOException {
        if (in.remaining() < HEADER) {
            throw new IOException("is cut short (lz4)");
        }
        long all = in.getLong();
        int block = in.getInt();
        if (all < 0 || all > limit) {
            throw new IOException("says that it holds " + Long.toUnsignedString(all) + " bytes, more than it may");
        }
        if (block < 1) {
            throw new IOException("says that its blocks have " + Integer.toUnsignedString(block) + " bytes");
        }
        // No larger than what there is, so that one more does not overflow.
        return new int[]{(int) all, (int) Math.min(block, Math.max(1, all))};
    }

    /// Reads the stored length of the next block.
    static int next(ByteBuffer in) throws IOException {
        int stored = in.remaining() < Integer.BYTES ? -1 : in.getInt();
        if (stored < 0 || stored > in.remaining()) {
            throw new IOException("is cut short (lz4)");
        }
        return stored;
    }

    /// Reads a block.
    static void block(ByteBuffer in, int stored, byte[] out, int to, int length) throws IOException {
        LZ4SafeDecompressor lz4 = LZ4Factory.fastestInstance().safeDecompressor();
        try {
            int n = lz4.decompress(in.array(), in.position(), stored, out, to, length);
            if (n != length) {
                throw new IOException("has a block of " + n + " bytes in place of " + length);
            }
        } catch (LZ4Exception e) {
            throw new IOException("is not lz4: " + e.getMessage(), e);
        }
        in.position(in.position() + stored);
    }
}
