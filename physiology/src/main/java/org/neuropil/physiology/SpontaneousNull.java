package org.neuropil.physiology;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

import org.neuropil.physiology.stat.Values;

/// What a response would be by chance: means over windows at random times of spontaneous activity, as long as a trial's.
/// Seeded: the same windows come again. The random bits are SplitMix64's (Steele, Lea and Flood 2014).
public final class SpontaneousNull {
    /// Draws for gratings.
    public static final int GRATINGS = 2_500;
    /// Draws for other stimuli.
    public static final int OTHERS = 10_000;

    private final double[] windows;
    private final Draws draws;
    private final double[] sorted;

    /// Which windows are drawn: numbers that depend on how many there are alone, so that the cells of a plane share them.
    /// Safe for use by several threads.
    public static final class Draws {
        private static final int KEPT = 24;

        private final int count;
        private final long seed;
        private final Map<List<Integer>, int[]> drawn = new ConcurrentHashMap<>();

        /// @param count how many are drawn, at least 1
        /// @param seed another one draws others
        public Draws(int count, long seed) {
            if (count < 1) {
                throw new IllegalArgumentException(count + " draws");
            }
            this.count = count;
            this.seed = seed;
        }

        /// Draw by draw, the numbers of its windows.
        private int[] of(int windows, int trials) {
            List<Integer> key = List.of(windows, trials);
            int[] known = drawn.get(key);
            // Cells that lack frames of their own have windows of their own; those are not kept for others.
            return known != null
                    ? known
                    : drawn.size() < KEPT
                            ? drawn.computeIfAbsent(key, _ -> draw(windows, trials))
                            : draw(windows, trials);
        }

        private int[] draw(int windows, int trials) {
            SplittableRandom random = new SplittableRandom(seed);
            int[] numbers = new int[Math.multiplyExact(count, trials)];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = Resampled.below(random, windows);
            }
            return numbers;
        }
    }

    /// @param windows the mean of each window that can be drawn; those that are NaN are never drawn
    /// @param draws how many are drawn, at least 1
    /// @param seed another one draws others
    public SpontaneousNull(double[] windows, int draws, long seed) {
        this(windows, new Draws(draws, seed));
    }

    /// As the other one, with draws that several cells share.
    public SpontaneousNull(double[] windows, Draws draws) {
        this.windows = Values.present(windows);
        this.draws = draws;
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
        int[] drawn = draws.of(windows.length, trials);
        double[] means = new double[draws.count];
        for (int i = 0; i < means.length; i++) {
            double sum = 0;
            for (int k = i * trials; k < (i + 1) * trials; k++) {
                sum += windows[drawn[k]];
            }
            means[i] = sum / trials;
        }
        return means;
    }

    /// The value below which a share of single windows lies, linear between neighbours; NaN if the epoch holds no window.
    public double quantile(double share) {
        return Values.quantile(sorted, share);
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
