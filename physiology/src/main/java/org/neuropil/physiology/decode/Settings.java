package org.neuropil.physiology.decode;

import java.util.List;
import java.util.Map;

/// How decoding is measured.
///
/// @param decoder that learns
/// @param standardise whether each cell is brought to mean 0 and deviation 1 by the trials that are learned from
/// @param folds of the cross-validation, at least 2
/// @param given a fold for each number of a trial, instead of stratified ones; empty to draw them
/// @param sizes numbers of cells; [#ALL] stands for all, and what is more than there are is left out
/// @param repeats how often cells and folds are drawn, at least 1
/// @param shuffles how often trials are shuffled against labels to see what chance gives; 0 for not at all
/// @param noise whether also without noise correlation
/// @param seed of all that is drawn
public record Settings(Decoder decoder, boolean standardise, int folds, Map<Integer, Integer> given,
        List<Integer> sizes, int repeats, int shuffles, boolean noise, long seed) {
    /// Stands for all cells.
    public static final int ALL = 0;
    /// Folds if nothing else is said.
    public static final int FOLDS = 5;
    /// Repeats if nothing else is said.
    public static final int REPEATS = 10;
    /// Shuffles if nothing else is said.
    public static final int SHUFFLES = 100;

    /// @throws IllegalArgumentException if a number is out of its range
    public Settings {
        given = Map.copyOf(given);
        sizes = List.copyOf(sizes);
        if (folds < 2 || repeats < 1 || shuffles < 0 || sizes.isEmpty() || sizes.stream().anyMatch(size -> size < 0)) {
            throw new IllegalArgumentException(
                    folds + " folds, " + repeats + " repeats, " + shuffles + " shuffles of " + sizes + " cells");
        }
    }
}
