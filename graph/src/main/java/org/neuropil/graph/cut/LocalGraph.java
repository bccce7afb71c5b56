package org.neuropil.graph.cut;

import java.util.Arrays;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;

/// Supervoxels near some points and the edges between them. Immutable.
///
/// Supervoxels are numbered from 0 in the order of their ids, so that nothing computed on the numbers depends on the
/// order in which edges were given.
public final class LocalGraph {
    private static final int NEW = -1;

    /// Id of each supervoxel, ascending as unsigned numbers.
    private final long[] ids;
    /// Number of the supervoxel at either end of each edge.
    private final int[] left;
    private final int[] right;
    private final float[] affinity;

    private LocalGraph(long[] ids, int[] left, int[] right, float[] affinity) {
        this.ids = ids;
        this.left = left;
        this.right = right;
        this.affinity = affinity;
    }

    /// A graph of the given edges: edge `i` joins `a[i]` and `b[i]`, in either direction. Edges between the same two
    /// supervoxels count together, so an edge that stands in the lists of two chunks must be given once.
    ///
    /// @param a ids (unsigned), none 0
    /// @param b ids of the other ends, as many
    /// @param affinity how surely both are one cell, as many: 0 or more; positive infinity for two parts of one
    ///        supervoxel that a chunk border cuts
    /// @throws IllegalArgumentException if the lengths differ, an id is 0, an edge joins a supervoxel to itself, or an
    ///         affinity is negative or not a number
    public static LocalGraph of(long[] a, long[] b, float[] affinity) {
        int edges = a.length;
        if (b.length != edges || affinity.length != edges) {
            throw new IllegalArgumentException(
                    edges + " and " + b.length + " ends and " + affinity.length + " affinities");
        }
        Long2IntOpenHashMap seen = new Long2IntOpenHashMap(edges);
        seen.defaultReturnValue(NEW);
        int[] left = new int[edges];
        int[] right = new int[edges];
        for (int i = 0; i < edges; i++) {
            if (a[i] == 0 || b[i] == 0 || a[i] == b[i] || !(affinity[i] >= 0)) {
                throw new IllegalArgumentException("edge " + i + " from " + Long.toUnsignedString(a[i]) + " to "
                        + Long.toUnsignedString(b[i]) + " of affinity " + affinity[i]);
            }
            left[i] = number(seen, a[i]);
            right[i] = number(seen, b[i]);
        }
        long[] ids = seen.keySet().toLongArray();
        sortUnsigned(ids);
        int[] rank = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            rank[seen.get(ids[i])] = i;
        }
        for (int i = 0; i < edges; i++) {
            left[i] = rank[left[i]];
            right[i] = rank[right[i]];
        }
        return new LocalGraph(ids, left, right, affinity.clone());
    }

    private static int number(Long2IntOpenHashMap seen, long id) {
        int next = seen.size();
        int known = seen.putIfAbsent(id, next);
        return known == NEW ? next : known;
    }

    private static void sortUnsigned(long[] ids) {
        flip(ids);
        Arrays.sort(ids);
        flip(ids);
    }

    private static void flip(long[] ids) {
        for (int i = 0; i < ids.length; i++) {
            ids[i] ^= Long.MIN_VALUE;
        }
    }

    /// Number of supervoxels.
    public int supervoxels() {
        return ids.length;
    }

    /// Number of edges.
    public int edges() {
        return left.length;
    }

    /// Id of a supervoxel.
    ///
    /// @param supervoxel from 0, in ascending order of ids
    long id(int supervoxel) {
        return ids[supervoxel];
    }

    /// Number of a supervoxel, negative if no edge has it.
    int find(long id) {
        int low = 0;
        int high = ids.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compareUnsigned(ids[middle], id);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    int left(int edge) {
        return left[edge];
    }

    int right(int edge) {
        return right[edge];
    }

    float affinity(int edge) {
        return affinity[edge];
    }
}
