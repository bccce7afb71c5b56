package org.neuropil.volume.kernel;

import java.util.Arrays;

import org.neuropil.space.Int3;
import org.neuropil.volume.Block;

/// The runs of a plane of labels, with the numbers that they have as parts of components: those of row y are `rows[y]`
/// to `rows[y + 1]` - 1.
final class PlaneRuns {
    private static final long UPPER = 0xFFFF_FFFF_0000_0000L;
    private static final long LOWER = 0xFFFF_FFFFL;

    final int width;
    final int height;
    final int[] rows;
    /// By run: where in its row it starts.
    int[] starts = new int[1024];
    /// By run: its label.
    long[] labels = new long[1024];
    /// By run: above, 32 bits that tell most labels apart; below, its number. 0 for background.
    private long[] keys = new long[1024];
    /// The run of each voxel.
    private final int[] runOf;

    PlaneRuns(Int3 size) {
        width = size.x();
        height = size.y();
        rows = new int[height + 1];
        runOf = new int[width * height];
    }

    /// Finds the runs of row y, those of the rows before being there; none has a number then.
    ///
    /// @param from where in the block's array the row begins
    /// @param background true to take background for a label, and all labels for background
    void cut(Block block, int from, int y, boolean background) {
        int first = rows[y];
        if (first + width > starts.length) {
            int more = Math.max(first + width, 2 * starts.length);
            starts = Arrays.copyOf(starts, more);
            labels = Arrays.copyOf(labels, more);
            keys = Arrays.copyOf(keys, more);
        }
        int end = RowRuns.index(block, from, width, first, starts, labels, runOf, width * y);
        for (int run = first; run < end; run++) {
            long label = labels[run];
            if (background) {
                label = label == 0 ? 1 : 0;
                labels[run] = label;
            }
            keys[run] = label * 0x9E37_79B9_7F4A_7C15L & UPPER;
        }
        rows[y + 1] = end;
    }

    /// Where a run of row y ends, exclusive.
    int end(int run, int y) {
        return run + 1 == rows[y + 1] ? width : starts[run + 1];
    }

    /// A run's number; 0 for background, and for runs that have none yet.
    int id(int run) {
        return (int) keys[run];
    }

    void number(int run, int id) {
        keys[run] = keys[run] & UPPER | id;
    }

    /// Adds to all numbers.
    void shift(int offset) {
        for (int run = 0; run < rows[height]; run++) {
            if (labels[run] != 0) {
                keys[run] += offset;
            }
        }
    }

    /// Lets the runs of row y meet those of the plane before.
    void meet(int y, PlaneRuns before, Connectivity connectivity, int[] parents) {
        meet(y, before, y, connectivity.reaches(2), parents);
        if (connectivity.reaches(2)) {
            boolean corners = connectivity.reaches(3);
            if (y > 0) {
                meet(y, before, y - 1, corners, parents);
            }
            if (y + 1 < height) {
                meet(y, before, y + 1, corners, parents);
            }
        }
    }

    /// Gives the runs of a row the numbers of those that they touch in another row, uniting where they have one.
    ///
    /// Where two runs begin to be side by side, one of them starts; so it is enough to look at what is beside each run's
    /// first voxel, in both rows. Runs that touch by corners only do so where runs of both rows start.
    ///
    /// @param corners true if corners suffice
    void meet(int y, PlaneRuns other, int otherY, boolean corners, int[] parents) {
        int[] starts = this.starts;
        long[] keys = this.keys;
        int[] runOf = this.runOf;
        int row = width * y;
        int[] otherStarts = other.starts;
        long[] otherKeys = other.keys;
        int[] otherRunOf = other.runOf;
        int otherRow = width * otherY;
        int first = rows[y];
        int end = rows[y + 1];
        int otherFirst = other.rows[otherY];
        int otherEnd = other.rows[otherY + 1];
        if (same(keys[first], otherKeys[otherFirst]) < 0) {
            unite(first, other, otherFirst, parents);
        }
        for (int i = first + 1; i < end; i++) {
            int at = otherRow + starts[i];
            int j = otherRunOf[at];
            long wanted = same(keys[i], otherKeys[j]);
            if (corners) {
                wanted |= same(keys[i], otherKeys[otherRunOf[at - 1]]) | same(keys[i - 1], otherKeys[j]);
            }
            if (wanted < 0) {
                unite(i, other, j, parents);
                if (corners) {
                    unite(i, other, otherRunOf[at - 1], parents);
                    unite(i - 1, other, j, parents);
                }
            }
        }
        for (int j = otherFirst + 1; j < otherEnd; j++) {
            int i = runOf[row + otherStarts[j]];
            if (same(keys[i], otherKeys[j]) < 0) {
                unite(i, other, j, parents);
            }
        }
    }

    /// Gives runs of row y that have none yet the number of a run of the same label beside their first voxel or their
    /// middle. There is no branch in it: whether such a run is there cannot be foretold.
    void adopt(int y, PlaneRuns other, int otherY) {
        int[] starts = this.starts;
        long[] labels = this.labels;
        long[] keys = this.keys;
        long[] otherLabels = other.labels;
        long[] otherKeys = other.keys;
        int[] otherRunOf = other.runOf;
        int otherRow = width * otherY;
        int end = rows[y + 1];
        int next = width;
        for (int i = end - 1; i >= rows[y]; i--) {
            int start = starts[i];
            long label = labels[i];
            long key = keys[i];
            int beside = otherRunOf[otherRow + start];
            int middle = otherRunOf[otherRow + (start + next >>> 1)];
            long one = equal(label, otherLabels[beside]) & otherKeys[beside];
            long two = equal(label, otherLabels[middle]) & otherKeys[middle];
            // Numbers are not 0 but for background, and so are the lower halves of these.
            keys[i] = pick(key, pick(one, two));
            next = start;
        }
    }

    /// The first key if it has a number, else the second, or no number if that has none.
    private static long pick(long one, long two) {
        long hasNone = ((one & LOWER) - 1) >> 63;
        return one | two & hasNone;
    }

    /// All ones if the two are the same, else 0.
    private static long equal(long one, long two) {
        long other = one ^ two;
        return ~((other | -other) >> 63);
    }

    /// Negative if the upper halves of two keys are the same and the lower are not.
    private static long same(long key, long otherKey) {
        return (((key ^ otherKey) - 1) >>> 32) - 1;
    }

    /// Unites the components of two runs, if they have the same label indeed.
    private void unite(int run, PlaneRuns other, int otherRun, int[] parents) {
        if (labels[run] != other.labels[otherRun]) {
            return;
        }
        int id = id(run);
        if (id == 0) {
            number(run, other.id(otherRun));
        } else {
            int root = unite(parents, id, other.id(otherRun));
            number(run, root);
            other.number(otherRun, root);
        }
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
