package org.neuropil.tables.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;

/// Changes that come at the same time are committed together, since the disk is waited for once per commit. One thread
/// takes all that wait, lets each ask and write in one transaction, commits it and then tells each its result. One that is
/// refused has written nothing, so the others go on. If the database fails before the commit, each is tried once more by
/// itself.
final class GroupCommit implements AutoCloseable {
    private static final int MOST = 256;

    /// A change.
    interface Change<T> {
        /// Asks and writes.
        ///
        /// @throws InputException if it is refused; nothing has been written then
        T apply(Transaction transaction) throws SQLException, IOException;
    }

    /// Where transactions come from.
    interface Begin {
        /// A connection whose transaction may write.
        Lease writer() throws SQLException;

        /// Begins a transaction that has a moment of its own, after all that were given out.
        Transaction begin(Connection connection) throws SQLException;

        /// The transaction is over.
        void ended(boolean committed);
    }

    private static final class Waiting<T> {
        private final Change<T> change;
        private final boolean alone;
        private final CompletableFuture<T> told = new CompletableFuture<>();
        private @Nullable T result;
        private @Nullable Exception refusal;

        Waiting(Change<T> change, boolean alone) {
            this.change = change;
            this.alone = alone;
        }

        void apply(Transaction transaction) throws SQLException {
            result = null;
            refusal = null;
            try {
                result = change.apply(transaction);
            } catch (InputException | IOException e) {
                refusal = e;
            }
        }

        void tell() {
            if (refusal != null) {
                told.completeExceptionally(refusal);
            } else {
                told.complete(result);
            }
        }
    }

    private enum Outcome {
        /// All know what became of their changes.
        TOLD,
        /// Nobody knows; each can be tried by itself.
        AGAIN,
        /// All were told that it failed, as no transaction could be begun.
        UNREACHABLE
    }

    private final Begin begin;
    private final Deque<Waiting<?>> queue = new ArrayDeque<>();
    private final Thread thread;
    private boolean closed;

    GroupCommit(String name, Begin begin) {
        this.begin = begin;
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::work);
    }

    /// Makes a change, and returns when it is in safety.
    ///
    /// @param alone whether no other may have its moment
    <T> T commit(Change<T> change, boolean alone) throws IOException {
        Waiting<T> waiting = new Waiting<>(change, alone);
        synchronized (queue) {
            if (closed) {
                throw new IOException("the store of annotations is closed");
            }
            queue.add(waiting);
            queue.notifyAll();
        }
        try {
            return waiting.told.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case InputException refusal -> throw refusal;
                case IOException failure -> throw failure;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    /// How many wait to be begun.
    int waiting() {
        synchronized (queue) {
            return queue.size();
        }
    }

    private void work() {
        for (List<Waiting<?>> batch = take(); !batch.isEmpty(); batch = take()) {
            if (attempt(batch, batch.size() == 1) == Outcome.AGAIN) {
                alone(batch);
            }
        }
    }

    /// Each by itself; the rest together once the database cannot be reached, as each would wait for it as long.
    private void alone(List<Waiting<?>> batch) {
        for (int i = 0; i < batch.size(); i++) {
            if (attempt(batch.subList(i, i + 1), true) == Outcome.UNREACHABLE && i + 1 < batch.size()) {
                attempt(batch.subList(i + 1, batch.size()), true);
                return;
            }
        }
    }

    /// Those that wait and may be done together; empty if there will be none any more.
    private List<Waiting<?>> take() {
        List<Waiting<?>> batch = new ArrayList<>();
        synchronized (queue) {
            while (queue.isEmpty() && !closed) {
                try {
                    queue.wait();
                } catch (InterruptedException _) {
                    // Nobody has this thread but this object, which ends it by `closed`.
                    continue;
                }
            }
            for (Waiting<?> next = queue.peek(); next != null && batch.size() < MOST
                    && (batch.isEmpty() || !next.alone && !batch.getFirst().alone); next = queue.peek()) {
                batch.add(next);
                queue.remove();
            }
        }
        return batch;
    }

    /// @param last whether a failure is the end of it
    private Outcome attempt(List<Waiting<?>> batch, boolean last) {
        boolean begun = false;
        boolean committing = false;
        try (Lease lease = begin.writer()) {
            Connection connection = lease.connection();
            boolean committed = false;
            try {
                Transaction transaction = begin.begin(connection);
                begun = true;
                for (Waiting<?> one : batch) {
                    one.apply(transaction);
                }
                if (transaction.changed()) {
                    transaction.finish();
                    committing = true;
                    connection.commit();
                    committed = true;
                }
            } finally {
                if (!committed) {
                    rollBack(connection);
                }
                begin.ended(committed);
            }
        } catch (SQLException | RuntimeException | Error e) {
            // A commit that failed may be there or not, when the connection to a server broke in the middle of it.
            if (begun && !committing && !last) {
                return Outcome.AGAIN;
            }
            Throwable told = e instanceof SQLException sql ? SqlStore.failure("annotations were not written", sql) : e;
            batch.forEach(one -> one.told.completeExceptionally(told));
            return begun ? Outcome.TOLD : Outcome.UNREACHABLE;
        }
        batch.forEach(Waiting::tell);
        return Outcome.TOLD;
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException _) {
            // The connection is broken; the database undoes what it did not commit.
            return;
        }
    }

    /// Waits for the changes that wait; others are refused.
    @Override
    public void close() {
        synchronized (queue) {
            closed = true;
            queue.notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
