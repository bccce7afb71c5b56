package org.neuropil.physiology.stat;

/// Sums over any run of an array, from sums over its beginnings. These are kept in two doubles each, so that equal runs have
/// equal sums wherever they lie: a plain running sum loses the small digits behind large ones, and chance would decide ties.
public final class ExactSums {
    private final double[] high;
    private final double[] low;
    private final int[] present;

    /// @param values NaN is skipped
    public ExactSums(double[] values) {
        high = new double[values.length + 1];
        low = new double[values.length + 1];
        present = new int[values.length + 1];
        for (int i = 0; i < values.length; i++) {
            double value = Double.isNaN(values[i]) ? 0 : values[i];
            double sum = high[i] + value;
            high[i + 1] = sum;
            low[i + 1] = low[i] + error(high[i], value, sum);
            present[i + 1] = present[i] + (Double.isNaN(values[i]) ? 0 : 1);
        }
    }

    /// What rounding took from a sum of two (Knuth's two-sum).
    private static double error(double a, double b, double sum) {
        double part = sum - a;
        return a - (sum - part) + (b - part);
    }

    /// The mean from one index (inclusive) to another (exclusive); NaN if no value is there.
    public double mean(int from, int to) {
        int count = to > from ? present[to] - present[from] : 0;
        if (count == 0) {
            return Double.NaN;
        }
        double sum = high[to] - high[from];
        return (sum + (error(high[to], -high[from], sum) + (low[to] - low[from]))) / count;
    }
}
