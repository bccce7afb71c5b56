package org.neuropil.morphology.level2;

import java.io.IOException;

import org.neuropil.space.Box;
import org.neuropil.volume.Block;

/// Where supervoxels lie, at present: with what edits have cut.
@FunctionalInterface
public interface SupervoxelBlocks {
    /// Supervoxel ids of voxels; 0 for background. May be called from any thread.
    ///
    /// @param voxels of mip 0, within the graph's bounds
    Block.Longs read(Box voxels) throws IOException;
}
