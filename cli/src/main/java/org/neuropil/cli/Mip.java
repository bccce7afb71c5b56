package org.neuropil.cli;

import java.util.List;
import java.util.Optional;

import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.VolumeInfo.Scale;

/// A mip as it is given on the command line: its number, 0 the finest, or the size of its voxels.
///
/// @param number if it is given by number
/// @param size if it is given by voxel size
record Mip(int number, Optional<VoxelSize> size) {
    /// The finest.
    static final Mip FINEST = new Mip(0, Optional.empty());

    private static final double NEAR = 1e-9;

    /// Reads `2` or `16x16x40nm`.
    ///
    /// @throws InputException if it is neither
    static Mip parse(String text) {
        if (text.matches("\\d{1,9}")) {
            return new Mip(Integer.parseInt(text), Optional.empty());
        }
        try {
            return new Mip(0, Optional.of(VoxelSize.parse(text, "")));
        } catch (InputException e) {
            throw new InputException("'" + text + "' is no mip", "",
                    "write a number, 0 for the finest, or a voxel size "
                            + "such as 16x16x40nm",
                    e);
        }
    }

    /// Its number among the mips of a volume, which may have fewer.
    ///
    /// @throws InputException if there is none of the size
    int among(List<Scale> scales) {
        if (size.isEmpty()) {
            return number;
        }
        for (int i = 0; i < scales.size(); i++) {
            if (isNear(scales.get(i).voxelSize(), size.get())) {
                return i;
            }
        }
        throw new InputException("there is no mip of " + size.get(), "--mip",
                "there are " + String.join(", ", scales.stream().map(s -> s.voxelSize().toString()).toList()));
    }

    /// Sizes are products of decimal fractions, in which the last binary digits may differ.
    private static boolean isNear(VoxelSize a, VoxelSize b) {
        for (int axis = 0; axis < 3; axis++) {
            if (Math.abs(a.get(axis) - b.get(axis)) > NEAR * a.get(axis)) {
                return false;
            }
        }
        return true;
    }
}
