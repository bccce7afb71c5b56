package org.neuropil.volume.codec;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Reads unsigned little-endian numbers of 1, 2, 4 or 8 bytes from a part of an array, and never from outside of it.
final class NumberReader {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final int end;
    private final String what;
    private int at;

    /// @param what name of the part, for errors
    NumberReader(byte[] bytes, int from, int end, String what) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
        this.what = what;
    }

    /// Bytes of the smallest number type that holds `most`.
    static int width(long most) {
        return most < 1L << 8 ? 1 : most < 1L << 16 ? 2 : most < 1L << 32 ? 4 : 8;
    }

    /// The number at a place that is known to lie within the array.
    static long number(byte[] bytes, int at, int width) {
        return switch (width) {
            case 1 -> bytes[at] & 0xffL;
            case 2 -> (short) SHORT.get(bytes, at) & 0xffffL;
            case 4 -> (int) WORD.get(bytes, at) & 0xffffffffL;
            default -> (long) LONG.get(bytes, at);
        };
    }

    /// The next number; of 8 bytes it may be negative.
    long next(int width) throws IOException {
        return number(bytes, skip(1, width), width);
    }

    /// Steps over numbers that are all there.
    ///
    /// @param count unsigned
    /// @return where the first begins
    int skip(long count, int width) throws IOException {
        if (count < 0 || count > (end - at) / width) {
            throw new IOException("ends within its " + what);
        }
        int from = at;
        at += (int) count * width;
        return from;
    }

    /// Where the next number begins.
    int position() {
        return at;
    }
}
