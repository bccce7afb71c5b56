package org.neuropil.volume.kernel;

import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.VolumeInfo;

/// Makes a block of the next coarser mip. The factor is 1 or 2 on each axis. The result covers `box.coarser(factor)`; a
/// cell that sticks out of the input at a face stands for the input voxels that exist. So cut inputs at multiples of the
/// factor, other than at the faces of the volume itself.
///
/// A _sparse_ result takes 0 as "nothing here": a cell's zeros do not count, unless all of it is 0.
public final class Downsample {
    /// Voxels of the result that are one part of the work, about: few enough that all threads have some.
    private static final int PART = 1 << 16;

    private Downsample() {}

    /// What becomes of the fraction of a mean.
    public enum Rounding {
        /// To the nearest whole number, halves up. Grey levels do not drift however many mips are made one from another.
        NEAREST,
        /// Dropped, as integer division and tinybrain do it. Each mip made from the one before is darker, for factor 2,2,2
        /// by 7/16 of a grey level on average.
        TOWARDS_ZERO
    }

    /// Downsamples as the kind of volume asks, on one thread: [#average] for images, [#mode] for segmentations.
    ///
    /// @param sparse whether 0 counts only where all of a cell is 0
    public static Block by(VolumeInfo.Kind kind, Block block, Int3 factor, boolean sparse) {
        return switch (kind) {
            case IMAGE -> average(block, factor, Rounding.NEAREST, sparse, 1);
            case SEGMENTATION -> mode(block, factor, sparse, 1);
        };
    }

    /// The mean of each cell, rounded to the nearest, on one thread.
    ///
    /// @throws IllegalArgumentException if the factor is not 1 or 2 on each axis
    public static Block average(Block block, Int3 factor) {
        return average(block, factor, Rounding.NEAREST, false, 1);
    }

    /// The mean of each cell. It is exact for whole numbers of every width. For fractions the voxels are added as doubles,
    /// x fastest, then divided; the rounding does not matter there.
    ///
    /// @param sparse whether the mean is that of the voxels that are not 0
    /// @param threads at least 1; the result does not depend on it
    /// @throws IllegalArgumentException if the factor is not 1 or 2 on each axis
    public static Block average(Block block, Int3 factor, Rounding rounding, boolean sparse, int threads) {
        return run(block, factor, threads,
                (cells, result) -> new AverageRows(cells, block, result, rounding, sparse));
    }

    /// The most frequent value of each cell, on one thread; 0 counts like any other value.
    ///
    /// @throws IllegalArgumentException if voxels are fractions, or the factor is not 1 or 2 on each axis
    public static Block mode(Block block, Int3 factor) {
        return mode(block, factor, false, 1);
    }

    /// The most frequent value of each cell; of several that are equally frequent, the one that comes first in the cell, x
    /// fastest. With factor 2 along two axes, two kinds of ties of a whole cell end otherwise: four different values give
    /// the last, and if first and last are the same, and second and third too, the second wins. That is the rule of
    /// COUNTLESS, which tinybrain has made the custom for factor 2,2,1. For a sparse result, should the last of four
    /// different values be 0, the first, the third or the second is taken, in this order, that is not.
    ///
    /// @param sparse whether 0 wins only where all of the cell is 0
    /// @param threads at least 1; the result does not depend on it
    /// @throws IllegalArgumentException if voxels are fractions, or the factor is not 1 or 2 on each axis
    public static Block mode(Block block, Int3 factor, boolean sparse, int threads) {
        if (block.type().isFloat()) {
            throw new IllegalArgumentException("cannot take the most frequent of " + block.type());
        }
        return run(block, factor, threads, (cells, result) -> new ModeRows(cells, block, result, sparse));
    }

    /// Makes rows of the result. Has room of its own to work in, so each part of the work has one.
    interface Rows {
        /// Makes one row.
        ///
        /// @param y in the result, from its lower corner on
        void row(int y, int z);
    }

    private interface Start {
        Rows rows(Cells cells, Block result);
    }

    private static Block run(Block block, Int3 factor, int threads, Start start) {
        for (int axis = 0; axis < 3; axis++) {
            int f = factor.get(axis);
            if (f != 1 && f != 2) {
                throw new IllegalArgumentException("factor " + factor + " is not 1 or 2 on each axis");
            }
        }
        Box box = block.box().coarser(factor);
        Block result = Block.zeros(block.type(), box);
        if (box.isEmpty()) {
            return result;
        }
        Cells cells = new Cells(block.box(), factor, box);
        int height = box.size().y();
        int rows = height * box.size().z();
        int each = Math.max(1, PART / box.size().x());
        Parallel.run(threads, (rows + each - 1) / each, part -> {
            Rows work = start.rows(cells, result);
            for (int row = part * each; row < Math.min(rows, (part + 1) * each); row++) {
                work.row(row % height, row / height);
            }
        });
        return result;
    }
}
