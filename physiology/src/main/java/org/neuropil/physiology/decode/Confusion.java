package org.neuropil.physiology.decode;

import java.util.List;

import org.neuropil.physiology.Condition;

/// How often trials of each class were taken for each class.
///
/// @param classes what was shown
/// @param counts by class that was shown, then by class that was told
public record Confusion(List<Condition> classes, long[][] counts) {
    /// The share of a class's trials that was told right; NaN if there was none.
    public double recall(int label) {
        return share(label, label);
    }

    /// The share of a class's trials that was taken for a class; NaN if there was none.
    public double share(int shown, int told) {
        long sum = 0;
        for (long count : counts[shown]) {
            sum += count;
        }
        return sum == 0 ? Double.NaN : (double) counts[shown][told] / sum;
    }

    /// The mean recall of all classes, for which classes of few trials count as much as others: 1 / classes by chance.
    public double balanced() {
        double sum = 0;
        for (int k = 0; k < counts.length; k++) {
            sum += recall(k);
        }
        return sum / counts.length;
    }
}
