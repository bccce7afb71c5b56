package org.neuropil.space;

import java.io.Serializable;

/// A half-open box of voxels: `min` is in it, `max` is not. Never negative in size; may be empty.
///
/// @param min corner nearest the origin, inclusive
/// @param max opposite corner, exclusive; at least `min` on every axis
public record Box(Int3 min, Int3 max) implements Serializable {
    /// @throws IllegalArgumentException if `max` is below `min` on an axis
    public Box {
        if (max.x() < min.x() || max.y() < min.y() || max.z() < min.z()) {
            throw new IllegalArgumentException("box " + min + ":" + max + " is turned inside out");
        }
    }

    /// The box of a size that begins at a corner.
    public static Box of(Int3 min, Int3 size) {
        return new Box(min, min.plus(size));
    }

    /// The box of a size at the origin.
    public static Box ofSize(int x, int y, int z) {
        return new Box(Int3.ZERO, new Int3(x, y, z));
    }

    /// Reads `x0,y0,z0:x1,y1,z1`.
    ///
    /// @param field name of the option or field, for the error
    /// @throws InputException if the text is anything else or the box would be turned inside out
    public static Box parse(String text, String field) {
        String[] corners = text.split(":", -1);
        if (corners.length != 2) {
            throw new InputException("'" + text + "' is not a box", field, "write x0,y0,z0:x1,y1,z1");
        }
        Int3 min = Int3.parse(corners[0], field);
        Int3 max = Int3.parse(corners[1], field);
        if (!min.min(max).equals(min)) {
            throw new InputException("the second corner of '" + text + "' lies below the first", field,
                    "give the lower corner first");
        }
        return new Box(min, max);
    }

    /// Edge lengths in voxels.
    public Int3 size() {
        return max.minus(min);
    }

    /// Number of voxels.
    public long volume() {
        return size().volume();
    }

    /// Number of voxels as an array length.
    ///
    /// @throws IllegalArgumentException if they do not fit one Java array
    public int voxels() {
        long n = volume();
        if (n > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("box " + this + " has " + n + " voxels, too many for one array");
        }
        return (int) n;
    }

    /// True if it holds no voxel.
    public boolean isEmpty() {
        return min.x() == max.x() || min.y() == max.y() || min.z() == max.z();
    }

    /// True if the voxel lies in it.
    public boolean contains(int x, int y, int z) {
        return x >= min.x() && x < max.x() && y >= min.y() && y < max.y() && z >= min.z() && z < max.z();
    }

    /// True if every voxel of the other box lies in it.
    public boolean contains(Box o) {
        return o.isEmpty() || (min.min(o.min).equals(min) && max.max(o.max).equals(max));
    }

    /// The voxels that both have; empty, at the nearest corner, if there are none.
    public Box intersect(Box o) {
        Int3 low = min.max(o.min);
        return new Box(low, max.min(o.max).max(low));
    }

    /// Grown by a margin on every side.
    public Box grow(Int3 margin) {
        return new Box(min.minus(margin), max.plus(margin));
    }

    /// Moved by an offset.
    public Box shift(Int3 offset) {
        return new Box(min.plus(offset), max.plus(offset));
    }

    /// The voxels of a lattice coarser by `factor` that this box touches.
    public Box coarser(Int3 factor) {
        return new Box(min.floorDiv(factor), max.ceilDiv(factor));
    }

    /// Position of a voxel in an array that holds this box with x fastest.
    public int index(int x, int y, int z) {
        int width = max.x() - min.x();
        int height = max.y() - min.y();
        return ((z - min.z()) * height + (y - min.y())) * width + (x - min.x());
    }

    /// `x0,y0,z0:x1,y1,z1`.
    @Override
    public String toString() {
        return min + ":" + max;
    }
}
