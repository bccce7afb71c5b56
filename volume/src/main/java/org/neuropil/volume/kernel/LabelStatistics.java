package org.neuropil.volume.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;

/// Size, extent and centre of each label from 0 to a largest one.
public final class LabelStatistics {
    /// By label: x, y, z of the lower corner, then of the upper one, exclusive; seen from the block's corner.
    private static final int CORNERS = 6;

    private final Box box;
    private final long[] voxels;
    private final int[] corners;
    /// By label: sums of x, y, z over its voxels, seen from the block's corner; exact.
    private final long[] sums;

    private LabelStatistics(Box box, int labels) {
        this.box = box;
        voxels = new long[labels];
        corners = new int[CORNERS * labels];
        sums = new long[3 * labels];
        for (int i = 0; i < corners.length; i += CORNERS) {
            Arrays.fill(corners, i, i + 3, Integer.MAX_VALUE);
        }
    }

    /// Looks at all voxels once. Takes 72 bytes for each label and thread.
    ///
    /// @param labels of 8 to 64 bits; best if consecutive, as [Components] makes them
    /// @param largest no label is larger; at most 100 million
    /// @param threads at least 1; the result does not depend on it
    /// @throws InputException if there is a larger label
    /// @throws IllegalArgumentException if voxels are fractions, or `largest` is out of range
    public static LabelStatistics of(Block labels, int largest, int threads) {
        if (largest < 0 || largest > 100_000_000) {
            throw new IllegalArgumentException("statistics of labels up to " + largest);
        }
        Box box = labels.box();
        int depth = box.isEmpty() ? 0 : box.size().z();
        int parts = Math.clamp(depth, 1, threads);
        List<LabelStatistics> found = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            found.add(new LabelStatistics(box, largest + 1));
        }
        Parallel.run(threads, parts, i -> found.get(i).add(labels, (int) ((long) depth * i / parts),
                (int) ((long) depth * (i + 1) / parts)));
        for (int i = 1; i < parts; i++) {
            found.getFirst().add(found.get(i));
        }
        return found.getFirst();
    }

    /// Number of labels: the largest that was asked for, and 1 for background.
    public int labels() {
        return voxels.length;
    }

    /// Voxels of a label.
    public long voxels(int label) {
        return voxels[label];
    }

    /// The smallest box that holds all voxels of a label, in the lattice of the block's box.
    ///
    /// @throws IllegalArgumentException if it has no voxel
    public Box box(int label) {
        check(label);
        int at = CORNERS * label;
        return new Box(new Int3(corners[at], corners[at + 1], corners[at + 2]),
                new Int3(corners[at + 3], corners[at + 4], corners[at + 5])).shift(box.min());
    }

    /// The mean position of a label's voxels on an axis, in voxels, in the lattice of the block's box: a voxel counts as
    /// the whole number that is its position, as if it had its centre there.
    ///
    /// @param axis 0 for x, 1 for y, 2 for z
    /// @throws IllegalArgumentException if it has no voxel
    public double centre(int label, int axis) {
        check(label);
        return box.min().get(axis) + (double) sums[3 * label + axis] / voxels[label];
    }

    private void check(int label) {
        if (voxels[label] == 0) {
            throw new IllegalArgumentException("label " + label + " has no voxel");
        }
    }

    private void add(Block labels, int fromZ, int toZ) {
        Int3 size = box.size();
        int[] ends = new int[size.x()];
        for (int z = fromZ; z < toZ; z++) {
            for (int y = 0; y < size.y(); y++) {
                int row = size.x() * (y + size.y() * z);
                int runs = RowRuns.find(labels, row, size.x(), ends);
                int start = 0;
                for (int i = 0; i < runs; i++) {
                    int end = ends[i];
                    add(labels.id(row + start), start, end, y, z);
                    start = end;
                }
            }
        }
    }

    private void add(long id, int start, int end, int y, int z) {
        if (Long.compareUnsigned(id, voxels.length) >= 0) {
            throw new InputException("label " + Long.toUnsignedString(id) + " is larger than " + (voxels.length - 1),
                    "labels", "renumber them first");
        }
        int label = (int) id;
        int length = end - start;
        voxels[label] += length;
        int at = 3 * label;
        sums[at] += (long) (start + end - 1) * length / 2;
        sums[at + 1] += (long) y * length;
        sums[at + 2] += (long) z * length;
        at = CORNERS * label;
        corners[at] = Math.min(corners[at], start);
        corners[at + 1] = Math.min(corners[at + 1], y);
        corners[at + 2] = Math.min(corners[at + 2], z);
        corners[at + 3] = Math.max(corners[at + 3], end);
        corners[at + 4] = Math.max(corners[at + 4], y + 1);
        corners[at + 5] = Math.max(corners[at + 5], z + 1);
    }

    private void add(LabelStatistics o) {
        for (int i = 0; i < voxels.length; i++) {
            voxels[i] += o.voxels[i];
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] += o.sums[i];
        }
        for (int i = 0; i < corners.length; i++) {
            corners[i] = i % CORNERS < 3 ? Math.min(corners[i], o.corners[i]) : Math.max(corners[i], o.corners[i]);
        }
    }
}
