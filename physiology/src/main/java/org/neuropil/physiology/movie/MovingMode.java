package org.neuropil.physiology.movie;

import java.util.Arrays;

/// The most frequent value of a window that moves over a trace.
final class MovingMode {
    private MovingMode() {}

    /// The mode around each frame, of values rounded to whole numbers (halves to the even one; counted from the smallest value
    /// if that is negative). A frame's window goes from half a window before it, exclusive, to half a window after it,
    /// inclusive, as far as there are frames. A mode stays until another value is more frequent; when it loses a frame, the
    /// smallest of the most frequent values follows.
    ///
    /// @param trace NaN is skipped
    /// @param window frames, even
    /// @return NaN where all frames of the window are missing
    static double[] of(double[] trace, int window) {
        double least = 0;
        for (double value : trace) {
            least = value < least ? value : least;
        }
        double[] rounded = new double[trace.length];
        for (int i = 0; i < trace.length; i++) {
            rounded[i] = Math.rint(trace[i] - least);
        }
        double[] distinct = Arrays.stream(rounded).filter(value -> !Double.isNaN(value)).sorted().distinct().toArray();
        Frequencies counts = new Frequencies(distinct.length);
        double[] modes = new double[trace.length];
        int half = window / 2;
        for (int i = 0; i < Math.min(half, trace.length); i++) {
            counts.add(place(distinct, rounded[i]), 1);
        }
        int mode = counts.most();
        for (int i = 0; i < trace.length; i++) {
            if (i >= half) {
                int leaving = place(distinct, rounded[i - half]);
                counts.add(leaving, -1);
                mode = leaving == mode ? counts.most() : mode;
            }
            if (i + half < trace.length) {
                int coming = place(distinct, rounded[i + half]);
                counts.add(coming, 1);
                mode = coming >= 0 && (mode < 0 || counts.of(coming) > counts.of(mode)) ? coming : mode;
            }
            modes[i] = mode < 0 ? Double.NaN : distinct[mode] + least;
        }
        return modes;
    }

    private static int place(double[] distinct, double value) {
        return Double.isNaN(value) ? -1 : Arrays.binarySearch(distinct, value);
    }

    /// How often each value is there, with the first of the most frequent ones at the root of a tree of pairs.
    private static final class Frequencies {
        private final int leaves;
        private final int[] tree;
        private final int[] first;

        Frequencies(int values) {
            leaves = Math.max(1, Integer.highestOneBit(Math.max(1, values - 1)) << 1);
            tree = new int[2 * leaves];
            first = new int[2 * leaves];
            for (int i = 0; i < leaves; i++) {
                first[leaves + i] = i;
            }
            for (int i = leaves - 1; i > 0; i--) {
                first[i] = first[2 * i];
            }
        }

        int of(int value) {
            return tree[leaves + value];
        }

        void add(int value, int by) {
            if (value < 0) {
                return;
            }
            int at = leaves + value;
            tree[at] += by;
            for (at >>= 1; at > 0; at >>= 1) {
                int winner = tree[2 * at] >= tree[2 * at + 1] ? 2 * at : 2 * at + 1;
                tree[at] = tree[winner];
                first[at] = first[winner];
            }
        }

        /// -1 if there is no value at all.
        int most() {
            return tree[1] == 0 ? -1 : first[1];
        }
    }
}
