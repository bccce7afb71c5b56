package org.neuropil.tables.store;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.Rows;

/// Some of the rows that there are.
final class Take {
    private Take() {}

    /// @param which indices, in the order wanted
    static Rows rows(Rows rows, int[] which) {
        List<ColumnData> data = new ArrayList<>();
        for (ColumnData one : rows.data()) {
            data.add(take(one, which));
        }
        return new Rows(rows.columns(), data);
    }

    private static ColumnData take(ColumnData data, int[] which) {
        int size = which.length;
        BitSet absent = new BitSet();
        for (int i = 0; i < size; i++) {
            absent.set(i, data.isAbsent(which[i]));
        }
        return switch (data) {
            case ColumnData.Longs from -> {
                long[] to = new long[size];
                for (int i = 0; i < size; i++) {
                    to[i] = from.values()[which[i]];
                }
                yield new ColumnData.Longs(to, absent);
            }
            case ColumnData.Ints from -> {
                int[] to = new int[size];
                for (int i = 0; i < size; i++) {
                    to[i] = from.values()[which[i]];
                }
                yield new ColumnData.Ints(to, absent);
            }
            case ColumnData.Floats from -> {
                float[] to = new float[size];
                for (int i = 0; i < size; i++) {
                    to[i] = from.values()[which[i]];
                }
                yield new ColumnData.Floats(to, absent);
            }
            case ColumnData.Doubles from -> {
                double[] to = new double[size];
                for (int i = 0; i < size; i++) {
                    to[i] = from.values()[which[i]];
                }
                yield new ColumnData.Doubles(to, absent);
            }
            case ColumnData.Booleans from -> {
                boolean[] to = new boolean[size];
                for (int i = 0; i < size; i++) {
                    to[i] = from.values()[which[i]];
                }
                yield new ColumnData.Booleans(to, absent);
            }
            case ColumnData.Texts from -> {
                @Nullable
                String[] to = new @Nullable String[size];
                for (int i = 0; i < size; i++) {
                    to[i] = from.values()[which[i]];
                }
                yield new ColumnData.Texts(to, absent);
            }
        };
    }
}
