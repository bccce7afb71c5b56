package org.neuropil.volume.sharded;

/// MurmurHash3_x86_128 of Austin Appleby for keys of 8 bytes: all that the sharded format needs of it.
final class Murmur {
    private static final int C1 = 0x239b961b;
    private static final int C2 = 0xab0e9789;
    private static final int C3 = 0x38b34ae5;
    private static final int LENGTH = 8;

    private Murmur() {}

    /// The low 64 bits of the hash of a key's little-endian bytes, with seed 0.
    static long hash(long key) {
        // No whole block of 16 bytes: only the tail's steps, for bytes 0 to 3 and 4 to 7.
        int h1 = Integer.rotateLeft((int) key * C1, 15) * C2 ^ LENGTH;
        int h2 = Integer.rotateLeft((int) (key >>> 32) * C2, 16) * C3 ^ LENGTH;
        // The third and the fourth word of the state stay equal throughout.
        int h3 = LENGTH;
        h1 += h2 + h3 + h3;
        h2 += h1;
        h3 += h1;
        h1 = mix(h1);
        h2 = mix(h2);
        h3 = mix(h3);
        h1 += h2 + h3 + h3;
        h2 += h1;
        return h1 & 0xffffffffL | (long) h2 << 32;
    }

    private static int mix(int h) {
        h = (h ^ h >>> 16) * 0x85ebca6b;
        h = (h ^ h >>> 13) * 0xc2b2ae35;
        return h ^ h >>> 16;
    }
}
