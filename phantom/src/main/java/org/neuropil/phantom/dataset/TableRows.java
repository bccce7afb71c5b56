package org.neuropil.phantom.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.neuropil.phantom.circuit.Orientation;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.schema.TableSchema;
import org.neuropil.tables.sql.Sql;

/// Rows of a table as they are read at a moment, put together column by column. Columns that are not given are absent.
final class TableRows {
    private static final List<String> AXES = List.of("x", "y", "z");

    private final TableSchema schema;
    private final int size;
    private final Map<String, ColumnData> given = new HashMap<>();

    TableRows(TableSchema schema, int size) {
        this.schema = schema;
        this.size = size;
    }

    TableRows longs(String column, long[] values) {
        given.put(column, type(column) == ColumnType.INT32
                ? new ColumnData.Ints(Arrays.stream(values).mapToInt(Math::toIntExact).toArray(), null)
                : new ColumnData.Longs(values, null));
        return this;
    }

    TableRows ints(String column, int[] values) {
        return longs(column, Arrays.stream(values).asLongStream().toArray());
    }

    /// @param values NaN for what is absent
    TableRows numbers(String column, double[] values) {
        BitSet absent = new BitSet();
        float[] floats = new float[size];
        for (int i = 0; i < size; i++) {
            floats[i] = (float) values[i];
            absent.set(i, Double.isNaN(values[i]));
        }
        BitSet none = absent.isEmpty() ? null : absent;
        given.put(column, type(column) == ColumnType.FLOAT32
                ? new ColumnData.Floats(floats, none)
                : new ColumnData.Doubles(values, none));
        return this;
    }

    TableRows floats(String column, float[] values) {
        double[] wide = new double[size];
        for (int i = 0; i < size; i++) {
            wide[i] = values[i];
        }
        return numbers(column, wide);
    }

    TableRows booleans(String column, boolean[] values) {
        given.put(column, new ColumnData.Booleans(values, null));
        return this;
    }

    TableRows texts(String column, @Nullable String[] values) {
        given.put(column, new ColumnData.Texts(values, null));
        return this;
    }

    TableRows text(String column, String value) {
        @Nullable
        String[] values = new String[size];
        Arrays.fill(values, value);
        return texts(column, values);
    }

    /// Places in the voxel of the table in which they lie.
    ///
    /// @param name of the point
    /// @param x oriented µm, from row `first` on
    /// @param shift along x, µm
    TableRows points(String name, Orientation orientation, VoxelSize voxel, float[] x, float[] y, float[] z, int first,
            double shift) {
        for (int axis = 0; axis < AXES.size(); axis++) {
            int[] at = new int[size];
            for (int i = 0; i < size; i++) {
                int k = first + i;
                at[i] = (int) Math.floor(orientation.nm(axis, x[k] + shift, y[k], z[k]) / voxel.get(axis));
            }
            given.put(name + "_position_" + AXES.get(axis), new ColumnData.Ints(at, null));
        }
        return this;
    }

    private ColumnType type(String column) {
        return schema.read().stream().filter(one -> one.name().equals(column)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(schema.name() + " has no column " + column)).type();
    }

    Rows rows() {
        List<ColumnData> data = new ArrayList<>();
        for (Column column : schema.read()) {
            ColumnData values = given.remove(column.name());
            data.add(values != null
                    ? values
                    : column.equals(TableSchema.CREATED) ? created() : absent(column));
        }
        if (!given.isEmpty()) {
            throw new IllegalArgumentException(schema.name() + " has no columns " + given.keySet());
        }
        return new Rows(schema.read(), data);
    }

    private ColumnData created() {
        long[] values = new long[size];
        Arrays.fill(values, Sql.micros(MadeTables.TIME));
        return new ColumnData.Longs(values, null);
    }

    private ColumnData absent(Column column) {
        if (!column.nullable()) {
            throw new IllegalArgumentException(schema.name() + " needs column " + column.name());
        }
        BitSet all = new BitSet();
        all.set(0, size);
        return switch (column.type()) {
            case ID, INT64, TIMESTAMP -> new ColumnData.Longs(new long[size], all);
            case INT32 -> new ColumnData.Ints(new int[size], all);
            case FLOAT32 -> new ColumnData.Floats(new float[size], all);
            case FLOAT64 -> new ColumnData.Doubles(new double[size], all);
            case BOOLEAN -> new ColumnData.Booleans(new boolean[size], all);
            case TEXT -> new ColumnData.Texts(new @Nullable String[size], all);
        };
    }
}
