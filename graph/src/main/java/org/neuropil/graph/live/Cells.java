package org.neuropil.graph.live;

import java.util.Arrays;

/// Cells of a [ParentPage] that are being gathered: `node[i]` has the parent `parent[i]` from `time[i]` on.
final class Cells {
    private static final int FIRST = 16;

    private long[] node = new long[FIRST];
    private long[] time = new long[FIRST];
    private long[] parent = new long[FIRST];
    private int count;

    void add(long id, long since, long value) {
        if (count == node.length) {
            node = Arrays.copyOf(node, 2 * count);
            time = Arrays.copyOf(time, 2 * count);
            parent = Arrays.copyOf(parent, 2 * count);
        }
        node[count] = id;
        time[count] = since;
        parent[count++] = value;
    }

    int size() {
        return count;
    }

    long node(int i) {
        return node[i];
    }

    long time(int i) {
        return time[i];
    }

    long parent(int i) {
        return parent[i];
    }

    /// The page of these, once they are in the order of (node, time).
    ParentPage page() {
        return count == 0
                ? ParentPage.EMPTY
                : new ParentPage(Arrays.copyOf(node, count), Arrays.copyOf(time, count), Arrays.copyOf(parent, count));
    }

    /// Brings cells of one moment in order.
    void sort() {
        it.unimi.dsi.fastutil.Arrays.quickSort(0, count, (i, j) -> Long.compare(node[i], node[j]), (i, j) -> {
            long swapped = node[i];
            node[i] = node[j];
            node[j] = swapped;
            swapped = parent[i];
            parent[i] = parent[j];
            parent[j] = swapped;
        });
    }
}
