package org.neuropil.volume;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;

/// What a volume is.
///
/// @param kind whether voxels are intensities or ids
/// @param type what a voxel holds
/// @param scales mips, finest first; at least one
public record VolumeInfo(Kind kind, DataType type, List<Scale> scales) implements Serializable {
    /// @throws IllegalArgumentException if there is no scale
    public VolumeInfo {
        scales = List.copyOf(scales);
        if (scales.isEmpty()) {
            throw new IllegalArgumentException("a volume has at least one scale");
        }
    }

    /// What voxels mean; decides how they are downsampled and drawn.
    public enum Kind {
        /// Intensities: averaged when downsampled.
        IMAGE,
        /// Ids, 0 for none: the most frequent wins when downsampled.
        SEGMENTATION
    }

    /// One mip.
    ///
    /// @param voxelSize nanometres
    /// @param bounds the voxels that exist, in this mip's lattice
    /// @param chunk size of a whole chunk in voxels: what is decoded at once
    /// @param unit what is written at once, in voxels: the chunk, or several chunks that share a file (a shard); a
    ///        multiple of the chunk on each axis
    public record Scale(VoxelSize voxelSize, Box bounds, Int3 chunk, Int3 unit) implements Serializable {
        /// @throws IllegalArgumentException if the unit is no multiple of the chunk
        public Scale {
            if (chunk.min(Int3.all(1)).equals(Int3.all(1)) && unit.floorDiv(chunk).times(chunk).equals(unit)) {
                unit = unit.max(chunk);
            } else {
                throw new IllegalArgumentException("chunks of " + chunk + " in units of " + unit);
            }
        }

        /// A mip whose chunks are written each on its own.
        public Scale(VoxelSize voxelSize, Box bounds, Int3 chunk) {
            this(voxelSize, bounds, chunk, chunk);
        }

        /// The chunks of this mip.
        public Grid grid() {
            return new Grid(bounds, chunk);
        }

        /// What is written at once: shards, or chunks where there are none.
        public Grid units() {
            return new Grid(bounds, unit);
        }
    }

    /// The mip with this number.
    ///
    /// @throws IllegalArgumentException if there is none
    public Scale scale(int mip) {
        if (mip < 0 || mip >= scales.size()) {
            throw new IllegalArgumentException("mip " + mip + " of " + scales.size());
        }
        return scales.get(mip);
    }

    /// How many voxels of the mip before one of a mip stands for, along each axis.
    ///
    /// @param mip from 1 on
    public Int3 factor(int mip) {
        VoxelSize fine = scale(mip - 1).voxelSize();
        VoxelSize coarse = scale(mip).voxelSize();
        return new Int3((int) Math.round(coarse.x() / fine.x()), (int) Math.round(coarse.y() / fine.y()),
                (int) Math.round(coarse.z() / fine.z()));
    }

    /// This with more mips.
    ///
    /// @param more coarser than those there are
    public VolumeInfo withMips(List<Scale> more) {
        List<Scale> all = new ArrayList<>(scales);
        all.addAll(more);
        return new VolumeInfo(kind, type, all);
    }
}
