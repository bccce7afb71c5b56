package org.neuropil.coregister.match;

import java.util.Random;

/// The nuclei that cells may be matched to, and how they lie: how dense around each, and how far from each other.
///
/// @param points x, y, z of each
/// @param tree the same
/// @param density of nuclei around each, per cubic micrometre
/// @param low corner of the box that holds all
/// @param high the other corner
/// @param gaps how near nuclei come to each other
@SuppressWarnings("ArrayRecordComponent")
public record Nuclei(double[] points, PointTree tree, double[] density, double[] low, double[] high, Gaps gaps) {
    /// Neighbours that a density is told from: enough that chance counts for an eighth of it.
    static final int NEIGHBOURS = 64;
    private static final int SAMPLES = 20_000;
    private static final int BALL = 128;
    /// Where all nuclei lie in one plane, no place is in the box.
    private static final int TRIES = 100;
    private static final long SEED = 1;

    /// Looks at nuclei.
    ///
    /// @param points x, y, z of each; at least two
    public static Nuclei of(double[] points) {
        int n = points.length / 3;
        if (n < 2) {
            throw new IllegalArgumentException(n + " nuclei");
        }
        double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int i = 0; i < points.length; i++) {
            low[i % 3] = Math.min(low[i % 3], points[i]);
            high[i % 3] = Math.max(high[i % 3], points[i]);
        }
        PointTree tree = PointTree.of(points);
        double[] reach = new double[n];
        double[] next = new double[n];
        PointTree.Found found = new PointTree.Found(Math.min(NEIGHBOURS, n - 1) + 1);
        double[] density = new double[n];
        double[] ball = ball();
        for (int i = 0; i < n; i++) {
            tree.nearest(points[3 * i], points[3 * i + 1], points[3 * i + 2], found);
            next[i] = found.distance(1);
            // Twins make no infinite density.
            reach[i] = Math.max(found.distance(found.size() - 1), 1);
            double volume = 4 * Math.PI / 3 * reach[i] * reach[i] * reach[i];
            density[i] = (found.size() - 1) / (volume * inside(points, i, reach[i], low, high, ball));
        }
        return new Nuclei(points, tree, density, low, high, Gaps.of(next, empty(points, reach, tree, low, high)));
    }

    /// How many there are.
    public int size() {
        return density.length;
    }

    /// True if a place is within the box of all nuclei.
    boolean holds(double x, double y, double z) {
        return x >= low[0] && x <= high[0] && y >= low[1] && y <= high[1] && z >= low[2] && z <= high[2];
    }

    /// The share of a ball that lies within the box: at its faces there is nothing to be seen beyond.
    private static double inside(double[] points, int i, double radius, double[] low, double[] high, double[] ball) {
        boolean whole = true;
        for (int axis = 0; axis < 3; axis++) {
            double at = points[3 * i + axis];
            whole &= at - radius >= low[axis] && at + radius <= high[axis];
        }
        if (whole) {
            return 1;
        }
        int count = 0;
        for (int k = 0; k < ball.length; k += 3) {
            boolean in = true;
            for (int axis = 0; axis < 3; axis++) {
                double at = points[3 * i + axis] + radius * ball[k + axis];
                in &= at >= low[axis] && at <= high[axis];
            }
            count += in ? 1 : 0;
        }
        return Math.max(count, 1) / (double) (ball.length / 3);
    }

    private static double[] ball() {
        Random random = new Random(SEED);
        double[] ball = new double[3 * BALL];
        for (int i = 0; i < BALL; i++) {
            inBall(random, ball, 3 * i);
        }
        return ball;
    }

    private static void inBall(Random random, double[] into, int at) {
        double square;
        do {
            square = 0;
            for (int axis = 0; axis < 3; axis++) {
                into[at + axis] = 2 * random.nextDouble() - 1;
                square += into[at + axis] * into[at + axis];
            }
        } while (square > 1);
    }

    /// How far it is to the nearest nucleus from places that were drawn as dense as nuclei are.
    private static double[] empty(double[] points, double[] reach, PointTree tree, double[] low, double[] high) {
        Random random = new Random(SEED);
        double[] off = new double[3];
        double[] distances = new double[SAMPLES];
        PointTree.Found found = new PointTree.Found(1);
        for (int s = 0; s < SAMPLES; s++) {
            double[] at = new double[3];
            boolean in = false;
            for (int tries = 0; !in && tries < TRIES; tries++) {
                int i = random.nextInt(reach.length);
                inBall(random, off, 0);
                in = true;
                for (int axis = 0; axis < 3; axis++) {
                    at[axis] = points[3 * i + axis] + reach[i] * off[axis];
                    in &= at[axis] >= low[axis] && at[axis] <= high[axis];
                }
            }
            tree.nearest(at[0], at[1], at[2], found);
            distances[s] = found.distance(0);
        }
        return distances;
    }
}
