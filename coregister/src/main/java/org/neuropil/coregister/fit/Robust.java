package org.neuropil.coregister.fit;

import java.util.Arrays;

/// Trusts landmarks the less, the further they are off from what the others say: one step of the usual reweighting for
/// errors of Student's t distribution (Lange et al. 1989, JASA 84), on errors at points left out.
final class Robust {
    /// Degrees of freedom: tails as heavy as is customary.
    private static final double FREEDOM = 3;
    /// Median absolute deviation of a normal distribution whose standard deviation is 1.
    private static final double MEDIAN = 0.6745;

    private Robust() {}

    /// @param standard residuals over their expected spread: axes x n
    /// @param kept points that count
    /// @return noise of each of these, as a factor of the smoothing; 1 if all are off alike
    static double[] noise(double[][] standard, int[] kept) {
        double[] squares = new double[kept.length];
        for (double[] axis : standard) {
            double[] sizes = Arrays.stream(kept).mapToDouble(i -> Math.abs(axis[i])).toArray();
            double sigma = HeldOut.percentile(sizes, 50) / MEDIAN;
            for (int i = 0; i < kept.length && sigma > 0; i++) {
                squares[i] += sizes[i] / sigma * (sizes[i] / sigma);
            }
        }
        double[] weights = new double[kept.length];
        double mean = 0;
        for (int i = 0; i < kept.length; i++) {
            weights[i] = (FREEDOM + standard.length) / (FREEDOM + squares[i]);
            mean += weights[i] / kept.length;
        }
        double[] noise = new double[kept.length];
        for (int i = 0; i < kept.length; i++) {
            noise[i] = mean / weights[i];
        }
        return noise;
    }
}
