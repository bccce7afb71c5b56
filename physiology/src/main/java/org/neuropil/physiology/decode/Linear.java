package org.neuropil.physiology.decode;

/// Scores that are weighted sums of responses.
///
/// @param weights by class, then cell; a row of length 0 for a class that was not learned
/// @param offsets by class
record Linear(double[][] weights, double[] offsets) implements Decoder.Trained {
    @Override
    public double[] scores(double[] row) {
        double[] scores = new double[offsets.length];
        for (int k = 0; k < scores.length; k++) {
            scores[k] = offsets[k] == Double.NEGATIVE_INFINITY ? offsets[k] : offsets[k] + dot(weights[k], row);
        }
        return scores;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }
}
