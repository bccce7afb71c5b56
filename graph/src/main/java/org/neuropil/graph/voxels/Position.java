package org.neuropil.graph.voxels;

import org.neuropil.space.VoxelSize;

/// A place in nanometres, in the frame of the supervoxel volume: voxel `floor(nm / voxel size)` holds it.
///
/// @param x nm
/// @param y nm
/// @param z nm
public record Position(double x, double y, double z) {
    /// `12,34.5,400 nm`.
    @Override
    public String toString() {
        return text(x) + "," + text(y) + "," + text(z) + " nm";
    }

    private static String text(double length) {
        return Double.isFinite(length) ? VoxelSize.text(length) : Double.toString(length);
    }
}
