package org.neuropil.graph;

/// Asks to join two cells at two points.
///
/// @param user who asks
/// @param source a point on the one
/// @param sink a point on the other
/// @param farthest the most chunks that the supervoxels may be apart, along any axis
/// @param withinObject true to allow both points in one object, which then gets an edge more
public record MergeRequest(String user, EditPoint source, EditPoint sink, int farthest, boolean withinObject) {
    /// As far as CAVE allows.
    public static final int DEFAULT_FARTHEST = 3;

    /// At most three chunks apart, in two objects.
    public static MergeRequest of(String user, EditPoint source, EditPoint sink) {
        return new MergeRequest(user, source, sink, DEFAULT_FARTHEST, false);
    }
}
