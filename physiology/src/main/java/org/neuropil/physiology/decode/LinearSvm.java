package org.neuropil.physiology.decode;

import java.util.Arrays;

/// Linear support vector machines, one against the rest for each class. Weights w and offset b make
/// `(|w|^2 + b^2) / 2 + cost * sum of max(0, 1 - y (w x + b))^2` least, with y = 1 for trials of the class and -1 for
/// others; so the offset is penalised like a weight of a cell that is always 1. The highest `w x + b` wins; of two classes
/// the second one if its is above 0. What scikit-learn calls `LinearSVC` (squared hinge, intercept scaling 1).
///
/// The least is unique and is found to rounding ([SquaredHinge]), so that there is no tolerance to choose.
///
/// @param cost of errors, above 0; scikit-learn's C
public record LinearSvm(double cost) implements Decoder {
    /// @throws IllegalArgumentException if the cost is not above 0
    public LinearSvm {
        if (!(cost > 0 && cost < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("cost " + cost);
        }
    }

    @Override
    public Trained train(double[][] rows, int[] labels, int classes) {
        int p = rows[0].length;
        boolean[] seen = new boolean[classes];
        for (int label : labels) {
            seen[label] = true;
        }
        SquaredHinge problem = SquaredHinge.of(rows, cost);
        double[][] weights = new double[classes][0];
        double[] offsets = new double[classes];
        Arrays.fill(offsets, Double.NEGATIVE_INFINITY);
        for (int k = 0; k < classes; k++) {
            if (seen[k]) {
                double[] both = classes == 2 && k == 0 && seen[1]
                        ? negative(problem.solve(signs(labels, 1)))
                        : problem.solve(signs(labels, k));
                weights[k] = Arrays.copyOf(both, p);
                offsets[k] = both[p];
            }
        }
        return new Linear(weights, offsets);
    }

    private static double[] signs(int[] labels, int label) {
        return Arrays.stream(labels).mapToDouble(own -> own == label ? 1 : -1).toArray();
    }

    private static double[] negative(double[] values) {
        return Arrays.stream(values).map(value -> -value).toArray();
    }
}
