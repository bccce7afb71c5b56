package org.neuropil.circuits.match;

import java.util.Arrays;
import java.util.List;

/// Which right cell each left cell corresponds to.
///
/// @param pairs by left cell; of sides of unequal size as many as the smaller one has cells
/// @param leftCells number of left cells
/// @param rightCells number of right cells
public record Matching(List<Pair> pairs, int leftCells, int rightCells) {
    /// A matched pair.
    ///
    /// @param left number of the left cell
    /// @param right number of the right cell
    /// @param confidence the probability that the method gives the pair, among all right cells for this left one and all left
    ///     ones for this right one; it knows nothing of what the wiring does not tell
    /// @param margin how much better the pair's score is than the best of all others of either cell, in the units of the
    ///     score; below 0 if another is better, which the matching of all forbade
    public record Pair(int left, int right, double confidence, double margin) {}

    /// Copies the list.
    public Matching {
        pairs = List.copyOf(pairs);
    }

    /// The right cell of each left one, or -1.
    public int[] rightOf() {
        int[] rightOf = new int[leftCells];
        Arrays.fill(rightOf, -1);
        for (Pair pair : pairs) {
            rightOf[pair.left] = pair.right;
        }
        return rightOf;
    }
}
