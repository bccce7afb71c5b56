package org.neuropil.graph.history;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;

import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.EditResult;
import org.neuropil.graph.Graph;
import org.neuropil.graph.OperationLog;

/// What taking a user's edits back came to.
///
/// @param done operations that were taken back, in the order in which that was done: newest first
/// @param refused operations that could not be, in the order in which that was tried
public record Rollback(List<Done> done, List<Refused> refused) {
    /// An operation that was taken back.
    ///
    /// @param operation its number
    /// @param result what that changed; nothing if the object is the same without it
    public record Done(long operation, EditResult result) {}

    /// An operation that could not be taken back.
    ///
    /// @param operation its number
    /// @param reason kind of refusal
    /// @param message whole sentences
    public record Refused(long operation, EditRefusedException.Reason reason, String message) {}

    /// Undoes, newest first, all operations of a user in a span of time that still stand; also undos and redos of other
    /// people's edits.
    ///
    /// An operation stands as long as it was the last to change at least one of its edges, where an operation and its undo
    /// right after it, as that edge sees it, count for nothing. So what others undid, did again or changed otherwise stays
    /// as they left it, and what the user undid again is left alone. Each operation is looked at again right before.
    ///
    /// What is to be done follows from the log alone. So it can be run again after it was interrupted, or something was
    /// refused, and then does the rest; also if it is made in the user's own name.
    ///
    /// Reads the log from the span's beginning to its end and keeps the edges that it changed.
    ///
    /// @param user whose operations
    /// @param from first moment
    /// @param to last moment, included
    /// @param skip operations to keep
    /// @param by whom the log shall name for it
    /// @throws IOException if the graph cannot be read or written; what was done until then stays done
    public static Rollback run(Graph graph, String user, Instant from, Instant to, Collection<Long> skip, String by)
            throws IOException {
        Set<Long> kept = Set.copyOf(skip);
        Touches touches = new Touches();
        Deque<Long> newestFirst = new ArrayDeque<>();
        OperationLog.Visitor note = operation -> {
            boolean theirs = user.equals(operation.user()) && !operation.time().isAfter(to)
                    && !kept.contains(operation.id());
            touches.add(operation, theirs);
            if (theirs) {
                newestFirst.push(operation.id());
            }
        };
        long next = OperationLog.visit(graph, OperationLog.first(graph, from), Graph.NOW, note);
        List<Done> done = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        for (long operation : List.copyOf(newestFirst)) {
            next = OperationLog.visit(graph, next, Graph.NOW, note);
            if (!touches.stands(operation)) {
                continue;
            }
            try {
                done.add(new Done(operation, graph.undo(by, operation)));
            } catch (EditRefusedException e) {
                refused.add(new Refused(operation, e.reason(), String.valueOf(e.getMessage())));
            }
        }
        return new Rollback(List.copyOf(done), List.copyOf(refused));
    }
}
