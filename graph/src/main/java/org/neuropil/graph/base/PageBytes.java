package org.neuropil.graph.base;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Numbers of 0 to 8 bytes in an array, little-endian.
final class PageBytes {
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /// How many bytes must follow a packed array, because numbers are read eight bytes at a time.
    static final int PAD = 8;

    private PageBytes() {}

    /// The fewest bytes, 1 to 8, that hold a number.
    static int width(long largest) {
        return Math.max(1, 71 - Long.numberOfLeadingZeros(largest) >>> 3);
    }

    /// A mask of a width, 1 to 8.
    static long mask(int width) {
        return -1L >>> 64 - 8 * width;
    }

    static long getLong(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static int getInt(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    /// A signed number as an unsigned one that is small if the number is near 0.
    static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    /// What [#zigzag] was made of.
    static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }
}
