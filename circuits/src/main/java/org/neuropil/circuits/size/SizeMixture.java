package org.neuropil.circuits.size;

import java.util.Arrays;

/// Sizes as one log-normal distribution beside a mixture of two: a group of synapses that were potentiated shows as a second
/// one (Dorkenwald et al. 2022; reference section F6). Fitted by expectation and maximisation, from the halves of the sorted
/// sizes.
///
/// @param n sizes above 0
/// @param mean of the log sizes
/// @param deviation standard deviation of the log sizes
/// @param share of the synapses in the upper of two groups
/// @param low mean of the log sizes of the lower group
/// @param lowDeviation standard deviation
/// @param high mean of the upper group
/// @param highDeviation standard deviation
/// @param gain Bayesian information criterion of one less that of two: above 10 says two, below 0 one
/// @param converged whether the search ended
public record SizeMixture(int n, double mean, double deviation, double share, double low, double lowDeviation,
        double high, double highDeviation, double gain, boolean converged) {
    private static final int MOST = 2000;
    private static final double REACHED = 1e-8;
    /// Of one deviation: a group cannot shrink to a point.
    private static final double NARROWEST = 0.05;
    private static final double LOG_2PI = Math.log(2 * Math.PI);

    /// Fits both.
    ///
    /// @param sizes those that are not above 0 are left out
    public static SizeMixture of(float[] sizes) {
        double[] x = new double[sizes.length];
        int n = 0;
        for (float size : sizes) {
            if (size > 0) {
                x[n++] = Math.log(size);
            }
        }
        x = Arrays.copyOf(x, n);
        Arrays.sort(x);
        double mean = Arrays.stream(x).average().orElse(Double.NaN);
        double squares = 0;
        for (double value : x) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = Math.sqrt(squares / n);
        if (n < 10 || !(deviation > 0)) {
            return new SizeMixture(n, mean, deviation, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN,
                    Double.NaN, false);
        }
        double one = -n * (0.5 * LOG_2PI + Math.log(deviation) + 0.5);
        double[] groups = {0.5, mean - 0.7 * deviation, 0.7 * deviation, mean + 0.7 * deviation, 0.7 * deviation};
        double likelihood = Double.NEGATIVE_INFINITY;
        boolean converged = false;
        for (int step = 0; step < MOST && !converged; step++) {
            double next = improve(x, groups, NARROWEST * deviation);
            converged = Math.abs(next - likelihood) < REACHED * n;
            likelihood = next;
        }
        // Two parameters beside five.
        double gain = -2 * one + 2 * Math.log(n) - (-2 * likelihood + 5 * Math.log(n));
        boolean swapped = groups[1] > groups[3];
        return new SizeMixture(n, mean, deviation, swapped ? 1 - groups[0] : groups[0], groups[swapped ? 3 : 1],
                groups[swapped ? 4 : 2], groups[swapped ? 1 : 3], groups[swapped ? 2 : 4], gain, converged);
    }

    /// One step; returns the log likelihood before it.
    ///
    /// @param groups share of the second, mean and deviation of the first, mean and deviation of the second
    private static double improve(double[] x, double[] groups, double narrowest) {
        double likelihood = 0;
        double weight = 0;
        double first = 0;
        double second = 0;
        double firstSquares = 0;
        double secondSquares = 0;
        double a = Math.log(1 - groups[0]) - Math.log(groups[2]) - 0.5 * LOG_2PI;
        double b = Math.log(groups[0]) - Math.log(groups[4]) - 0.5 * LOG_2PI;
        for (double value : x) {
            double u = (value - groups[1]) / groups[2];
            double v = (value - groups[3]) / groups[4];
            double p = a - 0.5 * u * u;
            double q = b - 0.5 * v * v;
            double top = Math.max(p, q);
            double both = top + Math.log(Math.exp(p - top) + Math.exp(q - top));
            likelihood += both;
            double upper = Math.exp(q - both);
            weight += upper;
            second += upper * value;
            secondSquares += upper * value * value;
            first += (1 - upper) * value;
            firstSquares += (1 - upper) * value * value;
        }
        double n = x.length;
        groups[0] = Math.clamp(weight / n, 1e-6, 1 - 1e-6);
        groups[1] = first / Math.max(1e-9, n - weight);
        groups[3] = second / Math.max(1e-9, weight);
        groups[2] = Math.max(narrowest,
                Math.sqrt(Math.max(0, firstSquares / Math.max(1e-9, n - weight) - groups[1] * groups[1])));
        groups[4] = Math.max(narrowest,
                Math.sqrt(Math.max(0, secondSquares / Math.max(1e-9, weight) - groups[3] * groups[3])));
        return likelihood;
    }

    /// The density of the mixture at a log size, per unit of the natural logarithm.
    public double density(double logSize) {
        return (1 - share) * normal(logSize, low, lowDeviation) + share * normal(logSize, high, highDeviation);
    }

    private static double normal(double x, double mean, double deviation) {
        double z = (x - mean) / deviation;
        return Math.exp(-0.5 * z * z) / (deviation * Math.sqrt(2 * Math.PI));
    }
}
