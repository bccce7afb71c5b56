package org.neuropil.circuits.wiring;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// The cells that a question is about, numbered from 0. Arrays belong to it once it is made.
///
/// @param names ids of nuclei, ascending as unsigned numbers; of cells without a nucleus in the table of types, their roots
/// @param roots of the cells at the moment
/// @param types that cells have, by name
/// @param type of each cell, its place in `types`
/// @param places in µm: x, depth below the pia (or y, where the dataset has no such frame), z; three for each cell
/// @param nm x, y, z of the nucleus in the space of the segmentation, nm; three for each cell
/// @param axon whether the axon was proofread, so that its targets can be counted
/// @param dendrite whether synapses onto the cell can be counted
@SuppressWarnings("ArrayRecordComponent") // thousands of cells, which nobody compares
public record Cells(long[] names, long[] roots, List<CellType> types, int[] type, double[] places, double[] nm,
        boolean[] axon, boolean[] dendrite) {
    /// @throws IllegalArgumentException if lengths differ, or a type is none
    public Cells {
        types = List.copyOf(types);
        int n = names.length;
        if (roots.length != n || type.length != n || places.length != 3 * n || nm.length != 3 * n || axon.length != n
                || dendrite.length != n) {
            throw new IllegalArgumentException("not all of " + n + " cells");
        }
        for (int one : type) {
            if (one < 0 || one >= types.size()) {
                throw new IllegalArgumentException("type " + one + " of " + types.size());
            }
        }
    }

    /// How many.
    public int size() {
        return names.length;
    }

    /// The type of a cell.
    public CellType typeOf(int cell) {
        return types.get(type[cell]);
    }

    /// Depth of a cell's soma below the pia, µm.
    public double depth(int cell) {
        return places[3 * cell + 1];
    }

    /// Distance of two somata across the depth axis, µm.
    public double lateral(int a, int b) {
        return Math.hypot(places[3 * a] - places[3 * b], places[3 * a + 2] - places[3 * b + 2]);
    }

    /// Whether a connection from one to another would have been found: the axon is proofread, synapses onto the other are
    /// counted, and they are two.
    public boolean isTestable(int from, int to) {
        return from != to && axon[from] && dendrite[to];
    }

    /// Numbers of the cells of which something is so, ascending.
    public int[] which(IntPredicate so) {
        return IntStream.range(0, size()).filter(so).toArray();
    }

    /// Some of them, numbered anew; types that none of them has are left out.
    ///
    /// @param chosen numbers, ascending
    public Cells select(int[] chosen) {
        int[] used = Arrays.stream(chosen).map(i -> type[i]).distinct().sorted().toArray();
        double[] where = new double[3 * chosen.length];
        double[] space = new double[3 * chosen.length];
        long[] ids = new long[chosen.length];
        long[] objects = new long[chosen.length];
        int[] kinds = new int[chosen.length];
        boolean[] axons = new boolean[chosen.length];
        boolean[] dendrites = new boolean[chosen.length];
        for (int k = 0; k < chosen.length; k++) {
            int i = chosen[k];
            ids[k] = names[i];
            objects[k] = roots[i];
            kinds[k] = Arrays.binarySearch(used, type[i]);
            axons[k] = axon[i];
            dendrites[k] = dendrite[i];
            System.arraycopy(places, 3 * i, where, 3 * k, 3);
            System.arraycopy(nm, 3 * i, space, 3 * k, 3);
        }
        return new Cells(ids, objects, Arrays.stream(used).mapToObj(types::get).toList(), kinds, where, space, axons,
                dendrites);
    }
}
