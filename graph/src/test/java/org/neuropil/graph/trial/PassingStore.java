package org.neuropil.graph.trial;

import java.io.IOException;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.store.GraphStore;

/// Passes every call on to another store, for those who want to interfere with some. Closing it leaves that one open.
class PassingStore implements GraphStore {
    private final GraphStore store;
    private final boolean exclusive;

    /// @param exclusive whether to say that nobody else writes to it
    PassingStore(GraphStore store, boolean exclusive) {
        this.store = store;
        this.exclusive = exclusive;
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) throws IOException {
        return store.get(table, key);
    }

    @Override
    public List<byte @Nullable []> get(Table table, List<byte[]> keys) throws IOException {
        return store.get(table, keys);
    }

    @Override
    public void scan(Table table, byte[] from, byte @Nullable [] to, Visitor visitor) throws IOException {
        store.scan(table, from, to, visitor);
    }

    @Override
    public @Nullable Row last(Table table, byte[] from, byte @Nullable [] to) throws IOException {
        return store.last(table, from, to);
    }

    @Override
    public void put(List<Put> rows) throws IOException {
        store.put(rows);
    }

    @Override
    public boolean replace(Table table, byte[] key, byte @Nullable [] expected, byte @Nullable [] value)
            throws IOException {
        return store.replace(table, key, expected, value);
    }

    @Override
    public boolean isExclusive() {
        return exclusive;
    }

    @Override
    public void close() {}
}
