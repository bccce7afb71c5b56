package org.neuropil.circuits.match;

import java.util.Arrays;

/// Weights in a few classes, so that what an edge of one weight says about an edge of another is a small table. Class k holds
/// what is at least bound k and below bound k + 1.
///
/// @param bounds ascending; the first is the smallest weight
record WeightClasses(double[] bounds) {
    /// Shares of all edges that lie below the bounds: half of the synapse counts of most connectomes are 1 or 2, and the few
    /// strong edges say most.
    private static final double[] SHARES = {0, 0.5, 0.65, 0.75, 0.83, 0.9, 0.95, 0.98};

    /// Classes of the weights of all edges together. Equal weights are in one class; there are at most eight.
    static WeightClasses of(WeightedEdges... edges) {
        double[] sorted = Arrays.stream(edges).flatMapToDouble(one -> Arrays.stream(one.sortedWeights())).sorted()
                .toArray();
        if (sorted.length == 0) {
            return new WeightClasses(new double[]{0});
        }
        double[] bounds = new double[SHARES.length];
        int count = 0;
        for (double share : SHARES) {
            double bound = sorted[(int) (share * (sorted.length - 1))];
            // A bound inside many equal weights would leave the class below it empty: the next larger weight begins one.
            if (count > 0 && bound <= bounds[count - 1]) {
                continue;
            }
            bounds[count++] = bound;
        }
        return new WeightClasses(Arrays.copyOf(bounds, count));
    }

    /// Number of classes.
    int count() {
        return bounds.length;
    }

    /// The class of a weight.
    int of(double weight) {
        int found = Arrays.binarySearch(bounds, weight);
        return Math.max(0, found >= 0 ? found : -found - 2);
    }

    /// The class of each edge.
    byte[] ofEach(WeightedEdges edges) {
        byte[] classes = new byte[edges.edges()];
        for (int e = 0; e < classes.length; e++) {
            classes[e] = (byte) of(edges.weight(e));
        }
        return classes;
    }
}
