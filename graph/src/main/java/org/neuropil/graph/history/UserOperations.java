package org.neuropil.graph.history;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    /// @param undone whether the last operation about the same merge or split does the opposite: a later one reversed it
    ///        and none after that did it again. A redo of an undo is an undo, and so on
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
        Map<Long, Boolean> applied = new HashMap<>();
        List<Entry> mine = new ArrayList<>();
        List<Standing> standings = new ArrayList<>();
        OperationLog.visit(graph, from, Graph.NOW, operation -> {
            Standing standing = Standing.of(graph, operation);
            applied.put(standing.base(), standing.applied());
            if (!operation.time().isAfter(to) && (user == null || user.equals(operation.user()))) {
                mine.add(new Entry(operation.id(), operation.kind(), operation.time(), operation.user(), false));
                standings.add(standing);
            }
        });
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < mine.size(); i++) {
            Entry one = mine.get(i);
            Standing standing = standings.get(i);
            boolean undone = applied.getOrDefault(standing.base(), standing.applied()) != standing.applied();
            if (includeUndone || !undone) {
                entries.add(new Entry(one.operation(), one.kind(), one.time(), one.user(), undone));
            }
        }
        return entries;
    }
}
