package org.neuropil.graph.base;

/// All edges of the supervoxels of a layer-2 chunk, active or not, as ingest found them. An edge within the chunk stands
/// once, with the supervoxel of the smaller number; an edge that leaves the chunk stands with its own end here and with
/// its other end in the other chunk's table. Immutable.
///
/// Layout: the edges of supervoxel number `s` are `first[s]` to `first[s + 1] - 1`, in the order of `far` (unsigned).
///
/// @param first one entry for each number from 0 to the chunk's largest and one more
/// @param far id of the other supervoxel
/// @param affinity 0 or more; positive infinity for two parts of one basin that a chunk border cuts
/// @param area voxel faces
/// @param active whether ingest joined both ends in one cell
public record EdgeTable(int[] first, long[] far, float[] affinity, long[] area, boolean[] active) {
    /// Number of edges.
    public int size() {
        return far.length;
    }

    /// Largest number of a supervoxel.
    public int largest() {
        return first.length - 2;
    }
}
