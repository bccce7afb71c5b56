package org.neuropil.graph;

import java.time.Instant;

import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;

/// What a graph is of; written once, by ingest.
///
/// @param bounds of the supervoxel volume, in voxels of its mip 0
/// @param chunk size of a chunk of layers 1 and 2, in voxels; chunks begin at the bounds' corner
/// @param voxelSize of mip 0, nm
/// @param layers number of layers; see [NodeIds]
/// @param spatialBits per axis of layers 1 and 2
/// @param anchorBits bits of the largest number of a layer-2 node; see [org.neuropil.graph.base.Base]
/// @param ingested moment of the graph's beginning, in whole milliseconds: nodes of ingest are as old
/// @param supervoxels how many ingest found
/// @param edges how many ingest found, each counted once
public record GraphInfo(Box bounds, Int3 chunk, VoxelSize voxelSize, int layers, int spatialBits, int anchorBits,
        Instant ingested, long supervoxels, long edges) {
    /// The layout of its ids.
    public NodeIds ids() {
        return new NodeIds(layers, spatialBits);
    }

    /// The chunks of layers 1 and 2.
    public Grid grid() {
        return new Grid(bounds, chunk);
    }
}
