package org.neuropil.graph.voxels;

/// An edge between two supervoxels and whether it joins them.
///
/// @param a one end
/// @param b the other end
/// @param affinity 0 or more; positive infinity for two parts of one basin that a chunk border cuts
/// @param area voxel faces
/// @param active whether it is to join both ends in one cell
public record EdgeState(long a, long b, float affinity, long area, boolean active) {
    /// The same edge with the smaller id (unsigned) first.
    EdgeState sorted() {
        return Long.compareUnsigned(a, b) <= 0 ? this : new EdgeState(b, a, affinity, area, active);
    }
}
