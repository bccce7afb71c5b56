package org.neuropil.volume.array;

import org.neuropil.space.InputException;
import org.neuropil.space.Int3;

/// Lengths as whole voxels.
public final class Offsets {
    /// Of a voxel; for what is lost in writing a product as a decimal number.
    private static final double TOLERANCE = 1e-6;

    private Offsets() {}

    /// The voxels that an offset goes, rounded down: what is left of a voxel is dropped.
    ///
    /// @param offset along x, y and z
    /// @param voxel edge lengths in the same unit
    /// @param where file and field, for the error
    /// @throws InputException if they do not fit 32 bits
    public static Int3 wholeVoxels(double[] offset, double[] voxel, String where) {
        Int3 voxels = Int3.ZERO;
        for (int axis = 0; axis < 3; axis++) {
            double number = offset[axis] / voxel[axis];
            double tolerance = TOLERANCE + Math.abs(number) * 1e-12;
            double whole = Math.floor(number + tolerance);
            if (!(Math.abs(whole) < Integer.MAX_VALUE)) {
                throw new InputException("an offset of " + offset[axis] + " is " + number
                        + " voxels, beyond what 32 bits allow", where, "");
            }
            voxels = voxels.with(axis, (int) whole);
        }
        return voxels;
    }

    /// Checks that positions in a volume, and in a chunk that reaches beyond its end, fit 32 bits.
    ///
    /// @param min lower corner of the bounds
    /// @param chunk what is written at once
    /// @param where file and field, for the error
    /// @throws InputException if they do not
    public static void checkReach(Int3 min, Int3 size, Int3 chunk, String where) {
        for (int axis = 0; axis < 3; axis++) {
            if ((long) min.get(axis) + size.get(axis) + chunk.get(axis) > Integer.MAX_VALUE) {
                throw new InputException("the volume reaches too far along axis " + "xyz".charAt(axis)
                        + ": its end and a chunk are beyond what 32 bits allow", where, "");
            }
        }
    }
}
