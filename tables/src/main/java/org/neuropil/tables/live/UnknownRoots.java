package org.neuropil.tables.live;

import java.time.Instant;

import org.neuropil.tables.Roots;

/// Roots of a published dataset whose segmentation lies elsewhere: its frozen rows came with theirs; of other supervoxels
/// none is known, which is told as 0 like a place outside of all cells.
record UnknownRoots() implements Roots {
    @Override
    public Instant head() {
        return Instant.EPOCH;
    }

    @Override
    public long[] roots(long[] supervoxels, Instant at) {
        return new long[supervoxels.length];
    }

    /// Nothing is known to have replaced them.
    @Override
    public boolean[] isLatest(long[] roots, Instant at) {
        return new FlatRoots().isLatest(roots, at);
    }

    @Override
    public long[] changed(Instant from, Instant to) {
        return new long[0];
    }

    @Override
    public long[] cut(Instant at) {
        return new long[0];
    }
}
