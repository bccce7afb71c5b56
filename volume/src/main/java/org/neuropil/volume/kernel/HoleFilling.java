package org.neuropil.volume.kernel;

import java.util.BitSet;

import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;

/// Fills cavities inside of labels.
public final class HoleFilling {
    /// By component of background: nothing known, on the block's border, several labels; else the label beside it.
    private static final byte NEW = 0;
    private static final byte OPEN = 1;
    private static final byte ONE = 2;

    private HoleFilling() {}

    /// Gives each hole the label around it, in the block itself.
    ///
    /// A hole is a component of background, connected by faces, that has no voxel on a face of the block and touches, by
    /// faces, voxels of exactly one label. So a hole may be closed by voxels of a label that touch each other by an edge
    /// or a corner only. Background between two labels stays, and so does background around an island of another label
    /// in a cavity; an island of the same label does no harm. With one label this is what `fill_voids` does. An axis of
    /// one voxel leaves no room for holes: all its voxels are on the block's faces.
    ///
    /// @param labels of 8 to 64 bits
    /// @param threads at least 1; the result does not depend on it
    /// @return how many voxels were filled
    /// @throws IllegalArgumentException if voxels are fractions
    public static long fill(Block labels, int threads) {
        RunComponents background = RunComponents.of(labels, true, Connectivity.FACES, threads, null);
        int count = background.count();
        byte[] states = new byte[count + 1];
        long[] around = new long[count + 1];
        states[0] = OPEN;
        Box box = labels.box();
        Int3 size = box.size();
        background.forEach(1, (from, to, component) -> {
            if (states[component] != OPEN && onFace(size, from, to)) {
                states[component] = OPEN;
            }
        });
        int[] steps = {1, size.x(), size.x() * size.y()};
        background.forEach(1, (from, to, component) -> {
            if (states[component] == OPEN) {
                return;
            }
            // No voxel of it is on a face, so all have neighbours in the array.
            for (int voxel = from; voxel < to && states[component] != OPEN; voxel++) {
                for (int step : steps) {
                    look(labels.id(voxel - step), component, states, around);
                    look(labels.id(voxel + step), component, states, around);
                }
            }
        });
        BitSet holes = new BitSet(count + 1);
        long filled = 0;
        for (int component = 1; component <= count; component++) {
            if (states[component] == ONE) {
                holes.set(component);
                filled += background.sizes[component];
            }
        }
        background.forEach(threads, (from, to, component) -> {
            if (holes.get(component)) {
                SmallComponents.fill(labels, from, to, around[component]);
            }
        });
        return filled;
    }

    private static boolean onFace(Int3 size, int from, int to) {
        int x = from % size.x();
        int y = from / size.x() % size.y();
        int z = from / size.x() / size.y();
        return x == 0 || x + to - from == size.x() || y == 0 || y + 1 == size.y() || z == 0 || z + 1 == size.z();
    }

    private static void look(long label, int component, byte[] states, long[] around) {
        if (label == 0 || states[component] == OPEN) {
            return;
        }
        if (states[component] == NEW) {
            states[component] = ONE;
            around[component] = label;
        } else if (around[component] != label) {
            states[component] = OPEN;
        }
    }
}
