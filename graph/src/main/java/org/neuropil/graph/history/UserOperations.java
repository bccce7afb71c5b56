package org.neuropil.graph.history;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Graph;
import org.neuropil.graph.Operation;
import org.neuropil.graph.OperationLog;

/// What a user did.
public final class UserOperations {
    private UserOperations() {}

    /// An operation of a user.
    ///
    /// @param operation its number
    /// @param kind what was asked for
    /// @param time when it took effect
    /// @param user who made it
    /// @param undone whether a later operation reversed it and none after that did it again: the last operation about the
    ///        same merge or split does the opposite of this one. An undo takes back what it names, which of an undo means
    ///        to apply again, and so on; a redo does the same as what it names
    public record Entry(long operation, Operation.Kind kind, Instant time, String user, boolean undone) {}

    /// A user's operations in a span of time, in order. Reads the log from the span's beginning to its end, because what
    /// undid them comes later.
    ///
    /// @param user who; null for everybody
    /// @param from first moment
    /// @param to last moment, included
    /// @param includeUndone false to leave out what was undone
    public static List<Entry> of(Graph graph, @Nullable String user, Instant from, Instant to, boolean includeUndone)
            throws IOException {
        Standing standing = new Standing(graph);
        List<Entry> theirs = new ArrayList<>();
        OperationLog.visit(graph, from, Graph.NOW, operation -> {
            standing.add(operation);
            if (!operation.time().isAfter(to) && (user == null || user.equals(operation.user()))) {
                theirs.add(new Entry(operation.id(), operation.kind(), operation.time(), operation.user(), false));
            }
        });
        List<Entry> entries = new ArrayList<>();
        for (Entry one : theirs) {
            boolean undone = standing.isUndone(one.operation());
            if (includeUndone || !undone) {
                entries.add(new Entry(one.operation(), one.kind(), one.time(), one.user(), undone));
            }
        }
        return entries;
    }
}
