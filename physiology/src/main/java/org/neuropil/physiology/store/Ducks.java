package org.neuropil.physiology.store;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/// A DuckDB for each thread that reads at a time, kept for the next one.
final class Ducks implements AutoCloseable {
    private final Deque<Duck> idle = new ArrayDeque<>();
    private boolean closed;

    /// What is done with one.
    @FunctionalInterface
    interface Use<T> {
        T with(Duck duck) throws IOException;
    }

    <T> T with(Use<T> use) throws IOException {
        Duck duck = take();
        try {
            return use.with(duck);
        } finally {
            give(duck);
        }
    }

    private Duck take() throws IOException {
        synchronized (idle) {
            if (closed) {
                throw new IOException("the session is closed");
            }
            Duck duck = idle.poll();
            if (duck != null) {
                return duck;
            }
        }
        return Duck.open();
    }

    private void give(Duck duck) throws IOException {
        synchronized (idle) {
            if (!closed) {
                idle.push(duck);
                return;
            }
        }
        duck.close();
    }

    @Override
    public void close() throws IOException {
        synchronized (idle) {
            closed = true;
            while (!idle.isEmpty()) {
                idle.pop().close();
            }
        }
    }
}
