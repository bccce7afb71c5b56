package org.neuropil.volume.codec;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

import org.neuropil.space.Int3;

/// The decoder of [CompressedSegmentation], for one chunk. Blocks whose rows have 8 voxels, as nearly all do, have loops
/// of their own: a row's indices are `bits` bytes, got in one go, and most rows have one label only.
final class SegmentationDecoder {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /// Voxels of a row that has a loop of its own.
    private static final int ROW = 8;

    private final byte[] bytes;
    private final Int3 size;
    private final Int3 block;
    private final int labelWords;
    private final Int3 grid;

    // The block at hand: its place among the blocks, its voxels that lie in the chunk, its header's fields.
    private Int3 position = Int3.ZERO;
    private int width;
    private int height;
    private int depth;
    private int bits;
    /// Word at which the table begins, and how many labels fit between there and the end of the chunk.
    private int table;
    private int entries;
    /// Word at which the indices begin; means nothing if there are none.
    private int packed;

    /// @param labelWords words of a label, 1 or 2
    /// @throws IOException if the bytes are too few for the headers, or the first word is wrong
    SegmentationDecoder(byte[] bytes, Int3 size, Int3 block, int labelWords) throws IOException {
        this.bytes = bytes;
        this.size = size;
        this.block = block;
        this.labelWords = labelWords;
        this.grid = size.ceilDiv(block);
        if (bytes.length % 4 != 0) {
            throw new IOException("has " + bytes.length + " bytes, not a multiple of 4");
        }
        if (bytes.length / 4 < 1 + 2 * grid.volume()) {
            throw new IOException(
                    "has " + bytes.length + " bytes, too few for the headers of " + grid.volume() + " blocks");
        }
        if (word(0) != 1) {
            throw new IOException("does not begin with the word 1 of a chunk with one channel");
        }
    }

    void decode(long[] labels) throws IOException {
        int header = 1;
        for (int z = 0; z < grid.z(); z++) {
            for (int y = 0; y < grid.y(); y++) {
                for (int x = 0; x < grid.x(); x++, header += 2) {
                    open(header, x, y, z);
                    int at = x * block.x() + size.x() * (y * block.y() + size.y() * (z * block.z()));
                    if (bits == 0) {
                        fill(labels, at);
                    } else if (block.x() == ROW && width == ROW && bits <= 8 && entries >= 1L << bits) {
                        rows(labels, at);
                    } else {
                        voxels(labels, at);
                    }
                }
            }
        }
    }

    void decode(int[] labels) throws IOException {
        int header = 1;
        for (int z = 0; z < grid.z(); z++) {
            for (int y = 0; y < grid.y(); y++) {
                for (int x = 0; x < grid.x(); x++, header += 2) {
                    open(header, x, y, z);
                    int at = x * block.x() + size.x() * (y * block.y() + size.y() * (z * block.z()));
                    if (bits == 0) {
                        fill(labels, at);
                    } else if (block.x() == ROW && width == ROW && bits <= 8 && entries >= 1L << bits) {
                        rows(labels, at);
                    } else {
                        voxels(labels, at);
                    }
                }
            }
        }
    }

    /// Reads the header of a block, and checks what can be checked before its voxels are looked at.
    private void open(int header, int x, int y, int z) throws IOException {
        width = Math.min(block.x(), size.x() - x * block.x());
        height = Math.min(block.y(), size.y() - y * block.y());
        depth = Math.min(block.z(), size.z() - z * block.z());
        position = new Int3(x, y, z);
        int words = bytes.length / 4;
        int first = word(header);
        bits = first >>> 24;
        table = 1 + (first & 0xFF_FFFF);
        entries = (words - table) / labelWords;
        if (bits > 32 || Integer.bitCount(bits) > 1) {
            throw wrong("has " + bits + " bits per voxel, which no encoder writes");
        }
        if (entries < 1) {
            throw wrong("has its table beyond the end");
        }
        if (bits > 0) {
            long from = 1 + (word(header + 1) & 0xFFFF_FFFFL);
            long last = (width - 1) + (long) block.x() * ((height - 1) + (long) block.y() * (depth - 1));
            if (from + last * bits / 32 >= words) {
                throw wrong("has its voxels beyond the end");
            }
            packed = (int) from;
        }
    }

    private IOException wrong(String what) {
        return new IOException("block at " + position.times(block) + " " + what);
    }

    private void fill(long[] labels, int at) {
        long label = label(0);
        for (int z = 0; z < depth; z++) {
            for (int y = 0; y < height; y++) {
                int row = at + size.x() * (y + size.y() * z);
                if (width == ROW) {
                    for (int x = 0; x < ROW; x++) {
                        labels[row + x] = label;
                    }
                } else {
                    Arrays.fill(labels, row, row + width, label);
                }
            }
        }
    }

    /// A block with rows of 8 voxels and up to 8 bits for each, all of whose indices lie in the table.
    private void rows(long[] labels, int at) {
        byte[] bytes = this.bytes;
        int bits = this.bits;
        int mask = (1 << bits) - 1;
        // An index times this is a row full of it.
        long full = Long.divideUnsigned(-1L >>> 64 - ROW * bits, mask);
        int from = 4 * table;
        for (int z = 0; z < depth; z++) {
            int indices = 4 * packed + block.y() * z * bits;
            int row = at + size.x() * size.y() * z;
            for (int y = 0; y < height; y++, indices += bits, row += size.x()) {
                long indexes = indices(indices);
                int index = (int) indexes & mask;
                long label = (long) LONG.get(bytes, from + 8 * index);
                if (indexes == index * full) {
                    for (int x = 0; x < ROW; x++) {
                        labels[row + x] = label;
                    }
                } else {
                    for (int x = 0; x < ROW; x++, indexes >>>= bits) {
                        labels[row + x] = (long) LONG.get(bytes, from + 8 * ((int) indexes & mask));
                    }
                }
            }
        }
    }

    /// Any block that has indices.
    private void voxels(long[] labels, int at) throws IOException {
        int previous = 0;
        long label = label(0);
        for (int z = 0; z < depth; z++) {
            for (int y = 0; y < height; y++) {
                int bit = block.x() * (y + block.y() * z) * bits;
                int row = at + size.x() * (y + size.y() * z);
                for (int x = 0; x < width; x++, bit += bits) {
                    int index = index(bit);
                    if (index != previous) {
                        previous = index;
                        label = label(index);
                    }
                    labels[row + x] = label;
                }
            }
        }
    }

    private void fill(int[] labels, int at) {
        int label = (int) label(0);
        for (int z = 0; z < depth; z++) {
            for (int y = 0; y < height; y++) {
                int row = at + size.x() * (y + size.y() * z);
                if (width == ROW) {
                    for (int x = 0; x < ROW; x++) {
                        labels[row + x] = label;
                    }
                } else {
                    Arrays.fill(labels, row, row + width, label);
                }
            }
        }
    }

    private void rows(int[] labels, int at) {
        byte[] bytes = this.bytes;
        int bits = this.bits;
        int mask = (1 << bits) - 1;
        // An index times this is a row full of it.
        long full = Long.divideUnsigned(-1L >>> 64 - ROW * bits, mask);
        int from = 4 * table;
        for (int z = 0; z < depth; z++) {
            int indices = 4 * packed + block.y() * z * bits;
            int row = at + size.x() * size.y() * z;
            for (int y = 0; y < height; y++, indices += bits, row += size.x()) {
                long indexes = indices(indices);
                int index = (int) indexes & mask;
                int label = (int) WORD.get(bytes, from + 4 * index);
                if (indexes == index * full) {
                    for (int x = 0; x < ROW; x++) {
                        labels[row + x] = label;
                    }
                } else {
                    for (int x = 0; x < ROW; x++, indexes >>>= bits) {
                        labels[row + x] = (int) WORD.get(bytes, from + 4 * ((int) indexes & mask));
                    }
                }
            }
        }
    }

    private void voxels(int[] labels, int at) throws IOException {
        int previous = 0;
        int label = (int) label(0);
        for (int z = 0; z < depth; z++) {
            for (int y = 0; y < height; y++) {
                int bit = block.x() * (y + block.y() * z) * bits;
                int row = at + size.x() * (y + size.y() * z);
                for (int x = 0; x < width; x++, bit += bits) {
                    int index = index(bit);
                    if (index != previous) {
                        previous = index;
                        label = (int) label(index);
                    }
                    labels[row + x] = label;
                }
            }
        }
    }

    /// The indices of a row of 8 voxels, the first in the lowest bits.
    private long indices(int at) {
        return switch (bits) {
            case 1 -> bytes[at] & 0xFFL;
            case 2 -> (short) SHORT.get(bytes, at) & 0xFFFFL;
            case 4 -> (int) WORD.get(bytes, at) & 0xFFFF_FFFFL;
            default -> (long) LONG.get(bytes, at);
        };
    }

    /// The index that begins at a bit, counted from the first voxel's.
    private int index(int bit) throws IOException {
        int index = word(packed + (bit >>> 5)) >>> (bit & 31) & (int) ((1L << bits) - 1);
        if (Integer.compareUnsigned(index, entries) >= 0) {
            throw wrong("has a voxel that points beyond the end of the table");
        }
        return index;
    }

    private long label(int index) {
        int word = table + index * labelWords;
        long low = word(word) & 0xFFFF_FFFFL;
        return labelWords == 1 ? low : low | (long) word(word + 1) << 32;
    }

    private int word(int index) {
        return (int) WORD.get(bytes, 4 * index);
    }
}
