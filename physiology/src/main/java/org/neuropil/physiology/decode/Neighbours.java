package org.neuropil.physiology.decode;

import java.util.Arrays;

/// The k nearest of the trials that were seen, by Euclidean distance, vote with equal weight; of classes with equal votes the
/// first wins. With fewer trials than k all vote. What scikit-learn calls `KNeighborsClassifier`.
///
/// Which of several trials of one distance are among the k is decided as in its brute search: trials are taken in the order
/// of time, and one takes the place of the root of a heap of the k best so far if it is nearer than that.
///
/// @param k how many, at least 1
public record Neighbours(int k) implements Decoder {
    /// As many as scikit-learn takes if it is not told.
    public static final int DEFAULT = 5;

    /// @throws IllegalArgumentException if k is not at least 1
    public Neighbours {
        if (k < 1) {
            throw new IllegalArgumentException(k + " neighbours");
        }
    }

    @Override
    public Trained train(double[][] rows, int[] labels, int classes) {
        int[] known = labels.clone();
        boolean[] seen = new boolean[classes];
        for (int label : known) {
            seen[label] = true;
        }
        return row -> votes(rows, known, seen, row);
    }

    private double[] votes(double[][] rows, int[] labels, boolean[] seen, double[] row) {
        int size = Math.min(k, rows.length);
        double[] distances = new double[size];
        int[] trials = new int[size];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
        for (int t = 0; t < rows.length; t++) {
            push(distances, trials, distance(rows[t], row, distances[0]), t);
        }
        double[] votes = new double[seen.length];
        for (int i = 0; i < votes.length; i++) {
            votes[i] = seen[i] ? 0 : Double.NEGATIVE_INFINITY;
        }
        for (int trial : trials) {
            votes[labels[trial]]++;
        }
        return votes;
    }

    /// The squared distance, or something that is not below the limit if that is not.
    private static double distance(double[] a, double[] b, double limit) {
        double sum = 0;
        for (int j = 0; j < a.length && sum < limit; j++) {
            sum += (a[j] - b[j]) * (a[j] - b[j]);
        }
        return sum;
    }

    /// Puts a trial in place of the farthest one, which is the heap's root, if it is nearer; of two children the farther one
    /// moves up, the left one if they are equally far.
    private static void push(double[] distances, int[] trials, double distance, int trial) {
        if (!(distance < distances[0])) {
            return;
        }
        int at = 0;
        while (true) {
            int left = 2 * at + 1;
            int right = left + 1;
            if (left >= distances.length) {
                break;
            }
            int farther = right < distances.length && distances[right] > distances[left] ? right : left;
            if (distances[farther] <= distance) {
                break;
            }
            distances[at] = distances[farther];
            trials[at] = trials[farther];
            at = farther;
        }
        distances[at] = distance;
        trials[at] = trial;
    }
}
