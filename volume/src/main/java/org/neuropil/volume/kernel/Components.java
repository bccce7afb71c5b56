package org.neuropil.volume.kernel;

import java.util.Arrays;

import org.neuropil.space.Int3;
import org.neuropil.volume.Block;

/// Connected components of labels: neighbouring voxels belong together if they have the same label and it is not 0.
///
/// Rows are cut into runs of equal labels; a run takes the number of a run beside it in the rows before, or a new one,
/// and numbers that meet are united. Only the runs of a few planes are in memory: those of all planes wait in the result
/// itself, the number of a run and minus its length one after the other, until the last pass spreads them from the end.
///
/// @param ids UINT32, 0 for background, else the component: 1, 2, … in the order of first voxels, x fastest; so the
///        numbers depend on nothing but the labels
/// @param firsts where in the array the first voxel of each component is, by component; `firsts[0]` is not used
/// @param sizes voxels of each component, by component; `sizes[0]` is not used
public record Components(Block.Ints ids, int[] firsts, long[] sizes) {
    /// Number of components.
    public int count() {
        return firsts.length - 1;
    }

    /// Finds the components.
    ///
    /// @param labels of 8 to 64 bits
    /// @param threads at least 1; the result does not depend on it
    /// @throws IllegalArgumentException if voxels are fractions
    public static Components of(Block labels, Connectivity connectivity, int threads) {
        Block.Ints ids = new Block.Ints(labels.box(), new int[labels.box().voxels()]);
        Slab[] slabs = runs(labels, connectivity, threads, ids.data());
        int[] parents = united(slabs, connectivity);
        int count = 0;
        for (int id = 1; id < parents.length; id++) {
            count += parents[id] == id ? 1 : 0;
        }
        int[] firsts = new int[count + 1];
        long[] sizes = new long[count + 1];
        int next = 0;
        for (Slab slab : slabs) {
            for (int local = 1; local <= slab.ids; local++) {
                int id = slab.offset + local;
                // Roots are the smallest of their set, so a root is met before all that it stands for.
                if (parents[id] == id) {
                    parents[id] = ++next;
                    firsts[next] = slab.firsts[local];
                } else {
                    parents[id] = parents[parents[id]];
                }
                slab.parents[local] = parents[id];
                sizes[parents[id]] += slab.sizes[local];
            }
        }
        Parallel.run(threads, slabs.length, i -> slabs[i].spread(ids.data()));
        return new Components(ids, firsts, sizes);
    }

    /// A part of the volume between two planes, with numbers of its own.
    private static final class Slab {
        final int fromZ;
        final int toZ;
        /// Where its voxels begin and end in the result.
        final int from;
        final int to;
        /// Where the next run is noted, from `from` on.
        int notes;
        /// Numbers given so far; 0 is background.
        int ids;
        /// What to add to a number of this slab to have one of the volume.
        int offset;
        /// By number: a smaller one of the same component, or itself; in the end the component.
        int[] parents = new int[1024];
        int[] firsts = new int[1024];
        long[] sizes = new long[1024];
        Plane first;
        Plane last;

        Slab(Int3 size, int fromZ, int toZ) {
            this.fromZ = fromZ;
            this.toZ = toZ;
            from = size.x() * size.y() * fromZ;
            to = size.x() * size.y() * toZ;
            notes = from;
            first = new Plane(size);
            last = first;
        }

        int add(int voxel) {
            int id = ++ids;
            if (id == parents.length) {
                int more = Math.addExact(id, Math.min(id, 1 << 26));
                parents = Arrays.copyOf(parents, more);
                firsts = Arrays.copyOf(firsts, more);
                sizes = Arrays.copyOf(sizes, more);
            }
            parents[id] = id;
            firsts[id] = voxel;
            return id;
        }

        /// Notes a run; a run takes no more notes than it has voxels.
        void note(int id, int length, int[] out) {
            out[notes++] = id;
            if (length > 1) {
                out[notes++] = -length;
            }
        }

        /// Last pass: puts components on all voxels, from the last on, so that no note is lost before it is read.
        void spread(int[] out) {
            int at = notes;
            for (int end = to; end > from;) {
                int start = end - 1;
                int id = out[--at];
                if (id < 0) {
                    start = end + id;
                    id = out[--at];
                }
                Arrays.fill(out, start, end, parents[id]);
                end = start;
            }
        }
    }

    /// The runs of a plane: those of row y are `rows[y]` to `rows[y + 1]` - 1.
    private static final class Plane {
        final int width;
        final int[] rows;
        /// The run of each voxel.
        final int[] runOf;
        /// By run: where in its row it starts.
        int[] starts = new int[1024];
        /// By run: its label.
        long[] labels = new long[1024];
        /// By run: above, 32 bits that tell most labels apart; below, the run's number. 0 for background.
        long[] keys = new long[1024];

        Plane(Int3 size) {
            width = size.x();
            rows = new int[size.y() + 1];
            runOf = new int[size.x() * size.y()];
        }

        void reserve(int runs) {
            if (runs > starts.length) {
                int more = Math.max(runs, 2 * starts.length);
                starts = Arrays.copyOf(starts, more);
                labels = Arrays.copyOf(labels, more);
                keys = Arrays.copyOf(keys, more);
            }
        }

        /// Finds the runs of row y, those of the rows before being there; none has a number then.
        void cut(Block block, int from, int y) {
            int first = rows[y];
            reserve(first + width);
            int end = RowRuns.index(block, from, width, first, starts, labels, runOf, width * y);
            for (int run = first; run < end; run++) {
                keys[run] = labels[run] * 0x9E37_79B9_7F4A_7C15L & 0xFFFF_FFFF_0000_0000L;
            }
            rows[y + 1] = end;
        }

        /// Where a run of row y ends, exclusive.
        int end(int run, int y) {
            return run + 1 == rows[y + 1] ? width : starts[run + 1];
        }

        int id(int run) {
            return (int) keys[run];
        }

        /// Adds to all numbers.
        void shift(int offset) {
            for (int run = 0; run < rows[rows.length - 1]; run++) {
                if (labels[run] != 0) {
                    keys[run] += offset;
                }
            }
        }

        void number(int run, int id) {
            keys[run] = keys[run] & 0xFFFF_FFFF_0000_0000L | id;
        }
    }

    /// First pass: runs and numbers of each slab.
    private static Slab[] runs(Block labels, Connectivity connectivity, int threads, int[] out) {
        if (labels.type().isFloat()) {
            throw new IllegalArgumentException(labels.type() + " voxels are no labels");
        }
        Int3 size = labels.box().size();
        int depth = labels.box().isEmpty() ? 0 : size.z();
        Slab[] slabs = new Slab[Math.min(depth, threads)];
        Parallel.run(threads, slabs.length, i -> {
            slabs[i] = new Slab(size, (int) ((long) depth * i / slabs.length),
                    (int) ((long) depth * (i + 1) / slabs.length));
            runs(labels, connectivity, slabs[i], out);
        });
        return slabs;
    }

    private static void runs(Block labels, Connectivity connectivity, Slab slab, int[] out) {
        Int3 size = labels.box().size();
        Plane before = slab.first;
        Plane spare = before;
        for (int z = slab.fromZ; z < slab.toZ; z++) {
            Plane plane = z == slab.fromZ ? slab.first : spare == slab.first ? new Plane(size) : spare;
            for (int y = 0; y < size.y(); y++) {
                int row = size.x() * (y + size.y() * z);
                plane.cut(labels, row, y);
                // The row before in z comes first: that is where most runs find their number.
                if (z > slab.fromZ) {
                    meetPlane(plane, y, before, connectivity, slab.parents);
                }
                if (y > 0) {
                    meet(plane, y, plane, y - 1, connectivity.reaches(2), slab.parents);
                }
                number(plane, y, row, slab, out);
            }
            // The first plane is kept for the slab before.
            spare = before;
            before = plane;
        }
        slab.last = before;
    }

    /// Lets the runs of a row meet those of the plane before.
    private static void meetPlane(Plane plane, int y, Plane before, Connectivity connectivity, int[] parents) {
        meet(plane, y, before, y, connectivity.reaches(2), parents);
        if (connectivity.reaches(2)) {
            boolean corners = connectivity.reaches(3);
            if (y > 0) {
                meet(plane, y, before, y - 1, corners, parents);
            }
            if (y + 2 < before.rows.length) {
                meet(plane, y, before, y + 1, corners, parents);
            }
        }
    }

    /// Gives the runs of a row the numbers of those that they touch in another row, uniting where they have one.
    ///
    /// Where two runs begin to be side by side, one of them starts; so it is enough to look at what is beside each run's
    /// first voxel, in both rows. Runs that touch by corners only do so where runs of both rows start.
    ///
    /// @param corners true if corners suffice
    private static void meet(Plane plane, int y, Plane other, int otherY, boolean corners, int[] parents) {
        int[] starts = plane.starts;
        long[] keys = plane.keys;
        int[] runOf = plane.runOf;
        int row = plane.width * y;
        int[] otherStarts = other.starts;
        long[] otherKeys = other.keys;
        int[] otherRunOf = other.runOf;
        int otherRow = plane.width * otherY;
        int first = plane.rows[y];
        int end = plane.rows[y + 1];
        int otherFirst = other.rows[otherY];
        int otherEnd = other.rows[otherY + 1];
        if (wantUnion(keys[first], otherKeys[otherFirst])) {
            unite(plane, first, other, otherFirst, parents);
        }
        for (int i = first + 1; i < end; i++) {
            int at = otherRow + starts[i];
            int j = otherRunOf[at];
            if (wantUnion(keys[i], otherKeys[j])) {
                unite(plane, i, other, j, parents);
            }
            if (corners) {
                int before = otherRunOf[at - 1];
                if (wantUnion(keys[i], otherKeys[before])) {
                    unite(plane, i, other, before, parents);
                }
                if (wantUnion(keys[i - 1], otherKeys[j])) {
                    unite(plane, i - 1, other, j, parents);
                }
            }
        }
        for (int j = otherFirst + 1; j < otherEnd; j++) {
            int i = runOf[row + otherStarts[j]];
            if (wantUnion(keys[i], otherKeys[j])) {
                unite(plane, i, other, j, parents);
            }
        }
    }

    /// True if the upper halves of two keys are the same and the lower are not.
    private static boolean wantUnion(long key, long otherKey) {
        return Long.compareUnsigned((key ^ otherKey) - 1, 0xFFFF_FFFFL) < 0;
    }

    /// Unites the components of two runs, if they have the same label indeed.
    private static void unite(Plane plane, int run, Plane other, int otherRun, int[] parents) {
        if (plane.labels[run] != other.labels[otherRun]) {
            return;
        }
        int id = plane.id(run);
        if (id == 0) {
            plane.number(run, other.id(otherRun));
        } else {
            int root = unite(parents, id, other.id(otherRun));
            plane.number(run, root);
            other.number(otherRun, root);
        }
    }

    /// Numbers the runs of a row that met nobody, counts voxels, and notes the runs.
    private static void number(Plane plane, int y, int row, Slab slab, int[] out) {
        for (int run = plane.rows[y]; run < plane.rows[y + 1]; run++) {
            int start = plane.starts[run];
            int length = plane.end(run, y) - start;
            int id = plane.id(run);
            if (plane.labels[run] != 0) {
                if (id == 0) {
                    id = slab.add(row + start);
                    plane.number(run, id);
                }
                slab.sizes[id] += length;
            }
            slab.note(id, length, out);
        }
    }

    /// Puts the slabs' numbers into one sequence and unites those that meet where slabs meet; every number then points
    /// at the smallest of its set, or at a smaller one.
    private static int[] united(Slab[] slabs, Connectivity connectivity) {
        int count = 0;
        for (Slab slab : slabs) {
            slab.offset = count;
            count = Math.addExact(count, slab.ids);
        }
        int[] parents = new int[count + 1];
        for (Slab slab : slabs) {
            for (int id = 1; id <= slab.ids; id++) {
                parents[slab.offset + id] = slab.offset + slab.parents[id];
            }
        }
        for (int s = 1; s < slabs.length; s++) {
            slabs[s].first.shift(slabs[s].offset);
            for (int y = 0; y < slabs[s].first.rows.length - 1; y++) {
                meetPlane(slabs[s].first, y, slabs[s - 1].last, connectivity, parents);
            }
            if (slabs[s].last != slabs[s].first) {
                slabs[s].last.shift(slabs[s].offset);
            }
        }
        return parents;
    }

    /// @return the smaller root, which now is both's
    private static int unite(int[] parents, int a, int b) {
        int one = find(parents, a);
        int other = find(parents, b);
        int root = Math.min(one, other);
        parents[one] = root;
        parents[other] = root;
        return root;
    }

    private static int find(int[] parents, int id) {
        int at = id;
        while (parents[at] != at) {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        return at;
    }
}
