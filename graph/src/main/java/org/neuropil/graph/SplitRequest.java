package org.neuropil.graph;

import java.util.List;

/// Asks to cut a cell between points.
///
/// @param user who asks
/// @param sources points on one side, at least one
/// @param sinks points on the other side, at least one
/// @param mincut true to look for the minimum cut between the sides; false to remove exactly the edges between source
///        `i` and sink `i`, of which there are equally many
public record SplitRequest(String user, List<EditPoint> sources, List<EditPoint> sinks, boolean mincut) {
    /// Copies its lists.
    public SplitRequest {
        sources = List.copyOf(sources);
        sinks = List.copyOf(sinks);
    }

    /// A minimum cut.
    public static SplitRequest of(String user, List<EditPoint> sources, List<EditPoint> sinks) {
        return new SplitRequest(user, sources, sinks, true);
    }
}
