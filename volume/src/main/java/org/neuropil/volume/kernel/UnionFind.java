package org.neuropil.volume.kernel;

import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrays;

/// Sets of unsigned 64-bit ids, each told by its smallest. An id that was never united is a set of its own and takes no
/// memory, so that there may be many more ids than fit: about 40 bytes for each that was united. What it answers does
/// not depend on the order of unions. Not safe for use by several threads.
public final class UnionFind {
    /// From each id that is not the smallest of its set to a smaller one of it.
    private final Long2LongOpenHashMap parents = new Long2LongOpenHashMap();

    /// Makes one set of two.
    public void unite(long a, long b) {
        long one = smallest(a);
        long other = smallest(b);
        int order = Long.compareUnsigned(one, other);
        if (order < 0) {
            parents.put(other, one);
        } else if (order > 0) {
            parents.put(one, other);
        }
    }

    /// Unites the ids of each pair.
    ///
    /// @param pairs as [BlockComponents#links] returns them: first with second, third with fourth, and so on
    /// @throws IllegalArgumentException if their number is odd
    public void uniteAll(long[] pairs) {
        if (pairs.length % 2 != 0) {
            throw new IllegalArgumentException(pairs.length + " ids are no pairs");
        }
        for (int i = 0; i < pairs.length; i += 2) {
            unite(pairs[i], pairs[i + 1]);
        }
    }

    /// The smallest id of the set that an id is in.
    public long smallest(long id) {
        long root = id;
        long parent = parents.getOrDefault(root, root);
        while (parent != root) {
            root = parent;
            parent = parents.getOrDefault(root, root);
        }
        // From now on all on the way point at the smallest.
        long at = id;
        while (at != root) {
            at = parents.put(at, root);
        }
        return root;
    }

    /// The ids that are not the smallest of their set, in ascending order.
    public long[] others() {
        long[] ids = parents.keySet().toLongArray();
        LongArrays.unstableSort(ids, Long::compareUnsigned);
        return ids;
    }
}
