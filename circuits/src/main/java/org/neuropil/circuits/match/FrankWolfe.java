package org.neuropil.circuits.match;

import java.util.Arrays;

/// Matching of graphs without seeds: the sum of products of the weights of matched edges is made large over doubly stochastic
/// matrices by Frank and Wolfe's method with an exact line search, from the matrix whose entries are all equal (Vogelstein et
/// al. 2015, PLoS ONE 10:e0121002); edges that cross count as those within a side (Pedigo et al. 2022, Network Neuroscience
/// 7:522). No random numbers.
final class FrankWolfe {
    /// Steps at most; 15 to 25 are usual.
    private static final int STEPS = 60;
    /// Root of the mean square change of a row at which it ends.
    private static final double STILL = 0.02;

    private FrankWolfe() {}

    /// @param table what an edge of each class is worth beside one of another
    /// @return probabilities, row-major
    static double[] match(PairScore score, double[][] table, int threads) {
        int n = score.size();
        double[] p = new double[n * n];
        Arrays.fill(p, 1.0 / n);
        double[] s = score.of(p, table, table, threads);
        for (int step = 0; step < STEPS; step++) {
            double[] q = permutation(DenseAssignment.of(n, s));
            double[] sq = score.of(q, table, table, threads);
            // The score of p + a (q - p) is a parabola in a.
            double slope = 0;
            double bend = 0;
            double change = 0;
            for (int i = 0; i < q.length; i++) {
                double d = q[i] - p[i];
                slope += d * s[i];
                bend += d * (sq[i] - s[i]);
                change += d * d;
            }
            double a = bend < 0 ? Math.clamp(-slope / bend, 0, 1) : 1;
            for (int i = 0; i < q.length; i++) {
                p[i] += a * (q[i] - p[i]);
                s[i] += a * (sq[i] - s[i]);
            }
            if (a * Math.sqrt(change / n) < STILL) {
                break;
            }
        }
        return p;
    }

    /// A matrix with a one in each row.
    static double[] permutation(int[] columns) {
        int n = columns.length;
        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++) {
            matrix[i * n + columns[i]] = 1;
        }
        return matrix;
    }
}
