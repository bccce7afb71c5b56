package org.neuropil.graph.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/// Loading of many rows by puts, for stores that have no quicker way and whose puts survive the loss of power as they are.
final class BatchLoad {
    private static final long BATCH_BYTES = 16L << 20;

    private BatchLoad() {}

    static void load(GraphStore store, GraphStore.Table table, Iterator<GraphStore.Row> rows) throws IOException {
        byte[] before = null;
        while (rows.hasNext()) {
            List<GraphStore.Put> batch = new ArrayList<>();
            long bytes = 0;
            while (rows.hasNext() && bytes < BATCH_BYTES) {
                GraphStore.Row row = rows.next();
                if (before != null && Arrays.compareUnsigned(before, row.key()) >= 0) {
                    throw new IllegalArgumentException("rows to load are not ascending");
                }
                batch.add(new GraphStore.Put(table, row.key(), row.value()));
                bytes += row.key().length + row.value().length + 64;
                before = row.key();
            }
            store.put(batch);
        }
    }
}
