package org.neuropil.graph.trial;

import java.io.IOException;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.store.GraphStore;

/// A store whose writes fail from some write on, one time or for ever. Rows of one call are written one by one, so that it
/// may fail between them.
final class FaultyStore extends PassingStore {
    /// What a fault is like.
    enum Fault {
        /// The write and all calls after it fail: the process is dead, or cut off.
        DEAD,
        /// The write fails, what comes later succeeds.
        REFUSED,
        /// The write takes effect, and its answer is lost; what comes later succeeds.
        ANSWER_LOST
    }

    private final int good;
    private final Fault fault;
    private int writes;
    private boolean dead;

    /// @param good writes that succeed before the one that fails; negative if none fails
    FaultyStore(GraphStore store, boolean exclusive, int good, Fault fault) {
        super(store, exclusive);
        this.good = good;
        this.fault = fault;
    }

    /// How many writes there were.
    int writes() {
        return writes;
    }

    private interface Write {
        boolean run() throws IOException;
    }

    private boolean write(Write write) throws IOException {
        alive();
        if (writes++ != good) {
            return write.run();
        }
        if (fault == Fault.ANSWER_LOST) {
            write.run();
        }
        dead = fault == Fault.DEAD;
        throw new IOException("write " + good + " fails");
    }

    private void alive() throws IOException {
        if (dead) {
            throw new IOException("the store is cut off");
        }
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) throws IOException {
        alive();
        return super.get(table, key);
    }

    @Override
    public List<byte @Nullable []> get(Table table, List<byte[]> keys) throws IOException {
        alive();
        return super.get(table, keys);
    }

    @Override
    public void scan(Table table, byte[] from, byte @Nullable [] to, Visitor visitor) throws IOException {
        alive();
        super.scan(table, from, to, visitor);
    }

    @Override
    public @Nullable Row last(Table table, byte[] from, byte @Nullable [] to) throws IOException {
        alive();
        return super.last(table, from, to);
    }

    @Override
    public void put(List<Put> rows) throws IOException {
        for (Put row : rows) {
            write(() -> {
                super.put(List.of(row));
                return true;
            });
        }
    }

    @Override
    public boolean replace(Table table, byte[] key, byte @Nullable [] expected, byte @Nullable [] value)
            throws IOException {
        return write(() -> super.replace(table, key, expected, value));
    }
}
