package org.neuropil.physiology.decode;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.neuropil.physiology.Resampled;

/// What is left to chance, each time from a generator of its own, so that neither threads nor other draws change it.
final class Draws {
    private static final long ODD = 0x9E3779B97F4A7C15L;

    private Draws() {}

    /// A generator for a purpose.
    ///
    /// @param seed the user's
    /// @param purpose a word, then what tells draws apart
    static SplittableRandom random(long seed, String purpose, long... which) {
        long mixed = (seed ^ purpose.hashCode()) * ODD;
        for (long one : which) {
            mixed = ((mixed ^ mixed >>> 32) + one) * ODD;
        }
        return new SplittableRandom(mixed);
    }

    /// Shuffles in place, by Fisher and Yates.
    static void shuffle(int[] values, SplittableRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = Resampled.below(random, i + 1);
            int kept = values[i];
            values[i] = values[j];
            values[j] = kept;
        }
    }

    /// The numbers from 0 to `count` - 1, shuffled.
    static int[] order(int count, SplittableRandom random) {
        int[] order = IntStream.range(0, count).toArray();
        shuffle(order, random);
        return order;
    }
}
