package org.neuropil.physiology.field;

import java.util.Arrays;

/// The sums of one cell's responses to random sets of sweeps, by size of the set, so that the probability of many means can be
/// told without going through the sets again. Of the [SweepSets#MANY] sets those sums are kept alone that are needed to tell
/// small probabilities.
final class SetSums {
    /// Sizes that are kept; of more, some stand for their neighbours.
    private static final int SIZES = 128;

    private final int least;
    private final int step;
    private final double[][] few;
    private final double[][] many;

    /// @param responses of the cell
    /// @param least sweeps of a set, at least 1
    /// @param most sweeps of a set
    SetSums(NoiseResponses responses, SweepSets sets, int least, int most) {
        this.least = least;
        this.step = (most - least) / SIZES + 1;
        int sizes = (most - least) / step + 1;
        double[] values = new double[responses.sweeps()];
        for (int s = 0; s < values.length; s++) {
            values[s] = responses.value(s);
        }
        int stride = SweepSets.stride(values.length, most);
        few = new double[sizes][SweepSets.FEW];
        char[] drawn = sets.of(values.length, most, SweepSets.FEW);
        for (int set = 0; set < SweepSets.FEW; set++) {
            double sum = 0;
            int end = set * stride;
            for (int i = 0; i < sizes; i++) {
                for (int stop = set * stride + size(i); end < stop; end++) {
                    sum += values[drawn[end]];
                }
                few[i][set] = sum;
            }
        }
        many = new double[sizes][64];
        int[] counts = new int[sizes];
        double[] limits = new double[sizes];
        for (int i = 0; i < sizes; i++) {
            Arrays.sort(few[i]);
            // What more than RARE of the few reach is never looked for among the many.
            limits[i] = few[i][SweepSets.FEW - 1 - Fields.RARE];
        }
        char[] more = sets.of(values.length, most, SweepSets.MANY);
        for (int set = 0; set < SweepSets.MANY; set++) {
            double sum = 0;
            int end = set * stride;
            for (int i = 0; i < sizes; i++) {
                for (int stop = set * stride + size(i); end < stop; end++) {
                    sum += values[more[end]];
                }
                if (sum > limits[i]) {
                    if (counts[i] == many[i].length) {
                        many[i] = Arrays.copyOf(many[i], 2 * counts[i]);
                    }
                    many[i][counts[i]++] = sum;
                }
            }
        }
        for (int i = 0; i < sizes; i++) {
            many[i] = Arrays.copyOf(many[i], counts[i]);
            Arrays.sort(many[i]);
        }
    }

    private int size(int number) {
        return least + number * step;
    }

    /// The shares of sets whose mean reaches one: that of 5,000 as it is, and the one that is never too small
    /// ([Fields]).
    ///
    /// @param mean over some sweeps
    /// @param sweeps how many; if no sets of that size are here, those of the next size count
    /// @param rounding sums that are less by up to this are equal
    /// @param counted takes the first
    /// @param tested takes the second
    /// @param at where
    void shares(double mean, int sweeps, double rounding, double[] counted, double[] tested, int at) {
        int number = Math.clamp((sweeps - least) / step, 0, few.length - 1);
        double sum = mean * size(number) - rounding;
        int reached = reach(few[number], sum);
        counted[at] = reached / (double) SweepSets.FEW;
        tested[at] = reached > Fields.RARE
                ? (reached + 1.0) / (SweepSets.FEW + 1)
                : (reach(many[number], sum) + 1.0) / (SweepSets.MANY + 1);
    }

    /// How many reach a value.
    private static int reach(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return sorted.length - low;
    }
}
