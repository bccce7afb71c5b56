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

    /// Voxels of 8 bits.
    ///
    /// @param type [DataType#UINT8] or [DataType#INT8]
    record Bytes(Box box, byte[] data, DataType type) implements Block {
        /// @throws IllegalArgumentException if the array's length is not the box's, or the type is another width's
        public Bytes {
            check(box, data.length, type, DataType.UINT8, DataType.UINT8.signed());
        }

        /// Voxels of type [DataType#UINT8].
        public Bytes(Box box, byte[] data) {
            this(box, data, DataType.UINT8);
        }
    }

    /// Voxels of 16 bits.
    ///
    /// @param type [DataType#UINT16] or [DataType#INT16]
    record Shorts(Box box, short[] data, DataType type) implements Block {
        /// @throws IllegalArgumentException if the array's length is not the box's, or the type is another width's
        public Shorts {
            check(box, data.length, type, DataType.UINT16, DataType.UINT16.signed());
        }

        /// Voxels of type [DataType#UINT16].
        public Shorts(Box box, short[] data) {
            this(box, data, DataType.UINT16);
        }
    }

    /// Voxels of 32 bits.
    ///
    /// @param type [DataType#UINT32] or [DataType#INT32]
    record Ints(Box box, int[] data, DataType type) implements Block {
        /// @throws IllegalArgumentException if the array's length is not the box's, or the type is another width's
        public Ints {
            check(box, data.length, type, DataType.UINT32, DataType.UINT32.signed());
        }

        /// Voxels of type [DataType#UINT32].
        public Ints(Box box, int[] data) {
            this(box, data, DataType.UINT32);
        }
    }

    /// Voxels of 64 bits.
    ///
    /// @param type [DataType#UINT64] or [DataType#INT64]
    record Longs(Box box, long[] data, DataType type) implements Block {
        /// @throws IllegalArgumentException if the array's length is not the box's, or the type is another width's
        public Longs {
            check(box, data.length, type, DataType.UINT64, DataType.UINT64.signed());
        }

        /// Voxels of type [DataType#UINT64].
        public Longs(Box box, long[] data) {
            this(box, data, DataType.UINT64);
        }
    }

    /// Voxels of type [DataType#FLOAT32].
    record Floats(Box box, float[] data) implements Block {
        /// @throws IllegalArgumentException if the array's length is not the box's
        public Floats {
            check(box, data.length, DataType.FLOAT32, DataType.FLOAT32, DataType.FLOAT32);
        }

        @Override
        public DataType type() {
            return DataType.FLOAT32;
        }
    }

    /// Voxels of type [DataType#FLOAT64].
    record Doubles(Box box, double[] data) implements Block {
        /// @throws IllegalArgumentException if the array's length is not the box's
        public Doubles {
            check(box, data.length, DataType.FLOAT64, DataType.FLOAT64, DataType.FLOAT64);
        }

        @Override
        public DataType type() {
            return DataType.FLOAT64;
        }
    }

    /// A block of zeros.
    static Block zeros(DataType type, Box box) {
        int n = box.voxels();
        return switch (type) {
            case UINT8, INT8 -> new Bytes(box, new byte[n], type);
            case UINT16, INT16 -> new Shorts(box, new short[n], type);
            case UINT32, INT32 -> new Ints(box, new int[n], type);
            case UINT64, INT64 -> new Longs(box, new long[n], type);
            case FLOAT32 -> new Floats(box, new float[n]);
            case FLOAT64 -> new Doubles(box, new double[n]);
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
            case Doubles b -> b.data();
        };
    }

    /// A voxel as an id: its bits as an unsigned number.
    ///
    /// @param index in the array
    /// @throws IllegalArgumentException if voxels are fractions
    default long id(int index) {
        return switch (this) {
            case Bytes b -> b.data()[index] & 0xFFL;
            case Shorts b -> b.data()[index] & 0xFFFFL;
            case Ints b -> b.data()[index] & 0xFFFF_FFFFL;
            case Longs b -> b.data()[index];
            case Floats _,Doubles _ -> throw new IllegalArgumentException("ids of " + type());
        };
    }

    /// A voxel as an intensity. 64-bit whole numbers lose what a double cannot hold, so never use it for ids.
    ///
    /// @param index in the array
    default double value(int index) {
        boolean signed = type() == type().signed();
        return switch (this) {
            case Bytes b -> signed ? b.data()[index] : b.data()[index] & 0xFF;
            case Shorts b -> signed ? b.data()[index] : b.data()[index] & 0xFFFF;
            case Ints b -> signed ? b.data()[index] : b.data()[index] & 0xFFFF_FFFFL;
            case Longs b -> signed || b.data()[index] >= 0
                    ? b.data()[index]
                    : 2.0 * (b.data()[index] >>> 1 | b.data()[index] & 1);
            case Floats b -> b.data()[index];
            case Doubles b -> b.data()[index];
        };
    }

    /// The same voxels as ids of 64 bits; the block itself if it has them already.
    ///
    /// @throws IllegalArgumentException if voxels are fractions
    default Longs ids() {
        if (this instanceof Longs b && b.type() == DataType.UINT64) {
            return b;
        }
        long[] ids = new long[box().voxels()];
        switch (this) {
            case Bytes b -> {
                for (int i = 0; i < ids.length; i++) {
                    ids[i] = b.data()[i] & 0xFFL;
                }
            }
            case Shorts b -> {
                for (int i = 0; i < ids.length; i++) {
                    ids[i] = b.data()[i] & 0xFFFFL;
                }
            }
            case Ints b -> {
                for (int i = 0; i < ids.length; i++) {
                    ids[i] = b.data()[i] & 0xFFFF_FFFFL;
                }
            }
            case Longs b -> System.arraycopy(b.data(), 0, ids, 0, ids.length);
            case Floats _,Doubles _ -> throw new IllegalArgumentException("ids of " + type());
        }
        return new Longs(box(), ids);
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
        Object source = from.array();
        Object target = array();
        for (int z = common.min().z(); z < common.max().z(); z++) {
            for (int y = common.min().y(); y < common.max().y(); y++) {
                System.arraycopy(source, from.box().index(common.min().x(), y, z), target,
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

    private static void check(Box box, int length, DataType type, DataType one, DataType other) {
        if (box.volume() != length) {
            throw new IllegalArgumentException("box " + box + " and an array of " + length + " voxels");
        }
        if (type != one && type != other) {
            throw new IllegalArgumentException("an array of " + one.bytes() + "-byte voxels cannot hold " + type);
        }
    }
}
