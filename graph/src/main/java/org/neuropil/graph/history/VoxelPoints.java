package org.neuropil.graph.history;

import java.util.List;

import org.neuropil.graph.EditPoint;
import org.neuropil.graph.GraphInfo;
import org.neuropil.space.Int3;

/// Points of edits as CAVE's logs show them: the voxel of mip 0 of the supervoxel volume that a point lies in. The graph
/// keeps nanometres, as they are sent; the voxel is their whole number of [GraphInfo#voxelSize], rounded down.
public final class VoxelPoints {
    private VoxelPoints() {}

    /// The voxel of a point.
    public static Int3 of(GraphInfo info, EditPoint point) {
        return new Int3((int) Math.floor(point.x() / info.voxelSize().x()),
                (int) Math.floor(point.y() / info.voxelSize().y()), (int) Math.floor(point.z() / info.voxelSize().z()));
    }

    /// The voxels of points.
    public static List<Int3> of(GraphInfo info, List<EditPoint> points) {
        return points.stream().map(point -> of(info, point)).toList();
    }
}
