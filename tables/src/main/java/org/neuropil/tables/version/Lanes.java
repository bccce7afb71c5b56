package org.neuropil.tables.version;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.duckdb.DuckDBConnection;

/// Does pieces of work side by side, each lane with its own connection to one database: while the one waits for the disk,
/// or is at the end of a statement that has no work for all threads, the other goes on.
final class Lanes {
    private Lanes() {}

    /// A piece of work.
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws IOException, SQLException;
    }

    /// Does all, beginning in their order.
    ///
    /// @param connection of the first lane, which sees what is temporary there; a piece that needs it must be alone
    /// @return what each gave, in their order
    static <T> List<T> run(Connection connection, int lanes, List<Work<T>> works) throws IOException, SQLException {
        List<T> done = new ArrayList<>();
        if (lanes == 1 || works.size() <= 1) {
            for (Work<T> work : works) {
                done.add(work.on(connection));
            }
            return done;
        }
        int count = Math.min(lanes, works.size());
        AtomicInteger next = new AtomicInteger();
        List<Connection> connections = new ArrayList<>(List.of(connection));
        try (ExecutorService threads = Executors.newFixedThreadPool(count,
                Thread.ofPlatform().name("lane-", 0).daemon().factory())) {
            while (connections.size() < count) {
                connections.add(connection.unwrap(DuckDBConnection.class).duplicate());
            }
            List<List<Done<T>>> all = new ArrayList<>();
            List<Future<?>> running = new ArrayList<>();
            for (Connection own : connections) {
                List<Done<T>> mine = new ArrayList<>();
                all.add(mine);
                running.add(threads.submit(() -> {
                    try {
                        for (int i = next.getAndIncrement(); i < works.size(); i = next.getAndIncrement()) {
                            mine.add(new Done<>(i, works.get(i).on(own)));
                        }
                        return true;
                    } catch (Throwable e) {
                        next.set(works.size());
                        throw e;
                    }
                }));
            }
            for (Future<?> lane : running) {
                await(lane);
            }
            all.stream().flatMap(List::stream).sorted((a, b) -> Integer.compare(a.number(), b.number()))
                    .forEach(one -> done.add(one.value()));
            return done;
        } finally {
            for (Connection own : connections.subList(1, connections.size())) {
                own.close();
            }
        }
    }

    private record Done<T>(int number, T value) {}

    private static void await(Future<?> lane) throws IOException, SQLException {
        try {
            lane.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException stopped = new InterruptedIOException("interrupted while sorting");
            stopped.initCause(e);
            throw stopped;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case SQLException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
