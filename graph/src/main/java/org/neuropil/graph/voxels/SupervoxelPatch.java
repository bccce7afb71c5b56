package org.neuropil.graph.voxels;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.LongUnaryOperator;

import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/// What became of the voxels of one supervoxel when it was cut: which of the fragments each of them is in. Immutable.
///
/// The voxels of the box around it are runs, x fastest, of the numbers 0 (not of the supervoxel) to the number of
/// fragments. As bytes, all numbers with the highest first but for the varints, which have 7 bits a byte, lowest first:
///
/// | bytes | what |
/// |---|---|
/// | 1 | version, 1 |
/// | 8 | the supervoxel |
/// | 3 x 4 | lower corner of the box: x, y, z |
/// | 3 x varint | size of the box |
/// | varint, n x 8 | number of fragments, and their ids |
/// | varint ... | runs up to the end of the box: (length - 1) * (n + 1) + number |
public final class SupervoxelPatch {
    private static final int VERSION = 1;
    /// Coordinates of voxels end long before those that do not fit, so that boxes around them do.
    private static final int FARTHEST = 1 << 30;

    private final long whole;
    private final long[] ids;
    private final Box box;
    /// Where in the box's array each run ends; ascending, the last is the number of the box's voxels.
    private final int[] ends;
    /// Of each run, 0 to the number of ids.
    private final int[] numbers;

    private SupervoxelPatch(long whole, long[] ids, Box box, int[] ends, int[] numbers) {
        this.whole = whole;
        this.ids = ids;
        this.box = box;
        this.ends = ends;
        this.numbers = numbers;
    }

    /// A patch from voxels.
    ///
    /// @param whole the supervoxel
    /// @param fragments numbers of fragments by voxel, in any box that has all of the supervoxel's
    /// @param own the numbers that are the supervoxel's, above 0
    /// @param ids id of each fragment at its number minus 1, those of others too; of the own ones none may be 0, that of
    ///        the whole, or twice there
    /// @throws IllegalArgumentException if that is not so, or there are no such voxels
    static SupervoxelPatch of(long whole, Block.Ints fragments, int[] own, long[] ids) {
        long[] ownIds = new long[own.length];
        int[] numberOf = new int[ids.length + 1];
        for (int i = 0; i < own.length; i++) {
            ownIds[i] = ids[own[i] - 1];
            numberOf[own[i]] = i + 1;
        }
        String wrong = wrongIds(whole, ownIds);
        Box all = fragments.box();
        Int3 low = all.max();
        Int3 high = all.min();
        int i = 0;
        for (int z = all.min().z(); z < all.max().z(); z++) {
            for (int y = all.min().y(); y < all.max().y(); y++) {
                for (int x = all.min().x(); x < all.max().x(); x++) {
                    if (numberOf[fragments.data()[i++]] != 0) {
                        low = low.min(new Int3(x, y, z));
                        high = high.max(new Int3(x + 1, y + 1, z + 1));
                    }
                }
            }
        }
        if (low.equals(all.max())) {
            wrong = "it has no voxels";
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException("supervoxel " + Long.toUnsignedString(whole) + ": " + wrong);
        }
        Box box = new Box(low, high);
        Runs runs = new Runs();
        for (int z = low.z(); z < high.z(); z++) {
            for (int y = low.y(); y < high.y(); y++) {
                int at = all.index(low.x(), y, z);
                for (int x = 0; x < box.size().x(); x++) {
                    runs.add(numberOf[fragments.data()[at + x]], 1);
                }
            }
        }
        return new SupervoxelPatch(whole, ownIds, box, runs.ends(), runs.numbers());
    }

    private static String wrongIds(long whole, long[] ids) {
        LongOpenHashSet seen = new LongOpenHashSet(new long[]{0, whole});
        for (long id : ids) {
            if (!seen.add(id)) {
                return "a fragment has the id " + Long.toUnsignedString(id) + ", which is 0 or taken";
            }
        }
        return ids.length == 0 ? "it has no fragments" : "";
    }

    /// The supervoxel that was cut.
    public long whole() {
        return whole;
    }

    /// Ids of its fragments.
    public long[] ids() {
        return ids.clone();
    }

    /// The same voxels with other ids of the fragments.
    ///
    /// @param other the new id of each
    /// @throws IllegalArgumentException if one is 0, that of the whole, or twice there
    public SupervoxelPatch withIds(LongUnaryOperator other) {
        long[] changed = Arrays.stream(ids).map(other).toArray();
        String wrong = wrongIds(whole, changed);
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException("supervoxel " + Long.toUnsignedString(whole) + ": " + wrong);
        }
        return new SupervoxelPatch(whole, changed, box, ends, numbers);
    }

    /// The box around its voxels.
    public Box box() {
        return box;
    }

    /// How many runs there are; it takes 8 bytes of memory for each.
    public int runs() {
        return ends.length;
    }

    /// Puts the fragments' ids in place of the supervoxel's.
    ///
    /// @param labels of mip 0; changed in place
    public void apply(Block.Longs labels) {
        Box common = box.intersect(labels.box());
        int row = common.size().x();
        if (common.isEmpty()) {
            return;
        }
        for (int z = common.min().z(); z < common.max().z(); z++) {
            for (int y = common.min().y(); y < common.max().y(); y++) {
                int at = box.index(common.min().x(), y, z);
                int to = labels.box().index(common.min().x(), y, z) - at;
                int end = at + row;
                for (int run = run(at); at < end; run++) {
                    int stop = Math.min(end, ends[run]);
                    if (numbers[run] != 0) {
                        replace(labels.data(), at + to, stop + to, ids[numbers[run] - 1]);
                    }
                    at = stop;
                }
            }
        }
    }

    private void replace(long[] labels, int from, int end, long id) {
        for (int i = from; i < end; i++) {
            if (labels[i] == whole) {
                labels[i] = id;
            }
        }
    }

    /// As [#apply(Block.Longs)], for any mip: a voxel that is the supervoxel's takes the fragment of the voxel of mip 0
    /// that holds its centre; or else, as another supervoxel may be there, of that voxel of its own with the centre
    /// nearest to it, in nm; of several equally near, the first. If it has none, as when voxels of this mip were not made
    /// of those below them, the nearest of all.
    ///
    /// @param labels changed in place
    /// @param factor voxels of mip 0 that a voxel is long along each axis, 1 or more; voxel v begins at v times this
    /// @param size of a voxel of mip 0, nm
    public void apply(Block.Longs labels, Int3 factor, VoxelSize size) {
        if (factor.equals(Int3.all(1))) {
            apply(labels);
            return;
        }
        Box common = box.coarser(factor).intersect(labels.box());
        for (int z = common.min().z(); z < common.max().z(); z++) {
            for (int y = common.min().y(); y < common.max().y(); y++) {
                int to = labels.box().index(common.min().x(), y, z);
                for (int x = common.min().x(); x < common.max().x(); x++, to++) {
                    if (labels.data()[to] == whole) {
                        labels.data()[to] = ids[coarse(new Int3(x, y, z), factor, size) - 1];
                    }
                }
            }
        }
    }

    private int coarse(Int3 voxel, Int3 factor, VoxelSize size) {
        Box own = Box.of(voxel.times(factor), factor);
        Int3 centre = own.min().plus(factor.floorDiv(Int3.all(2)));
        int number = box.contains(centre.x(), centre.y(), centre.z())
                ? numbers[run(box.index(centre.x(), centre.y(), centre.z()))]
                : 0;
        if (number == 0) {
            number = nearest(own.intersect(box), own, size);
        }
        return number != 0 ? number : nearest(box, own, size);
    }

    /// The fragment of the voxel in a box that is nearest to the centre of another box; 0 if there is none.
    private int nearest(Box among, Box to, VoxelSize size) {
        // Of the centre, counted from that of voxel 0.
        double x = (to.min().x() + (double) to.max().x() - 1) / 2;
        double y = (to.min().y() + (double) to.max().y() - 1) / 2;
        double z = (to.min().z() + (double) to.max().z() - 1) / 2;
        double least = Double.POSITIVE_INFINITY;
        int best = 0;
        for (int vz = among.min().z(); vz < among.max().z(); vz++) {
            for (int vy = among.min().y(); vy < among.max().y(); vy++) {
                double away = square((vy - y) * size.y()) + square((vz - z) * size.z());
                int at = box.index(among.min().x(), vy, vz);
                int end = at + among.size().x();
                for (int run = run(at); at < end; at = ends[run++]) {
                    if (numbers[run] == 0) {
                        continue;
                    }
                    int first = among.max().x() - (end - at);
                    int last = among.max().x() - 1 - (end - Math.min(end, ends[run]));
                    double vx = Math.clamp(Math.ceil(x - 0.5), first, last);
                    double distance = square((vx - x) * size.x()) + away;
                    if (distance < least) {
                        least = distance;
                        best = numbers[run];
                    }
                }
            }
        }
        return best;
    }

    private static double square(double length) {
        return length * length;
    }

    /// The run that a place in the box's array is in.
    private int run(int place) {
        int found = Arrays.binarySearch(ends, place + 1);
        return found >= 0 ? found : -found - 1;
    }

    /// The patch as bytes.
    public byte[] toBytes() {
        PatchBytes.Writer out = new PatchBytes.Writer();
        out.bytes(VERSION, 1);
        out.bytes(whole, 8);
        for (int axis = 0; axis < 3; axis++) {
            out.bytes(box.min().get(axis), 4);
        }
        for (int axis = 0; axis < 3; axis++) {
            out.varint(box.size().get(axis));
        }
        out.varint(ids.length);
        for (long id : ids) {
            out.bytes(id, 8);
        }
        int start = 0;
        for (int run = 0; run < ends.length; run++) {
            out.varint((ends[run] - start - 1) * (ids.length + 1L) + numbers[run]);
            start = ends[run];
        }
        return out.toBytes();
    }

    /// Reads a patch. Its memory is bounded by a few times the bytes, whatever they say.
    ///
    /// @param where where they stand, for the error
    /// @throws IOException if they are no patch
    public static SupervoxelPatch parse(byte[] bytes, String where) throws IOException {
        PatchBytes.Reader in = new PatchBytes.Reader(bytes, where);
        if (in.bytes(1) != VERSION) {
            throw in.broken("its version is not " + VERSION);
        }
        long whole = in.bytes(8);
        Int3 corner = new Int3((int) in.bytes(4), (int) in.bytes(4), (int) in.bytes(4));
        long voxels = 1;
        Int3 size = Int3.ZERO;
        for (int axis = 0; axis < 3; axis++) {
            long length = in.varint();
            if (length < 1 || corner.get(axis) < -FARTHEST || length > FARTHEST - (long) corner.get(axis)
                    || length > (Integer.MAX_VALUE - 8) / voxels) {
                throw in.broken("its box has a length of " + Long.toUnsignedString(length) + " from " + corner);
            }
            voxels *= length;
            size = size.with(axis, (int) length);
        }
        long count = in.varint();
        if (count < 1 || count > in.left() / 8) {
            throw in.broken("it has " + Long.toUnsignedString(count) + " fragments");
        }
        long[] ids = new long[(int) count];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = in.bytes(8);
        }
        String wrong = whole == 0 ? "it is of supervoxel 0" : wrongIds(whole, ids);
        if (!wrong.isEmpty()) {
            throw in.broken(wrong);
        }
        Runs runs = new Runs();
        boolean[] seen = new boolean[ids.length + 1];
        for (long at = 0; at < voxels;) {
            long code = in.varint();
            long length = Long.divideUnsigned(code, count + 1) + 1;
            int number = (int) Long.remainderUnsigned(code, count + 1);
            if (length < 1 || length > voxels - at) {
                throw in.broken("a run is longer than its box");
            }
            if (runs.size() > 0 && runs.last() == number) {
                throw in.broken("two runs of one fragment follow each other");
            }
            seen[number] = true;
            runs.add(number, (int) length);
            at += length;
        }
        for (int number = 1; number <= ids.length; number++) {
            if (!seen[number]) {
                throw in.broken("fragment " + Long.toUnsignedString(ids[number - 1]) + " has no voxels");
            }
        }
        if (in.left() != 0) {
            throw in.broken("it goes on after its end");
        }
        return new SupervoxelPatch(whole, ids, new Box(corner, corner.plus(size)), runs.ends(), runs.numbers());
    }

    /// Runs that grow voxel by voxel.
    private static final class Runs {
        private final IntArrayList ends = new IntArrayList();
        private final IntArrayList numbers = new IntArrayList();

        void add(int number, int length) {
            if (numbers.isEmpty()) {
                numbers.add(number);
                ends.add(length);
            } else if (last() == number) {
                ends.set(ends.size() - 1, ends.getInt(ends.size() - 1) + length);
            } else {
                numbers.add(number);
                ends.add(ends.getInt(ends.size() - 1) + length);
            }
        }

        int size() {
            return numbers.size();
        }

        int last() {
            return numbers.getInt(numbers.size() - 1);
        }

        int[] ends() {
            return ends.toIntArray();
        }

        int[] numbers() {
            return numbers.toIntArray();
        }
    }
}
