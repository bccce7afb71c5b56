package org.neuropil.circuits.match;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Small made sides.
final class SideWorlds {
    private SideWorlds() {}

    /// Each pair is connected with some probability; weights are 1, 2, 3, ... with probabilities that halve.
    static double[][] random(int rows, int columns, double density, SplittableRandom random) {
        double[][] weights = new double[rows][columns];
        for (double[] row : weights) {
            for (int j = 0; j < columns; j++) {
                if (random.nextDouble() < density) {
                    row[j] = 1 + Integer.numberOfTrailingZeros(random.nextInt() | 1 << 6);
                }
            }
        }
        return weights;
    }

    static WeightedEdges edges(double[][] weights, int columns) {
        int count = 0;
        int[] from = new int[weights.length * columns];
        int[] to = new int[from.length];
        double[] weight = new double[from.length];
        for (int i = 0; i < weights.length; i++) {
            for (int j = 0; j < columns; j++) {
                if (weights[i][j] > 0) {
                    from[count] = i;
                    to[count] = j;
                    weight[count++] = weights[i][j];
                }
            }
        }
        return WeightedEdges.of(weights.length, columns, Arrays.copyOf(from, count),
                Arrays.copyOf(to, count), Arrays.copyOf(weight, count));
    }

    static int[] permutation(int n, SplittableRandom random) {
        int[] permutation = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            permutation[i] = permutation[j];
            permutation[j] = i;
        }
        return permutation;
    }

    /// Two sides of which the right one is the left one, but for some edges that are taken away and put elsewhere; right cell i
    /// is left cell i.
    ///
    /// @param noise share of the edges that are moved
    static Sides copies(int n, double density, double noise, boolean crossing, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] within = random(n, n, density, random);
        double[][] across = random(n, n, crossing ? density / 2 : 0, random);
        return new Sides(edges(moved(within, noise, random), n), edges(moved(within, noise, random), n),
                edges(moved(across, noise, random), n), edges(moved(across, noise, random), n));
    }

    private static double[][] moved(double[][] weights, double noise, SplittableRandom random) {
        int n = weights.length;
        double[][] copy = new double[n][];
        for (int i = 0; i < n; i++) {
            copy[i] = weights[i].clone();
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (weights[i][j] > 0 && random.nextDouble() < noise) {
                    copy[i][j] = 0;
                    copy[random.nextInt(n)][random.nextInt(n)] = weights[i][j];
                }
            }
        }
        return copy;
    }
}
