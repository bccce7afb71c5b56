package org.neuropil.coregister.fit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// How far a map is off at points that it was not fitted to, in the unit of the target space (micrometres in models).
///
/// @param points how many
/// @param median of the distances
/// @param p90 their 90th percentile
/// @param mean their mean
/// @param axisMedian median of the absolute differences along x, y and z
/// @param axisP90 their 90th percentiles
public record HeldOut(int points, double median, double p90, double mean, List<Double> axisMedian,
        List<Double> axisP90) {
    /// @param residuals of each axis, of each point: 3 x n
    static HeldOut of(double[][] residuals) {
        int n = residuals[0].length;
        double[] distances = new double[n];
        double mean = 0;
        for (int i = 0; i < n; i++) {
            distances[i] = Math.sqrt(residuals[0][i] * residuals[0][i] + residuals[1][i] * residuals[1][i]
                    + residuals[2][i] * residuals[2][i]);
            mean += distances[i] / n;
        }
        double[][] sizes = Arrays.stream(residuals).map(axis -> Arrays.stream(axis).map(Math::abs).toArray())
                .toArray(double[][]::new);
        return new HeldOut(n, percentile(distances, 50), percentile(distances, 90), mean,
                IntStream.range(0, 3).mapToObj(axis -> percentile(sizes[axis], 50)).toList(),
                IntStream.range(0, 3).mapToObj(axis -> percentile(sizes[axis], 90)).toList());
    }

    /// Between the two values that are nearest in rank, linearly.
    ///
    /// @param values at least one
    static double percentile(double[] values, double percent) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double rank = percent / 100 * (sorted.length - 1);
        int below = (int) Math.floor(rank);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }
}
