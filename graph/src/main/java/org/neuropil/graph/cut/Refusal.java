package org.neuropil.graph.cut;

/// Why a cut cannot be made.
///
/// @param reason for programs
/// @param message what went wrong, in the words that proofreaders know from CAVE where it has any, and what they can
///        do about it; whole sentences
public record Refusal(Reason reason, String message) {
    /// Kinds of refusals.
    public enum Reason {
        /// There is no source, or no sink.
        NO_POINTS("Sources and sinks are both needed.", "Place at least one point on either side of the merge error."),
        /// A supervoxel is both.
        ON_BOTH_SIDES("Supervoxels exist in both sink and source, try placing the points further apart.",
                "Zoom in to see the supervoxels: the two sides need points in different ones."),
        /// The local graph is empty.
        NO_EDGES("No local edges found.", "There is nothing to cut near these points: place them at the merge error."),
        /// A point's supervoxel is not in the local graph.
        NOT_IN_GRAPH("A point's supervoxel has no edges near the points.",
                "Place this point on a neighbouring part of the cell."),
        /// A source and a sink are parts of one supervoxel that chunk borders cut. Nothing but a split of the
        /// supervoxel helps.
        IN_ONE_SUPERVOXEL("A source and a sink lie in the same supervoxel.",
                "No cut along its outside can part them: place the points further apart, or split the supervoxel."),
        /// No edge can be cut.
        ONLY_CROSS_CHUNK_EDGES("Local graph somehow only contains cross chunk edges.",
                "Nothing near these points can be parted: place them further apart."),
        /// Two points of one side are joined only through points of the other, or not at all.
        POINTS_OVERLAP(
                "Paths between source or sink points irreparably overlap other labels from other side. Check that "
                        + "labels are correct and consider spreading points out farther.",
                "Or use fewer points on a side."),
        /// The points of either side can be joined, but not those of both sides at once.
        PATHS_OVERLAP("Paths between source point pairs and sink point pairs overlapped irreparably. Consider doing cut "
                + "in multiple parts.", "Begin with one point on each side."),
        /// A side of the cut is its points alone, although the cell goes on around them.
        CUTS_OFF_ONLY_POINTS("Split cut off only the labeled points on the %s side.",
                "Please add points to other parts of the merge error on that side."),
        /// No edge is between the sides.
        NOTHING_TO_CUT("Mincut failed. Try with a different set of points. Mincut could not find any edges to remove.",
                "Sources and sinks are not joined by edges near the points: place them at the merge error.");

        private final String words;
        private final String hint;

        Reason(String words, String hint) {
            this.words = words;
            this.hint = hint;
        }
    }

    static Refusal of(Reason reason) {
        return new Refusal(reason, reason.words + " " + reason.hint);
    }

    /// @param found what was found in particular, a whole sentence; stands between what went wrong and what to do
    static Refusal of(Reason reason, String found) {
        return new Refusal(reason, reason.words + " " + found + " " + reason.hint);
    }

    /// @param side "Source" or "Sink"
    static Refusal onlyPoints(String side) {
        Reason reason = Reason.CUTS_OFF_ONLY_POINTS;
        return new Refusal(reason, reason.words.formatted(side) + " " + reason.hint);
    }
}
