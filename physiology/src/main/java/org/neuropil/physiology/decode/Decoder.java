package org.neuropil.physiology.decode;

/// A way to tell classes of trials apart.
public sealed interface Decoder permits Lda, LinearSvm, Neighbours {
    /// Learns from trials.
    ///
    /// @param rows trials x cells, finite; not changed, but perhaps kept
    /// @param labels the class of each trial, from 0 to `classes` - 1; of some classes there may be none
    /// @throws org.neuropil.space.InputException if there are too few trials to learn from
    Trained train(double[][] rows, int[] labels, int classes);

    /// What was learned. Safe for use by several threads.
    @FunctionalInterface
    interface Trained {
        /// How much speaks for each class; negative infinity for a class of which no trial was there to learn from.
        ///
        /// @param row a response of each cell
        double[] scores(double[] row);

        /// The class with the highest score, the first of equal ones.
        default int predict(double[] row) {
            return best(scores(row));
        }
    }

    /// The place of the highest score, the first of equal ones.
    static int best(double[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            if (scores[i] > scores[best]) {
                best = i;
            }
        }
        return best;
    }
}
