package org.neuropil.volume.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

/// Makes rows of [Downsample#average]. Whole cells of unsigned bytes or shorts, which is what images are of, have loops
/// of their own; all others are looked at cell by cell.
final class AverageRows implements Downsample.Rows {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    /// The lower byte of each 16 bits.
    private static final long BYTES = 0x00FF_00FF_00FF_00FFL;
    /// 1 in each 16 bits.
    private static final long LOWEST = 0x0001_0001_0001_0001L;

    private final Cells cells;
    private final Block block;
    private final Block result;
    private final boolean nearest;
    private final boolean sparse;
    private final int[] offsets = new int[8];
    private final long[] cell = new long[8];
    /// Means of a row of cells, four in each long.
    private final long[] means;

    /// @param result gets the rows; of the block's type
    AverageRows(Cells cells, Block block, Block result, Downsample.Rounding rounding, boolean sparse) {
        this.cells = cells;
        this.block = block;
        this.result = result;
        this.nearest = rounding == Downsample.Rounding.NEAREST;
        this.sparse = sparse;
        this.means = new long[cells.to().size().x() / 4];
    }

    @Override
    public void row(int y, int z) {
        int a = cells.row(y, z);
        int secondRow = cells.secondRow(y);
        int secondLayer = cells.secondLayer(z);
        int width = cells.to().size().x();
        int to = width * (y + cells.to().size().y() * z);
        int lead = cells.lead();
        int pairs = cells.pairs();
        each(a, 1, secondRow, secondLayer, lead, to);
        if (!sparse && block.type() == DataType.UINT8) {
            // A row or layer that is missing is added again in place of it; the mean is the same.
            pairs(((Block.Bytes) block).data(), a + lead, secondRow, secondLayer, pairs, ((Block.Bytes) result).data(),
                    to + lead);
        } else if (!sparse && block.type() == DataType.UINT16) {
            pairs(((Block.Shorts) block).data(), a + lead, secondRow, secondLayer, pairs,
                    ((Block.Shorts) result).data(), to + lead, nearest ? 4 : 0);
        } else {
            each(a + lead, 2, secondRow, secondLayer, pairs, to + lead);
        }
        each(a + lead + 2 * pairs, 1, secondRow, secondLayer, width - lead - pairs, to + lead + pairs);
    }

    /// Averages cells of two voxels along x. Eight bytes of a row, a long, hold the halves of four cells; even and odd ones
    /// are added apart in 16 bits each, where eight of them have room. Such sums first, then their bytes: the first loop
    /// is then simple enough for vectors.
    private void pairs(byte[] data, int a, int secondRow, int secondLayer, int count, byte[] to, int at) {
        int longs = count / 4;
        int b = a + secondRow;
        int c = a + secondLayer;
        int d = b + secondLayer;
        if (secondRow > 0 && secondLayer > 0) {
            means(data, a, b, c, d, longs, means, nearest ? 4 * LOWEST : 0);
        } else {
            means(data, a, d, longs, means, nearest ? 2 * LOWEST : 0);
        }
        for (int i = 0; i < longs; i++) {
            long mean = (means[i] | means[i] >>> 8) & 0x0000_FFFF_0000_FFFFL;
            INT.set(to, at + 4 * i, (int) (mean | mean >>> 16));
        }
        int half = nearest ? 4 : 0;
        for (int i = 4 * longs; i < count; i++) {
            to[at + i] = (byte) ((data[a + 2 * i] & 0xFF) + (data[a + 2 * i + 1] & 0xFF) + (data[b + 2 * i] & 0xFF)
                    + (data[b + 2 * i + 1] & 0xFF) + (data[c + 2 * i] & 0xFF) + (data[c + 2 * i + 1] & 0xFF)
                    + (data[d + 2 * i] & 0xFF) + (data[d + 2 * i + 1] & 0xFF) + half >> 3);
        }
    }

    private static void means(byte[] data, int a, int b, int c, int d, int longs, long[] means, long half) {
        for (int i = 0; i < longs; i++) {
            long p = (long) LONG.get(data, a + 8 * i);
            long q = (long) LONG.get(data, b + 8 * i);
            long r = (long) LONG.get(data, c + 8 * i);
            long s = (long) LONG.get(data, d + 8 * i);
            long even = (p & BYTES) + (q & BYTES) + (r & BYTES) + (s & BYTES);
            long odd = (p >>> 8 & BYTES) + (q >>> 8 & BYTES) + (r >>> 8 & BYTES) + (s >>> 8 & BYTES);
            means[i] = even + odd + half >>> 3 & BYTES;
        }
    }

    /// The same of two rows; they may be one.
    private static void means(byte[] data, int a, int b, int longs, long[] means, long half) {
        for (int i = 0; i < longs; i++) {
            long p = (long) LONG.get(data, a + 8 * i);
            long q = (long) LONG.get(data, b + 8 * i);
            means[i] = (p & BYTES) + (q & BYTES) + (p >>> 8 & BYTES) + (q >>> 8 & BYTES) + half >>> 2 & BYTES;
        }
    }

    private static void pairs(short[] data, int a, int secondRow, int secondLayer, int count, short[] to, int at,
            int half) {
        int b = a + secondRow;
        int c = a + secondLayer;
        int d = b + secondLayer;
        for (int i = 0; i < count; i++) {
            to[at + i] = (short) ((data[a + 2 * i] & 0xFFFF) + (data[a + 2 * i + 1] & 0xFFFF)
                    + (data[b + 2 * i] & 0xFFFF) + (data[b + 2 * i + 1] & 0xFFFF) + (data[c + 2 * i] & 0xFFFF)
                    + (data[c + 2 * i + 1] & 0xFFFF) + (data[d + 2 * i] & 0xFFFF) + (data[d + 2 * i + 1] & 0xFFFF)
                    + half >> 3);
        }
    }

    /// Averages neighbouring cells of the same shape.
    ///
    /// @param a the first voxel of the first
    /// @param width of a cell in voxels
    /// @param to where the first stands in the result
    private void each(int a, int width, int secondRow, int secondLayer, int count, int to) {
        int voxels = Cells.offsets(width, secondRow, secondLayer, offsets);
        switch (block) {
            case Block.Bytes in when result instanceof Block.Bytes out -> {
                boolean signed = in.type() == DataType.INT8;
                for (int i = 0; i < count; i++) {
                    for (int j = 0; j < voxels; j++) {
                        byte v = in.data()[a + i * width + offsets[j]];
                        cell[j] = signed ? v : v & 0xFF;
                    }
                    out.data()[to + i] = (byte) mean(voxels, true);
                }
            }
            case Block.Shorts in when result instanceof Block.Shorts out -> {
                boolean signed = in.type() == DataType.INT16;
                for (int i = 0; i < count; i++) {
                    for (int j = 0; j < voxels; j++) {
                        short v = in.data()[a + i * width + offsets[j]];
                        cell[j] = signed ? v : v & 0xFFFF;
                    }
                    out.data()[to + i] = (short) mean(voxels, true);
                }
            }
            case Block.Ints in when result instanceof Block.Ints out -> {
                boolean signed = in.type() == DataType.INT32;
                for (int i = 0; i < count; i++) {
                    for (int j = 0; j < voxels; j++) {
                        int v = in.data()[a + i * width + offsets[j]];
                        cell[j] = signed ? v : v & 0xFFFF_FFFFL;
                    }
                    out.data()[to + i] = (int) mean(voxels, true);
                }
            }
            case Block.Longs in when result instanceof Block.Longs out -> {
                boolean signed = in.type() == DataType.INT64;
                for (int i = 0; i < count; i++) {
                    for (int j = 0; j < voxels; j++) {
                        cell[j] = in.data()[a + i * width + offsets[j]];
                    }
                    out.data()[to + i] = mean(voxels, signed);
                }
            }
            case Block.Floats in when result instanceof Block.Floats out -> {
                for (int i = 0; i < count; i++) {
                    double sum = 0;
                    int n = 0;
                    for (int j = 0; j < voxels; j++) {
                        float v = in.data()[a + i * width + offsets[j]];
                        sum += v;
                        n += sparse && v == 0 ? 0 : 1;
                    }
                    out.data()[to + i] = (float) (sum / Math.max(1, n));
                }
            }
            case Block.Doubles in when result instanceof Block.Doubles out -> {
                for (int i = 0; i < count; i++) {
                    double sum = 0;
                    int n = 0;
                    for (int j = 0; j < voxels; j++) {
                        double v = in.data()[a + i * width + offsets[j]];
                        sum += v;
                        n += sparse && v == 0 ? 0 : 1;
                    }
                    out.data()[to + i] = sum / Math.max(1, n);
                }
            }
            default -> throw new IllegalStateException(block.type() + " into " + result.type());
        }
    }

    /// The mean of the cell's first `voxels` numbers.
    ///
    /// @param signed whether numbers of 64 bits have a sign
    private long mean(int voxels, boolean signed) {
        int n = voxels;
        if (sparse) {
            n = 0;
            for (int i = 0; i < voxels; i++) {
                n += cell[i] == 0 ? 0 : 1;
            }
            if (n == 0) {
                return 0;
            }
        }
        long floor = 0;
        long over = 0;
        if (block.type().bytes() < Long.BYTES) {
            for (int i = 0; i < voxels; i++) {
                over += cell[i];
            }
        } else {
            // The sum may want 67 bits, so quotients and what is left are added apart.
            for (int i = 0; i < voxels; i++) {
                long quotient = signed ? Math.floorDiv(cell[i], n) : Long.divideUnsigned(cell[i], n);
                floor += quotient;
                over += cell[i] - quotient * n;
            }
        }
        floor += Math.floorDiv(over, n);
        over = Math.floorMod(over, n);
        if (nearest) {
            return over * 2 >= n ? floor + 1 : floor;
        }
        return signed && floor < 0 && over > 0 ? floor + 1 : floor;
    }
}
