package org.neuropil.segment;

/// Two touching supervoxels.
///
/// @param a the end that lies in the chunk that lists the edge; within a chunk the smaller id
/// @param b the other end
/// @param affinity mean over the faces that they share, 0 (surely a membrane) to 1 (surely the same cell); positive
///         infinity if both are parts of one watershed basin that a chunk border cuts
/// @param area number of voxel faces that they share, at least 1
public record Edge(long a, long b, float affinity, long area) {
    /// True if both are parts of one basin.
    public boolean isCut() {
        return affinity == Float.POSITIVE_INFINITY;
    }
}
