package org.neuropil.graph.history;

import java.io.IOException;

import org.neuropil.graph.Graph;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Kind;

/// Which operations stand. Every operation is about a merge or split, its base: itself, or what its chain of undos and
/// redos ends in; and it either applies its base or takes it back. An undo does the opposite of the operation that it is
/// of, a redo the same. A base, and each operation about it, stands if the last operation about it does the same as it.
///
/// @param base number of the merge or split
/// @param applied true if the operation applies it
record Standing(long base, boolean applied) {
    static Standing of(Graph graph, Operation operation) throws IOException {
        boolean applied = true;
        Operation one = operation;
        while (one.target().isPresent()) {
            applied ^= one.kind() == Kind.UNDO;
            one = existing(graph, one.target().get());
        }
        return new Standing(one.id(), applied);
    }

    /// @throws IOException if the log does not have it, though it should
    static Operation existing(Graph graph, long id) throws IOException {
        Operation operation = graph.operation(id);
        if (operation == null) {
            throw new IOException("the graph's log lacks operation " + id);
        }
        return operation;
    }
}
