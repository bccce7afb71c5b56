package org.neuropil.graph.store;

import java.nio.ByteBuffer;
import java.util.Random;

/// Keys and values of tests.
final class Bytes {
    private Bytes() {}

    static byte[] of(int... bytes) {
        byte[] array = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            array[i] = (byte) bytes[i];
        }
        return array;
    }

    static byte[] number(long number) {
        return ByteBuffer.allocate(8).putLong(number).array();
    }

    static long number(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong();
    }

    static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
