package org.neuropil.graph.ingest;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

import org.neuropil.graph.store.GraphStore;

/// The rows of a store as text, for comparisons.
final class Rows {
    private Rows() {}

    static Map<String, String> of(GraphStore store, GraphStore.Table table) throws IOException {
        Map<String, String> rows = new TreeMap<>();
        store.scan(table, new byte[0], null, (key, value) -> {
            rows.put(Arrays.toString(key), Arrays.toString(value));
            return true;
        });
        return rows;
    }

    /// The rows of the three tables that ingest writes.
    static Map<GraphStore.Table, Map<String, String>> of(GraphStore store) throws IOException {
        Map<GraphStore.Table, Map<String, String>> all = new TreeMap<>();
        for (GraphStore.Table table : new GraphStore.Table[]{GraphStore.Table.BASE, GraphStore.Table.EDGES,
            GraphStore.Table.CROSS}) {
            all.put(table, of(store, table));
        }
        return all;
    }
}
