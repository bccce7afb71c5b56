package org.neuropil.physiology;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.neuropil.physiology.stat.Values;

/// What a response would be by chance: means over windows at random times of spontaneous activity, as long as a trial's.
/// Seeded: the same windows come again. The random bits are SplitMix64's (Steele, Lea and Flood 2014).
public final class SpontaneousNull {
    /// Draws for gratings.
    public static final int GRATINGS = 2_500;
    /// Draws for other stimuli.
    public static final int OTHERS = 10_000;

    private final double[] windows;
    private final int draws;
    private final long seed;
    private final double[] sorted;

    /// @param windows the mean of each window that can be drawn; those that are NaN are never drawn
    /// @param draws how many are drawn, at least 1
    /// @param seed another one draws others
    public SpontaneousNull(double[] windows, int draws, long seed) {
        if (draws < 1) {
            throw new IllegalArgumentException(draws + " draws");
        }
        this.windows = Values.present(windows);
        this.draws = draws;
        this.seed = seed;
        this.sorted = means(1);
        Arrays.sort(sorted);
    }

    /// Of a trace.
    ///
    /// @param start of the spontaneous epoch, seconds
    /// @param stop of it
    /// @param frames of a window: the trial's length over the time between frames, rounded
    public static SpontaneousNull of(Trace trace, double start, double stop, int frames, int draws, long seed) {
        return new SpontaneousNull(trace.slidingMeans(start, stop, frames), draws, seed);
    }

    /// The means of groups of windows.
    ///
    /// @param trials windows of a group, drawn with replacement
    /// @return one mean for each draw; none if the epoch holds no window
    public double[] means(int trials) {
        if (windows.length == 0 || trials < 1) {
            return new double[0];
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] means = new double[draws];
        for (int i = 0; i < draws; i++) {
            double sum = 0;
            for (int k = 0; k < trials; k++) {
                sum += windows[Resampled.below(random, windows.length)];
            }
            means[i] = sum / trials;
        }
        return means;
    }

    /// The share of single windows whose mean is above a value; NaN if the epoch holds no window.
    public double above(double value) {
        if (sorted.length == 0 || Double.isNaN(value)) {
            return Double.NaN;
        }
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return (sorted.length - low) / (double) sorted.length;
    }
}
