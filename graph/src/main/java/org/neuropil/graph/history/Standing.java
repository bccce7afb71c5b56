package org.neuropil.graph.history;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import org.neuropil.graph.Graph;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Kind;

/// Which operations are undone. Every operation is about a merge or split, its base: itself, or what its chain of undos
/// and redos ends in; and it either applies its base or takes it back. An undo does the opposite of the operation that it
/// is of, a redo the same. An operation is undone if the last operation about its base does the opposite of it.
final class Standing {
    private record Move(long base, boolean applied) {}

    private final Graph graph;
    private final Map<Long, Move> moves = new HashMap<>();
    private final Map<Long, Boolean> applied = new HashMap<>();

    Standing(Graph graph) {
        this.graph = graph;
    }

    /// Takes note of the next operation of the log.
    void add(Operation operation) throws IOException {
        Move move = move(operation);
        moves.put(operation.id(), move);
        applied.put(move.base(), move.applied());
    }

    /// @param operation one that was added
    boolean isUndone(long operation) {
        Move move = moves.get(operation);
        if (move == null) {
            throw new IllegalArgumentException("operation " + operation + " was not added");
        }
        return applied.getOrDefault(move.base(), false) != move.applied();
    }

    private Move move(Operation operation) throws IOException {
        boolean does = true;
        Operation one = operation;
        while (one.target().isPresent()) {
            does ^= one.kind() == Kind.UNDO;
            long target = one.target().get();
            Move known = moves.get(target);
            if (known != null) {
                return new Move(known.base(), does == known.applied());
            }
            one = existing(graph, target);
        }
        return new Move(one.id(), does);
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
