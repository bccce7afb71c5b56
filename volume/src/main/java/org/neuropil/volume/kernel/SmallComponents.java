package org.neuropil.volume.kernel;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

import org.neuropil.volume.Block;

/// Removes components that are too small to be anything.
public final class SmallComponents {
    private SmallComponents() {}

    /// Sets the voxels of all components that have fewer voxels than a threshold to 0, in the block itself. A component
    /// is what [Components] finds: neighbouring voxels of one label. A label of several components loses the small ones
    /// only. Nothing happens with a threshold of 1 or less.
    ///
    /// @param labels of 8 to 64 bits
    /// @param threshold the least number of voxels that may stay
    /// @param threads at least 1; the result does not depend on it
    /// @return how many voxels were set to 0
    /// @throws IllegalArgumentException if voxels are fractions
    public static long erase(Block labels, long threshold, Connectivity connectivity, int threads) {
        RunComponents found = RunComponents.of(labels, false, connectivity, threads, null);
        long[] sizes = found.sizes;
        LongAdder erased = new LongAdder();
        found.forEach(threads, (from, to, component) -> {
            if (component != 0 && sizes[component] < threshold) {
                fill(labels, from, to, 0);
                erased.add(to - from);
            }
        });
        return erased.sum();
    }

    /// As [#erase], but leaves the block as it is and returns another.
    public static Block erased(Block labels, long threshold, Connectivity connectivity, int threads) {
        Block result = Block.zeros(labels.type(), labels.box());
        result.copyFrom(labels);
        erase(result, threshold, connectivity, threads);
        return result;
    }

    /// Sets voxels of a block's array, from `from` to `to` - 1, to a label.
    static void fill(Block labels, int from, int to, long label) {
        switch (labels) {
            case Block.Bytes b -> Arrays.fill(b.data(), from, to, (byte) label);
            case Block.Shorts b -> Arrays.fill(b.data(), from, to, (short) label);
            case Block.Ints b -> Arrays.fill(b.data(), from, to, (int) label);
            case Block.Longs b -> Arrays.fill(b.data(), from, to, label);
            case Block.Floats _,Block.Doubles _ -> throw new IllegalArgumentException("floats are no labels");
        }
    }
}
