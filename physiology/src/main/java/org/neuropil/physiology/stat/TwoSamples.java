package org.neuropil.physiology.stat;

import java.util.Arrays;

/// Tests of two samples. Hipparchus has this one, too, but says 0 where two samples do not overlap at all.
public final class TwoSamples {
    private TwoSamples() {}

    /// The exact probability of a two-sided Kolmogorov-Smirnov distance at least as large as that of two samples, if both come
    /// from one distribution without ties: the share of all orders of both samples whose distribution functions come so far
    /// apart (Hodges 1958, counted along the lattice of their paths).
    ///
    /// @param a a sample, not empty, no value NaN
    /// @param b another one, likewise
    public static double kolmogorovSmirnov(double[] a, double[] b) {
        int n = a.length;
        int m = b.length;
        long distance = distance(a, b);
        // By paths to (i, j): the share of those that came so far apart.
        double[] share = new double[m + 1];
        for (int i = 0; i <= n; i++) {
            for (int j = 0; j <= m; j++) {
                if (Math.abs((long) i * m - (long) j * n) >= distance) {
                    share[j] = 1;
                } else if (i + j == 0) {
                    share[j] = 0;
                } else {
                    double before = j == 0 ? 0 : share[j - 1] * j / (i + j);
                    share[j] = (i == 0 ? 0 : share[j] * i / (i + j)) + before;
                }
            }
        }
        return share[m];
    }

    /// The largest distance of the two distribution functions, times both sizes: a whole number, so that nothing is rounded.
    private static long distance(double[] a, double[] b) {
        double[] one = a.clone();
        double[] other = b.clone();
        Arrays.sort(one);
        Arrays.sort(other);
        long largest = 0;
        int i = 0;
        int j = 0;
        while (i < one.length && j < other.length) {
            double at = Math.min(one[i], other[j]);
            while (i < one.length && one[i] <= at) {
                i++;
            }
            while (j < other.length && other[j] <= at) {
                j++;
            }
            largest = Math.max(largest, Math.abs((long) i * other.length - (long) j * one.length));
        }
        return largest;
    }
}
