package org.neuropil.physiology.decode;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Which trials are left out together: a fold for each trial.
///
/// @param of the fold of each trial, from 0
/// @param count how many folds there are
public record Folds(int[] of, int count) {
    /// @throws IllegalArgumentException if a fold is out of range, or there are fewer than 2
    public Folds {
        of = of.clone();
        if (count < 2 || IntStream.of(of).anyMatch(fold -> fold < 0 || fold >= count)) {
            throw new IllegalArgumentException("folds of 0 to " + (count - 1));
        }
    }

    /// Stratified folds: class after class, its trials are shuffled and dealt to the folds in turn, beginning with the fold
    /// after that of the last trial of the class before. So of each class, and of all, folds differ by at most one trial.
    ///
    /// @param labels the class of each trial
    /// @param classes how many classes there are
    public static Folds stratified(int[] labels, int classes, int count, SplittableRandom random) {
        int[] of = new int[labels.length];
        int next = 0;
        for (int k = 0; k < classes; k++) {
            int label = k;
            int[] trials = IntStream.range(0, labels.length).filter(t -> labels[t] == label).toArray();
            Draws.shuffle(trials, random);
            for (int trial : trials) {
                of[trial] = next;
                next = (next + 1) % count;
            }
        }
        return new Folds(of, count);
    }

    @Override
    public int[] of() {
        return of.clone();
    }

    /// The trials of a fold, or those of all others.
    int[] trials(int fold, boolean within) {
        return IntStream.range(0, of.length).filter(t -> of[t] == fold == within).toArray();
    }
}
