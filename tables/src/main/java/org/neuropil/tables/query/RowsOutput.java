package org.neuropil.tables.query;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarCharVector;
import org.jspecify.annotations.Nullable;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.Rows;

/// Gathers an answer's rows in memory.
final class RowsOutput {
    private final List<OutputColumn> columns;
    private final List<Object> arrays = new ArrayList<>();
    private final List<BitSet> absent = new ArrayList<>();
    private int size;
    private int room = 1024;

    RowsOutput(List<OutputColumn> columns) {
        this.columns = columns;
        for (OutputColumn column : columns) {
            if (column.place()) {
                throw new IllegalStateException("places are lists; ask for them split");
            }
            arrays.add(switch (column.type()) {
                case ID, INT64, TIMESTAMP -> new long[room];
                case INT32 -> new int[room];
                case FLOAT32 -> new float[room];
                case FLOAT64 -> new double[room];
                case BOOLEAN -> new boolean[room];
                case TEXT -> new String[room];
            });
            absent.add(new BitSet());
        }
    }

    Rows read(Answer answer) throws IOException {
        answer.forEach(root -> {
            int count = root.getRowCount();
            reserve(count);
            for (int i = 0; i < columns.size(); i++) {
                copy(root.getVector(i), count, arrays.get(i), absent.get(i));
            }
            size += count;
        });
        List<Column> described = new ArrayList<>();
        List<ColumnData> data = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            OutputColumn column = columns.get(i);
            described.add(new Column(column.name(), column.type(), column.nullable()));
            data.add(data(arrays.get(i), absent.get(i).isEmpty() ? null : absent.get(i)));
        }
        return new Rows(described, data);
    }

    private void reserve(int more) {
        if (size > Integer.MAX_VALUE - 8 - more) {
            throw new IllegalStateException("more rows than a Java array can hold");
        }
        if (size + more > room) {
            room = (int) Math.min(Integer.MAX_VALUE - 8, Math.max(size + (long) more, room * 2L));
            arrays.replaceAll(array -> resized(array, room));
        }
    }

    private static Object resized(Object array, int length) {
        return switch (array) {
            case long[] a -> Arrays.copyOf(a, length);
            case int[] a -> Arrays.copyOf(a, length);
            case float[] a -> Arrays.copyOf(a, length);
            case double[] a -> Arrays.copyOf(a, length);
            case boolean[] a -> Arrays.copyOf(a, length);
            case String[] a -> Arrays.copyOf(a, length);
            default -> throw new IllegalStateException();
        };
    }

    private void copy(FieldVector vector, int count, Object array, BitSet gone) {
        for (int row = 0; row < count; row++) {
            if (vector.isNull(row)) {
                gone.set(size + row);
                continue;
            }
            int to = size + row;
            switch (vector) {
                case BigIntVector v -> ((long[]) array)[to] = v.get(row);
                case TimeStampMicroVector v -> ((long[]) array)[to] = v.get(row);
                case IntVector v -> ((int[]) array)[to] = v.get(row);
                case Float4Vector v -> ((float[]) array)[to] = v.get(row);
                case Float8Vector v -> ((double[]) array)[to] = v.get(row);
                case BitVector v -> ((boolean[]) array)[to] = v.get(row) != 0;
                case VarCharVector v -> ((String[]) array)[to] = new String(v.get(row), StandardCharsets.UTF_8);
                default -> throw new IllegalStateException("a vector of " + vector.getField());
            }
        }
    }

    private ColumnData data(Object array, @Nullable BitSet gone) {
        return switch (resized(array, size)) {
            case long[] a -> new ColumnData.Longs(a, gone);
            case int[] a -> new ColumnData.Ints(a, gone);
            case float[] a -> new ColumnData.Floats(a, gone);
            case double[] a -> new ColumnData.Doubles(a, gone);
            case boolean[] a -> new ColumnData.Booleans(a, gone);
            case String[] a -> new ColumnData.Texts(a, gone);
            default -> throw new IllegalStateException();
        };
    }
}
