package org.neuropil.graph.ingest;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.store.GraphStore;

/// Rows in sorted maps.
public final class TreeStore implements GraphStore {
    private final Map<Table, TreeMap<byte[], byte[]>> tables = new EnumMap<>(Table.class);

    public TreeStore() {
        for (Table table : Table.values()) {
            tables.put(table, new TreeMap<>(Arrays::compareUnsigned));
        }
    }

    private TreeMap<byte[], byte[]> table(Table table) {
        return java.util.Objects.requireNonNull(tables.get(table));
    }

    /// All rows of a table as text, for comparisons.
    public Map<String, String> rows(Table table) {
        Map<String, String> rows = new TreeMap<>();
        table(table).forEach((key, value) -> rows.put(Arrays.toString(key), Arrays.toString(value)));
        return rows;
    }

    /// Bytes of the rows of a table.
    public long bytes(Table table) {
        return table(table).values().stream().mapToLong(value -> value.length).sum();
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) {
        return table(table).get(key);
    }

    @Override
    public List<byte @Nullable []> get(Table table, List<byte[]> keys) {
        return keys.stream().<byte @Nullable []>map(key -> get(table, key)).toList();
    }

    @Override
    public void scan(Table table, byte[] from, byte @Nullable [] to, Visitor visitor) throws IOException {
        var rows = to == null ? table(table).tailMap(from, true) : table(table).subMap(from, true, to, false);
        for (var row : rows.entrySet()) {
            if (!visitor.visit(row.getKey(), row.getValue())) {
                return;
            }
        }
    }

    @Override
    public @Nullable Row last(Table table, byte[] from, byte @Nullable [] to) {
        var rows = to == null ? table(table).tailMap(from, true) : table(table).subMap(from, true, to, false);
        return rows.isEmpty() ? null : new Row(rows.lastEntry().getKey(), rows.lastEntry().getValue());
    }

    @Override
    public void put(List<Put> rows) {
        rows.forEach(row -> table(row.table()).put(row.key(), row.value()));
    }

    @Override
    public boolean replace(Table table, byte[] key, byte @Nullable [] expected, byte @Nullable [] value) {
        if (!Arrays.equals(table(table).get(key), expected)) {
            return false;
        }
        if (value == null) {
            table(table).remove(key);
        } else {
            table(table).put(key, value);
        }
        return true;
    }

    @Override
    public boolean isExclusive() {
        return true;
    }

    @Override
    public void close() {}
}
