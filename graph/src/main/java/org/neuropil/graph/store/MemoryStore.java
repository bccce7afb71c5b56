package org.neuropil.graph.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

import org.jspecify.annotations.Nullable;

/// Rows in memory: for tests and small worlds. They last as long as the object, however often it is passed on; power and
/// crashes are none of its business.
public final class MemoryStore implements GraphStore {
    // Values are never written to: one array stands for one write, so that comparing arrays by identity is right.
    private final Map<Table, ConcurrentNavigableMap<byte[], byte[]>> tables = new EnumMap<>(Table.class);
    private volatile boolean closed;

    /// An empty store.
    public MemoryStore() {
        for (Table table : Table.values()) {
            tables.put(table, new ConcurrentSkipListMap<>(Arrays::compareUnsigned));
        }
    }

    private ConcurrentNavigableMap<byte[], byte[]> rows(Table table) {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
        return Objects.requireNonNull(tables.get(table));
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) {
        byte[] value = rows(table).get(key);
        return value == null ? null : value.clone();
    }

    @Override
    public List<byte @Nullable []> get(Table table, List<byte[]> keys) {
        List<byte @Nullable []> values = new ArrayList<>(keys.size());
        for (byte[] key : keys) {
            values.add(get(table, key));
        }
        return values;
    }

    @Override
    public void scan(Table table, byte[] from, byte @Nullable [] to, Visitor visitor) throws IOException {
        for (Map.Entry<byte[], byte[]> row : range(table, from, to).entrySet()) {
            if (!visitor.visit(row.getKey().clone(), row.getValue().clone())) {
                return;
            }
        }
    }

    @Override
    public @Nullable Row last(Table table, byte[] from, byte @Nullable [] to) {
        Map.Entry<byte[], byte[]> row = range(table, from, to).lastEntry();
        return row == null ? null : new Row(row.getKey().clone(), row.getValue().clone());
    }

    private ConcurrentNavigableMap<byte[], byte[]> range(Table table, byte[] from, byte @Nullable [] to) {
        ConcurrentNavigableMap<byte[], byte[]> rows = rows(table);
        if (to == null) {
            return rows.tailMap(from, true);
        }
        // A range that ends before it begins is empty; a map would refuse it.
        return rows.subMap(from, true, Arrays.compareUnsigned(from, to) > 0 ? from : to, false);
    }

    @Override
    public void put(List<Put> rows) {
        for (Put put : rows) {
            rows(put.table()).put(put.key().clone(), put.value().clone());
        }
    }

    @Override
    public boolean replace(Table table, byte[] key, byte @Nullable [] expected, byte @Nullable [] value) {
        ConcurrentNavigableMap<byte[], byte[]> rows = rows(table);
        while (true) {
            byte[] present = rows.get(key);
            if (!Arrays.equals(present, expected)) {
                return false;
            }
            if (present == null) {
                if (value == null || rows.putIfAbsent(key.clone(), value.clone()) == null) {
                    return true;
                }
            } else if (value == null ? rows.remove(key, present) : rows.replace(key, present, value.clone())) {
                return true;
            }
        }
    }

    @Override
    public boolean isExclusive() {
        return true;
    }

    @Override
    public void close() {
        closed = true;
    }
}
