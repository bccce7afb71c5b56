package org.neuropil.graph.ingest;

import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.NodeIds;
import org.neuropil.segment.SupervoxelIds;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;

/// What is known of a graph before it is made.
///
/// @param bounds of the supervoxel volume, in voxels
/// @param chunk size of a chunk of layers 1 and 2, in voxels
/// @param voxelSize nm
/// @param ids layout; its layers must be those that the grid has
/// @param ingested moment of the graph's beginning, in whole milliseconds
public record GraphPlan(Box bounds, Int3 chunk, VoxelSize voxelSize, NodeIds ids, Instant ingested)
        implements
            Serializable {
    /// @throws IllegalArgumentException if the layout does not fit the grid or the moment is not in whole milliseconds
    public GraphPlan {
        Int3 shape = new Grid(bounds, chunk).shape();
        int most = Math.max(shape.x(), Math.max(shape.y(), shape.z()));
        if (bounds.isEmpty() || ids.layers() != SupervoxelIds.layers(shape) || most > 1 << ids.bits()) {
            throw new IllegalArgumentException("a grid of " + shape + " chunks with " + ids);
        }
        if (!ingested.equals(ingested.truncatedTo(ChronoUnit.MILLIS))) {
            throw new IllegalArgumentException("moment " + ingested + " is not in whole milliseconds");
        }
    }

    /// A plan with the layout of ids that [SupervoxelIds] gives such a grid.
    public static GraphPlan of(Box bounds, Int3 chunk, VoxelSize voxelSize, Instant ingested) {
        Int3 shape = new Grid(bounds, chunk).shape();
        return new GraphPlan(bounds, chunk, voxelSize,
                new NodeIds(SupervoxelIds.layers(shape), SupervoxelIds.forGrid(shape).bits()), ingested);
    }

    /// The chunks of layers 1 and 2.
    public Grid grid() {
        return new Grid(bounds, chunk);
    }

    /// The chunks of a layer; their bounds are in chunks of layer 2.
    ///
    /// @param layer from 2 on
    Grid cells(int layer) {
        return new Grid(new Box(Int3.ZERO, grid().shape()), Int3.all(1 << layer - 2));
    }

    /// What is known of it once it is made.
    GraphInfo info(int anchorBits, long supervoxels, long edges) {
        return new GraphInfo(bounds, chunk, voxelSize, ids.layers(), ids.bits(), anchorBits, ingested, supervoxels,
                edges);
    }
}
