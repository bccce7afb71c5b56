package org.neuropil.bench.tables;

import java.time.Instant;
import java.util.Arrays;

import org.neuropil.tables.Roots;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/// The roots of cells that people proofread: each of some cells is edited a few times one after the other, an edit parting
/// a thirty-second of its supervoxels from it. What is left has another root after each edit, as in a proofreading graph.
final class EditedRoots implements Roots {
    private static final int PARTS = 32;
    private static final long MADE = 864_691_136_500_000_000L;

    private final Instant begin;
    private final int perCell;
    /// Roots before all edits.
    private final long[] cells;
    private final Long2IntOpenHashMap cellOf = new Long2IntOpenHashMap();

    /// @param begin moment before the edits, which follow each other by the millisecond
    /// @param cells roots at that moment
    /// @param perCell edits of each
    EditedRoots(Instant begin, long[] cells, int perCell) {
        this.begin = begin;
        this.cells = cells.clone();
        this.perCell = perCell;
        cellOf.defaultReturnValue(-1);
    }

    /// Tells of supervoxels of the cells.
    void put(long supervoxel, int cell) {
        cellOf.put(supervoxel, cell);
    }

    int supervoxels() {
        return cellOf.size();
    }

    @Override
    public Instant head() {
        return begin.plusMillis((long) cells.length * perCell);
    }

    private int edits(int cell, Instant at) {
        if (at.equals(NOW)) {
            return perCell;
        }
        long done = Math.clamp(at.toEpochMilli() - begin.toEpochMilli(), 0, (long) cells.length * perCell);
        return Math.clamp(done - (long) cell * perCell, 0, perCell);
    }

    /// The root of a supervoxel of a cell, after some edits of it.
    private long root(long supervoxel, int cell, int edits) {
        int part = (int) ((supervoxel * 0x9E3779B97F4A7C15L >>> 40) % PARTS);
        int edit = part < edits ? part : edits - 1;
        return edits == 0 ? cells[cell] : made(cell, edit, part == edit && part < edits);
    }

    private long made(int cell, int edit, boolean parted) {
        return MADE + ((long) cell * perCell + edit) * 2 + (parted ? 1 : 0);
    }

    @Override
    public long[] roots(long[] supervoxels, Instant at) {
        long[] roots = new long[supervoxels.length];
        for (int i = 0; i < roots.length; i++) {
            int cell = cellOf.get(supervoxels[i]);
            if (cell < 0) {
                throw new IllegalArgumentException("nobody edited the cell of " + supervoxels[i]);
            }
            roots[i] = root(supervoxels[i], cell, edits(cell, at));
        }
        return roots;
    }

    @Override
    public boolean[] isLatest(long[] roots, Instant at) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long[] changed(Instant from, Instant to) {
        LongOpenHashSet changed = new LongOpenHashSet();
        for (int cell = 0; cell < cells.length; cell++) {
            int first = edits(cell, from);
            int last = edits(cell, to);
            if (first < last) {
                changed.add(first == 0 ? cells[cell] : made(cell, first - 1, false));
                for (int edit = first; edit < last; edit++) {
                    changed.add(made(cell, edit, false));
                    changed.add(made(cell, edit, true));
                }
            }
        }
        long[] sorted = changed.toLongArray();
        Arrays.sort(sorted);
        return sorted;
    }

    @Override
    public long[] cut(Instant at) {
        return new long[0];
    }
}
