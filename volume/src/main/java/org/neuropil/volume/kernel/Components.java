package org.neuropil.volume.kernel;

import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

/// Connected components of labels: neighbouring voxels belong together if they have the same label and it is not 0.
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

    /// Finds the components. Beside the result it takes memory for the runs of three planes for each thread.
    ///
    /// @param labels of 8 to 64 bits
    /// @param threads at least 1; the result does not depend on it
    /// @throws IllegalArgumentException if voxels are fractions
    public static Components of(Block labels, Connectivity connectivity, int threads) {
        return into(labels, connectivity, threads, new int[labels.box().voxels()]);
    }

    /// As [#of], but puts the result into the array of the labels, which are lost; so it takes half the memory.
    ///
    /// @param labels of 32 bits
    public static Components replacing(Block.Ints labels, Connectivity connectivity, int threads) {
        return into(labels, connectivity, threads, labels.data());
    }

    private static Components into(Block labels, Connectivity connectivity, int threads, int[] out) {
        RunComponents found = RunComponents.of(labels, false, connectivity, threads, out);
        found.spread(threads);
        return new Components(new Block.Ints(labels.box(), out, DataType.UINT32), found.firsts, found.sizes);
    }
}
