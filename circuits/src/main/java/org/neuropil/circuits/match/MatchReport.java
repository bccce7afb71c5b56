package org.neuropil.circuits.match;

import java.util.List;
import java.util.Optional;

/// All that is told of a matching.
///
/// @param matching the pairs
/// @param accuracy where true pairs are known
/// @param conserved what is the same on both sides, and what varies
public record MatchReport(Matching matching, Optional<Accuracy> accuracy, Conserved conserved) {
    /// Matches two sides and tells about it; the truth has no part in the matching.
    ///
    /// @param truth the right cell of each left one, or -1; none of them if empty
    /// @param classes of the left cells; empty if there are none
    /// @param threads at least 1
    public static MatchReport of(Sides sides, Optional<int[]> truth, List<String> classes, int threads) {
        Matching matching = GraphMatching.match(sides, threads);
        return new MatchReport(matching, truth.map(known -> Accuracy.of(matching, known, classes)),
                Conserved.of(sides, matching, classes));
    }
}
