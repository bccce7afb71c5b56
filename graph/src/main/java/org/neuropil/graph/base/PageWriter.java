package org.neuropil.graph.base;

import java.util.Arrays;

/// Writes the bytes of a page, little-endian.
final class PageWriter {
    private byte[] bytes;
    private int size;

    PageWriter(int expected) {
        this.bytes = new byte[Math.max(64, expected)];
    }

    /// The bytes written so far.
    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    void putByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    void putInt(int value) {
        reserve(4);
        PageBytes.INT.set(bytes, size, value);
        size += 4;
    }

    void putLong(long value) {
        reserve(8);
        PageBytes.LONG.set(bytes, size, value);
        size += 8;
    }

    void putBytes(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    /// The lowest `width` bytes of a number.
    void putPacked(long value, int width) {
        reserve(8);
        PageBytes.LONG.set(bytes, size, value);
        size += width;
    }

    /// Numbers side by side, `width` bytes each.
    void putPacked(long[] values, int width) {
        reserve(values.length * width + 8);
        for (long value : values) {
            PageBytes.LONG.set(bytes, size, value);
            size += width;
        }
    }

    /// Numbers in planes, first their lowest bytes: what is alike in them lies together and compresses well. The width,
    /// one byte, goes before.
    void putPlanes(long[] values) {
        long all = 0;
        for (long value : values) {
            all |= value;
        }
        int width = PageBytes.width(all);
        putByte(width);
        reserve(values.length * width);
        for (int shift = 0; shift < 8 * width; shift += 8) {
            for (long value : values) {
                bytes[size++] = (byte) (value >>> shift);
            }
        }
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
