package org.neuropil.physiology.decode;

import java.util.Random;

/// Made trials.
final class Worlds {
    private Worlds() {}

    /// Trials of classes in turn, of cells with unit noise.
    ///
    /// @param means by class, then cell
    static double[][] gaussian(double[][] means, int trials, long seed) {
        Random random = new Random(seed);
        double[][] rows = new double[trials][means[0].length];
        for (int t = 0; t < trials; t++) {
            for (int j = 0; j < rows[t].length; j++) {
                rows[t][j] = means[t % means.length][j] + random.nextGaussian();
            }
        }
        return rows;
    }

    /// Means of classes drawn from a Gaussian.
    static double[][] means(int classes, int cells, double spread, long seed) {
        double[][] means = gaussian(new double[1][cells], classes, seed);
        for (double[] row : means) {
            for (int j = 0; j < cells; j++) {
                row[j] *= spread;
            }
        }
        return means;
    }

    /// 0, 1, 2, ... again and again.
    static int[] labels(int trials, int classes) {
        int[] labels = new int[trials];
        for (int t = 0; t < trials; t++) {
            labels[t] = t % classes;
        }
        return labels;
    }
}
