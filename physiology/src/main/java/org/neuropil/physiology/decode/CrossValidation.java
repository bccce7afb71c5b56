package org.neuropil.physiology.decode;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Tells the class of each trial by a decoder that learned from the other folds.
///
/// @param predicted the class that each trial is taken for
/// @param scores of each trial, by class
public record CrossValidation(int[] predicted, double[][] scores) {
    /// @param rows trials x cells
    /// @param labels the class of each trial
    /// @param standardise whether each cell is brought to mean 0 and deviation 1 by the trials that are learned from
    /// @param random for what is shuffled; not used with [Noise#INTACT]
    /// @throws org.neuropil.space.InputException if a fold leaves too few trials to learn from
    public static CrossValidation of(double[][] rows, int[] labels, int classes, Folds folds, Decoder decoder,
            boolean standardise, Noise noise, SplittableRandom random) {
        double[][] all = noise == Noise.SHUFFLED ? Noise.shuffle(rows, labels, classes, random) : rows;
        int[] predicted = new int[labels.length];
        double[][] scores = new double[labels.length][];
        for (int fold = 0; fold < folds.count(); fold++) {
            int[] asked = folds.trials(fold, true);
            if (asked.length == 0) {
                continue;
            }
            int[] learned = folds.trials(fold, false);
            int[] known = IntStream.of(learned).map(t -> labels[t]).toArray();
            double[][] seen = pick(all, learned);
            double[][] test = pick(all, asked);
            if (noise == Noise.DIAGONAL) {
                seen = Noise.shuffle(seen, known, classes, random);
            }
            if (standardise) {
                Standardisation units = Standardisation.of(seen);
                seen = units.apply(seen);
                test = units.apply(test);
            }
            Decoder.Trained trained = decoder.train(seen, known, classes);
            for (int i = 0; i < asked.length; i++) {
                scores[asked[i]] = trained.scores(test[i]);
                predicted[asked[i]] = Decoder.best(scores[asked[i]]);
            }
        }
        return new CrossValidation(predicted, scores);
    }

    /// The share of trials that are told right.
    public double accuracy(int[] labels) {
        int right = 0;
        for (int t = 0; t < labels.length; t++) {
            right += predicted[t] == labels[t] ? 1 : 0;
        }
        return (double) right / labels.length;
    }

    private static double[][] pick(double[][] rows, int[] trials) {
        return IntStream.of(trials).mapToObj(t -> rows[t]).toArray(double[][]::new);
    }
}
