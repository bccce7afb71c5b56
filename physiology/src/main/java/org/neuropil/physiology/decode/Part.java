package org.neuropil.physiology.decode;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.neuropil.space.InputException;

/// Cells and trials that are decoded together.
///
/// @param group what the cells have in common: a bin of depth, a plane
/// @param state what the trials have in common: running, still
/// @param matrix the trials, of all cells
/// @param columns the cells, numbers in the matrix
public record Part(String group, String state, TrialMatrix matrix, int[] columns) {
    /// Copies.
    public Part {
        columns = columns.clone();
    }

    @Override
    public int[] columns() {
        return columns.clone();
    }

    /// All cells of a matrix.
    public static Part all(String state, TrialMatrix matrix) {
        return new Part("all", state, matrix, IntStream.range(0, matrix.cells().size()).toArray());
    }

    /// Some of its cells, drawn; of one draw, few are among many.
    int[] draw(int cells, int repeat, long seed) {
        int[] order = Draws.order(columns.length, Draws.random(seed, "cells " + group, repeat));
        int[] drawn = new int[cells];
        for (int j = 0; j < cells; j++) {
            drawn[j] = columns[order[j]];
        }
        Arrays.sort(drawn);
        return drawn;
    }

    /// The folds of a repeat.
    ///
    /// @throws InputException if folds are given and a trial is not among them
    public Folds folds(Settings settings, int repeat) {
        if (settings.given().isEmpty()) {
            SplittableRandom random = Draws.random(settings.seed(), "folds", repeat);
            return Folds.stratified(matrix.labels(), matrix.classes().size(), settings.folds(), random);
        }
        Map<Integer, Integer> given = settings.given();
        int count = 1 + given.values().stream().mapToInt(fold -> fold).max().orElse(0);
        return new Folds(IntStream.range(0, matrix.trials()).map(t -> {
            Integer fold = given.get(matrix.number(t));
            if (fold == null) {
                throw new InputException("trial " + matrix.number(t) + " has no fold", "folds",
                        "give a fold for each trial");
            }
            return fold;
        }).toArray(), count);
    }
}
