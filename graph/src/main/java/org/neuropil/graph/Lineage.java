package org.neuropil.graph;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How roots came from roots.
///
/// @param roots in ascending order of id
/// @param links from a root to one that replaced it, in ascending order of (from, to)
public record Lineage(List<Node> roots, List<Link> links) {
    /// A root.
    ///
    /// @param created when it came to be
    /// @param replacedBy the operation that replaced it
    public record Node(long id, Instant created, Optional<Long> replacedBy) {}

    /// An edit made `to` from `from`.
    public record Link(long from, long to) {}
}
