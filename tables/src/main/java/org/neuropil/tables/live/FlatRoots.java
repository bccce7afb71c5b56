package org.neuropil.tables.live;

import java.time.Instant;
import java.util.Arrays;

import org.neuropil.tables.Roots;

/// Roots of a segmentation that nobody edits: each segment is its own root, at all moments.
public record FlatRoots() implements Roots {
    @Override
    public Instant head() {
        return Instant.EPOCH;
    }

    @Override
    public long[] roots(long[] supervoxels, Instant at) {
        return supervoxels.clone();
    }

    @Override
    public boolean[] isLatest(long[] roots, Instant at) {
        boolean[] latest = new boolean[roots.length];
        Arrays.fill(latest, true);
        return latest;
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
