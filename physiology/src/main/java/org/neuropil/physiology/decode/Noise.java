package org.neuropil.physiology.decode;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// What is done to noise correlation: that trials of one class differ alike in several cells.
public enum Noise {
    /// Trials are as they were.
    INTACT,
    /// Each cell's trials are shuffled within each class, before folds are made: a decoder learns and is asked without noise
    /// correlation.
    SHUFFLED,
    /// As that, but within the trials that a decoder learns from, and it is asked about trials as they were. The loss
    /// against [#INTACT] is that of a decoder that does not know of noise correlation.
    DIAGONAL;

    /// The same trials, with each cell's shuffled within each class. What each cell does in each class stays.
    ///
    /// @param rows trials x cells; not changed
    /// @param labels the class of each trial
    public static double[][] shuffle(double[][] rows, int[] labels, int classes, SplittableRandom random) {
        double[][] made = new double[rows.length][];
        Arrays.setAll(made, t -> rows[t].clone());
        for (int k = 0; k < classes; k++) {
            int label = k;
            int[] trials = IntStream.range(0, labels.length).filter(t -> labels[t] == label).toArray();
            for (int j = 0; trials.length > 1 && j < rows[0].length; j++) {
                int[] from = trials.clone();
                Draws.shuffle(from, random);
                for (int i = 0; i < from.length; i++) {
                    made[trials[i]][j] = rows[from[i]][j];
                }
            }
        }
        return made;
    }
}
