package org.neuropil.graph.voxels;

import java.util.Arrays;
import java.util.List;

import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.kernel.DistanceTransform;

/// The voxels that are cut, numbered in the order of their places, in an array with a margin of one voxel around them.
///
/// @param box of the array
/// @param ranks number of the voxel at each place of the array, x fastest; -1 where there is none, as in the margin
/// @param places where each voxel is in the array, ascending
/// @param border squared distance of each voxel to the nearest place outside of the mask, nm²
record Mask(Box box, int[] ranks, int[] places, float[] border) {
    static final int OUTSIDE = -1;

    /// The voxels of a block that are not 0. What lies beyond the block is not known, so its faces are no border of the
    /// mask.
    ///
    /// @throws IllegalArgumentException if there are none
    static Mask of(Block.Ints own, VoxelSize size) {
        Box tight = extent(own);
        Box known = tight.grow(Int3.all(1)).intersect(own.box());
        Box box = tight.grow(Int3.all(1));
        Block.Bytes mask = new Block.Bytes(known, new byte[known.voxels()]);
        int voxels = 0;
        int row = known.size().x();
        for (int z = known.min().z(), to = 0; z < known.max().z(); z++) {
            for (int y = known.min().y(); y < known.max().y(); y++) {
                int from = own.box().index(known.min().x(), y, z);
                for (int x = 0; x < row; x++, to++) {
                    if (own.data()[from + x] != 0) {
                        mask.data()[to] = 1;
                        voxels++;
                    }
                }
            }
        }
        float[] squares = DistanceTransform.squared(mask, size, false, 1).data();
        int[] ranks = new int[box.voxels()];
        Arrays.fill(ranks, OUTSIDE);
        int[] places = new int[voxels];
        float[] border = new float[voxels];
        int rank = 0;
        for (int z = known.min().z(); z < known.max().z(); z++) {
            for (int y = known.min().y(); y < known.max().y(); y++) {
                int from = known.index(known.min().x(), y, z);
                int to = box.index(known.min().x(), y, z);
                for (int x = 0; x < row; x++) {
                    if (mask.data()[from + x] != 0) {
                        ranks[to + x] = rank;
                        places[rank] = to + x;
                        border[rank++] = squares[from + x];
                    }
                }
            }
        }
        return new Mask(box, ranks, places, border);
    }

    private static Box extent(Block.Ints own) {
        Box box = own.box();
        Int3 low = box.max();
        Int3 high = box.min();
        int row = box.size().x();
        for (int z = box.min().z(), i = 0; z < box.max().z(); z++) {
            for (int y = box.min().y(); y < box.max().y(); y++, i += row) {
                int first = 0;
                while (first < row && own.data()[i + first] == 0) {
                    first++;
                }
                if (first < row) {
                    int last = row - 1;
                    while (own.data()[i + last] == 0) {
                        last--;
                    }
                    low = low.min(new Int3(box.min().x() + first, y, z));
                    high = high.max(new Int3(box.min().x() + last + 1, y + 1, z + 1));
                }
            }
        }
        if (low.equals(box.max())) {
            throw new IllegalArgumentException("none of the supervoxels to cut is in " + box);
        }
        return new Box(low, high);
    }

    /// How many voxels there are.
    int size() {
        return places.length;
    }

    /// What to add to a place to go one voxel up each axis.
    int stride(int axis) {
        return axis == 0 ? 1 : axis == 1 ? box.size().x() : box.size().x() * box.size().y();
    }

    /// Where a voxel is.
    Int3 voxel(int rank) {
        int place = places[rank];
        return box.min().plus(
                new Int3(place % stride(1), place / stride(1) % box.size().y(), place / stride(2)));
    }

    /// Squared distance from a voxel to a point, centre to centre, nm².
    double distance(int rank, Int3 point, VoxelSize size) {
        Int3 voxel = voxel(rank);
        double dx = (voxel.x() - (double) point.x()) * size.x();
        double dy = (voxel.y() - (double) point.y()) * size.y();
        double dz = (voxel.z() - (double) point.z()) * size.z();
        return dx * dx + dy * dy + dz * dz;
    }

    /// The voxel at a point; the nearest one, centre to centre in nm, if the point is none; of several equally near, the
    /// first.
    int snap(Int3 point, VoxelSize size) {
        if (box.contains(point.x(), point.y(), point.z())) {
            int rank = ranks[box.index(point.x(), point.y(), point.z())];
            if (rank != OUTSIDE) {
                return rank;
            }
        }
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int rank = 0; rank < places.length; rank++) {
            double distance = distance(rank, point, size);
            if (distance < least) {
                least = distance;
                best = rank;
            }
        }
        return best;
    }

    /// The voxels at some points, ascending, each once.
    int[] snap(List<Int3> points, VoxelSize size) {
        return points.stream().mapToInt(point -> snap(point, size)).sorted().distinct().toArray();
    }
}
