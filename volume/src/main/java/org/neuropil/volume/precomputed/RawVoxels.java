package org.neuropil.volume.precomputed;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;

import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;

/// Little-endian voxels, x fastest, straight between a chunk's bytes and a larger block: row by row, or all at once where
/// rows follow each other on both sides. Each type has a loop of its own, so that none becomes slow because another runs.
final class RawVoxels {
    private RawVoxels() {}

    /// Copies the voxels that a chunk and `target` both have into it.
    ///
    /// @param bytes of the chunk, as many as its voxels have times the channels
    /// @param box the chunk's voxels
    /// @param channel which of the chunk's channels
    static void decode(byte[] bytes, Box box, int channel, Block target) {
        Rows rows = new Rows(box, target.box());
        int first = channel * box.voxels();
        ByteBuffer source = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        switch (target) {
            case Block.Bytes b -> {
                for (int i = 0; i < rows.count(); i++) {
                    System.arraycopy(bytes, first + rows.inChunk(i), b.data(), rows.inBlock(i), rows.length());
                }
            }
            case Block.Shorts b -> {
                ShortBuffer view = source.asShortBuffer();
                for (int i = 0; i < rows.count(); i++) {
                    view.get(first + rows.inChunk(i), b.data(), rows.inBlock(i), rows.length());
                }
            }
            case Block.Ints b -> {
                IntBuffer view = source.asIntBuffer();
                for (int i = 0; i < rows.count(); i++) {
                    view.get(first + rows.inChunk(i), b.data(), rows.inBlock(i), rows.length());
                }
            }
            case Block.Longs b -> {
                LongBuffer view = source.asLongBuffer();
                for (int i = 0; i < rows.count(); i++) {
                    view.get(first + rows.inChunk(i), b.data(), rows.inBlock(i), rows.length());
                }
            }
            case Block.Floats b -> {
                FloatBuffer view = source.asFloatBuffer();
                for (int i = 0; i < rows.count(); i++) {
                    view.get(first + rows.inChunk(i), b.data(), rows.inBlock(i), rows.length());
                }
            }
            case Block.Doubles b -> {
                DoubleBuffer view = source.asDoubleBuffer();
                for (int i = 0; i < rows.count(); i++) {
                    view.get(first + rows.inChunk(i), b.data(), rows.inBlock(i), rows.length());
                }
            }
        }
    }

    /// The bytes of a chunk of one channel.
    ///
    /// @param voxels hold those of the chunk, perhaps more
    /// @param box the chunk's voxels
    /// @return the block's own array where that is the chunk's bytes
    static byte[] encode(Block voxels, Box box) {
        if (voxels instanceof Block.Bytes b && b.box().equals(box)) {
            return b.data();
        }
        Rows rows = new Rows(box, voxels.box());
        byte[] bytes = new byte[Math.multiplyExact(box.voxels(), voxels.type().bytes())];
        ByteBuffer target = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        switch (voxels) {
            case Block.Bytes b -> {
                for (int i = 0; i < rows.count(); i++) {
                    System.arraycopy(b.data(), rows.inBlock(i), bytes, rows.inChunk(i), rows.length());
                }
            }
            case Block.Shorts b -> {
                ShortBuffer view = target.asShortBuffer();
                for (int i = 0; i < rows.count(); i++) {
                    view.put(rows.inChunk(i), b.data(), rows.inBlock(i), rows.length());
                }
            }
            case Block.Ints b -> {
                IntBuffer view = target.asIntBuffer();
                for (int i = 0; i < rows.count(); i++) {
                    view.put(rows.inChunk(i), b.data(), rows.inBlock(i), rows.length());
                }
            }
            case Block.Longs b -> {
                LongBuffer view = target.asLongBuffer();
                for (int i = 0; i < rows.count(); i++) {
                    view.put(rows.inChunk(i), b.data(), rows.inBlock(i), rows.length());
                }
            }
            case Block.Floats b -> {
                FloatBuffer view = target.asFloatBuffer();
                for (int i = 0; i < rows.count(); i++) {
                    view.put(rows.inChunk(i), b.data(), rows.inBlock(i), rows.length());
                }
            }
            case Block.Doubles b -> {
                DoubleBuffer view = target.asDoubleBuffer();
                for (int i = 0; i < rows.count(); i++) {
                    view.put(rows.inChunk(i), b.data(), rows.inBlock(i), rows.length());
                }
            }
        }
        return bytes;
    }

    /// The rows along x that a chunk and a block have both; one row of all voxels if the two are the same box.
    private static final class Rows {
        private final Box chunk;
        private final Box block;
        private final Int3 from;
        private final int height;
        private final int count;
        private final int length;

        Rows(Box chunk, Box block) {
            Box common = chunk.intersect(block);
            this.chunk = chunk;
            this.block = block;
            from = common.min();
            height = Math.max(1, common.size().y());
            boolean same = chunk.equals(block);
            length = same ? chunk.voxels() : common.size().x();
            count = same ? 1 : common.isEmpty() ? 0 : height * common.size().z();
        }

        int count() {
            return count;
        }

        int length() {
            return length;
        }

        int inChunk(int row) {
            return chunk.index(from.x(), from.y() + row % height, from.z() + row / height);
        }

        int inBlock(int row) {
            return block.index(from.x(), from.y() + row % height, from.z() + row / height);
        }
    }
}
