package org.neuropil.tables;

import java.io.IOException;
import java.time.Instant;

/// Which cell a supervoxel belongs to, at any moment: what tables ask of a proofreading graph, or of a flat segmentation
/// that never changes.
public interface Roots {
    /// The present state.
    Instant NOW = Instant.MAX;

    /// The moment of the last change.
    Instant head() throws IOException;

    /// Roots of supervoxels.
    ///
    /// @return one for each; 0 for 0 and for what was not there at the moment
    long[] roots(long[] supervoxels, Instant at) throws IOException;

    /// Whether roots are current at a moment.
    boolean[] isLatest(long[] roots, Instant at) throws IOException;

    /// Roots that are current at one of two moments but not at the other: at least these, perhaps others that came and
    /// went in between. Ascending.
    ///
    /// @param from the earlier moment
    /// @param to the later moment
    long[] changed(Instant from, Instant to) throws IOException;

    /// Supervoxels that had been cut by a moment: points in them belong to parts that have ids of their own. Ascending.
    long[] cut(Instant at) throws IOException;
}
