package org.neuropil.graph.voxels;

import java.io.IOException;
import java.util.Arrays;

/// Numbers in an array of bytes.
final class PatchBytes {
    private PatchBytes() {}

    /// Appends numbers.
    static final class Writer {
        private byte[] data = new byte[256];
        private int size;

        /// @param count lowest bytes of the number, written with the highest first
        void bytes(long number, int count) {
            for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
                put((byte) (number >>> shift));
            }
        }

        /// @param number unsigned
        void varint(long number) {
            long rest = number;
            while (rest >>> 7 != 0) {
                put((byte) (rest | 0x80));
                rest >>>= 7;
            }
            put((byte) rest);
        }

        private void put(byte b) {
            if (size == data.length) {
                data = Arrays.copyOf(data, 2 * size);
            }
            data[size++] = b;
        }

        byte[] toBytes() {
            return Arrays.copyOf(data, size);
        }
    }

    /// Takes numbers, and never more than there are.
    static final class Reader {
        private final byte[] data;
        private final String where;
        private int at;

        Reader(byte[] data, String where) {
            this.data = data;
            this.where = where;
        }

        int left() {
            return data.length - at;
        }

        /// @param count 1 to 8
        long bytes(int count) throws IOException {
            long number = 0;
            for (int i = 0; i < count; i++) {
                number = number << 8 | next();
            }
            return number;
        }

        /// @return unsigned
        long varint() throws IOException {
            long number = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                int b = next();
                // Of the tenth byte, one bit fits.
                if ((shift == 63 && b > 1) || (shift > 0 && b == 0)) {
                    break;
                }
                number |= (b & 0x7FL) << shift;
                if (b < 0x80) {
                    return number;
                }
            }
            throw broken("a number is not as short as it can be, or too large");
        }

        private int next() throws IOException {
            if (at == data.length) {
                throw broken("it ends too early");
            }
            return data[at++] & 0xFF;
        }

        IOException broken(String what) {
            return new IOException(where + " is not the patch of a supervoxel: " + what);
        }
    }
}
