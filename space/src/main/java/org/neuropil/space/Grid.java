package org.neuropil.space;

import java.io.Serializable;

/// The chunks that tile a box. The grid begins at the box's lower corner; chunks at the upper faces are clipped.
///
/// Chunks are counted with x fastest, so that a chunk has an index as well as a position.
///
/// @param bounds the box that is tiled
/// @param chunk size of a whole chunk in voxels, positive
public record Grid(Box bounds, Int3 chunk) implements Serializable {
    /// @throws IllegalArgumentException if the chunk size is not positive
    public Grid {
        if (chunk.x() <= 0 || chunk.y() <= 0 || chunk.z() <= 0) {
            throw new IllegalArgumentException("chunk size " + chunk);
        }
    }

    /// Number of chunks along each axis.
    public Int3 shape() {
        return bounds.size().ceilDiv(chunk);
    }

    /// Number of chunks.
    ///
    /// @throws IllegalArgumentException if there are 2^31 or more
    public int count() {
        long n = shape().volume();
        if (n > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(n + " chunks of " + chunk + " in " + bounds);
        }
        return (int) n;
    }

    /// Position in the grid of the chunk with this index.
    public Int3 position(int index) {
        Int3 shape = shape();
        return new Int3(index % shape.x(), index / shape.x() % shape.y(), index / shape.x() / shape.y());
    }

    /// Index of the chunk at a position in the grid.
    public int index(Int3 position) {
        Int3 shape = shape();
        return (position.z() * shape.y() + position.y()) * shape.x() + position.x();
    }

    /// True if there is a chunk at this position.
    public boolean contains(Int3 position) {
        return new Box(Int3.ZERO, shape()).contains(position.x(), position.y(), position.z());
    }

    /// The voxels of the chunk at a position, clipped at the bounds.
    public Box box(Int3 position) {
        return Box.of(bounds.min().plus(position.times(chunk)), chunk).intersect(bounds);
    }

    /// The voxels of the chunk with this index, clipped at the bounds.
    public Box box(int index) {
        return box(position(index));
    }

    /// Position of the chunk that holds a voxel.
    public Int3 positionOf(Int3 voxel) {
        return voxel.minus(bounds.min()).floorDiv(chunk);
    }

    /// Positions of the chunks that a box touches, as a half-open box of grid positions, clipped to the grid.
    public Box touching(Box voxels) {
        Box clipped = voxels.intersect(bounds);
        if (clipped.isEmpty()) {
            return new Box(Int3.ZERO, Int3.ZERO);
        }
        return new Box(positionOf(clipped.min()), positionOf(clipped.max().minus(Int3.all(1))).plus(Int3.all(1)));
    }
}
