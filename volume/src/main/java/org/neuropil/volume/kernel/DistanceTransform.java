package org.neuropil.volume.kernel;

import java.util.Arrays;

import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;

/// The exact Euclidean distance of each voxel to the nearest voxel of another label, centre to centre; for all labels at
/// once, on a lattice whose voxels need not be cubes.
///
/// Squared distances are found along x, where runs of a row tell them at once, and then along y and z, where within a
/// run of one label the lower envelope of parabolas tells them (Felzenszwalb and Huttenlocher, Theory of Computing 8,
/// 2012). Other labels at the ends of a run are parabolas of height 0. Columns are worked on in tiles of [#TILE], copied
/// so that each lies in a row. Squares are kept as floats between the passes and envelopes are made of doubles, so a
/// distance is right to about six digits.
public final class DistanceTransform {
    /// Columns that are worked on together: a cache line of floats.
    private static final int TILE = 16;

    private DistanceTransform() {}

    /// The distances.
    ///
    /// @param labels of 8 to 64 bits, 0 for background
    /// @param voxelSize whose unit is that of the result
    /// @param border true if another label begins outside of the block; else a label that fills the block is infinitely
    ///        far from any other
    /// @param threads at least 1; the result does not depend on it
    /// @return FLOAT32; 0 for background
    /// @throws IllegalArgumentException if voxels are fractions
    public static Block.Floats of(Block labels, VoxelSize voxelSize, boolean border, int threads) {
        Block.Floats result = squared(labels, voxelSize, border, threads);
        float[] data = result.data();
        int row = labels.box().size().x();
        Parallel.run(threads, labels.box().size().z(), z -> {
            int plane = row * labels.box().size().y();
            for (int i = z * plane; i < (z + 1) * plane; i++) {
                data[i] = (float) Math.sqrt(data[i]);
            }
        });
        return result;
    }

    /// The squares of the distances; see [#of].
    public static Block.Floats squared(Block labels, VoxelSize voxelSize, boolean border, int threads) {
        Block.Floats result = new Block.Floats(labels.box(), new float[labels.box().voxels()]);
        if (labels.box().isEmpty()) {
            return result;
        }
        Int3 size = labels.box().size();
        float[] data = result.data();
        int plane = size.x() * size.y();
        Parallel.run(threads, size.z(), z -> {
            alongRows(labels, z * plane, size, voxelSize.x(), border, data);
            new Columns(size.y(), size.x(), voxelSize.y(), border).run(labels, z * plane, size.x(), data);
        });
        Parallel.run(threads, size.y(),
                y -> new Columns(size.z(), plane, voxelSize.z(), border).run(labels, y * size.x(), size.x(), data));
        return result;
    }

    /// Squared distances along x for the rows of a plane.
    private static void alongRows(Block labels, int from, Int3 size, double width, boolean border, float[] data) {
        int[] ends = new int[size.x()];
        float[] squares = new float[size.x() + 2];
        for (int i = 0; i < squares.length; i++) {
            squares[i] = (float) (width * i * (width * i));
        }
        for (int row = from; row < from + size.x() * size.y(); row += size.x()) {
            int runs = RowRuns.find(labels, row, size.x(), ends);
            int start = 0;
            for (int i = 0; i < runs; i++) {
                int end = ends[i];
                if (labels.id(row + start) != 0) {
                    run(data, row, start, end, start > 0 || border, end < size.x() || border, squares);
                }
                start = end;
            }
        }
    }

    private static void run(float[] data, int row, int start, int end, boolean left, boolean right, float[] squares) {
        if (!left && !right) {
            Arrays.fill(data, row + start, row + end, Float.POSITIVE_INFINITY);
            return;
        }
        int middle = left && right ? start + (end - start + 1) / 2 : left ? end : start;
        for (int x = start; x < middle; x++) {
            data[row + x] = squares[x - start + 1];
        }
        for (int x = middle; x < end; x++) {
            data[row + x] = squares[end - x];
        }
    }

    /// Columns of one length along one axis.
    private static final class Columns {
        private final int length;
        private final int stride;
        private final double square;
        private final boolean border;
        /// Column by column.
        private final float[] tile;
        /// 1 where a voxel has another label than the one before it in its column.
        private final byte[] cuts;
        /// The envelope: where each parabola stands, its height, its height at place 0, and where it begins to be lowest.
        private final int[] places;
        private final double[] heights;
        private final double[] rises;
        private final double[] begins;
        /// The square of place i - 1.
        private final double[] squares;
        private final double[] inverses;

        Columns(int length, int stride, double width, boolean border) {
            this.length = length;
            this.stride = stride;
            this.square = width * width;
            this.border = border;
            this.tile = new float[TILE * length];
            this.cuts = new byte[TILE * length];
            this.places = new int[length + 2];
            this.heights = new double[length + 2];
            this.rises = new double[length + 2];
            this.begins = new double[length + 3];
            this.squares = new double[length + 2];
            this.inverses = new double[length + 2];
            for (int i = 0; i < length + 2; i++) {
                squares[i] = square * (i - 1) * (i - 1);
                inverses[i] = 1 / (2 * square * i);
            }
        }

        /// Works on the columns that begin at `from` to `from + count - 1`.
        void run(Block labels, int from, int count, float[] data) {
            for (int first = 0; first < count; first += TILE) {
                int width = Math.min(TILE, count - first);
                load(labels, from + first, width, data);
                for (int column = 0; column < width; column++) {
                    column(column * length);
                }
                store(from + first, width, data);
            }
        }

        private void load(Block labels, int from, int width, float[] data) {
            for (int p = 0; p < length; p++) {
                int at = from + p * stride;
                for (int c = 0, to = p; c < width; c++, to += length) {
                    tile[to] = data[at + c];
                }
                if (p > 0) {
                    RowRuns.differences(labels, at, at - stride, width, cuts, p, length);
                }
            }
        }

        private void store(int from, int width, float[] data) {
            for (int p = 0; p < length; p++) {
                int at = from + p * stride;
                for (int c = 0, source = p; c < width; c++, source += length) {
                    data[at + c] = tile[source];
                }
            }
        }

        private void column(int base) {
            int start = 0;
            while (start < length) {
                int end = start + 1;
                while (end < length && cuts[base + end] == 0) {
                    end++;
                }
                // Background is 0 from the first pass on, and stays so.
                if (tile[base + start] != 0) {
                    segment(base + start, end - start, start > 0 || border, end < length || border);
                }
                start = end;
            }
        }

        /// A run of one label: `n` voxels from `at` on in the tile.
        private void segment(int at, int n, boolean left, boolean right) {
            if (n == 1) {
                if (left || right) {
                    tile[at] = (float) Math.min(tile[at], square);
                }
                return;
            }
            int top = -1;
            if (left) {
                top = 0;
                places[0] = -1;
                heights[0] = 0;
                rises[0] = square;
                begins[0] = Double.NEGATIVE_INFINITY;
            }
            int stop = right ? n : n - 1;
            for (int p = 0; p <= stop; p++) {
                double height = p == n ? 0 : tile[at + p];
                double rise = height + squares[p + 1];
                double begin = Double.NEGATIVE_INFINITY;
                while (top >= 0) {
                    begin = (rise - rises[top]) * inverses[p - places[top]];
                    if (begin > begins[top]) {
                        break;
                    }
                    top--;
                }
                if (top < 0) {
                    begin = Double.NEGATIVE_INFINITY;
                }
                // What begins behind the run is never seen; nor is what is infinitely high.
                if (begin < n - 1 && height < Float.POSITIVE_INFINITY) {
                    top++;
                    places[top] = p;
                    heights[top] = height;
                    rises[top] = rise;
                    begins[top] = begin;
                }
            }
            if (top < 0) {
                return;
            }
            begins[top + 1] = Double.POSITIVE_INFINITY;
            for (int p = 0, k = 0; p < n; p++) {
                while (begins[k + 1] < p) {
                    k++;
                }
                int away = p - places[k];
                tile[at + p] = (float) (heights[k] + square * away * away);
            }
        }
    }
}
