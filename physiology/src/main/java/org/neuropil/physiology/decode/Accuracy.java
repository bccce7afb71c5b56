package org.neuropil.physiology.decode;

/// How well what was shown can be told from some cells.
///
/// @param part of which cells and trials
/// @param cells how many cells
/// @param noise what was done to noise correlation
/// @param mean share of trials that are told right, the mean of all repeats
/// @param deviation standard deviation of that over repeats, which draw cells and folds; NaN with one repeat
/// @param byChance the mean of it with trials shuffled against labels; NaN if they were not
/// @param p share of shuffles that do as well or better, the trials as they were counted among them: (1 + count) / (1 + n);
///     NaN without shuffles
/// @param confusion of all repeats together
public record Accuracy(Part part, int cells, Noise noise, double mean, double deviation, double byChance, double p,
        Confusion confusion) {
    /// What blind guessing gives: 1 / classes.
    public double chance() {
        return 1.0 / confusion.classes().size();
    }

    /// What always telling the largest class gives.
    public double largestClass() {
        int[] counts = new int[confusion.classes().size()];
        int most = 0;
        for (int label : part.matrix().labels()) {
            most = Math.max(most, ++counts[label]);
        }
        return (double) most / part.matrix().trials();
    }
}
