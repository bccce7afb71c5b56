package org.neuropil.volume.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.neuropil.space.Int3;
import org.neuropil.volume.Block;

/// Reads Compresso, format versions 0 and 1 of the `compresso` package on PyPI, after the description in its README and
/// Matejek et al., MICCAI 2017.
///
/// A voxel is on a boundary if its label differs from the next one's along x or y (or z, with 6 neighbours). The bytes
/// are a header; the labels of the connected components of what is no boundary, in the order in which they begin; the
/// different windows (small boxes of boundary bits); codes for boundary voxels whose label no neighbour before them
/// tells; the windows' numbers, runs of number 0 as their length; and in version 1 an index by section, which is not
/// needed to read all.
public final class Compresso {
    private static final int MAGIC = 'c' | 'p' << 8 | 's' << 16 | 'o' << 24;
    private static final int HEADER = 36;
    /// Codes below are neighbours: left, right, up, down, above, below.
    private static final int LITERAL = 6;

    private final ByteBuffer bytes;
    private final Int3 size;
    private final int width;
    private final Int3 step;
    private final int windowBytes;
    private final int ids;
    private final int values;
    private final int codes;
    private final boolean six;
    private final int windowsEnd;

    /// Decodes labels.
    ///
    /// @param voxels filled; unsigned, and of the size and type that the bytes say they have
    /// @throws IOException if the bytes are no such labels; what is in `voxels` is then undefined
    public static void decode(byte[] bytes, Block voxels) throws IOException {
        long[] labels = new Compresso(bytes, voxels).labels();
        switch (voxels) {
            case Block.Bytes b -> {
                for (int i = 0; i < labels.length; i++) {
                    b.data()[i] = (byte) labels[i];
                }
            }
            case Block.Shorts b -> {
                for (int i = 0; i < labels.length; i++) {
                    b.data()[i] = (short) labels[i];
                }
            }
            case Block.Ints b -> {
                for (int i = 0; i < labels.length; i++) {
                    b.data()[i] = (int) labels[i];
                }
            }
            case Block.Longs b -> System.arraycopy(labels, 0, b.data(), 0, labels.length);
            default -> throw new IllegalArgumentException("compresso of " + voxels.type());
        }
    }

    private Compresso(byte[] stream, Block voxels) throws IOException {
        bytes = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
        size = voxels.box().size();
        width = voxels.type().bytes();
        if (stream.length < HEADER || bytes.getInt(0) != MAGIC) {
            throw new IOException("does not begin as compresso does");
        }
        int version = bytes.get(4);
        if (version != 0 && version != 1) {
            throw new IOException("is compresso of version " + version + ", and 0 and 1 can be read");
        }
        Int3 has = new Int3(bytes.getShort(6) & 0xffff, bytes.getShort(8) & 0xffff, bytes.getShort(10) & 0xffff);
        if (bytes.get(5) != width || !has.equals(size)) {
            throw new IOException("holds " + has + " voxels of " + bytes.get(5) + " bytes in place of " + size + " of "
                    + width);
        }
        step = new Int3(bytes.get(12) & 0xff, bytes.get(13) & 0xff, bytes.get(14) & 0xff);
        if (step.volume() < 1 || step.volume() > 64) {
            throw new IOException("has windows of " + step + " voxels");
        }
        windowBytes = step.volume() <= 16 ? 2 : step.volume() <= 32 ? 4 : 8;
        int connectivity = bytes.get(35);
        if (connectivity != 4 && connectivity != 6) {
            throw new IOException("has connectivity " + connectivity + " in place of 4 or 6");
        }
        six = connectivity == 6;
        long left = stream.length - HEADER - (version == 1 && !six ? 2L * size.z() * indexBytes() : 0);
        ids = HEADER;
        left = take(left, bytes.getLong(15), width, "labels");
        values = ids + (int) bytes.getLong(15) * width;
        left = take(left, bytes.getInt(23) & 0xffffffffL, windowBytes, "windows");
        codes = values + bytes.getInt(23) * windowBytes;
        left = take(left, bytes.getLong(27), width, "codes");
        windowsEnd = codes + (int) bytes.getLong(27) * width + (int) left;
    }

    /// Bytes of a number in the index by section, which may be as large as twice a section.
    private int indexBytes() {
        long most = 2L * size.x() * size.y();
        return most < 1L << 8 ? 1 : most < 1L << 16 ? 2 : most < 1L << 32 ? 4 : 8;
    }

    private static long take(long left, long count, int width, String what) throws IOException {
        if (left < 0 || count < 0 || count > left / width) {
            throw new IOException("is too short for its " + Long.toUnsignedString(count) + " " + what);
        }
        return left - count * width;
    }

    private long[] labels() throws IOException {
        boolean[] boundary = boundary();
        long[] labels = interior(boundary);
        Codes rest = new Codes();
        int row = size.x();
        int section = row * size.y();
        for (int z = 0, i = 0; z < size.z(); z++) {
            for (int y = 0; y < size.y(); y++) {
                for (int x = 0; x < row; x++, i++) {
                    if (!boundary[i]) {
                        continue;
                    }
                    if (x > 0 && !boundary[i - 1]) {
                        labels[i] = labels[i - 1];
                    } else if (y > 0 && !boundary[i - row]) {
                        labels[i] = labels[i - row];
                    } else if (six && z > 0 && !boundary[i - section]) {
                        labels[i] = labels[i - section];
                    } else {
                        long code = rest.next();
                        if (code == LITERAL) {
                            labels[i] = rest.next();
                        } else if (code < 0 || code > LITERAL) {
                            labels[i] = code - LITERAL - 1;
                        } else {
                            labels[i] = labels[neighbour(i, x, y, z, (int) code)];
                        }
                    }
                }
            }
        }
        return labels;
    }

    private int neighbour(int i, int x, int y, int z, int code) throws IOException {
        boolean inside = switch (code) {
            case 0 -> x > 0;
            case 1 -> x < size.x() - 1;
            case 2 -> y > 0;
            case 3 -> y < size.y() - 1;
            case 4 -> z > 0;
            default -> z < size.z() - 1;
        };
        if (!inside) {
            throw new IOException("takes a label from outside at voxel " + x + "," + y + "," + z);
        }
        int step = switch (code >> 1) {
            case 0 -> 1;
            case 1 -> size.x();
            default -> size.x() * size.y();
        };
        return (code & 1) == 0 ? i - step : i + step;
    }

    private final class Codes {
        private int next = codes;
        private final long end = codes + bytes.getLong(27) * width;

        long next() throws IOException {
            if (next >= end) {
                throw new IOException("has too few codes for its boundaries");
            }
            next += width;
            return label(next - width);
        }
    }

    private long label(int at) {
        return switch (width) {
            case 1 -> bytes.get(at) & 0xffL;
            case 2 -> bytes.getShort(at) & 0xffffL;
            case 4 -> bytes.getInt(at) & 0xffffffffL;
            default -> bytes.getLong(at);
        };
    }

    private long window(int at) {
        return switch (windowBytes) {
            case 2 -> bytes.getShort(at) & 0xffffL;
            case 4 -> bytes.getInt(at) & 0xffffffffL;
            default -> bytes.getLong(at);
        };
    }

    private boolean[] boundary() throws IOException {
        boolean[] boundary = new boolean[Math.toIntExact(size.volume())];
        int count = bytes.getInt(23);
        Int3 grid = size.ceilDiv(step);
        long windows = grid.volume();
        long window = 0;
        int from = codes + (int) bytes.getLong(27) * width;
        if (count == 0) {
            return boundary;
        }
        if (window(values) != 0) {
            // Number 0 need not be the empty window: begin with it everywhere.
            for (long i = 0; i < windows; i++) {
                put(window(values), i, grid, boundary);
            }
        }
        for (int at = from; at + windowBytes <= windowsEnd; at += windowBytes) {
            long number = window(at) >>> 1;
            if ((window(at) & 1) == 1) {
                if (number > windows - window) {
                    throw new IOException("has more windows than " + windows);
                }
                window += number;
                continue;
            }
            if (window >= windows || number >= count) {
                throw new IOException("has window number " + number + " of " + count + " at window " + window + " of "
                        + windows);
            }
            put(window(values + (int) number * windowBytes), window++, grid, boundary);
        }
        return boundary;
    }

    private void put(long bits, long window, Int3 grid, boolean[] boundary) {
        int x0 = (int) (window % grid.x()) * step.x();
        int y0 = (int) (window / grid.x() % grid.y()) * step.y();
        int z0 = (int) (window / grid.x() / grid.y()) * step.z();
        int bit = 0;
        for (int z = z0; z < z0 + step.z(); z++) {
            for (int y = y0; y < y0 + step.y(); y++) {
                for (int x = x0; x < x0 + step.x(); x++, bit++) {
                    if (x < size.x() && y < size.y() && z < size.z()) {
                        boundary[(z * size.y() + y) * size.x() + x] = (bits >>> bit & 1) == 1;
                    }
                }
            }
        }
    }

    /// The labels of all voxels that are no boundary, by connected components; 0 elsewhere.
    private long[] interior(boolean[] boundary) throws IOException {
        int[] parent = new int[boundary.length];
        int row = size.x();
        int section = row * size.y();
        for (int z = 0, i = 0; z < size.z(); z++) {
            for (int y = 0; y < size.y(); y++) {
                for (int x = 0; x < row; x++, i++) {
                    parent[i] = i;
                    if (boundary[i]) {
                        continue;
                    }
                    if (x > 0 && !boundary[i - 1]) {
                        join(parent, i - 1, i);
                    }
                    if (y > 0 && !boundary[i - row]) {
                        join(parent, i - row, i);
                    }
                    if (six && z > 0 && !boundary[i - section]) {
                        join(parent, i - section, i);
                    }
                }
            }
        }
        // A root is the first voxel of its component, so components are met in the order of their labels.
        long[] labels = new long[boundary.length];
        long next = 0;
        long count = bytes.getLong(15);
        for (int i = 0; i < labels.length; i++) {
            if (boundary[i]) {
                continue;
            }
            int root = root(parent, i);
            if (root != i) {
                labels[i] = labels[root];
            } else if (next == count) {
                throw new IOException("has more components than its " + count + " labels");
            } else {
                labels[i] = label(ids + (int) next++ * width);
            }
        }
        return labels;
    }

    private static void join(int[] parent, int a, int b) {
        int one = root(parent, a);
        int other = root(parent, b);
        parent[Math.max(one, other)] = Math.min(one, other);
    }

    private static int root(int[] parent, int i) {
        int at = i;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }
}
