package org.neuropil.tables.store;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.Rows;

/// Rows as lists of values, null for an absent one, and back.
final class Plain {
    private Plain() {}

    static List<List<@Nullable Object>> of(Rows rows) {
        List<List<@Nullable Object>> all = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            List<@Nullable Object> one = new ArrayList<>();
            for (ColumnData data : rows.data()) {
                one.add(Model.value(data, row));
            }
            all.add(one);
        }
        return all;
    }

    static Rows rows(List<Column> columns, List<List<@Nullable Object>> values) {
        int size = values.size();
        List<ColumnData> data = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            BitSet absent = new BitSet();
            long[] longs = new long[size];
            int[] ints = new int[size];
            float[] floats = new float[size];
            double[] doubles = new double[size];
            boolean[] booleans = new boolean[size];
            @Nullable
            String[] texts = new @Nullable String[size];
            for (int row = 0; row < size; row++) {
                switch (values.get(row).get(i)) {
                    case null -> absent.set(row);
                    case Long value -> longs[row] = value;
                    case Integer value -> ints[row] = value;
                    case Float value -> floats[row] = value;
                    case Double value -> doubles[row] = value;
                    case Boolean value -> booleans[row] = value;
                    case String value -> texts[row] = value;
                    case Object value -> throw new AssertionError(value);
                }
            }
            data.add(switch (columns.get(i).type()) {
                case ID, INT64, TIMESTAMP -> new ColumnData.Longs(longs, absent);
                case INT32 -> new ColumnData.Ints(ints, absent);
                case FLOAT32 -> new ColumnData.Floats(floats, absent);
                case FLOAT64 -> new ColumnData.Doubles(doubles, absent);
                case BOOLEAN -> new ColumnData.Booleans(booleans, absent);
                case TEXT -> new ColumnData.Texts(texts, absent);
            });
        }
        return new Rows(columns, data);
    }
}
