package org.neuropil.graph.cut;

/// What to think of a cut whose one side is nothing but its points and the paths between them, although it touches more
/// of the cell: mostly the points were too few, and the cut went around them in place of through the merge error.
public enum Isolating {
    /// Refuse it.
    REFUSED,
    /// Refuse it if that side has points in several supervoxels. A single one may be cut off, since there is no other
    /// way to ask for that; CAVE's server does the same.
    ALLOWED_FOR_ONE,
    /// Make it.
    ALLOWED;

    boolean refuses(int labels) {
        return switch (this) {
            case REFUSED -> true;
            case ALLOWED_FOR_ONE -> labels > 1;
            case ALLOWED -> false;
        };
    }
}
