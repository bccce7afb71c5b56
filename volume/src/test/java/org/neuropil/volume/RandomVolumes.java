package org.neuropil.volume;

import java.util.Arrays;
import java.util.Random;

import org.neuropil.space.Int3;

/// Volumes of random voxels, for tests of formats.
public final class RandomVolumes {
    private RandomVolumes() {}

    /// A size or position of 1 to `edge` on each axis.
    public static Int3 point(Random random, int edge) {
        return new Int3(1 + random.nextInt(edge), 1 + random.nextInt(edge), 1 + random.nextInt(edge));
    }

    /// Fills a block with voxels of all magnitudes, in runs of equal ones.
    public static Block fill(Block block, Random random) {
        int run = 1 + random.nextInt(9);
        int n = block.box().voxels();
        long bits = 0;
        for (int i = 0; i < n; i++) {
            if (i % run == 0) {
                bits = random.nextLong() >> random.nextInt(64);
            }
            switch (block) {
                case Block.Bytes b -> b.data()[i] = (byte) bits;
                case Block.Shorts b -> b.data()[i] = (short) bits;
                case Block.Ints b -> b.data()[i] = (int) bits;
                case Block.Longs b -> b.data()[i] = bits;
                case Block.Floats b -> b.data()[i] = bits / 8f;
                case Block.Doubles b -> b.data()[i] = bits / 8.0;
            }
        }
        return block;
    }

    /// A block that differs from another in nothing but its box, which is cut out or filled up with zeros.
    public static Block window(Block all, org.neuropil.space.Box box) {
        Block expected = Block.zeros(all.type(), box);
        expected.copyFrom(all);
        return expected;
    }

    /// Damages some of the bytes, or the length.
    public static byte[] damage(byte[] bytes, Random random) {
        byte[] damaged = random.nextInt(4) == 0
                ? Arrays.copyOf(bytes, random.nextInt(2 * bytes.length + 1))
                : bytes.clone();
        for (int i = random.nextInt(4); i >= 0 && damaged.length > 0; i--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        return damaged;
    }
}
