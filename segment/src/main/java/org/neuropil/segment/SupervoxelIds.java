package org.neuropil.segment;

import java.io.Serializable;

import org.neuropil.space.Int3;

/// Supervoxel ids as the chunked proofreading graph lays them out: 8 bits of layer (always 1), then the chunk's x, y
/// and z, then a number within the chunk that begins at 1. See Dorkenwald et al. 2022 (PyChunkedGraph); the spatial bits
/// of layers 1 and 2 are the same.
///
/// @param bits spatial bits per axis, 1 to 17
public record SupervoxelIds(int bits) implements Serializable {
    /// The usual number of spatial bits: chunk coordinates up to 1,023.
    public static final int DEFAULT_BITS = 10;

    private static final int LAYER_SHIFT = 56;

    /// @throws IllegalArgumentException if the bits leave no room for supervoxels
    public SupervoxelIds {
        if (bits < 1 || bits > 17) {
            throw new IllegalArgumentException(bits + " spatial bits");
        }
    }

    /// The layout for a grid of chunks: 10 bits, more if a coordinate or the number of layers needs them.
    ///
    /// @param shape number of chunks along each axis
    public static SupervoxelIds forGrid(Int3 shape) {
        int most = Math.max(shape.x(), Math.max(shape.y(), shape.z()));
        int needed = 32 - Integer.numberOfLeadingZeros(Math.max(1, most - 1));
        return new SupervoxelIds(Math.max(DEFAULT_BITS, needed));
    }

    /// Layers of the graph above such a grid: supervoxels, chunks, and halvings of the grid up to one root chunk.
    ///
    /// @param shape number of chunks along each axis
    public static int layers(Int3 shape) {
        int most = Math.max(shape.x(), Math.max(shape.y(), shape.z()));
        return 32 - Integer.numberOfLeadingZeros(Math.max(1, most) - 1) + 2;
    }

    /// Id of a supervoxel.
    ///
    /// @param chunk position in the grid
    /// @param number within the chunk, from 1
    /// @throws IllegalArgumentException if either does not fit
    public long id(Int3 chunk, long number) {
        int limit = 1 << bits;
        if (chunk.x() < 0 || chunk.y() < 0 || chunk.z() < 0 || chunk.x() >= limit || chunk.y() >= limit
                || chunk.z() >= limit) {
            throw new IllegalArgumentException("chunk " + chunk + " with " + bits + " spatial bits");
        }
        int numberBits = LAYER_SHIFT - 3 * bits;
        if (number < 0 || number >= 1L << numberBits) {
            throw new IllegalArgumentException("supervoxel " + number + " with " + numberBits + " bits");
        }
        return 1L << LAYER_SHIFT | (long) chunk.x() << LAYER_SHIFT - bits | (long) chunk.y() << LAYER_SHIFT - 2 * bits
                | (long) chunk.z() << numberBits | number;
    }

    /// Position in the grid of the chunk that a supervoxel lies in.
    public Int3 chunk(long id) {
        int mask = (1 << bits) - 1;
        return new Int3((int) (id >>> LAYER_SHIFT - bits) & mask, (int) (id >>> LAYER_SHIFT - 2 * bits) & mask,
                (int) (id >>> LAYER_SHIFT - 3 * bits) & mask);
    }
}
