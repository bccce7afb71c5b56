package org.neuropil.graph.voxels;

import java.io.IOException;
import java.util.List;

import org.neuropil.space.Int3;

/// Where the patches of cut supervoxels are kept.
@FunctionalInterface
public interface Patches {
    /// The patches of a chunk's supervoxels, in the order in which they were cut, so that a fragment that was cut again
    /// comes after what made it.
    ///
    /// @param chunk position in the grid of layers 1 and 2
    List<SupervoxelPatch> of(Int3 chunk) throws IOException;
}
