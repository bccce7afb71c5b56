package org.neuropil.cli;

import java.util.regex.Pattern;

import org.neuropil.graph.voxels.Position;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;

/// A point as it is given on the command line: a voxel, of which the middle is meant, or lengths.
///
/// @param x in the unit
/// @param y in the unit
/// @param z in the unit
record GivenPoint(double x, double y, double z, GivenBox.Unit unit) {
    private static final Pattern LENGTH = Pattern.compile("[+-]?\\d{1,15}(\\.\\d{0,15})?");

    /// Reads `x,y,z`.
    ///
    /// @throws InputException if it is no point
    static GivenPoint parse(String text, GivenBox.Unit unit) {
        if (unit == GivenBox.Unit.VOXEL) {
            Int3 voxel = voxel(text);
            return new GivenPoint(voxel.x(), voxel.y(), voxel.z(), unit);
        }
        String[] words = text.split(",", -1);
        double[] all = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            if (words.length != 3 || !LENGTH.matcher(words[axis].strip()).matches()) {
                throw new InputException("'" + text + "' is no point", "", "write x,y,z in " + unit.text());
            }
            all[axis] = Double.parseDouble(words[axis].strip());
        }
        return new GivenPoint(all[0], all[1], all[2], unit);
    }

    private static Int3 voxel(String text) {
        try {
            return Int3.parse(text, "");
        } catch (InputException e) {
            throw new InputException("'" + text + "' is no voxel", "",
                    "write x,y,z in whole numbers, or say with --unit what they are", e);
        }
    }

    /// Where it is.
    ///
    /// @param voxel size of one
    Position position(VoxelSize voxel) {
        if (unit == GivenBox.Unit.VOXEL) {
            return new Position((x + 0.5) * voxel.x(), (y + 0.5) * voxel.y(), (z + 0.5) * voxel.z());
        }
        double nm = unit == GivenBox.Unit.UM ? 1000 : 1;
        return new Position(x * nm, y * nm, z * nm);
    }

    @Override
    public String toString() {
        return VoxelSize.text(x) + "," + VoxelSize.text(y) + "," + VoxelSize.text(z) + " " + unit.text();
    }
}
