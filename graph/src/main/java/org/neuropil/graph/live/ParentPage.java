package org.neuropil.graph.live;

import java.util.Arrays;

/// Parents over time of neighbouring nodes, as edits set them. Immutable.
///
/// Cells are sorted by (node, time): `node[i]` has the parent `parent[i]` from `time[i]` on, until its next cell.
final class ParentPage {
    static final ParentPage EMPTY = new ParentPage(new long[0], new long[0], new long[0]);
    /// What [#parent] gives where there is no cell.
    static final long NONE = -1;

    private final long[] node;
    private final long[] time;
    private final long[] parent;

    /// @param node ascending, of equal ones by time
    ParentPage(long[] node, long[] time, long[] parent) {
        this.node = node;
        this.time = time;
        this.parent = parent;
    }

    int size() {
        return node.length;
    }

    boolean isEmpty() {
        return node.length == 0;
    }

    /// The last cell of a node up to a moment, [#NONE] if there is none.
    long parent(long id, long at) {
        int i = behind(id, at) - 1;
        return i >= 0 && node[i] == id ? parent[i] : NONE;
    }

    /// When the last cell of a node up to a moment begins, [#NONE] if there is none.
    long since(long id, long at) {
        int i = behind(id, at) - 1;
        return i >= 0 && node[i] == id ? time[i] : NONE;
    }

    /// The first cell behind (id, at).
    private int behind(long id, long at) {
        int low = 0;
        int high = node.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (node[middle] < id || (node[middle] == id && time[middle] <= at)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// This page with more cells, all of one moment; cells that it has already stay.
    ///
    /// @param ids ascending
    /// @param parents as many
    ParentPage with(long[] ids, long[] parents, int count, long at) {
        long[] n = new long[node.length + count];
        long[] t = new long[n.length];
        long[] p = new long[n.length];
        int from = 0;
        int k = 0;
        for (int j = 0; j < count; j++) {
            int to = behind(ids[j], at);
            k = copy(from, to, n, t, p, k);
            from = to;
            boolean there = to > 0 && node[to - 1] == ids[j] && time[to - 1] == at;
            if (!there) {
                n[k] = ids[j];
                t[k] = at;
                p[k++] = parents[j];
            }
        }
        k = copy(from, node.length, n, t, p, k);
        return k == n.length
                ? new ParentPage(n, t, p)
                : new ParentPage(Arrays.copyOf(n, k), Arrays.copyOf(t, k), Arrays.copyOf(p, k));
    }

    private int copy(int from, int to, long[] n, long[] t, long[] p, int k) {
        System.arraycopy(node, from, n, k, to - from);
        System.arraycopy(time, from, t, k, to - from);
        System.arraycopy(parent, from, p, k, to - from);
        return k + to - from;
    }

    int weight() {
        return 80 + 24 * node.length;
    }
}
