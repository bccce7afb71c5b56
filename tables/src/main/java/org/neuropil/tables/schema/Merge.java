package org.neuropil.tables.schema;

import java.util.BitSet;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.column.ColumnData;

/// Puts columns together from two.
final class Merge {
    private Merge() {}

    /// Value by value, what is new where it was given, and else what was before.
    ///
    /// @param from where the value of each row stands in `before`
    /// @param given rows that take the new value
    static ColumnData of(ColumnData before, int[] from, ColumnData after, BitSet given) {
        BitSet absent = new BitSet();
        for (int row = 0; row < from.length; row++) {
            absent.set(row, given.get(row) ? after.isAbsent(row) : before.isAbsent(from[row]));
        }
        BitSet gone = absent.isEmpty() ? null : absent;
        return switch (before) {
            case ColumnData.Longs old -> longs(old.values(), from, ((ColumnData.Longs) after).values(), given, gone);
            case ColumnData.Ints old -> {
                int[] taken = ((ColumnData.Ints) after).values();
                int[] values = new int[from.length];
                for (int row = 0; row < values.length; row++) {
                    values[row] = given.get(row) ? taken[row] : old.values()[from[row]];
                }
                yield new ColumnData.Ints(values, gone);
            }
            case ColumnData.Floats old -> {
                float[] taken = ((ColumnData.Floats) after).values();
                float[] values = new float[from.length];
                for (int row = 0; row < values.length; row++) {
                    values[row] = given.get(row) ? taken[row] : old.values()[from[row]];
                }
                yield new ColumnData.Floats(values, gone);
            }
            case ColumnData.Doubles old -> {
                double[] taken = ((ColumnData.Doubles) after).values();
                double[] values = new double[from.length];
                for (int row = 0; row < values.length; row++) {
                    values[row] = given.get(row) ? taken[row] : old.values()[from[row]];
                }
                yield new ColumnData.Doubles(values, gone);
            }
            case ColumnData.Booleans old -> {
                boolean[] taken = ((ColumnData.Booleans) after).values();
                boolean[] values = new boolean[from.length];
                for (int row = 0; row < values.length; row++) {
                    values[row] = given.get(row) ? taken[row] : old.values()[from[row]];
                }
                yield new ColumnData.Booleans(values, gone);
            }
            case ColumnData.Texts old -> {
                @Nullable
                String[] taken = ((ColumnData.Texts) after).values();
                @Nullable
                String[] values = new String[from.length];
                for (int row = 0; row < values.length; row++) {
                    values[row] = given.get(row) ? taken[row] : old.values()[from[row]];
                }
                yield new ColumnData.Texts(values, gone);
            }
        };
    }

    private static ColumnData longs(long[] old, int[] from, long[] taken, BitSet given, @Nullable BitSet gone) {
        long[] values = new long[from.length];
        for (int row = 0; row < values.length; row++) {
            values[row] = given.get(row) ? taken[row] : old[from[row]];
        }
        return new ColumnData.Longs(values, gone);
    }
}
