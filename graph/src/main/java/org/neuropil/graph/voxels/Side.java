package org.neuropil.graph.voxels;

/// The two sides of a cut.
public enum Side {
    /// That of the first points.
    SOURCE,
    /// That of the others.
    SINK
}
