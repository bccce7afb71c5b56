package org.neuropil.graph.live;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/// Parents over time of neighbouring nodes, as edits set them. Immutable.
///
/// Cells are sorted by (node, time): `node[i]` has the parent `parent[i]` from `time[i]` on, until its next cell. What the
/// latest edits set lies in pages of its own, each less than half as large as the one before it and with no earlier moment:
/// so an edit copies few cells, however many there are, and a reader looks at a logarithm of pages, the latest first.
final class ParentPage {
    static final ParentPage EMPTY = new ParentPage(new long[0], new long[0], new long[0]);
    /// What [#parent] gives where there is no cell.
    static final long NONE = -1;

    private final @Nullable ParentPage earlier;
    private final long[] node;
    private final long[] time;
    private final long[] parent;
    /// Of all cells; the least number if there are none.
    private final long latest;
    private final int size;

    private ParentPage(@Nullable ParentPage earlier, long[] node, long[] time, long[] parent) {
        this.earlier = earlier;
        this.node = node;
        this.time = time;
        this.parent = parent;
        long last = earlier == null ? Long.MIN_VALUE : earlier.latest;
        for (long moment : time) {
            last = Math.max(last, moment);
        }
        this.latest = last;
        this.size = node.length + (earlier == null ? 0 : earlier.size);
    }

    /// @param node ascending, of equal ones by time
    ParentPage(long[] node, long[] time, long[] parent) {
        this(null, node, time, parent);
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /// The last cell of a node up to a moment, [#NONE] if there is none.
    long parent(long id, long at) {
        for (ParentPage page = this; page != null; page = page.earlier) {
            int i = page.behind(id, at) - 1;
            if (i >= 0 && page.node[i] == id) {
                return page.parent[i];
            }
        }
        return NONE;
    }

    /// When the last cell of a node up to a moment begins, [#NONE] if there is none.
    long since(long id, long at) {
        for (ParentPage page = this; page != null; page = page.earlier) {
            int i = page.behind(id, at) - 1;
            if (i >= 0 && page.node[i] == id) {
                return page.time[i];
            }
        }
        return NONE;
    }

    /// The first cell of these, not of earlier pages, behind (id, at).
    private int behind(long id, long at) {
        int low = 0;
        int high = node.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isUpTo(middle, id, at)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean isUpTo(int i, long id, long at) {
        return node[i] < id || node[i] == id && time[i] <= at;
    }

    /// This page with more cells; cells that it has already stay.
    ///
    /// @param cells all of one moment
    ParentPage with(ParentPage cells) {
        ParentPage more = cells;
        long at = more.latest;
        ParentPage before = this;
        // Of a moment that is not the latest, or was written while it was read, some cells may be there.
        while (before != null && (before.latest >= at || before.node.length <= 2 * more.node.length)) {
            more = before.united(more);
            before = before.earlier;
        }
        return before == null ? more : new ParentPage(before, more.node, more.time, more.parent);
    }

    /// These cells, without those of earlier pages, and others; of two of one node and moment, this one.
    private ParentPage united(ParentPage other) {
        int n = node.length + other.node.length;
        long[] nodes = new long[n];
        long[] times = new long[n];
        long[] parents = new long[n];
        int k = 0;
        int i = 0;
        for (int j = 0; j <= other.node.length; j++) {
            boolean end = j == other.node.length;
            while (i < node.length && (end || isUpTo(i, other.node[j], other.time[j]))) {
                nodes[k] = node[i];
                times[k] = time[i];
                parents[k++] = parent[i++];
            }
            if (!end && !(k > 0 && nodes[k - 1] == other.node[j] && times[k - 1] == other.time[j])) {
                nodes[k] = other.node[j];
                times[k] = other.time[j];
                parents[k++] = other.parent[j];
            }
        }
        return k == n
                ? new ParentPage(nodes, times, parents)
                : new ParentPage(Arrays.copyOf(nodes, k), Arrays.copyOf(times, k),
                        Arrays.copyOf(parents, k));
    }

    int weight() {
        return 80 + 24 * size;
    }
}
