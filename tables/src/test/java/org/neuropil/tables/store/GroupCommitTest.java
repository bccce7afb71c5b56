package org.neuropil.tables.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.neuropil.space.InputException;
import org.neuropil.tables.store.GroupCommit.Change;

/// With a database that only tells what it was asked.
class GroupCommitTest {
    /// By the thread that commits alone, and read when that has ended.
    private final List<String> calls = new ArrayList<>();
    private @Nullable String failing;
    private boolean unreachable;

    private GroupCommit commits() {
        Connection connection = (Connection) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[]{Connection.class}, (_, method, _) -> {
                    calls.add(method.getName());
                    if (method.getName().equals(failing)) {
                        throw new SQLException("the disk is full");
                    }
                    return null;
                });
        Dialect dialect = (Dialect) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{Dialect.class},
                (_, _, _) -> null);
        return new GroupCommit("test", new GroupCommit.Begin() {
            @Override
            public Lease writer() throws SQLException {
                calls.add("writer");
                if (unreachable && calls.size() > 1) {
                    throw new SQLException("nobody answers");
                }
                return new Lease(connection, () -> calls.add("back"));
            }

            @Override
            public Transaction begin(Connection with) {
                return new Transaction(with, dialect, Existing.NONE, 0);
            }

            @Override
            public void ended(boolean committed) {
                calls.add("ended " + committed);
            }
        });
    }

    /// A change that has something to commit.
    private Change<String> change(String name) {
        return transaction -> {
            calls.add(name);
            transaction.touch();
            return name;
        };
    }

    private static final Change<String> REFUSED = _ -> {
        throw new InputException("no", "", "");
    };
    private static final Change<String> FAILING = _ -> {
        throw new SQLException("broken");
    };

    /// Makes changes that all wait while a first one is made.
    private List<Future<String>> made(List<Change<String>> changes, boolean alone) throws Exception {
        Semaphore begun = new Semaphore(0);
        Semaphore goOn = new Semaphore(0);
        List<Future<String>> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newCachedThreadPool(); GroupCommit commits = commits()) {
            results.add(threads.submit(() -> commits.commit(_ -> {
                begun.release();
                goOn.acquireUninterruptibly();
                return "first";
            }, false)));
            begun.acquire();
            for (int i = 0; i < changes.size(); i++) {
                Change<String> change = changes.get(i);
                results.add(threads.submit(() -> commits.commit(change, alone)));
                while (commits.waiting() <= i) {
                    Thread.onSpinWait();
                }
            }
            goOn.release();
        }
        assertThat(calls.subList(0, 4)).containsExactly("writer", "rollback", "ended false", "back");
        calls.subList(0, 4).clear();
        return results.subList(1, results.size());
    }

    @Test
    void whatWaitsIsCommittedTogetherWithoutWhatIsRefused() throws Exception {
        List<Future<String>> results = made(List.of(change("a"), REFUSED, change("b")), false);
        assertThat(calls).containsExactly("writer", "a", "b", "commit", "ended true", "back");
        assertThat(results.getFirst().get()).isEqualTo("a");
        assertThatThrownBy(results.get(1)::get).hasCauseInstanceOf(InputException.class);
        assertThat(results.getLast().get()).isEqualTo("b");
    }

    @Test
    void whatFailsDoesNotSpoilOthers() throws Exception {
        List<Future<String>> results = made(List.of(change("a"), FAILING, change("b")), false);
        assertThat(calls).containsExactly("writer", "a", "rollback", "ended false", "back", "writer", "a", "commit",
                "ended true", "back", "writer", "rollback", "ended false", "back", "writer", "b", "commit",
                "ended true", "back");
        assertThat(results.getFirst().get()).isEqualTo("a");
        assertThatThrownBy(results.get(1)::get).hasCauseInstanceOf(IOException.class).hasMessageContaining("broken");
        assertThat(results.getLast().get()).isEqualTo("b");
    }

    /// It may have come through, so it is not tried again.
    @Test
    void aCommitThatFailsFailsForAll() throws Exception {
        failing = "commit";
        for (Future<String> result : made(List.of(change("a"), REFUSED), false)) {
            assertThatThrownBy(result::get).hasCauseInstanceOf(IOException.class)
                    .hasMessageContaining("the disk is full");
        }
        assertThat(calls).containsExactly("writer", "a", "commit", "rollback", "ended false", "back");
    }

    /// All are told after one try, not each after one of its own.
    @Test
    void aDatabaseThatCannotBeReachedIsAskedOnce() throws Exception {
        unreachable = true;
        for (Future<String> result : made(List.of(change("a"), change("b"), change("c")), false)) {
            assertThatThrownBy(result::get).hasCauseInstanceOf(IOException.class)
                    .hasMessageContaining("nobody answers");
        }
        assertThat(calls).containsExactly("writer");
    }

    @Test
    void whatWantsToBeAloneIs() throws Exception {
        made(List.of(change("a"), change("b")), true);
        assertThat(calls).containsExactly("writer", "a", "commit", "ended true", "back", "writer", "b", "commit",
                "ended true", "back");
    }

    @Test
    void aClosedOneTakesNoMore() {
        GroupCommit commits = commits();
        commits.close();
        assertThatThrownBy(() -> commits.commit(change("a"), false)).isInstanceOf(IOException.class);
        assertThat(calls).isEmpty();
    }
}
