package org.neuropil.segment;

import java.io.Serializable;
import java.util.Map;

import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;

/// Where cells end: turns an image into boundary evidence. A classical filter fills it now ([ValleyFilter]); a learned
/// network fills the same interface. Safe for use by several threads; serializable, as the jobs that use it are.
public interface BoundaryDetector extends Serializable {
    /// Name and parameters, for the provenance.
    Map<String, Object> parameters();

    /// Voxels of image that a voxel's evidence depends on, on each side along each axis.
    Int3 context();

    /// Evidence for the voxels of a box: 0 is surely inside a cell, 255 surely a boundary. The same voxel gets the same
    /// value whatever the box.
    ///
    /// @param image covers the box and its context as far as the volume goes
    /// @param box the voxels wanted
    /// @param volume the bounds of the volume
    Block.Bytes detect(Block image, Box box, Box volume);
}
