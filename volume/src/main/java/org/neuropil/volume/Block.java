package org.neuropil.volume;

import org.neuropil.space.Box;

/// A box of voxels in one primitive array, x fastest: voxel (x, y, z) stands at `box().index(x, y, z)`.
///
/// A block owns its array and shares it with whoever asks: kernels write into it. It is not safe for use by several
/// threads that write.
public sealed interface Block {
    /// Which voxels these are, in the lattice of their mip.
    Box box();

    /// What a voxel holds.
    DataType type();

    /// Voxels of type [DataType#UINT8].
    record Bytes(Box box, byte[] data) implements Block {
        /// @throws IllegalArgumentException if the array's length is not the box's
        public Bytes {
            check(box, data.length);
        }

        @Override
        public DataType type() {
            return DataType.UINT8;
        }
    }

    /// Voxels of type [DataType#UINT16].
    record Shorts(Box box, short[] data) implements Block {
        /// @throws IllegalArgumentException if the array's length is not the box's
        public Shorts {
            check(box, data.length);
        }

        @Override
        public DataType type() {
            return DataType.UINT16;
        }
    }

    /// Voxels of type [DataType#UINT32].
    record Ints(Box box, int[] data) implements Block {
        /// @throws IllegalArgumentException if the array's length is not the box's
        public Ints {
            check(box, data.length);
        }

        @Override
        public DataType type() {
            return DataType.UINT32;
        }
    }

    /// Voxels of type [DataType#UINT64].
    record Longs(Box box, long[] data) implements Block {
        /// @throws IllegalArgumentException if the array's length is not the box's
        public Longs {
            check(box, data.length);
        }

        @Override
        public DataType type() {
            return DataType.UINT64;
        }
    }

    /// Voxels of type [DataType#FLOAT32].
    record Floats(Box box, float[] data) implements Block {
        /// @throws IllegalArgumentException if the array's length is not the box's
        public Floats {
            check(box, data.length);
        }

        @Override
        public DataType type() {
            return DataType.FLOAT32;
        }
    }

    /// A block of zeros.
    static Block zeros(DataType type, Box box) {
        int n = box.voxels();
        return switch (type) {
            case UINT8 -> new Bytes(box, new byte[n]);
            case UINT16 -> new Shorts(box, new short[n]);
            case UINT32 -> new Ints(box, new int[n]);
            case UINT64 -> new Longs(box, new long[n]);
            case FLOAT32 -> new Floats(box, new float[n]);
        };
    }

    /// The primitive array behind it, as [System#arraycopy] wants it.
    default Object array() {
        return switch (this) {
            case Bytes b -> b.data();
            case Shorts b -> b.data();
            case Ints b -> b.data();
            case Longs b -> b.data();
            case Floats b -> b.data();
        };
    }

    /// Copies the voxels that both blocks have from `from` into this one.
    ///
    /// @throws IllegalArgumentException if the types differ
    default void copyFrom(Block from) {
        if (from.type() != type()) {
            throw new IllegalArgumentException("cannot copy " + from.type() + " into " + type());
        }
        Box common = box().intersect(from.box());
        if (common.isEmpty()) {
            return;
        }
        int row = common.size().x();
        for (int z = common.min().z(); z < common.max().z(); z++) {
            for (int y = common.min().y(); y < common.max().y(); y++) {
                System.arraycopy(from.array(), from.box().index(common.min().x(), y, z), array(),
                        box().index(common.min().x(), y, z), row);
            }
        }
    }

    /// The voxels of a smaller box, in a block of their own.
    ///
    /// @throws IllegalArgumentException if the box does not lie in this one
    default Block crop(Box part) {
        if (!box().contains(part)) {
            throw new IllegalArgumentException("box " + part + " does not lie in " + box());
        }
        if (part.equals(box())) {
            return this;
        }
        Block result = zeros(type(), part);
        result.copyFrom(this);
        return result;
    }

    private static void check(Box box, int length) {
        if (box.volume() != length) {
            throw new IllegalArgumentException("box " + box + " and an array of " + length + " voxels");
        }
    }
}
