package org.neuropil.volume.kernel;

import org.neuropil.volume.Block;

/// Makes rows of [Downsample#mode]. Most cells lie within one neurite, and most others in two; the loops over a row are
/// for those.
///
/// Every cell is looked at as one of eight voxels. Where it has fewer along an axis, they are there twice: that doubles
/// all counts and leaves the order in which values first come, so the winner is the same. The voxels are called a, a2 on
/// the first row, b, b2 on the second, and c to d2 on the second layer; other than a they are handed on as their
/// difference from a, by exclusive or.
final class ModeRows implements Downsample.Rows {
    private final Cells cells;
    private final Block block;
    private final Block result;
    private final boolean sparse;
    /// The factor is 2 along two axes.
    private final boolean four;
    private final long[] cell = new long[8];

    /// @param result gets the rows; of the block's type
    ModeRows(Cells cells, Block block, Block result, boolean sparse) {
        this.cells = cells;
        this.block = block;
        this.result = result;
        this.sparse = sparse;
        this.four = cells.factor().x() * cells.factor().y() * cells.factor().z() == 4;
    }

    @Override
    public void row(int y, int z) {
        int a = cells.row(y, z);
        int b = a + cells.secondRow(y);
        int layer = cells.secondLayer(z);
        int width = cells.to().size().x();
        int to = width * (y + cells.to().size().y() * z);
        int lead = cells.lead();
        int pairs = cells.pairs();
        int last = lead + 2 * pairs;
        singles(a, b, layer, lead, to);
        if (layer == 0) {
            flatPairs(a + lead, b + lead, pairs, to + lead);
        } else {
            pairs(a + lead, b + lead, layer, pairs, to + lead);
        }
        singles(a + last, b + last, layer, width - lead - pairs, to + lead + pairs);
    }

    /// Makes neighbouring cells of two voxels along x.
    ///
    /// @param a where the first row of the first cell begins
    /// @param b the second; the same if there is none
    /// @param layer how far on the second layer stands
    /// @param to where the first stands in the result
    private void pairs(int a, int b, int layer, int count, int to) {
        int c = a + layer;
        int d = b + layer;
        switch (block) {
            case Block.Bytes in when result instanceof Block.Bytes out ->
                pairs(in.data(), a, b, c, d, count, out.data(), to);
            case Block.Shorts in when result instanceof Block.Shorts out ->
                pairs(in.data(), a, b, c, d, count, out.data(), to);
            case Block.Ints in when result instanceof Block.Ints out ->
                pairs(in.data(), a, b, c, d, count, out.data(), to);
            case Block.Longs in when result instanceof Block.Longs out ->
                pairs(in.data(), a, b, c, d, count, out.data(), to);
            default -> throw new IllegalStateException(block.type() + " into " + result.type());
        }
    }

    /// Makes neighbouring cells of two voxels along x that have one layer, as those of most mips have: half the voxels
    /// are to be looked at.
    private void flatPairs(int a, int b, int count, int to) {
        switch (block) {
            case Block.Bytes in when result instanceof Block.Bytes out ->
                flatPairs(in.data(), a, b, count, out.data(), to);
            case Block.Shorts in when result instanceof Block.Shorts out ->
                flatPairs(in.data(), a, b, count, out.data(), to);
            case Block.Ints in when result instanceof Block.Ints out ->
                flatPairs(in.data(), a, b, count, out.data(), to);
            case Block.Longs in when result instanceof Block.Longs out ->
                flatPairs(in.data(), a, b, count, out.data(), to);
            default -> throw new IllegalStateException(block.type() + " into " + result.type());
        }
    }

    /// Makes neighbouring cells of one voxel along x.
    private void singles(int a, int b, int layer, int count, int to) {
        int c = a + layer;
        int d = b + layer;
        switch (block) {
            case Block.Bytes in when result instanceof Block.Bytes out ->
                singles(in.data(), a, b, c, d, count, out.data(), to);
            case Block.Shorts in when result instanceof Block.Shorts out ->
                singles(in.data(), a, b, c, d, count, out.data(), to);
            case Block.Ints in when result instanceof Block.Ints out ->
                singles(in.data(), a, b, c, d, count, out.data(), to);
            case Block.Longs in when result instanceof Block.Longs out ->
                singles(in.data(), a, b, c, d, count, out.data(), to);
            default -> throw new IllegalStateException(block.type() + " into " + result.type());
        }
    }

    private void pairs(byte[] data, int a, int b, int c, int d, int count, byte[] to, int at) {
        for (int i = 0; i < count; i++) {
            byte v = data[a + 2 * i];
            long a2 = data[a + 2 * i + 1] ^ v;
            long b1 = data[b + 2 * i] ^ v;
            long b2 = data[b + 2 * i + 1] ^ v;
            long c1 = data[c + 2 * i] ^ v;
            long c2 = data[c + 2 * i + 1] ^ v;
            long d1 = data[d + 2 * i] ^ v;
            long d2 = data[d + 2 * i + 1] ^ v;
            if ((a2 | b1 | b2 | c1 | c2 | d1 | d2) != 0) {
                v = (byte) winner(v, a2, b1, b2, c1, c2, d1, d2);
            }
            to[at + i] = v;
        }
    }

    private void pairs(short[] data, int a, int b, int c, int d, int count, short[] to, int at) {
        for (int i = 0; i < count; i++) {
            short v = data[a + 2 * i];
            long a2 = data[a + 2 * i + 1] ^ v;
            long b1 = data[b + 2 * i] ^ v;
            long b2 = data[b + 2 * i + 1] ^ v;
            long c1 = data[c + 2 * i] ^ v;
            long c2 = data[c + 2 * i + 1] ^ v;
            long d1 = data[d + 2 * i] ^ v;
            long d2 = data[d + 2 * i + 1] ^ v;
            if ((a2 | b1 | b2 | c1 | c2 | d1 | d2) != 0) {
                v = (short) winner(v, a2, b1, b2, c1, c2, d1, d2);
            }
            to[at + i] = v;
        }
    }

    private void pairs(int[] data, int a, int b, int c, int d, int count, int[] to, int at) {
        for (int i = 0; i < count; i++) {
            int v = data[a + 2 * i];
            long a2 = data[a + 2 * i + 1] ^ v;
            long b1 = data[b + 2 * i] ^ v;
            long b2 = data[b + 2 * i + 1] ^ v;
            long c1 = data[c + 2 * i] ^ v;
            long c2 = data[c + 2 * i + 1] ^ v;
            long d1 = data[d + 2 * i] ^ v;
            long d2 = data[d + 2 * i + 1] ^ v;
            if ((a2 | b1 | b2 | c1 | c2 | d1 | d2) != 0) {
                v = (int) winner(v, a2, b1, b2, c1, c2, d1, d2);
            }
            to[at + i] = v;
        }
    }

    private void pairs(long[] data, int a, int b, int c, int d, int count, long[] to, int at) {
        for (int i = 0; i < count; i++) {
            long v = data[a + 2 * i];
            long a2 = data[a + 2 * i + 1] ^ v;
            long b1 = data[b + 2 * i] ^ v;
            long b2 = data[b + 2 * i + 1] ^ v;
            long c1 = data[c + 2 * i] ^ v;
            long c2 = data[c + 2 * i + 1] ^ v;
            long d1 = data[d + 2 * i] ^ v;
            long d2 = data[d + 2 * i + 1] ^ v;
            if ((a2 | b1 | b2 | c1 | c2 | d1 | d2) != 0) {
                v = winner(v, a2, b1, b2, c1, c2, d1, d2);
            }
            to[at + i] = v;
        }
    }

    private void flatPairs(byte[] data, int a, int b, int count, byte[] to, int at) {
        for (int i = 0; i < count; i++) {
            byte v = data[a + 2 * i];
            long a2 = data[a + 2 * i + 1] ^ v;
            long b1 = data[b + 2 * i] ^ v;
            long b2 = data[b + 2 * i + 1] ^ v;
            if ((a2 | b1 | b2) != 0) {
                v = (byte) winner(v, a2, b1, b2, 0, a2, b1, b2);
            }
            to[at + i] = v;
        }
    }

    private void flatPairs(short[] data, int a, int b, int count, short[] to, int at) {
        for (int i = 0; i < count; i++) {
            short v = data[a + 2 * i];
            long a2 = data[a + 2 * i + 1] ^ v;
            long b1 = data[b + 2 * i] ^ v;
            long b2 = data[b + 2 * i + 1] ^ v;
            if ((a2 | b1 | b2) != 0) {
                v = (short) winner(v, a2, b1, b2, 0, a2, b1, b2);
            }
            to[at + i] = v;
        }
    }

    private void flatPairs(int[] data, int a, int b, int count, int[] to, int at) {
        for (int i = 0; i < count; i++) {
            int v = data[a + 2 * i];
            long a2 = data[a + 2 * i + 1] ^ v;
            long b1 = data[b + 2 * i] ^ v;
            long b2 = data[b + 2 * i + 1] ^ v;
            if ((a2 | b1 | b2) != 0) {
                v = (int) winner(v, a2, b1, b2, 0, a2, b1, b2);
            }
            to[at + i] = v;
        }
    }

    private void flatPairs(long[] data, int a, int b, int count, long[] to, int at) {
        for (int i = 0; i < count; i++) {
            long v = data[a + 2 * i];
            long a2 = data[a + 2 * i + 1] ^ v;
            long b1 = data[b + 2 * i] ^ v;
            long b2 = data[b + 2 * i + 1] ^ v;
            if ((a2 | b1 | b2) != 0) {
                v = winner(v, a2, b1, b2, 0, a2, b1, b2);
            }
            to[at + i] = v;
        }
    }

    private void singles(byte[] data, int a, int b, int c, int d, int count, byte[] to, int at) {
        for (int i = 0; i < count; i++) {
            byte v = data[a + i];
            long b1 = data[b + i] ^ v;
            long c1 = data[c + i] ^ v;
            long d1 = data[d + i] ^ v;
            if ((b1 | c1 | d1) != 0) {
                v = (byte) winner(v, 0, b1, b1, c1, c1, d1, d1);
            }
            to[at + i] = v;
        }
    }

    private void singles(short[] data, int a, int b, int c, int d, int count, short[] to, int at) {
        for (int i = 0; i < count; i++) {
            short v = data[a + i];
            long b1 = data[b + i] ^ v;
            long c1 = data[c + i] ^ v;
            long d1 = data[d + i] ^ v;
            if ((b1 | c1 | d1) != 0) {
                v = (short) winner(v, 0, b1, b1, c1, c1, d1, d1);
            }
            to[at + i] = v;
        }
    }

    private void singles(int[] data, int a, int b, int c, int d, int count, int[] to, int at) {
        for (int i = 0; i < count; i++) {
            int v = data[a + i];
            long b1 = data[b + i] ^ v;
            long c1 = data[c + i] ^ v;
            long d1 = data[d + i] ^ v;
            if ((b1 | c1 | d1) != 0) {
                v = (int) winner(v, 0, b1, b1, c1, c1, d1, d1);
            }
            to[at + i] = v;
        }
    }

    private void singles(long[] data, int a, int b, int c, int d, int count, long[] to, int at) {
        for (int i = 0; i < count; i++) {
            long v = data[a + i];
            long b1 = data[b + i] ^ v;
            long c1 = data[c + i] ^ v;
            long d1 = data[d + i] ^ v;
            if ((b1 | c1 | d1) != 0) {
                v = winner(v, 0, b1, b1, c1, c1, d1, d1);
            }
            to[at + i] = v;
        }
    }

    private long winner(long v, long a2, long b, long b2, long c, long c2, long d, long d2) {
        if (four) {
            // Along the axis that the factor leaves alone, only one of each two that are the same is looked at.
            long second = cells.factor().x() == 2 ? a2 : b;
            long third = cells.factor().z() == 2 ? c : b;
            return sparse ? sparseOfFour(v, v ^ second, v ^ third, v ^ d2) : ofFour(v, v ^ second, v ^ third, v ^ d2);
        }
        if (!sparse) {
            int same = (a2 == 0 ? 2 : 1) + (b == 0 ? 1 : 0) + (b2 == 0 ? 1 : 0) + (c == 0 ? 1 : 0) + (c2 == 0 ? 1 : 0)
                    + (d == 0 ? 1 : 0) + (d2 == 0 ? 1 : 0);
            if (same >= 4) {
                return v;
            }
            // If there are only two values, this is the other one; if there are more, it may be none of them.
            long e = a2 | b | b2 | c | c2 | d | d2;
            int others = (a2 == e ? 1 : 0) + (b == e ? 1 : 0) + (b2 == e ? 1 : 0) + (c == e ? 1 : 0) + (c2 == e ? 1 : 0)
                    + (d == e ? 1 : 0) + (d2 == e ? 1 : 0);
            if (others >= 4) {
                return v ^ e;
            }
        }
        cell[0] = v;
        cell[1] = v ^ a2;
        cell[2] = v ^ b;
        cell[3] = v ^ b2;
        cell[4] = v ^ c;
        cell[5] = v ^ c2;
        cell[6] = v ^ d;
        cell[7] = v ^ d2;
        return ofEight();
    }

    private long ofEight() {
        int count = 8;
        if (sparse) {
            count = 0;
            for (int i = 0; i < 8; i++) {
                if (cell[i] != 0) {
                    cell[count++] = cell[i];
                }
            }
        }
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

    private static long ofFour(long a, long b, long c, long d) {
        if (a == b || a == c) {
            return a;
        }
        return b == c ? b : d;
    }

    private static long sparseOfFour(long a, long b, long c, long d) {
        if (a != 0 && (a == b || a == c)) {
            return a;
        }
        if (b != 0 && b == c) {
            return b;
        }
        if (d != 0) {
            return d;
        }
        return a != 0 ? a : c != 0 ? c : b;
    }
}
