package org.neuropil.physiology.stat;

import java.util.Arrays;

/// Correlation coefficients. Pairs of which one is missing (NaN) are left out.
public final class Correlation {
    private Correlation() {}

    /// Pearson's r.
    ///
    /// @param least how many pairs there have to be, at least 2
    /// @return NaN if there are fewer pairs, or one side is constant ([Values#isConstant(double[])])
    /// @throws IllegalArgumentException if the lengths differ
    public static double pearson(double[] a, double[] b, int least) {
        double[][] pairs = complete(a, b);
        return pairs[0].length < Math.max(2, least) ? Double.NaN : ofComplete(pairs[0], pairs[1]);
    }

    /// Spearman's rho: Pearson's r of ranks, equal values having the mean of their ranks.
    ///
    /// @param least how many pairs there have to be, at least 2
    /// @return NaN if there are fewer pairs, or one side is constant
    /// @throws IllegalArgumentException if the lengths differ
    public static double spearman(double[] a, double[] b, int least) {
        double[][] pairs = complete(a, b);
        return pairs[0].length < Math.max(2, least) || Values.isConstant(pairs[0]) || Values.isConstant(pairs[1])
                ? Double.NaN
                : ofComplete(ranks(pairs[0]), ranks(pairs[1]));
    }

    /// The mean of Pearson's r over all pairs of rows, those that are constant left out.
    ///
    /// @param rows of one length, without NaN
    /// @param sources what each row is of: two of the same are no pair
    /// @return NaN if there is no pair of rows that are not constant
    /// @throws IllegalArgumentException if there is not a source for each row
    public static double meanPairwise(double[][] rows, int[] sources) {
        if (rows.length != sources.length) {
            throw new IllegalArgumentException(rows.length + " rows and " + sources.length + " sources");
        }
        double[][] units = new double[rows.length][];
        int[] of = new int[rows.length];
        int count = 0;
        for (int i = 0; i < rows.length; i++) {
            if (!Values.isConstant(rows[i])) {
                of[count] = sources[i];
                units[count++] = unit(rows[i]);
            }
        }
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < i; j++) {
                if (of[i] != of[j]) {
                    sum += dot(units[i], units[j]);
                    pairs++;
                }
            }
        }
        return pairs == 0 ? Double.NaN : sum / pairs;
    }

    /// The rank of each value from 1 on; equal values have the mean of their ranks.
    ///
    /// @param values without NaN
    public static double[] ranks(double[] values) {
        double[] sorted = values.clone();
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] += 0.0; // -0 is 0
        }
        Arrays.sort(sorted);
        double[] ranks = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            ranks[i] = (below(sorted, values[i], false) + below(sorted, values[i], true) + 1) / 2.0;
        }
        return ranks;
    }

    /// How many are smaller, or not larger.
    private static int below(double[] sorted, double value, boolean orEqual) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value || orEqual && sorted[middle] == value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double[][] complete(double[] a, double[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException(a.length + " and " + b.length + " values");
        }
        double[][] kept = new double[2][a.length];
        int count = 0;
        for (int i = 0; i < a.length; i++) {
            if (!Double.isNaN(a[i]) && !Double.isNaN(b[i])) {
                kept[0][count] = a[i];
                kept[1][count++] = b[i];
            }
        }
        return new double[][]{Arrays.copyOf(kept[0], count), Arrays.copyOf(kept[1], count)};
    }

    private static double ofComplete(double[] a, double[] b) {
        return Values.isConstant(a) || Values.isConstant(b)
                ? Double.NaN
                : Math.clamp(dot(unit(a), unit(b)), -1.0, 1.0);
    }

    /// With mean 0 and length 1.
    private static double[] unit(double[] values) {
        double mean = Values.mean(values);
        double length = Math.sqrt(Values.squares(values));
        double[] unit = new double[values.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (values[i] - mean) / length;
        }
        return unit;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
