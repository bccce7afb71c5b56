package org.neuropil.graph.ingest;

import java.util.Arrays;

import org.neuropil.graph.NodeIds;
import org.neuropil.graph.base.EdgeTable;
import org.neuropil.space.Grid;
import org.neuropil.space.InputException;

import it.unimi.dsi.fastutil.ints.IntArrays;

/// Collects the edges of a chunk, in any order, and makes the table of them; says what is wrong with one that cannot be.
public final class EdgeRows {
    private final NodeIds ids;
    private final Grid grid;
    private final long chunkId;
    private final String where;
    private long[] own = new long[256];
    private long[] far = new long[256];
    private float[] affinity = new float[256];
    private long[] area = new long[256];
    private boolean[] active = new boolean[256];
    private int size;

    /// @param chunkId of layer 2
    /// @param where the file that they come from, for errors
    public EdgeRows(NodeIds ids, Grid grid, long chunkId, String where) {
        this.ids = ids;
        this.grid = grid;
        this.chunkId = chunkId;
        this.where = where;
    }

    /// Adds an edge.
    ///
    /// @param a supervoxel of the chunk
    /// @param b another, of the chunk or not
    /// @throws InputException if it is none; names the edge by the order of adding, from 1
    public void add(long a, long b, float howAlike, long faces, boolean isActive) {
        long inChunk = (1L << ids.numberBits(1)) - 1;
        long chunk = chunkId ^ 3L << 56;
        if ((a & ~inChunk) != chunk || (a & inChunk) == 0) {
            throw wrong("first supervoxel " + Long.toUnsignedString(a) + " does not lie in the chunk "
                    + ids.chunk(chunkId), "its own end stands first");
        }
        boolean inside = (b & ~inChunk) == chunk;
        if ((b & inChunk) == 0 || NodeIds.layer(b) != 1 || !inside && !grid.contains(ids.chunk(b))) {
            throw wrong("second supervoxel " + Long.toUnsignedString(b) + " is none of this graph",
                    "it has " + grid.shape() + " chunks and " + ids.bits() + " spatial bits");
        }
        if (a == b) {
            throw wrong("both ends are supervoxel " + Long.toUnsignedString(a), "");
        }
        if (!(howAlike >= 0)) {
            throw wrong("affinity " + howAlike + " is not 0 or more", "");
        }
        if (faces < 0) {
            throw wrong("area " + Long.toUnsignedString(faces) + " is too large", "");
        }
        if (size == own.length) {
            grow();
        }
        own[size] = inside ? Math.min(a, b) : a;
        far[size] = inside ? Math.max(a, b) : b;
        affinity[size] = howAlike;
        area[size] = faces;
        active[size++] = isActive;
    }

    private InputException wrong(String what, String hint) {
        return new InputException(what, where + ", edge " + (size + 1), hint);
    }

    private void grow() {
        int larger = 2 * size;
        own = Arrays.copyOf(own, larger);
        far = Arrays.copyOf(far, larger);
        affinity = Arrays.copyOf(affinity, larger);
        area = Arrays.copyOf(area, larger);
        active = Arrays.copyOf(active, larger);
    }

    /// The chunk with these supervoxels and the edges that were added.
    ///
    /// @param supervoxels numbers, ascending
    /// @throws InputException if an edge is of another supervoxel, or was added twice
    public ChunkInput with(long[] supervoxels) {
        int[] order = order();
        long[] numbers = new long[size];
        int[] first = new int[size + 1];
        EdgeTable table = new EdgeTable(numbers, first, new long[size], new float[size], new long[size],
                new boolean[size]);
        int rows = 0;
        for (int i = 0; i < size; i++) {
            int e = order[i];
            long number = ids.number(own[e]);
            if (i == 0 || numbers[rows - 1] != number) {
                check(supervoxels, own[e], e);
                numbers[rows] = number;
                first[rows++] = i;
            } else if (table.far()[i - 1] == far[e]) {
                throw new InputException("there are two edges between supervoxels " + Long.toUnsignedString(own[e])
                        + " and " + Long.toUnsignedString(far[e]), where, "");
            }
            if ((far[e] ^ own[e]) >>> ids.numberBits(1) == 0) {
                check(supervoxels, far[e], e);
            }
            table.far()[i] = far[e];
            table.affinity()[i] = affinity[e];
            table.area()[i] = area[e];
            table.active()[i] = active[e];
        }
        first[rows] = size;
        return new ChunkInput(supervoxels, new EdgeTable(Arrays.copyOf(numbers, rows), Arrays.copyOf(first, rows + 1),
                table.far(), table.affinity(), table.area(), table.active()));
    }

    /// The numbers of the chunk's supervoxels that have an edge, ascending.
    public long[] supervoxels() {
        long[] all = new long[2 * size];
        int n = 0;
        for (int i = 0; i < size; i++) {
            all[n++] = ids.number(own[i]);
            if ((far[i] ^ own[i]) >>> ids.numberBits(1) == 0) {
                all[n++] = ids.number(far[i]);
            }
        }
        Arrays.sort(all, 0, n);
        int distinct = 0;
        for (int i = 0; i < n; i++) {
            if (i == 0 || all[i] != all[i - 1]) {
                all[distinct++] = all[i];
            }
        }
        return Arrays.copyOf(all, distinct);
    }

    private void check(long[] supervoxels, long supervoxel, int e) {
        long number = ids.number(supervoxel);
        boolean there = number <= supervoxels.length && supervoxels[(int) number - 1] == number
                || Arrays.binarySearch(supervoxels, number) >= 0;
        if (!there) {
            throw new InputException("there is no supervoxel " + Long.toUnsignedString(supervoxel), where + ", edge "
                    + (e + 1), "its chunk " + ids.chunk(supervoxel) + " has " + supervoxels.length);
        }
    }

    /// The edges in the order of (own, far).
    private int[] order() {
        int[] order = new int[size];
        boolean sorted = true;
        for (int i = 0; i < size; i++) {
            order[i] = i;
            sorted &= i == 0 || compare(i - 1, i) < 0;
        }
        if (!sorted) {
            IntArrays.quickSort(order, this::compare);
        }
        return order;
    }

    private int compare(int i, int j) {
        int byOwn = Long.compare(own[i], own[j]);
        int byFar = byOwn != 0 ? byOwn : Long.compare(far[i], far[j]);
        return byFar != 0 ? byFar : Integer.compare(i, j);
    }
}
