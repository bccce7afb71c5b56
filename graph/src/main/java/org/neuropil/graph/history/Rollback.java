package org.neuropil.graph.history;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.EditResult;
import org.neuropil.graph.Graph;
import org.neuropil.graph.Operation;
import org.neuropil.graph.OperationLog;

/// What taking a user's edits back came to.
///
/// @param done operations that were taken back, in the order in which that was done: newest first
/// @param refused operations that could not be, in the order in which that was tried
public record Rollback(List<Done> done, List<Refused> refused) {
    /// An operation that was taken back.
    ///
    /// @param operation its number
    /// @param result what that changed; nothing if later edits had left nothing of it
    public record Done(long operation, EditResult result) {}

    /// An operation that could not be taken back.
    ///
    /// @param operation its number
    /// @param reason kind of refusal
    /// @param message whole sentences
    public record Refused(long operation, EditRefusedException.Reason reason, String message) {}

    /// Takes back, newest first, what a user did in a span of time and what still stands. Merges and splits that the user
    /// made are undone, unless somebody undid them, or did them again, later; undos and redos that the user made of other
    /// people's edits are reversed, under the same condition. What the user undid again is left alone: afterwards each
    /// merge and split is as if the user had done nothing in the span, or as the last other person left it.
    ///
    /// What is to be done follows from the log alone, anew before each step, and never from whose name the rollback itself
    /// is made in. So it can be run again after it was interrupted or something was refused, and then does the rest; a
    /// rollback that is complete does nothing.
    ///
    /// Reads the log from the span's beginning to its end.
    ///
    /// @param user whose operations
    /// @param from first moment
    /// @param to last moment, included
    /// @param skip operations to keep
    /// @param by whom the log shall name for it
    public static Rollback run(Graph graph, String user, Instant from, Instant to, Collection<Long> skip, String by)
            throws IOException {
        Plan plan = new Plan(graph, user, from, to, Set.copyOf(skip));
        List<Done> done = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        plan.advance();
        // Newest first by the operation to be taken back, as of the beginning: the undos that follow make newer ones.
        for (long operation : plan.open().descendingSet()) {
            plan.advance();
            if (!plan.open().contains(operation)) {
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

    /// What the log says of each merge and split that the user had to do with.
    private static final class Plan {
        private final Graph graph;
        private final String user;
        private final Instant to;
        private final Set<Long> skip;
        private final Map<Long, Story> stories = new HashMap<>();
        private long next;

        /// A base's last operation, whether it is one to take back, and the state that others left the base in.
        private record Story(long last, boolean applied, boolean mine, boolean othersApplied) {}

        Plan(Graph graph, String user, Instant from, Instant to, Set<Long> skip) throws IOException {
            this.graph = graph;
            this.user = user;
            this.to = to;
            this.skip = skip;
            this.next = OperationLog.first(graph, from);
        }

        void advance() throws IOException {
            next = OperationLog.visit(graph, next, Graph.NOW, this::add);
        }

        private void add(Operation operation) throws IOException {
            Standing standing = Standing.of(graph, operation);
            boolean mine = user.equals(operation.user()) && !operation.time().isAfter(to)
                    && !skip.contains(operation.id());
            Story before = stories.get(standing.base());
            boolean others;
            if (!mine) {
                others = standing.applied();
            } else if (before != null && before.mine()) {
                others = before.othersApplied();
            } else {
                // An operation that changes nothing is none, so the state before was the opposite; of the base itself too.
                others = !standing.applied();
            }
            stories.put(standing.base(), new Story(operation.id(), standing.applied(), mine, others));
        }

        TreeSet<Long> open() {
            TreeSet<Long> open = new TreeSet<>();
            for (Story story : stories.values()) {
                if (story.mine() && story.applied() != story.othersApplied()) {
                    open.add(story.last());
                }
            }
            return open;
        }
    }
}
