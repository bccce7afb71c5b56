package org.neuropil.volume.kernel;

import java.util.Arrays;

import org.neuropil.space.Box;
import org.neuropil.volume.Block;

/// Looks for contacts by runs: where two rows are side by side, the pair of labels changes only where a run of one of them
/// ends. So a stretch of contacts between the same two labels is counted in one go.
final class ContactScan {
    private final Block block;
    private final Box own;
    private final Connectivity connectivity;
    /// Voxels of a row and rows of a plane: those of the own box, and the margin if there is one.
    private final int width;
    private final int height;
    private final ContactTable table = new ContactTable();
    private Plane here;
    private Plane above;

    /// @param own whose contacts are counted: those whose voxels' common lower corner lies in it
    ContactScan(Block block, Box own, Connectivity connectivity) {
        this.block = block;
        this.own = own;
        this.connectivity = connectivity;
        this.width = Math.min(own.max().x() + 1, block.box().max().x()) - own.min().x();
        this.height = Math.min(own.max().y() + 1, block.box().max().y()) - own.min().y();
        this.here = new Plane(height);
        this.above = new Plane(height);
    }

    /// What has been found so far.
    ContactTable table() {
        return table;
    }

    /// Counts the contacts of neighbouring planes.
    ///
    /// @param from the first, in the lattice
    /// @param to after the last
    void planes(int from, int to) {
        cut(above, from);
        for (int z = from; z < to; z++) {
            Plane next = here;
            here = above;
            above = next;
            boolean last = z + 1 == block.box().max().z();
            if (!last) {
                cut(above, z + 1);
            }
            for (int y = 0; y < own.size().y(); y++) {
                row(y, last);
            }
        }
    }

    private void cut(Plane plane, int z) {
        for (int y = 0; y < height; y++) {
            plane.cut(block, block.box().index(own.min().x(), own.min().y() + y, z), width, y);
        }
    }

    /// Counts the contacts of a row. Those across corners and edges belong to it if their voxels' common lower corner
    /// does.
    private void row(int y, boolean last) {
        along(y);
        boolean lastRow = y + 1 == height;
        if (!lastRow) {
            beside(here, y, here, y + 1, 1, connectivity.reaches(2));
        }
        if (!last) {
            beside(here, y, above, y, 2, connectivity.reaches(2));
        }
        if (!last && !lastRow && connectivity.reaches(2)) {
            beside(here, y, above, y + 1, Contacts.KINDS - 1, connectivity.reaches(3));
            beside(here, y + 1, above, y, Contacts.KINDS - 1, connectivity.reaches(3));
        }
    }

    /// Counts the contacts between the runs of a row.
    private void along(int y) {
        int end = here.rows[y + 1];
        for (int run = here.rows[y]; run + 1 < end && here.ends[run] <= own.size().x(); run++) {
            add(here.labels[run], here.labels[run + 1], 0, 1);
        }
    }

    /// Counts the contacts between two rows.
    ///
    /// @param kind of contacts between voxels with the same x
    /// @param shifted whether those with neighbouring x touch, too
    private void beside(Plane a, int rowA, Plane b, int rowB, int kind, boolean shifted) {
        beside(a, rowA, 0, b, rowB, 0, own.size().x(), kind);
        if (shifted) {
            int length = Math.min(own.size().x(), width - 1);
            beside(a, rowA, 0, b, rowB, 1, length, Contacts.KINDS - 1);
            beside(a, rowA, 1, b, rowB, 0, length, Contacts.KINDS - 1);
        }
    }

    /// @param fromA the voxel of the one row beside the first of the other, 0 or 1
    /// @param fromB the voxel of the other row
    private void beside(Plane a, int rowA, int fromA, Plane b, int rowB, int fromB, int length, int kind) {
        int[] endsA = a.ends;
        int[] endsB = b.ends;
        long[] labelsA = a.labels;
        long[] labelsB = b.labels;
        int i = a.rows[rowA];
        int j = b.rows[rowB];
        i += endsA[i] <= fromA ? 1 : 0;
        j += endsB[j] <= fromB ? 1 : 0;
        int at = 0;
        while (at < length) {
            int endA = endsA[i] - fromA;
            int endB = endsB[j] - fromB;
            int end = Math.min(Math.min(endA, endB), length);
            if (labelsA[i] != labelsB[j]) {
                add(labelsA[i], labelsB[j], kind, end - at);
            }
            i += endA == end ? 1 : 0;
            j += endB == end ? 1 : 0;
            at = end;
        }
    }

    private void add(long u, long v, int kind, int count) {
        if (u != 0 && v != 0) {
            int counts = table.counts(u, v);
            table.entries()[counts + kind] += count;
        }
    }

    /// The runs of a plane: those of row y are `rows[y]` to `rows[y + 1]` - 1.
    private static final class Plane {
        final int[] rows;
        /// By run: where in its row it ends, exclusive.
        int[] ends = new int[1024];
        /// By run: its label.
        long[] labels = new long[1024];
        private int[] found = new int[0];

        Plane(int height) {
            rows = new int[height + 1];
        }

        /// Finds the runs of row y, those of the rows before being there.
        void cut(Block block, int from, int width, int y) {
            if (found.length < width) {
                found = new int[width];
            }
            int runs = RowRuns.find(block, from, width, found);
            int first = rows[y];
            if (first + runs > ends.length) {
                int more = Math.max(first + runs, 2 * ends.length);
                ends = Arrays.copyOf(ends, more);
                labels = Arrays.copyOf(labels, more);
            }
            System.arraycopy(found, 0, ends, first, runs);
            label(block, from, first, first + runs);
            rows[y + 1] = first + runs;
        }

        private void label(Block block, int from, int first, int end) {
            switch (block) {
                case Block.Bytes b -> {
                    for (int run = first; run < end; run++) {
                        labels[run] = b.data()[from + ends[run] - 1] & 0xFFL;
                    }
                }
                case Block.Shorts b -> {
                    for (int run = first; run < end; run++) {
                        labels[run] = b.data()[from + ends[run] - 1] & 0xFFFFL;
                    }
                }
                case Block.Ints b -> {
                    for (int run = first; run < end; run++) {
                        labels[run] = b.data()[from + ends[run] - 1] & 0xFFFF_FFFFL;
                    }
                }
                case Block.Longs b -> {
                    for (int run = first; run < end; run++) {
                        labels[run] = b.data()[from + ends[run] - 1];
                    }
                }
                case Block.Floats _,Block.Doubles _ -> throw new IllegalArgumentException("floats are no labels");
            }
        }
    }
}
