package org.neuropil.volume.kernel;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;

/// Connected components of labels as runs of voxels, numbered 1, 2, … in the order of first voxels, x fastest.
///
/// Rows are cut into runs of equal labels; a run takes the number of a run beside it in the rows before, or a new one,
/// and numbers that meet are united. Only the runs of a few planes are kept with all that is known of them; of the
/// others it is noted which number they have and how long they are. This is done for as many slabs of planes as there
/// are threads; then the slabs' numbers are put into one sequence and united where slabs meet.
final class RunComponents {
    /// By component: where in the array its first voxel is; 0 is not used.
    final int[] firsts;
    /// By component: its voxels; 0 is not used.
    final long[] sizes;
    private final Slab[] slabs;

    private RunComponents(int[] firsts, long[] sizes, Slab[] slabs) {
        this.firsts = firsts;
        this.sizes = sizes;
        this.slabs = slabs;
    }

    /// What to do with a run.
    @FunctionalInterface
    interface Visitor {
        /// @param from where in the array the run begins; it lies in one row
        /// @param to where it ends, exclusive
        /// @param component 0 for background
        void run(int from, int to, int component);
    }

    /// Finds components.
    ///
    /// @param background true for those of the voxels that are 0, instead of the others
    /// @param out where to note runs, if [#spread] shall follow; as large as the labels, and may be their array. `null`
    ///        to note them in memory of their own
    /// @throws IllegalArgumentException if voxels are fractions
    static RunComponents of(Block labels, boolean background, Connectivity connectivity, int threads,
            int @Nullable [] out) {
        if (labels.type().isFloat()) {
            throw new IllegalArgumentException(labels.type() + " voxels are no labels");
        }
        Int3 size = labels.box().size();
        int depth = labels.box().isEmpty() ? 0 : size.z();
        Slab[] slabs = new Slab[Math.min(depth, threads)];
        Parallel.run(threads, slabs.length, i -> {
            slabs[i] = new Slab(size, (int) ((long) depth * i / slabs.length),
                    (int) ((long) depth * (i + 1) / slabs.length), out);
            runs(labels, background, connectivity, slabs[i]);
        });
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
        return new RunComponents(firsts, sizes, slabs);
    }

    int count() {
        return firsts.length - 1;
    }

    /// Puts components on all voxels of the array that [#of] was given; only once, and last.
    void spread(int threads) {
        Parallel.run(threads, slabs.length, i -> slabs[i].spread());
    }

    /// Shows each run to a visitor; in the order of voxels if there is one thread.
    void forEach(int threads, Visitor visitor) {
        Parallel.run(threads, slabs.length, i -> slabs[i].forEach(visitor));
    }

    /// A part of the volume between two planes, with numbers of its own.
    private static final class Slab {
        final int fromZ;
        final int toZ;
        /// Where its voxels begin and end in the array.
        final int from;
        final int to;
        /// Of each run its number, and minus its length if that is not 1: no more notes than voxels.
        int[] notes;
        final int firstNote;
        int nextNote;
        /// Numbers given so far; 0 is background.
        int ids;
        /// What to add to a number of this slab to have one of the volume.
        int offset;
        /// By number: a smaller one of the same component, or itself; in the end the component.
        int[] parents = new int[1024];
        int[] firsts = new int[1024];
        /// By number: voxels; an array has no more than an `int` can count.
        int[] sizes = new int[1024];
        PlaneRuns first;
        PlaneRuns last;

        Slab(Int3 size, int fromZ, int toZ, int @Nullable [] out) {
            this.fromZ = fromZ;
            this.toZ = toZ;
            from = size.x() * size.y() * fromZ;
            to = size.x() * size.y() * toZ;
            notes = out == null ? new int[Math.clamp(to - from, 2, 1 << 20)] : out;
            firstNote = out == null ? 0 : from;
            nextNote = firstNote;
            first = new PlaneRuns(size);
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

        void note(int id, int length) {
            if (notes.length - nextNote < 2 && notes.length < to) {
                notes = Arrays.copyOf(notes, (int) Math.min(to, 2L * notes.length));
            }
            notes[nextNote++] = id;
            if (length > 1) {
                notes[nextNote++] = -length;
            }
        }

        /// Starts with the last run, so that no note is lost before it is read.
        void spread() {
            int at = nextNote;
            for (int end = to; end > from;) {
                int start = end - 1;
                int id = notes[--at];
                if (id < 0) {
                    start = end + id;
                    id = notes[--at];
                }
                int component = parents[id];
                if (start - at >= 8) {
                    // Most runs are short. Writing over the front is allowed: what stands there will be written yet.
                    for (int i = end - 8; i > start - 8; i -= 8) {
                        notes[i] = component;
                        notes[i + 1] = component;
                        notes[i + 2] = component;
                        notes[i + 3] = component;
                        notes[i + 4] = component;
                        notes[i + 5] = component;
                        notes[i + 6] = component;
                        notes[i + 7] = component;
                    }
                } else {
                    Arrays.fill(notes, start, end, component);
                }
                end = start;
            }
        }

        void forEach(Visitor visitor) {
            int at = firstNote;
            for (int start = from; start < to;) {
                int component = parents[notes[at++]];
                int end = at < nextNote && notes[at] < 0 ? start - notes[at++] : start + 1;
                visitor.run(start, end, component);
                start = end;
            }
        }
    }

    private static void runs(Block labels, boolean background, Connectivity connectivity, Slab slab) {
        Int3 size = labels.box().size();
        PlaneRuns before = slab.first;
        PlaneRuns spare = before;
        for (int z = slab.fromZ; z < slab.toZ; z++) {
            PlaneRuns plane = z == slab.fromZ ? slab.first : spare == slab.first ? new PlaneRuns(size) : spare;
            for (int y = 0; y < size.y(); y++) {
                int row = size.x() * (y + size.y() * z);
                plane.cut(labels, row, y, background);
                if (y > 0) {
                    plane.adopt(y, plane, y - 1);
                }
                if (z > slab.fromZ) {
                    plane.adopt(y, before, y);
                    plane.meet(y, before, connectivity, slab.parents);
                }
                if (y > 0) {
                    plane.meet(y, plane, y - 1, connectivity.reaches(2), slab.parents);
                }
                number(plane, y, row, slab);
            }
            // The first plane is kept for the slab before.
            spare = before;
            before = plane;
        }
        slab.last = before;
    }

    /// Numbers the runs of a row that met nobody, counts voxels, and notes the runs.
    private static void number(PlaneRuns plane, int y, int row, Slab slab) {
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
            slab.note(id, length);
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
            for (int y = 0; y < slabs[s].first.height; y++) {
                slabs[s].first.meet(y, slabs[s - 1].last, connectivity, parents);
            }
            if (slabs[s].last != slabs[s].first) {
                slabs[s].last.shift(slabs[s].offset);
            }
        }
        return parents;
    }
}
