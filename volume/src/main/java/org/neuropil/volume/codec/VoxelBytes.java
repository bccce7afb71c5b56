package org.neuropil.volume.codec;

import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;

import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;

/// Voxels straight between the plain bytes of an array's chunk and a block: row by row, or all at once where rows follow
/// each other on both sides. Where x is not the fastest axis of the chunk its elements are put in order beforehand. Each
/// type has a loop of its own, so that none becomes slow because another runs.
public final class VoxelBytes {
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class,
            ByteOrder.nativeOrder());
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private VoxelBytes() {}

    /// Where the voxels of a chunk stand in its bytes.
    ///
    /// @param bigEndian how the bytes of a voxel follow each other
    /// @param elements of the chunk in all, those of other channels included
    /// @param first the element that is the chunk's first voxel
    /// @param strides from a voxel to the next one along x, y and z, in elements
    public record Layout(boolean bigEndian, int elements, int first, Int3 strides) implements Serializable {
        /// A chunk of one channel, x fastest.
        public static Layout dense(boolean bigEndian, Int3 size) {
            return new Layout(bigEndian, Math.toIntExact(size.volume()), 0,
                    new Int3(1, size.x(), Math.multiplyExact(size.x(), size.y())));
        }

        private ByteOrder order() {
            return bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        }
    }

    /// Copies the voxels that a chunk and `target` both have into it.
    ///
    /// @param bytes as many as the layout's elements have
    /// @param chunk the chunk's voxels
    /// @throws IllegalArgumentException if there are more or fewer bytes
    public static void decode(byte[] bytes, Layout layout, Box chunk, Block target) {
        decode(bytes, layout, chunk, chunk, target);
    }

    /// As [#decode(byte[], Layout, Box, Block)], but no voxels outside of a box, such as those that a chunk has beyond the
    /// volume's end.
    ///
    /// @param wanted the box
    public static void decode(byte[] bytes, Layout layout, Box chunk, Box wanted, Block target) {
        int width = target.type().bytes();
        if (bytes.length != layout.elements() * (long) width) {
            throw new IllegalArgumentException(bytes.length + " bytes for " + layout.elements() + " elements");
        }
        if (layout.strides().x() != 1) {
            byte[] dense = new byte[Math.multiplyExact(chunk.voxels(), width)];
            gather(bytes, layout, chunk.size(), width, dense);
            decode(dense, Layout.dense(layout.bigEndian(), chunk.size()), chunk, wanted, target);
            return;
        }
        Rows rows = new Rows(layout, chunk, target.box(), wanted);
        ByteBuffer source = ByteBuffer.wrap(bytes).order(layout.order());
        switch (target) {
            case Block.Bytes b -> {
                for (int i = 0; i < rows.count; i++) {
                    System.arraycopy(bytes, rows.inChunk(i), b.data(), rows.inBlock(i), rows.length);
                }
            }
            case Block.Shorts b -> {
                ShortBuffer view = source.asShortBuffer();
                for (int i = 0; i < rows.count; i++) {
                    view.get(rows.inChunk(i), b.data(), rows.inBlock(i), rows.length);
                }
            }
            case Block.Ints b -> {
                IntBuffer view = source.asIntBuffer();
                for (int i = 0; i < rows.count; i++) {
                    view.get(rows.inChunk(i), b.data(), rows.inBlock(i), rows.length);
                }
            }
            case Block.Longs b -> {
                LongBuffer view = source.asLongBuffer();
                for (int i = 0; i < rows.count; i++) {
                    view.get(rows.inChunk(i), b.data(), rows.inBlock(i), rows.length);
                }
            }
            case Block.Floats b -> {
                FloatBuffer view = source.asFloatBuffer();
                for (int i = 0; i < rows.count; i++) {
                    view.get(rows.inChunk(i), b.data(), rows.inBlock(i), rows.length);
                }
            }
            case Block.Doubles b -> {
                DoubleBuffer view = source.asDoubleBuffer();
                for (int i = 0; i < rows.count; i++) {
                    view.get(rows.inChunk(i), b.data(), rows.inBlock(i), rows.length);
                }
            }
        }
    }

    /// The bytes of a chunk of one channel. What the chunk has beyond the block is `fill`.
    ///
    /// @param chunk the chunk's voxels
    /// @param fill a voxel's bits, in the low bits
    public static byte[] encode(Block voxels, Layout layout, Box chunk, long fill) {
        if (voxels instanceof Block.Bytes b && b.box().equals(chunk)
                && layout.equals(Layout.dense(layout.bigEndian(), chunk.size()))) {
            return b.data();
        }
        int width = voxels.type().bytes();
        byte[] bytes = new byte[Math.multiplyExact(layout.elements(), width)];
        if (fill != 0 && (!voxels.box().contains(chunk) || chunk.volume() != layout.elements())) {
            fill(bytes, width, layout.bigEndian(), fill);
        }
        if (layout.strides().x() != 1) {
            byte[] dense = encode(voxels, Layout.dense(layout.bigEndian(), chunk.size()), chunk, fill);
            scatter(dense, layout, chunk.size(), width, bytes);
            return bytes;
        }
        Rows rows = new Rows(layout, chunk, voxels.box(), chunk);
        ByteBuffer target = ByteBuffer.wrap(bytes).order(layout.order());
        switch (voxels) {
            case Block.Bytes b -> {
                for (int i = 0; i < rows.count; i++) {
                    System.arraycopy(b.data(), rows.inBlock(i), bytes, rows.inChunk(i), rows.length);
                }
            }
            case Block.Shorts b -> {
                ShortBuffer view = target.asShortBuffer();
                for (int i = 0; i < rows.count; i++) {
                    view.put(rows.inChunk(i), b.data(), rows.inBlock(i), rows.length);
                }
            }
            case Block.Ints b -> {
                IntBuffer view = target.asIntBuffer();
                for (int i = 0; i < rows.count; i++) {
                    view.put(rows.inChunk(i), b.data(), rows.inBlock(i), rows.length);
                }
            }
            case Block.Longs b -> {
                LongBuffer view = target.asLongBuffer();
                for (int i = 0; i < rows.count; i++) {
                    view.put(rows.inChunk(i), b.data(), rows.inBlock(i), rows.length);
                }
            }
            case Block.Floats b -> {
                FloatBuffer view = target.asFloatBuffer();
                for (int i = 0; i < rows.count; i++) {
                    view.put(rows.inChunk(i), b.data(), rows.inBlock(i), rows.length);
                }
            }
            case Block.Doubles b -> {
                DoubleBuffer view = target.asDoubleBuffer();
                for (int i = 0; i < rows.count; i++) {
                    view.put(rows.inChunk(i), b.data(), rows.inBlock(i), rows.length);
                }
            }
        }
        return bytes;
    }

    /// Sets the voxels of a block that lie in a box.
    ///
    /// @param bits a voxel's bits, in the low bits
    public static void fill(Block block, Box box, long bits) {
        Box common = block.box().intersect(box);
        int length = common.size().x();
        for (int z = common.min().z(); z < common.max().z() && length > 0; z++) {
            for (int y = common.min().y(); y < common.max().y(); y++) {
                int from = block.box().index(common.min().x(), y, z);
                switch (block) {
                    case Block.Bytes b -> Arrays.fill(b.data(), from, from + length, (byte) bits);
                    case Block.Shorts b -> Arrays.fill(b.data(), from, from + length, (short) bits);
                    case Block.Ints b -> Arrays.fill(b.data(), from, from + length, (int) bits);
                    case Block.Longs b -> Arrays.fill(b.data(), from, from + length, bits);
                    case Block.Floats b -> Arrays.fill(b.data(), from, from + length, Float.intBitsToFloat((int) bits));
                    case Block.Doubles b -> Arrays.fill(b.data(), from, from + length, Double.longBitsToDouble(bits));
                }
            }
        }
    }

    /// True if every element of a chunk's bytes is `fill`.
    ///
    /// @param width bytes of an element
    /// @param fill an element's bits, in the low bits
    public static boolean isFilled(byte[] bytes, int width, boolean bigEndian, long fill) {
        byte[] first = new byte[width];
        fill(first, width, bigEndian, fill);
        // Equal to itself moved by one element, and begins with it.
        return bytes.length >= width && Arrays.equals(bytes, 0, width, first, 0, width)
                && Arrays.equals(bytes, width, bytes.length, bytes, 0, bytes.length - width);
    }

    private static void fill(byte[] bytes, int width, boolean bigEndian, long fill) {
        for (int i = 0; i < bytes.length; i++) {
            int place = i % width;
            bytes[i] = (byte) (fill >>> 8 * (bigEndian ? width - 1 - place : place));
        }
    }

    private static void gather(byte[] from, Layout layout, Int3 size, int width, byte[] dense) {
        int at = 0;
        int step = layout.strides().x() * width;
        for (int z = 0; z < size.z(); z++) {
            for (int y = 0; y < size.y(); y++) {
                int row = (layout.first() + z * layout.strides().z() + y * layout.strides().y()) * width;
                int end = at + size.x() * width;
                switch (width) {
                    case 1 -> {
                        for (; at < end; at++, row += step) {
                            dense[at] = from[row];
                        }
                    }
                    case 2 -> {
                        for (; at < end; at += 2, row += step) {
                            SHORTS.set(dense, at, (short) SHORTS.get(from, row));
                        }
                    }
                    case 4 -> {
                        for (; at < end; at += 4, row += step) {
                            INTS.set(dense, at, (int) INTS.get(from, row));
                        }
                    }
                    default -> {
                        for (; at < end; at += 8, row += step) {
                            LONGS.set(dense, at, (long) LONGS.get(from, row));
                        }
                    }
                }
            }
        }
    }

    private static void scatter(byte[] dense, Layout layout, Int3 size, int width, byte[] to) {
        int at = 0;
        int step = layout.strides().x() * width;
        for (int z = 0; z < size.z(); z++) {
            for (int y = 0; y < size.y(); y++) {
                int row = (layout.first() + z * layout.strides().z() + y * layout.strides().y()) * width;
                int end = at + size.x() * width;
                switch (width) {
                    case 1 -> {
                        for (; at < end; at++, row += step) {
                            to[row] = dense[at];
                        }
                    }
                    case 2 -> {
                        for (; at < end; at += 2, row += step) {
                            SHORTS.set(to, row, (short) SHORTS.get(dense, at));
                        }
                    }
                    case 4 -> {
                        for (; at < end; at += 4, row += step) {
                            INTS.set(to, row, (int) INTS.get(dense, at));
                        }
                    }
                    default -> {
                        for (; at < end; at += 8, row += step) {
                            LONGS.set(to, row, (long) LONGS.get(dense, at));
                        }
                    }
                }
            }
        }
    }

    /// The rows along x that a chunk and a block have both in a box; one row of all voxels if these are the same box, and
    /// the chunk is dense.
    private static final class Rows {
        private final Layout layout;
        private final Box chunk;
        private final Box block;
        private final Int3 from;
        private final int height;
        final int count;
        final int length;

        Rows(Layout layout, Box chunk, Box block, Box wanted) {
            Box common = chunk.intersect(block).intersect(wanted);
            this.layout = layout;
            this.chunk = chunk;
            this.block = block;
            from = common.min();
            height = Math.max(1, common.size().y());
            Int3 size = chunk.size();
            boolean same = chunk.equals(block) && chunk.equals(common) && layout.strides().y() == size.x()
                    && layout.strides().z() == size.x() * size.y();
            length = same ? chunk.voxels() : common.size().x();
            count = same ? 1 : common.isEmpty() ? 0 : height * common.size().z();
        }

        int inChunk(int row) {
            return layout.first() + from.x() - chunk.min().x()
                    + (from.y() + row % height - chunk.min().y()) * layout.strides().y()
                    + (from.z() + row / height - chunk.min().z()) * layout.strides().z();
        }

        int inBlock(int row) {
            return block.index(from.x(), from.y() + row % height, from.z() + row / height);
        }
    }
}
