package org.neuropil.volume.codec;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

import org.neuropil.space.Int3;

/// Neuroglancer's compressed_segmentation of one channel: labels of a chunk (x fastest) as blocks, each with a table of
/// the labels in it and a few bits per voxel that point into the table.
///
/// The bytes are little-endian 32-bit words: `1`, then two words per block (table offset in 24 bits, bits per voxel in
/// 8; offset of the packed indices), then packed indices and tables; offsets count words from the end of the first
/// word. Our encoder puts tables in ascending unsigned order, writes equal tables once and pads blocks that stick out
/// with index 0, as the reference encoder does, so equal labels give equal bytes.
public final class CompressedSegmentation {
    /// The block size that is written.
    public static final Int3 BLOCK = Int3.all(8);

    /// The most voxels that a block may have, far above any in use; keeps scratch memory small.
    public static final int MOST_BLOCK_VOXELS = 1 << 20;

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private CompressedSegmentation() {}

    /// Encodes uint32 labels.
    ///
    /// @param labels x fastest, as many as `size` has voxels
    /// @param block size of an encoding block in voxels
    /// @throws IllegalArgumentException if the sizes do not fit, or the chunk has so many different labels that the
    ///         format cannot hold it (tables beyond 64 MiB)
    public static byte[] encode(int[] labels, Int3 size, Int3 block) {
        check(size, block, labels.length);
        return new SegmentationEncoder(size, block, 1).encode((from, count, to, at) -> {
            for (int i = 0; i < count; i++) {
                to[at + i] = labels[from + i] & 0xffffffffL;
            }
        });
    }

    /// Encodes uint64 labels; otherwise as for uint32.
    public static byte[] encode(long[] labels, Int3 size, Int3 block) {
        check(size, block, labels.length);
        return new SegmentationEncoder(size, block, 2)
                .encode((from, count, to, at) -> System.arraycopy(labels, from, to, at, count));
    }

    /// Decodes uint32 labels.
    ///
    /// @param size of the chunk in voxels
    /// @param block size of an encoding block in voxels, as the volume's info says
    /// @param labels filled, x fastest; as long as `size` has voxels
    /// @throws IOException if the bytes are not such a chunk; what is in `labels` is then undefined
    public static void decode(byte[] bytes, Int3 size, Int3 block, int[] labels) throws IOException {
        check(size, block, labels.length);
        decode(bytes, size, block, 1, (row, count, at) -> {
            for (int i = 0; i < count; i++) {
                labels[at + i] = (int) row[i];
            }
        });
    }

    /// Decodes uint64 labels; otherwise as for uint32.
    public static void decode(byte[] bytes, Int3 size, Int3 block, long[] labels) throws IOException {
        check(size, block, labels.length);
        decode(bytes, size, block, 2, (row, count, at) -> System.arraycopy(row, 0, labels, at, count));
    }

    /// The most bytes that an encoder can make of a chunk, with no table shared and every index in 32 bits.
    ///
    /// @param labelBytes 4 or 8
    public static long mostBytes(Int3 size, Int3 block, int labelBytes) {
        long blocks = size.ceilDiv(block).volume();
        return Math.addExact(4, Math.multiplyExact(blocks, 8 + (4L + labelBytes) * block.volume()));
    }

    /// Takes the first `count` labels of `row` to voxel `at` and those after it along x.
    private interface Sink {
        void put(long[] row, int count, int at);
    }

    private static void decode(byte[] bytes, Int3 size, Int3 block, int labelWords, Sink sink) throws IOException {
        Int3 grid = size.ceilDiv(block);
        long blocks = grid.volume();
        int words = bytes.length / 4;
        if (bytes.length % 4 != 0) {
            throw new IOException("has " + bytes.length + " bytes, not a multiple of 4");
        }
        if (words < 1 + 2 * blocks) {
            throw new IOException("has " + bytes.length + " bytes, too few for the headers of " + blocks + " blocks");
        }
        if (word(bytes, 0) != 1) {
            throw new IOException("does not begin with the word 1 of a chunk with one channel");
        }
        long[] row = new long[Math.min(block.x(), size.x())];
        int header = 1;
        for (int z = 0; z < grid.z(); z++) {
            for (int y = 0; y < grid.y(); y++) {
                for (int x = 0; x < grid.x(); x++) {
                    Int3 corner = new Int3(x * block.x(), y * block.y(), z * block.z());
                    decodeBlock(bytes, header, size, block, corner, labelWords, row, sink);
                    header += 2;
                }
            }
        }
    }

    private static void decodeBlock(byte[] bytes, int header, Int3 size, Int3 block, Int3 corner, int labelWords,
            long[] row, Sink sink) throws IOException {
        int first = word(bytes, header);
        int bits = first >>> 24;
        long table = 1L + (first & 0xffffff);
        long packed = 1 + (word(bytes, header + 1) & 0xffffffffL);
        int words = bytes.length / 4;
        if (bits > 32 || Integer.bitCount(bits) > 1) {
            throw new IOException("block at " + corner + " has " + bits + " bits per voxel, which no encoder writes");
        }
        long entries = (words - table) / labelWords;
        if (entries < 1) {
            throw new IOException("the table of the block at " + corner + " lies beyond the end");
        }
        int width = Math.min(block.x(), size.x() - corner.x());
        int height = Math.min(block.y(), size.y() - corner.y());
        int depth = Math.min(block.z(), size.z() - corner.z());
        if (bits == 0) {
            Arrays.fill(row, 0, width, label(bytes, (int) table, labelWords));
        } else {
            long last = (width - 1) + (long) block.x() * ((height - 1) + (long) block.y() * (depth - 1));
            if (packed + last * bits / 32 >= words) {
                throw new IOException("the voxels of the block at " + corner + " lie beyond the end");
            }
        }
        int mask = bits == 32 ? -1 : (1 << bits) - 1;
        int previous = 0;
        long label = label(bytes, (int) table, labelWords);
        for (int z = 0; z < depth; z++) {
            for (int y = 0; y < height; y++) {
                if (bits > 0) {
                    int bit = block.x() * (y + block.y() * z) * bits;
                    for (int x = 0; x < width; x++, bit += bits) {
                        int index = word(bytes, (int) packed + (bit >>> 5)) >>> (bit & 31) & mask;
                        if (index != previous) {
                            if (Integer.toUnsignedLong(index) >= entries) {
                                throw new IOException("a voxel of the block at " + corner
                                        + " points beyond the end of the table");
                            }
                            previous = index;
                            label = label(bytes, (int) table + index * labelWords, labelWords);
                        }
                        row[x] = label;
                    }
                }
                sink.put(row, width,
                        corner.x() + size.x() * (corner.y() + y + size.y() * (corner.z() + z)));
            }
        }
    }

    private static int word(byte[] bytes, int index) {
        return (int) WORD.get(bytes, 4 * index);
    }

    private static long label(byte[] bytes, int index, int labelWords) {
        long low = word(bytes, index) & 0xffffffffL;
        return labelWords == 1 ? low : low | (long) word(bytes, index + 1) << 32;
    }

    private static void check(Int3 size, Int3 block, int length) {
        if (block.x() < 1 || block.y() < 1 || block.z() < 1
                || (double) block.x() * block.y() * block.z() > MOST_BLOCK_VOXELS) {
            throw new IllegalArgumentException("block size " + block);
        }
        if (size.x() < 1 || size.y() < 1 || size.z() < 1 || size.volume() != length) {
            throw new IllegalArgumentException("size " + size + " and " + length + " labels");
        }
    }
}
