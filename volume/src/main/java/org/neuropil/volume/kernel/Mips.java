package org.neuropil.volume.kernel;

import java.util.ArrayList;
import java.util.List;

import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.DataType;
import org.neuropil.volume.VolumeInfo;

/// Which mips a volume gets.
public final class Mips {
    private Mips() {}

    /// One mip of a plan.
    ///
    /// @param factor from the level before, 1 or 2 on each axis; 1,1,1 for the finest
    /// @param voxelSize nanometres
    /// @param bounds the voxels that exist, in this level's lattice
    public record Level(Int3 factor, VoxelSize voxelSize, Box bounds) {}

    /// The levels from the finest to the first that fits one chunk.
    ///
    /// Each level halves the axes along which voxels are still shorter than sqrt 2 times the shortest edge; so voxels
    /// become as near to cubes as factors of 2 allow and stay so: 4x4x40 nm goes to 8x8x40, 16x16x40, 32x32x40 and then
    /// 64x64x80. An axis with a single voxel is never halved and not looked at.
    ///
    /// @param voxelSize of the finest level
    /// @param bounds of the finest level; not empty
    /// @param chunk size of a chunk in voxels, the same on all levels
    public static List<Level> plan(VoxelSize voxelSize, Box bounds, Int3 chunk) {
        if (bounds.isEmpty() || !chunk.max(Int3.all(1)).equals(chunk)) {
            throw new IllegalArgumentException("bounds " + bounds + ", chunk " + chunk);
        }
        List<Level> levels = new ArrayList<>();
        levels.add(new Level(Int3.all(1), voxelSize, bounds));
        while (!levels.getLast().bounds().size().max(chunk).equals(chunk)) {
            Level last = levels.getLast();
            Int3 factor = factor(last.voxelSize(), last.bounds());
            if (factor.equals(Int3.all(1))) {
                break;
            }
            levels.add(new Level(factor, last.voxelSize().times(factor), last.bounds().coarser(factor)));
        }
        return List.copyOf(levels);
    }

    /// As [#plan(VoxelSize, Box, Int3)] with the same factor for all levels.
    ///
    /// @param factor 1 or 2 on each axis, not 1 on all
    /// @throws IllegalArgumentException if it is another
    public static List<Level> plan(VoxelSize voxelSize, Box bounds, Int3 chunk, Int3 factor) {
        if (factor.equals(Int3.all(1)) || !factor.max(Int3.all(1)).equals(factor)
                || !factor.min(Int3.all(2)).equals(factor)) {
            throw new IllegalArgumentException("factor " + factor);
        }
        List<Level> levels = new ArrayList<>();
        levels.add(new Level(Int3.all(1), voxelSize, bounds));
        while (!levels.getLast().bounds().size().max(chunk).equals(chunk)) {
            Level last = levels.getLast();
            Int3 possible = Int3.all(1);
            for (int axis = 0; axis < 3; axis++) {
                possible = possible.with(axis, canShrink(last.bounds(), axis) ? factor.get(axis) : 1);
            }
            if (possible.equals(Int3.all(1))) {
                break;
            }
            levels.add(new Level(possible, last.voxelSize().times(possible), last.bounds().coarser(possible)));
        }
        return List.copyOf(levels);
    }

    /// A volume with the planned levels, all with the same chunk size.
    public static VolumeInfo volume(VolumeInfo.Kind kind, DataType type, VoxelSize voxelSize, Box bounds, Int3 chunk) {
        return new VolumeInfo(kind, type,
                plan(voxelSize, bounds, chunk).stream()
                        .map(level -> new VolumeInfo.Scale(level.voxelSize(), level.bounds(), chunk))
                        .toList());
    }

    private static Int3 factor(VoxelSize voxelSize, Box bounds) {
        double shortest = Double.POSITIVE_INFINITY;
        for (int axis = 0; axis < 3; axis++) {
            if (canShrink(bounds, axis)) {
                shortest = Math.min(shortest, voxelSize.get(axis));
            }
        }
        Int3 factor = Int3.all(1);
        for (int axis = 0; axis < 3; axis++) {
            if (canShrink(bounds, axis) && voxelSize.get(axis) < Math.sqrt(2) * shortest) {
                factor = factor.with(axis, 2);
            }
        }
        return factor;
    }

    /// False for a single voxel, and for the two beside 0, which stay two however coarse the lattice gets.
    private static boolean canShrink(Box bounds, int axis) {
        int min = bounds.min().get(axis);
        int max = bounds.max().get(axis);
        return max - min > 1 && !(min == -1 && max == 1);
    }
}
