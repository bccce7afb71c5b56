package org.neuropil.volume.kernel;

import java.util.Arrays;

import org.neuropil.space.Int3;
import org.neuropil.volume.Block;

/// Connected components of labels: neighbouring voxels belong together if they have the same label and it is not 0.
///
/// Rows are cut into runs of equal labels; a run takes the number of a run beside it in the rows before, or a new one,
/// and numbers that meet are united. Only the runs of two planes are in memory: those of all planes are kept in the
/// result itself, the number on a run's first voxel and minus its length on the second, until the last pass fills them.
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
        int[] offsets = offsets(slabs);
        int[] parents = united(labels, connectivity, slabs, offsets, ids.data());
        int count = 0;
        for (int id = 1; id < parents.length; id++) {
            count += parents[id] == id ? 1 : 0;
        }
        int[] firsts = new int[count + 1];
        long[] sizes = new long[count + 1];
        int next = 0;
        for (int s = 0; s < slabs.length; s++) {
            for (int local = 1; local <= slabs[s].ids; local++) {
                int id = offsets[s] + local;
                // Roots are the smallest of their set, so a root is met before all that it stands for.
                if (parents[id] == id) {
                    parents[id] = ++next;
                    firsts[next] = slabs[s].firsts[local];
                } else {
                    parents[id] = parents[parents[id]];
                }
                sizes[parents[id]] += slabs[s].sizes[local];
            }
        }
        Parallel.run(threads, slabs.length, s -> fill(labels.box().size(), slabs[s], offsets[s], parents, ids.data()));
        return new Components(ids, firsts, sizes);
    }

    /// A part of the volume between two planes, with numbers of its own.
    private static final class Slab {
        final int fromZ;
        final int toZ;
        /// Numbers given so far; 0 is background.
        int ids;
        int[] parents = new int[1024];
        int[] firsts = new int[1024];
        long[] sizes = new long[1024];

        Slab(int fromZ, int toZ) {
            this.fromZ = fromZ;
            this.toZ = toZ;
        }

        int add(int first) {
            int id = ++ids;
            if (id == parents.length) {
                int more = Math.addExact(id, Math.min(id, 1 << 26));
                parents = Arrays.copyOf(parents, more);
                firsts = Arrays.copyOf(firsts, more);
                sizes = Arrays.copyOf(sizes, more);
            }
            parents[id] = id;
            firsts[id] = first;
            return id;
        }
    }

    /// The runs of a plane: those of row y are `rows[y]` to `rows[y + 1]` - 1.
    private static final class Plane {
        final int[] rows;
        int[] ends = new int[1024];
        long[] labels = new long[1024];
        int[] ids = new int[1024];

        Plane(int height) {
            rows = new int[height + 1];
        }

        void reserve(int runs) {
            if (runs > ends.length) {
                int more = Math.max(runs, 2 * ends.length);
                ends = Arrays.copyOf(ends, more);
                labels = Arrays.copyOf(labels, more);
                ids = Arrays.copyOf(ids, more);
            }
        }
    }

    /// First pass: runs and numbers of each slab.
    private static Slab[] runs(Block labels, Connectivity connectivity, int threads, int[] out) {
        int depth = labels.box().size().z();
        Slab[] slabs = new Slab[Math.clamp(depth / 4, 1, threads)];
        for (int i = 0; i < slabs.length; i++) {
            slabs[i] = new Slab((int) ((long) depth * i / slabs.length), (int) ((long) depth * (i + 1) / slabs.length));
        }
        if (!labels.box().isEmpty()) {
            Parallel.run(threads, slabs.length, i -> runs(labels, connectivity, slabs[i], out));
        }
        return slabs;
    }

    private static void runs(Block labels, Connectivity connectivity, Slab slab, int[] out) {
        Int3 size = labels.box().size();
        Plane last = new Plane(size.y());
        Plane plane = new Plane(size.y());
        int[] ends = new int[size.x()];
        for (int z = slab.fromZ; z < slab.toZ; z++) {
            for (int y = 0; y < size.y(); y++) {
                int row = size.x() * (y + size.y() * z);
                int from = plane.rows[y];
                int count = RowRuns.find(labels, row, size.x(), ends);
                int to = from + count;
                plane.rows[y + 1] = to;
                plane.reserve(to);
                System.arraycopy(ends, 0, plane.ends, from, count);
                Arrays.fill(plane.ids, from, to, 0);
                RowRuns.labels(labels, row, ends, count, plane.labels, from);
                if (y > 0) {
                    meet(plane, y, plane, y - 1, connectivity.reaches(2), slab.parents);
                }
                if (z > slab.fromZ) {
                    meetPlane(plane, y, last, size.y(), connectivity, slab.parents);
                }
                number(plane, y, row, slab, out);
            }
            Plane swap = last;
            last = plane;
            plane = swap;
        }
    }

    /// Lets the runs of a row meet those of the plane before.
    private static void meetPlane(Plane plane, int y, Plane last, int height, Connectivity connectivity,
            int[] parents) {
        meet(plane, y, last, y, connectivity.reaches(2), parents);
        if (connectivity.reaches(2)) {
            boolean corners = connectivity.reaches(3);
            if (y > 0) {
                meet(plane, y, last, y - 1, corners, parents);
            }
            if (y + 1 < height) {
                meet(plane, y, last, y + 1, corners, parents);
            }
        }
    }

    /// Gives the runs of a row the numbers of those that they touch in another row, uniting where they have one.
    ///
    /// Both rows are walked at once: each step looks at two runs that overlap and goes on to the next of the one that
    /// ends first. Runs that touch by corners only are those around a place where runs of both rows end.
    ///
    /// @param corners true if corners suffice
    private static void meet(Plane plane, int y, Plane other, int otherY, boolean corners, int[] parents) {
        int[] ends = plane.ends;
        int[] otherEnds = other.ends;
        long[] labels = plane.labels;
        long[] otherLabels = other.labels;
        int[] ids = plane.ids;
        int[] otherIds = other.ids;
        int i = plane.rows[y];
        int j = other.rows[otherY];
        int last = plane.rows[y + 1];
        while (i < last) {
            long label = labels[i];
            if (label == otherLabels[j] && label != 0) {
                join(ids, i, otherIds[j], parents);
            }
            int end = ends[i];
            int otherEnd = otherEnds[j];
            if (end == otherEnd) {
                i++;
                j++;
                if (corners && i < last) {
                    if (label == otherLabels[j] && label != 0) {
                        join(ids, i - 1, otherIds[j], parents);
                    }
                    if (labels[i] == otherLabels[j - 1] && labels[i] != 0) {
                        join(ids, i, otherIds[j - 1], parents);
                    }
                }
            } else if (end < otherEnd) {
                i++;
            } else {
                j++;
            }
        }
    }

    private static void join(int[] ids, int run, int otherId, int[] parents) {
        int id = ids[run];
        if (id == 0) {
            ids[run] = otherId;
        } else if (id != otherId) {
            unite(parents, id, otherId);
        }
    }

    /// Numbers the runs of a row that met nobody, counts voxels, and notes the runs in the result.
    private static void number(Plane plane, int y, int row, Slab slab, int[] out) {
        int start = 0;
        for (int i = plane.rows[y]; i < plane.rows[y + 1]; i++) {
            int end = plane.ends[i];
            int id = plane.ids[i];
            if (plane.labels[i] != 0) {
                if (id == 0) {
                    id = slab.add(row + start);
                    plane.ids[i] = id;
                }
                slab.sizes[id] += end - start;
            }
            out[row + start] = id;
            if (end - start > 1) {
                out[row + start + 1] = start - end;
            }
            start = end;
        }
    }

    private static int[] offsets(Slab[] slabs) {
        int[] offsets = new int[slabs.length + 1];
        for (int i = 0; i < slabs.length; i++) {
            offsets[i + 1] = Math.addExact(offsets[i], slabs[i].ids);
        }
        return offsets;
    }

    /// Puts the slabs' numbers into one sequence and unites those that meet where slabs meet; every number then points
    /// at the smallest of its set, or at a smaller one.
    private static int[] united(Block labels, Connectivity connectivity, Slab[] slabs, int[] offsets, int[] out) {
        int[] parents = new int[offsets[slabs.length] + 1];
        for (int s = 0; s < slabs.length; s++) {
            for (int id = 1; id <= slabs[s].ids; id++) {
                parents[offsets[s] + id] = offsets[s] + slabs[s].parents[id];
            }
            slabs[s].parents = new int[0];
        }
        Int3 size = labels.box().size();
        Plane before = new Plane(size.y());
        Plane after = new Plane(size.y());
        for (int s = 1; s < slabs.length; s++) {
            load(labels, slabs[s].fromZ - 1, offsets[s - 1], out, before);
            load(labels, slabs[s].fromZ, offsets[s], out, after);
            for (int y = 0; y < size.y(); y++) {
                meetPlane(after, y, before, size.y(), connectivity, parents);
            }
        }
        return parents;
    }

    /// The runs of a plane, as the first pass has noted them.
    private static void load(Block labels, int z, int offset, int[] out, Plane plane) {
        Int3 size = labels.box().size();
        int run = 0;
        for (int y = 0; y < size.y(); y++) {
            int row = size.x() * (y + size.y() * z);
            for (int x = 0; x < size.x();) {
                int end = end(out, row, x, size.x());
                plane.reserve(run + 1);
                plane.ends[run] = end;
                plane.labels[run] = labels.id(row + x);
                plane.ids[run] = out[row + x] == 0 ? 0 : out[row + x] + offset;
                run++;
                x = end;
            }
            plane.rows[y + 1] = run;
        }
    }

    /// Last pass: final numbers on all voxels.
    private static void fill(Int3 size, Slab slab, int offset, int[] finals, int[] out) {
        for (int z = slab.fromZ; z < slab.toZ; z++) {
            for (int y = 0; y < size.y(); y++) {
                int row = size.x() * (y + size.y() * z);
                for (int x = 0; x < size.x();) {
                    int end = end(out, row, x, size.x());
                    int id = out[row + x];
                    int value = id == 0 ? 0 : finals[id + offset];
                    for (int i = row + x; i < row + end; i++) {
                        out[i] = value;
                    }
                    x = end;
                }
            }
        }
    }

    /// Where the run ends that begins at x.
    private static int end(int[] out, int row, int x, int width) {
        return x + 1 < width && out[row + x + 1] < 0 ? x - out[row + x + 1] : x + 1;
    }

    private static void unite(int[] parents, int a, int b) {
        int one = find(parents, a);
        int other = find(parents, b);
        if (one < other) {
            parents[other] = one;
        } else {
            parents[one] = other;
        }
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
