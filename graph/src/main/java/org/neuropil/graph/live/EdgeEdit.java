package org.neuropil.graph.live;

import java.util.List;

import org.neuropil.graph.Operation.Pair;

/// Edges that are to change.
///
/// @param add to become active
/// @param remove to become inactive
/// @param made edges that come into the graph with this edit; those of them that are to be active stand in `add`, too
record EdgeEdit(List<Pair> add, List<Pair> remove, List<ExtraEdge> made) {
    EdgeEdit {
        add = List.copyOf(add);
        remove = List.copyOf(remove);
        made = List.copyOf(made);
    }

    boolean isEmpty() {
        return add.isEmpty() && remove.isEmpty() && made.isEmpty();
    }
}
