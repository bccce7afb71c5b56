package org.neuropil.coregister.fit;

import java.util.Arrays;
import java.util.Random;

/// Points for tests.
final class Clouds {
    private Clouds() {}

    /// Points in a slab of 1000 x 1500 x 400, as those of landmarks in µm.
    static double[] points(int n, long seed) {
        Random random = new Random(seed);
        double[] points = new double[3 * n];
        for (int i = 0; i < n; i++) {
            points[3 * i] = 1000 * random.nextDouble();
            points[3 * i + 1] = 1500 * random.nextDouble();
            points[3 * i + 2] = 400 * random.nextDouble();
        }
        return points;
    }

    /// Where such points come to lie: turned, stretched, bent, and with noise.
    static double[] bent(double[] points, double noise, long seed) {
        Random random = new Random(seed);
        double[] bent = new double[points.length];
        for (int i = 0; i < points.length; i += 3) {
            double x = points[i];
            double y = points[i + 1];
            double z = points[i + 2];
            bent[i] = 0.9 * y + 0.1 * z + 15 * Math.sin(x / 150) + noise * random.nextGaussian();
            bent[i + 1] = -1.1 * x + 0.02 * y + 10 * Math.cos(y / 200) + noise * random.nextGaussian();
            bent[i + 2] = 1.3 * z - 0.05 * x + 8 * Math.sin((x + z) / 180) + noise * random.nextGaussian();
        }
        return bent;
    }

    /// One coordinate of each point.
    static double[] axis(double[] points, int axis) {
        double[] values = new double[points.length / 3];
        for (int i = 0; i < values.length; i++) {
            values[i] = points[3 * i + axis];
        }
        return values;
    }

    /// Those points that are not in a group, or those that are.
    static double[] some(double[] points, Folds folds, int fold, boolean inIt) {
        double[] some = new double[points.length];
        int at = 0;
        for (int i = 0; i < points.length / 3; i++) {
            if (folds.of()[i] == fold == inIt) {
                System.arraycopy(points, 3 * i, some, at, 3);
                at += 3;
            }
        }
        return Arrays.copyOf(some, at);
    }
}
