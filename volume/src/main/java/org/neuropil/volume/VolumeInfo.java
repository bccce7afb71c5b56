package org.neuropil.volume;

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
public record VolumeInfo(Kind kind, DataType type, List<Scale> scales) {
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

    /// How a chunk's bytes are written.
    public enum Encoding {
        /// Little-endian voxels, x fastest.
        RAW,
        /// Neuroglancer's compressed_segmentation with blocks of 8x8x8; uint32 and uint64 only.
        COMPRESSED_SEGMENTATION
    }

    /// One mip.
    ///
    /// @param voxelSize nanometres
    /// @param bounds the voxels that exist, in this mip's lattice
    /// @param chunk size of a whole chunk in voxels
    /// @param encoding how chunks are written
    public record Scale(VoxelSize voxelSize, Box bounds, Int3 chunk, Encoding encoding) {
        /// The chunks of this mip.
        public Grid grid() {
            return new Grid(bounds, chunk);
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
}
