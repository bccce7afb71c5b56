package org.neuropil.volume.kernel;

import java.util.Arrays;

import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.VolumeInfo;

/// Makes a block of the next coarser mip. The factor is 1 or 2 on each axis. The result covers `box.coarser(factor)`; a
/// cell that sticks out of the input at a face stands for the input voxels that exist. So cut inputs at multiples of the
/// factor, other than at the faces of the volume itself.
public final class Downsample {
    private Downsample() {}

    /// Downsamples as the kind of volume asks: [#average] for images, [#mode] for segmentations.
    public static Block by(VolumeInfo.Kind kind, Block block, Int3 factor) {
        return switch (kind) {
            case IMAGE -> average(block, factor);
            case SEGMENTATION -> mode(block, factor);
        };
    }

    /// The mean of each cell, rounded to the nearest whole number, halves up.
    ///
    /// @param block UINT8 or UINT16
    /// @throws IllegalArgumentException if it is of another type, or the factor is not 1 or 2
    public static Block average(Block block, Int3 factor) {
        Box box = coarser(block.box(), factor);
        Block result = Block.zeros(block.type(), box);
        Int3 to = box.size();
        int width = block.box().size().x();
        int lead = Math.floorMod(block.box().min().x(), factor.x());
        int[] sums = new int[to.x()];
        for (int z = 0; z < to.z(); z++) {
            int z0 = start(block.box(), factor, 2, z);
            int z1 = start(block.box(), factor, 2, z + 1);
            for (int y = 0; y < to.y(); y++) {
                int y0 = start(block.box(), factor, 1, y);
                int y1 = start(block.box(), factor, 1, y + 1);
                Arrays.fill(sums, 0);
                for (int inZ = z0; inZ < z1; inZ++) {
                    for (int inY = y0; inY < y1; inY++) {
                        int row = width * (inY + block.box().size().y() * inZ);
                        switch (block) {
                            case Block.Bytes b -> addRow(b.data(), row, width, lead, factor.x(), sums);
                            case Block.Shorts b -> addRow(b.data(), row, width, lead, factor.x(), sums);
                            default -> throw new IllegalArgumentException("cannot average " + block.type());
                        }
                    }
                }
                divide(sums, (z1 - z0) * (y1 - y0), width, lead, factor.x());
                int at = to.x() * (y + to.y() * z);
                if (result instanceof Block.Bytes r) {
                    for (int x = 0; x < to.x(); x++) {
                        r.data()[at + x] = (byte) sums[x];
                    }
                } else if (result instanceof Block.Shorts r) {
                    for (int x = 0; x < to.x(); x++) {
                        r.data()[at + x] = (short) sums[x];
                    }
                }
            }
        }
        return result;
    }

    /// The most frequent value of each cell. 0 counts like any other value; of several that are equally frequent the one
    /// wins that comes first in the cell, x fastest.
    ///
    /// @param block UINT32 or UINT64
    /// @throws IllegalArgumentException if it is of another type, or the factor is not 1 or 2
    public static Block mode(Block block, Int3 factor) {
        Box box = coarser(block.box(), factor);
        Block result = Block.zeros(block.type(), box);
        switch (block) {
            case Block.Ints b -> mode(b, factor, (Block.Ints) result);
            case Block.Longs b -> mode(b, factor, (Block.Longs) result);
            default -> throw new IllegalArgumentException("cannot take the most frequent of " + block.type());
        }
        return result;
    }

    /// @param lead 1 if the first voxel has a cell of its own
    private static void addRow(byte[] data, int row, int width, int lead, int factor, int[] sums) {
        if (factor == 1) {
            for (int x = 0; x < width; x++) {
                sums[x] += data[row + x] & 0xff;
            }
            return;
        }
        if (lead == 1) {
            sums[0] += data[row] & 0xff;
        }
        int at = row + lead;
        int pairs = (width - lead) / 2;
        for (int x = lead; x < lead + pairs; x++, at += 2) {
            sums[x] += (data[at] & 0xff) + (data[at + 1] & 0xff);
        }
        if (at < row + width) {
            sums[lead + pairs] += data[at] & 0xff;
        }
    }

    /// @param lead 1 if the first voxel has a cell of its own
    private static void addRow(short[] data, int row, int width, int lead, int factor, int[] sums) {
        if (factor == 1) {
            for (int x = 0; x < width; x++) {
                sums[x] += data[row + x] & 0xffff;
            }
            return;
        }
        if (lead == 1) {
            sums[0] += data[row] & 0xffff;
        }
        int at = row + lead;
        int pairs = (width - lead) / 2;
        for (int x = lead; x < lead + pairs; x++, at += 2) {
            sums[x] += (data[at] & 0xffff) + (data[at + 1] & 0xffff);
        }
        if (at < row + width) {
            sums[lead + pairs] += data[at] & 0xffff;
        }
    }

    /// Turns sums over `rows` rows into means. Cells have 1, 2, 4 or 8 voxels, so division is a shift.
    private static void divide(int[] sums, int rows, int width, int lead, int factor) {
        int edge = Integer.numberOfTrailingZeros(rows);
        int shift = edge + factor - 1;
        int half = (1 << shift) / 2;
        int whole = lead + (width - lead) / factor;
        if (lead == 1) {
            sums[0] = sums[0] + rows / 2 >> edge;
        }
        for (int x = lead; x < whole; x++) {
            sums[x] = sums[x] + half >> shift;
        }
        if (whole < sums.length) {
            sums[whole] = sums[whole] + rows / 2 >> edge;
        }
    }

    private static void mode(Block.Ints block, Int3 factor, Block.Ints result) {
        int[] data = block.data();
        Box from = block.box();
        Int3 to = result.box().size();
        int lead = Math.floorMod(from.min().x(), factor.x());
        int[] offsets = new int[8];
        long[] cell = new long[8];
        int at = 0;
        for (int z = 0; z < to.z(); z++) {
            for (int y = 0; y < to.y(); y++) {
                int row = from.size().x()
                        * (start(from, factor, 1, y) + from.size().y() * start(from, factor, 2, z));
                int second = secondRow(from, factor, y);
                int below = secondLayer(from, factor, z);
                int count = 0;
                int right = 0;
                for (int x = 0; x < to.x(); x++, at++) {
                    if (x <= 1 || x == to.x() - 1) {
                        count = offsets(from, factor, x, y, z, offsets);
                        right = start(from, factor, 0, x + 1) - start(from, factor, 0, x) - 1;
                    }
                    int a = row + Math.max(0, x * factor.x() - lead);
                    int b = a + second;
                    int c = a + below;
                    int d = b + below;
                    int first = data[a];
                    // Most cells are within one cell body or neurite; voxels that do not exist repeat others here.
                    if ((data[a + right] ^ first | data[b] ^ first | data[b + right] ^ first | data[c] ^ first
                            | data[c + right] ^ first | data[d] ^ first | data[d + right] ^ first) != 0) {
                        for (int i = 0; i < count; i++) {
                            cell[i] = data[a + offsets[i]];
                        }
                        first = (int) mostFrequent(cell, count);
                    }
                    result.data()[at] = first;
                }
            }
        }
    }

    private static void mode(Block.Longs block, Int3 factor, Block.Longs result) {
        long[] data = block.data();
        Box from = block.box();
        Int3 to = result.box().size();
        int lead = Math.floorMod(from.min().x(), factor.x());
        int[] offsets = new int[8];
        long[] cell = new long[8];
        int at = 0;
        for (int z = 0; z < to.z(); z++) {
            for (int y = 0; y < to.y(); y++) {
                int row = from.size().x()
                        * (start(from, factor, 1, y) + from.size().y() * start(from, factor, 2, z));
                int second = secondRow(from, factor, y);
                int below = secondLayer(from, factor, z);
                int count = 0;
                int right = 0;
                for (int x = 0; x < to.x(); x++, at++) {
                    if (x <= 1 || x == to.x() - 1) {
                        count = offsets(from, factor, x, y, z, offsets);
                        right = start(from, factor, 0, x + 1) - start(from, factor, 0, x) - 1;
                    }
                    int a = row + Math.max(0, x * factor.x() - lead);
                    int b = a + second;
                    int c = a + below;
                    int d = b + below;
                    long first = data[a];
                    // Most cells are within one cell body or neurite; voxels that do not exist repeat others here.
                    if ((data[a + right] ^ first | data[b] ^ first | data[b + right] ^ first | data[c] ^ first
                            | data[c + right] ^ first | data[d] ^ first | data[d + right] ^ first) != 0) {
                        for (int i = 0; i < count; i++) {
                            cell[i] = data[a + offsets[i]];
                        }
                        first = mostFrequent(cell, count);
                    }
                    result.data()[at] = first;
                }
            }
        }
    }

    /// How far on the second row of the cells in this row of cells stands; 0 if they have one row.
    private static int secondRow(Box from, Int3 factor, int y) {
        return start(from, factor, 1, y + 1) - start(from, factor, 1, y) > 1 ? from.size().x() : 0;
    }

    /// How far on the second layer of the cells in this layer of cells stands; 0 if they have one layer.
    private static int secondLayer(Box from, Int3 factor, int z) {
        return start(from, factor, 2, z + 1) - start(from, factor, 2, z) > 1 ? from.size().x() * from.size().y() : 0;
    }

    /// Fills in where the voxels of a cell stand, seen from its first, x fastest; returns how many exist.
    private static int offsets(Box from, Int3 factor, int x, int y, int z, int[] offsets) {
        int width = start(from, factor, 0, x + 1) - start(from, factor, 0, x);
        int height = start(from, factor, 1, y + 1) - start(from, factor, 1, y);
        int depth = start(from, factor, 2, z + 1) - start(from, factor, 2, z);
        int count = 0;
        for (int dz = 0; dz < depth; dz++) {
            for (int dy = 0; dy < height; dy++) {
                for (int dx = 0; dx < width; dx++) {
                    offsets[count++] = dx + from.size().x() * (dy + from.size().y() * dz);
                }
            }
        }
        return count;
    }

    /// Where in the input, from its lower corner on, the cell with this number along an axis begins.
    private static int start(Box from, Int3 factor, int axis, int cell) {
        int lead = Math.floorMod(from.min().get(axis), factor.get(axis));
        return Math.clamp((long) cell * factor.get(axis) - lead, 0, from.size().get(axis));
    }

    private static long mostFrequent(long[] cell, int count) {
        long best = cell[0];
        int most = 0;
        for (int i = 0; i < count - most; i++) {
            int same = 1;
            for (int j = i + 1; j < count; j++) {
                same += cell[j] == cell[i] ? 1 : 0;
            }
            if (same > most) {
                most = same;
                best = cell[i];
            }
        }
        return best;
    }

    private static Box coarser(Box box, Int3 factor) {
        for (int axis = 0; axis < 3; axis++) {
            int f = factor.get(axis);
            if (f != 1 && f != 2) {
                throw new IllegalArgumentException("factor " + factor + " is not 1 or 2 on each axis");
            }
        }
        return box.coarser(factor);
    }
}
