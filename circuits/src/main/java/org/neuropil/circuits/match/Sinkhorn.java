package org.neuropil.circuits.match;

import java.util.Arrays;

/// Scores as probabilities of pairs whose rows and columns sum to one: exp(S / t), its rows and columns scaled in turns
/// (Sinkhorn and Knopp 1967, Pacific Journal of Mathematics 21). Of all doubly stochastic matrices it has the largest sum of
/// P · S / t and entropy.
final class Sinkhorn {
    private static final int ROUNDS = 40;
    /// Keeps columns that no row wants from being empty.
    private static final double LEAST = 1e-100;

    private Sinkhorn() {}

    /// @param s scores, row-major
    /// @param t temperature, above 0, in units of the scores
    /// @return probabilities; columns sum to one exactly, rows nearly
    static double[] of(int n, double[] s, double t) {
        double[] p = new double[n * n];
        for (int i = 0; i < n; i++) {
            double most = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < n; j++) {
                most = Math.max(most, s[i * n + j]);
            }
            for (int j = 0; j < n; j++) {
                p[i * n + j] = StrictMath.exp((s[i * n + j] - most) / t) + LEAST;
            }
        }
        double[] sums = new double[n];
        for (int round = 0; round < ROUNDS; round++) {
            Arrays.fill(sums, 0);
            for (int i = 0; i < n; i++) {
                double sum = 0;
                for (int j = 0; j < n; j++) {
                    sum += p[i * n + j];
                }
                double scale = 1 / sum;
                for (int j = 0; j < n; j++) {
                    double value = p[i * n + j] * scale;
                    p[i * n + j] = value;
                    sums[j] += value;
                }
            }
            for (int j = 0; j < n; j++) {
                sums[j] = 1 / sums[j];
            }
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    p[i * n + j] *= sums[j];
                }
            }
        }
        return p;
    }
}
