package org.neuropil.cli;

import java.util.Locale;

import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;

/// A box as it is given on the command line, in voxels or in lengths.
///
/// @param corners x0, y0, z0, x1, y1, z1
/// @param unit of these
@SuppressWarnings("ArrayRecordComponent")
record GivenBox(double[] corners, Unit unit) {
    /// A length this much of a voxel off a border of voxels is meant to be on it: decimal fractions are not exact.
    private static final double NEAR = 1e-6;

    /// What the numbers of a box count.
    enum Unit {
        /// Voxels of the mip.
        VOXEL(0),
        /// Nanometres.
        NM(1),
        /// Micrometres.
        UM(1000);

        private final double nanometres;

        Unit(double nanometres) {
            this.nanometres = nanometres;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Reads `x0,y0,z0:x1,y1,z1`.
    ///
    /// @throws InputException if it is no box
    static GivenBox parse(String text, Unit unit) {
        if (unit == Unit.VOXEL) {
            Box box = Box.parse(text, "--box");
            return new GivenBox(new double[]{box.min().x(), box.min().y(), box.min().z(), box.max().x(), box.max().y(),
                    box.max().z()}, unit);
        }
        String[] ends = text.strip().split(":", -1);
        String[] words = (ends.length == 2 ? ends[0] + "," + ends[1] : "").split(",", -1);
        if (words.length != 6) {
            throw new InputException("'" + text + "' is not a box", "--box", "write x0,y0,z0:x1,y1,z1");
        }
        double[] corners = new double[6];
        for (int i = 0; i < 6; i++) {
            String word = words[i].strip();
            if (!word.matches("[+-]?\\d{1,15}(\\.\\d{0,15})?")) {
                throw new InputException("'" + word + "' in '" + text + "' is not a length", "--box",
                        "write x0,y0,z0:x1,y1,z1 in " + unit.text());
            }
            corners[i] = Double.parseDouble(word);
        }
        for (int axis = 0; axis < 3; axis++) {
            if (corners[axis + 3] < corners[axis]) {
                throw new InputException("the second corner of '" + text + "' lies below the first", "--box",
                        "give the lower corner first");
            }
        }
        return new GivenBox(corners, unit);
    }

    /// The voxels that it touches.
    ///
    /// @throws InputException if they are further off than voxels can be
    Box voxels(VoxelSize voxel) {
        int[] all = new int[6];
        for (int i = 0; i < 6; i++) {
            double at = unit == Unit.VOXEL ? corners[i] : corners[i] * unit.nanometres / voxel.get(i % 3);
            double whole = Math.rint(at);
            double taken = Math.abs(at - whole) < NEAR ? whole : i < 3 ? Math.floor(at) : Math.ceil(at);
            if (Math.abs(taken) > Integer.MAX_VALUE) {
                throw new InputException("'" + VoxelSize.text(corners[i]) + " " + unit.text()
                        + "' is farther off than any voxel of " + voxel, "--box", "--unit says what a box is given in");
            }
            all[i] = (int) taken;
        }
        return new Box(new Int3(all[0], all[1], all[2]), new Int3(all[3], all[4], all[5]));
    }

    /// A box of voxels in nanometres, as it would be given.
    static String nanometres(Box box, VoxelSize voxel) {
        return corner(box.min(), voxel) + ":" + corner(box.max(), voxel);
    }

    private static String corner(Int3 at, VoxelSize voxel) {
        return VoxelSize.text(rounded(at.x() * voxel.x())) + "," + VoxelSize.text(rounded(at.y() * voxel.y())) + ","
                + VoxelSize.text(rounded(at.z() * voxel.z()));
    }

    private static double rounded(double length) {
        return Math.rint(length * 1e6) / 1e6;
    }
}
