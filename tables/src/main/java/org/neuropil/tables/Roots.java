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

    /// The roots that were replaced after one moment and up to another; also those that came to be in between. Ascending.
    long[] replaced(Instant since, Instant until) throws IOException;

    /// The roots at a moment whose supervoxels a root shares: itself if it was current then, else those before or after
    /// it. Ascending.
    long[] counterparts(long root, Instant at) throws IOException;
}
