package org.neuropil.physiology.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.neuropil.physiology.stat.Blocks;

/// Up to [Blocks#ROWS] cells whose values are missing at the same places.
///
/// @param cells their numbers
/// @param rows the values of each
/// @param there which places are not missing
@SuppressWarnings("ArrayRecordComponent")
record PairBlock(int[] cells, List<double[]> rows, BitSet there) {
    /// Puts all cells into blocks, in the order in which they come first.
    ///
    /// @param sets rows of all cells, several of each
    /// @return by block: one for each set, of the same cells
    static List<List<PairBlock>> of(List<List<double[]>> sets) {
        Map<List<BitSet>, List<Integer>> groups = new LinkedHashMap<>();
        for (int cell = 0; cell < sets.getFirst().size(); cell++) {
            List<BitSet> there = new ArrayList<>();
            for (List<double[]> rows : sets) {
                there.add(there(rows.get(cell)));
            }
            groups.computeIfAbsent(there, _ -> new ArrayList<>()).add(cell);
        }
        List<List<PairBlock>> blocks = new ArrayList<>();
        groups.forEach((there, cells) -> {
            for (int from = 0; from < cells.size(); from += Blocks.ROWS) {
                int[] some = cells.subList(from, Math.min(from + Blocks.ROWS, cells.size())).stream()
                        .mapToInt(Integer::intValue).toArray();
                List<PairBlock> each = new ArrayList<>();
                for (int set = 0; set < sets.size(); set++) {
                    List<double[]> rows = sets.get(set);
                    each.add(new PairBlock(some, Arrays.stream(some).mapToObj(rows::get).toList(), there.get(set)));
                }
                blocks.add(List.copyOf(each));
            }
        });
        return List.copyOf(blocks);
    }

    private static BitSet there(double[] row) {
        BitSet there = new BitSet();
        for (int i = 0; i < row.length; i++) {
            there.set(i, !Double.isNaN(row[i]));
        }
        return there;
    }

    /// The places where both are not missing, in order.
    int[] shared(PairBlock other) {
        BitSet both = (BitSet) there.clone();
        both.and(other.there);
        return both.stream().toArray();
    }

    /// One value of each cell for each place: row by row.
    interface Rows {
        /// The row of a cell, of the same length for all.
        double[] of(double[] row);
    }

    /// The rows of all cells, [Blocks#ROWS] of them; those that lack are 0.
    double[] packed(Rows how, int length) {
        double[] packed = new double[Blocks.ROWS * length];
        for (int i = 0; i < cells.length; i++) {
            System.arraycopy(how.of(rows.get(i)), 0, packed, i * length, length);
        }
        return packed;
    }

    /// The same, turned.
    double[] turned(Rows how, int length) {
        double[] turned = new double[Blocks.ROWS * length];
        for (int j = 0; j < cells.length; j++) {
            double[] row = how.of(rows.get(j));
            for (int k = 0; k < length; k++) {
                turned[k * Blocks.ROWS + j] = row[k];
            }
        }
        return turned;
    }

    /// The sums of products of all rows of one block with all of another: row by row.
    static double[] products(PairBlock one, Rows ofOne, PairBlock other, Rows ofOther, int length) {
        double[] sums = new double[Blocks.ROWS * Blocks.ROWS];
        Blocks.addProducts(one.packed(ofOne, length), other.turned(ofOther, length), length, 0, length, sums);
        return sums;
    }
}
