package org.neuropil.tables;

import java.io.IOException;
import java.time.Instant;

import org.neuropil.space.VoxelSize;

/// Which supervoxel is at a place: what tables ask of a volume of supervoxels.
@FunctionalInterface
public interface Supervoxels {
    /// The supervoxels at positions, as they were cut at a moment.
    ///
    /// @param x positions along x, in voxels of `resolution`
    /// @param y as many along y
    /// @param z as many along z
    /// @param resolution in which positions are given, which need not be the volume's
    /// @return one for each; 0 where there is none, also outside of the volume
    long[] at(int[] x, int[] y, int[] z, VoxelSize resolution, Instant at) throws IOException;
}
