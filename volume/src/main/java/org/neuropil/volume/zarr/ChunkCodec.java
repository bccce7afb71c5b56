package org.neuropil.volume.zarr;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;

import org.neuropil.volume.codec.ByteCodec;

/// How a chunk's elements become bytes.
///
/// @param order dimensions in the order of storage, the fastest last
/// @param bigEndian how the bytes of an element follow each other
/// @param steps what is done to the bytes, in order of writing
record ChunkCodec(int[] order, boolean bigEndian, List<ByteCodec> steps) implements Serializable {
    /// Elements from one to the next along each dimension.
    int[] strides(int[] shape) {
        return strides(order, shape);
    }

    static int[] strides(int[] order, int[] shape) {
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int i = order.length - 1; i >= 0; i--) {
            strides[order[i]] = stride;
            stride = Math.multiplyExact(stride, shape[order[i]]);
        }
        return strides;
    }

    byte[] encode(byte[] plain) {
        return encode(steps, plain);
    }

    static byte[] encode(List<ByteCodec> steps, byte[] plain) {
        byte[] bytes = plain;
        for (ByteCodec step : steps) {
            bytes = step.encode(bytes);
        }
        return bytes;
    }

    /// @param length of the plain bytes
    /// @throws IOException if there are others; the message goes after the chunk's name
    byte[] decode(byte[] stored, int length) throws IOException {
        byte[] bytes = decode(steps, stored, length);
        if (bytes.length != length) {
            throw new IOException("has " + bytes.length + " bytes in place of " + length);
        }
        return bytes;
    }

    static byte[] decode(List<ByteCodec> steps, byte[] stored, int most) throws IOException {
        int[] limits = new int[steps.size()];
        for (int i = 0, limit = most; i < limits.length; i++, limit = ByteCodec.mostEncoded(limit)) {
            limits[i] = limit;
        }
        byte[] bytes = stored;
        for (int i = limits.length - 1; i >= 0; i--) {
            bytes = steps.get(i).decode(bytes, limits[i]);
        }
        return bytes;
    }
}
