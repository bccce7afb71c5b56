package org.neuropil.volume.kernel;

import org.neuropil.space.Box;
import org.neuropil.space.Int3;

/// Which voxels of a block are in which cell of the next coarser mip. Along x, a row of cells is: a cell of one voxel if
/// the block begins at an odd voxel, then cells of two, then one of one if a voxel is left. With factor 1 all are of one.
///
/// @param from the block
/// @param factor 1 or 2 on each axis
/// @param to the cells
record Cells(Box from, Int3 factor, Box to) {
    /// Voxels of the first cell of a row, if that is not a whole one; otherwise 0.
    int lead() {
        return Math.floorMod(from.min().x(), factor.x());
    }

    /// How many cells of a row have two voxels along x.
    int pairs() {
        return (factor.x() - 1) * ((from.size().x() - lead()) / 2);
    }

    /// Where in the block, from its lower corner on, the cell with this number along an axis begins.
    int start(int axis, int cell) {
        int lead = Math.floorMod(from.min().get(axis), factor.get(axis));
        return Math.clamp((long) cell * factor.get(axis) - lead, 0, from.size().get(axis));
    }

    /// The index of the first voxel of a row of cells.
    int row(int y, int z) {
        return from.size().x() * (start(1, y) + from.size().y() * start(2, z));
    }

    /// How far on the second row of the cells in this row of cells stands; 0 if they have one row.
    int secondRow(int y) {
        return start(1, y + 1) - start(1, y) > 1 ? from.size().x() : 0;
    }

    /// How far on the second layer of the cells in this layer of cells stands; 0 if they have one layer.
    int secondLayer(int z) {
        return start(2, z + 1) - start(2, z) > 1 ? from.size().x() * from.size().y() : 0;
    }

    /// Fills in where the voxels of a cell stand, seen from its first, x fastest.
    ///
    /// @param width voxels along x, 1 or 2
    /// @param secondRow as [#secondRow] gives it
    /// @param secondLayer as [#secondLayer] gives it
    /// @param offsets room for 8
    /// @return how many voxels the cell has
    static int offsets(int width, int secondRow, int secondLayer, int[] offsets) {
        int count = 0;
        for (int layer = 0; layer <= (secondLayer > 0 ? 1 : 0); layer++) {
            for (int row = 0; row <= (secondRow > 0 ? 1 : 0); row++) {
                for (int x = 0; x < width; x++) {
                    offsets[count++] = x + row * secondRow + layer * secondLayer;
                }
            }
        }
        return count;
    }
}
