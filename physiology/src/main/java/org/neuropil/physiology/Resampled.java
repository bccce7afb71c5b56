package org.neuropil.physiology;

import java.util.SplittableRandom;

/// Trials that can be drawn anew.
///
/// @param <T> itself
@FunctionalInterface
public interface Resampled<T extends Resampled<T>> {
    /// As many trials of each condition, drawn with replacement among those that have a response; or as many of what else was
    /// measured again and again.
    T resample(SplittableRandom random);

    /// Whether there are enough to draw from, so that what is drawn tells a spread.
    default boolean isEnough() {
        return true;
    }

    /// A number from 0 (inclusive) to `bound` (exclusive): the upper half of the product of 64 random bits with `bound`.
    /// The bits are SplitMix64's, so that any other program can draw the same.
    static int below(SplittableRandom random, int bound) {
        return (int) Math.unsignedMultiplyHigh(random.nextLong(), bound);
    }

    /// As many of some numbers, drawn with replacement.
    static int[] draw(int[] among, SplittableRandom random) {
        int[] drawn = new int[among.length];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = among[below(random, among.length)];
        }
        return drawn;
    }
}
