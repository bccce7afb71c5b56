package org.neuropil.physiology.decode;

/// Brings each cell to mean 0 and standard deviation 1 (divided by the number of trials), by trials that were seen. A cell
/// that is constant in them, but for rounding, keeps its unit.
///
/// @param means by cell
/// @param scales by cell, positive
public record Standardisation(double[] means, double[] scales) {
    private static final double EPSILON = Math.ulp(1.0);

    /// @param rows trials x cells, at least one trial
    public static Standardisation of(double[][] rows) {
        int n = rows.length;
        int p = rows[0].length;
        double[] means = new double[p];
        for (double[] row : rows) {
            for (int j = 0; j < p; j++) {
                means[j] += row[j];
            }
        }
        for (int j = 0; j < p; j++) {
            means[j] /= n;
        }
        double[] scales = new double[p];
        double[] rest = new double[p];
        for (double[] row : rows) {
            for (int j = 0; j < p; j++) {
                double off = row[j] - means[j];
                scales[j] += off * off;
                rest[j] += off;
            }
        }
        for (int j = 0; j < p; j++) {
            // What rounding left of the sum of distances is taken off.
            double variance = Math.max(0, (scales[j] - rest[j] * rest[j] / n) / n);
            double rounding = n * means[j] * EPSILON;
            scales[j] = variance <= n * EPSILON * variance + rounding * rounding ? 1 : Math.sqrt(variance);
        }
        return new Standardisation(means, scales);
    }

    /// The same trials, standardised.
    public double[][] apply(double[][] rows) {
        double[][] made = new double[rows.length][];
        for (int t = 0; t < rows.length; t++) {
            double[] row = rows[t].clone();
            for (int j = 0; j < row.length; j++) {
                row[j] = (row[j] - means[j]) / scales[j];
            }
            made[t] = row;
        }
        return made;
    }
}
