package org.neuropil.physiology.movie;

import java.util.Arrays;

/// Medians and percentiles of a window that moves over a trace frame by frame. A frame costs a number of steps that grows with
/// the logarithm of the window.
///
/// The trace is taken a window's length at a time: what the windows of that stretch hold is sorted once, and a Fenwick tree
/// over the sorted places counts what the window holds just now.
public final class Running {
    /// Shorter stretches are not worth being sorted by themselves.
    private static final int LEAST_STRETCH = 256;
    private static final int MEDIAN = -1;

    private Running() {}

    /// What a window finds beyond the ends of a trace.
    public enum Edge {
        /// Zeros, `mode='constant'` of scipy's filters.
        ZERO,
        /// The trace again, backwards from its last frame on: d c b a | a b c d | d c b a; scipy's `mode='reflect'`.
        REFLECT
    }

    /// The median of the frames that are not missing in a window around each frame; the mean of the two in the middle if they
    /// are even in number. Zeros beyond the ends count as frames.
    ///
    /// @param trace NaN is skipped
    /// @param window frames, odd
    /// @return NaN where all frames of the window are missing
    /// @throws IllegalArgumentException if the window is even or not positive
    public static double[] median(double[] trace, int window, Edge edge) {
        return moved(trace, window, edge, MEDIAN);
    }

    /// The percentile of the frames that are not missing in a window around each frame: of k sorted values that with number
    /// ⌊k · percent / 100⌋, counted from 0, as scipy's `percentile_filter` has it.
    ///
    /// @param percent 0 to 99
    /// @return NaN where all frames of the window are missing
    /// @throws IllegalArgumentException if the window is even or not positive
    public static double[] percentile(double[] trace, int window, int percent, Edge edge) {
        if (percent < 0 || percent > 99) {
            throw new IllegalArgumentException("percentile " + percent);
        }
        return moved(trace, window, edge, percent);
    }

    private static double[] moved(double[] trace, int window, Edge edge, int percent) {
        if (window < 1 || window % 2 == 0) {
            throw new IllegalArgumentException("a window of " + window + " frames");
        }
        double[] padded = padded(trace, window / 2, edge);
        double[] result = new double[trace.length];
        int stretch = Math.max(window, LEAST_STRETCH);
        Counts counts = new Counts(Math.min(padded.length, stretch + window - 1));
        for (int start = 0; start < trace.length; start += stretch) {
            int end = Math.min(trace.length, start + stretch);
            counts.take(padded, start, end + window - 1);
            for (int i = 0; i < window - 1; i++) {
                counts.add(i, 1);
            }
            for (int i = start; i < end; i++) {
                counts.add(i - start + window - 1, 1);
                result[i] = percent == MEDIAN ? counts.median() : counts.percentile(percent);
                counts.add(i - start, -1);
            }
        }
        return result;
    }

    private static double[] padded(double[] trace, int by, Edge edge) {
        double[] padded = new double[trace.length + 2 * by];
        System.arraycopy(trace, 0, padded, by, trace.length);
        if (edge == Edge.REFLECT && trace.length > 0) {
            int period = 2 * trace.length;
            for (int i = 0; i < padded.length; i++) {
                int at = Math.floorMod(i - by, period);
                padded[i] = trace[at < trace.length ? at : period - 1 - at];
            }
        }
        return padded;
    }

    /// How many of some sorted values a window holds.
    private static final class Counts {
        private final double[] sorted;
        /// Of each value of the stretch its place among the sorted ones, from 1 on; 0 for a missing one.
        private final int[] place;
        /// A Fenwick tree from 1 on.
        private final int[] tree;
        private int top;
        private int present;

        Counts(int most) {
            sorted = new double[most];
            place = new int[most];
            tree = new int[most + 1];
        }

        void take(double[] values, int from, int to) {
            int count = 0;
            for (int i = from; i < to; i++) {
                if (!Double.isNaN(values[i])) {
                    sorted[count++] = values[i];
                }
            }
            Arrays.sort(sorted, 0, count);
            for (int i = from; i < to; i++) {
                place[i - from] = Double.isNaN(values[i]) ? 0 : Arrays.binarySearch(sorted, 0, count, values[i]) + 1;
            }
            Arrays.fill(tree, 0);
            top = Integer.highestOneBit(Math.max(1, count));
            present = 0;
        }

        void add(int index, int by) {
            int at = place[index];
            if (at == 0) {
                return;
            }
            present += by;
            for (; at < tree.length; at += at & -at) {
                tree[at] += by;
            }
        }

        double median() {
            if (present == 0) {
                return Double.NaN;
            }
            double upper = get(present / 2);
            return present % 2 == 1 ? upper : (get(present / 2 - 1) + upper) / 2;
        }

        double percentile(int percent) {
            return present == 0 ? Double.NaN : get((int) ((long) present * percent / 100));
        }

        /// The value with this number, from 0 on, of those that the window holds.
        private double get(int number) {
            int at = 0;
            int left = number;
            for (int step = top; step > 0; step >>= 1) {
                int next = at + step;
                if (next < tree.length && tree[next] <= left) {
                    at = next;
                    left -= tree[next];
                }
            }
            return sorted[at];
        }
    }
}
