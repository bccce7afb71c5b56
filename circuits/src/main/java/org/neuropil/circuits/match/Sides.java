package org.neuropil.circuits.match;

/// Two sets of cells that are to be matched, and how they are wired: the halves of a brain, or two animals.
///
/// @param left edges among the cells of the left set
/// @param right edges among those of the right one
/// @param leftToRight edges from left cells to right ones; of two animals there are none
/// @param rightToLeft edges from right cells to left ones
public record Sides(WeightedEdges left, WeightedEdges right, WeightedEdges leftToRight, WeightedEdges rightToLeft) {
    /// More cells than this on a side are refused: a matching keeps some ten matrices of all pairs of cells, 8 bytes for each pair.
    public static final int MOST_CELLS = 8_000;

    /// @throws IllegalArgumentException if numbers of cells do not agree, or are above [#MOST_CELLS]
    public Sides {
        int lefts = left.rows();
        int rights = right.rows();
        if (left.columns() != lefts || right.columns() != rights || leftToRight.rows() != lefts
                || leftToRight.columns() != rights || rightToLeft.rows() != rights || rightToLeft.columns() != lefts) {
            throw new IllegalArgumentException(
                    "sides of " + left + "; " + right + ", with " + leftToRight + "; " + rightToLeft);
        }
        if (Math.max(lefts, rights) > MOST_CELLS) {
            throw new IllegalArgumentException(
                    Math.max(lefts, rights) + " cells on a side; the most are " + MOST_CELLS);
        }
    }

    /// Two sets with no edges between them.
    public static Sides apart(WeightedEdges left, WeightedEdges right) {
        return new Sides(left, right, WeightedEdges.none(left.rows(), right.rows()),
                WeightedEdges.none(right.rows(), left.rows()));
    }

    /// Cells of the larger set.
    int most() {
        return Math.max(left.rows(), right.rows());
    }

    /// The same wiring with the cells of both sets in other places.
    ///
    /// @param newLeft new number of each left cell
    /// @param newRight new number of each right cell
    public Sides relabelled(int[] newLeft, int[] newRight) {
        return new Sides(left.relabelled(newLeft, newLeft), right.relabelled(newRight, newRight),
                leftToRight.relabelled(newLeft, newRight), rightToLeft.relabelled(newRight, newLeft));
    }
}
