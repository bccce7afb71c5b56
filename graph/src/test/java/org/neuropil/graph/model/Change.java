package org.neuropil.graph.model;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

import org.neuropil.graph.Edge;
import org.neuropil.graph.Operation.Pair;

/// What an edit asks of the edges.
///
/// @param on to be active
/// @param off to be inactive
/// @param made one of `on` that is in no list yet
record Change(SortedSet<Pair> on, SortedSet<Pair> off, Optional<Edge> made) {
    static Change on(Collection<Pair> pairs) {
        return new Change(Ids.pairs(pairs), Ids.pairs(List.of()), Optional.empty());
    }

    static Change off(Collection<Pair> pairs) {
        return new Change(Ids.pairs(List.of()), Ids.pairs(pairs), Optional.empty());
    }

    static Change made(Edge edge) {
        return new Change(Ids.pairs(List.of(new Pair(edge.a(), edge.b()))), Ids.pairs(List.of()), Optional.of(edge));
    }
}
