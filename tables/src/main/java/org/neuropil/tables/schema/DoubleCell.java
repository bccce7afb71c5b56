package org.neuropil.tables.schema;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;

import tools.jackson.core.JsonParser;

/// A column of numbers of double precision.
final class DoubleCell extends Cell {
    private final Optional<Double> preset;
    private double[] values = new double[0];

    DoubleCell(Column column, Optional<String> otherwise) {
        super(column);
        this.preset = otherwise.map(Double::valueOf);
    }

    @Override
    void grow(int row) {
        if (row >= values.length) {
            values = Arrays.copyOf(values, larger(values.length, row));
        }
    }

    @Override
    @Nullable
    Refusal take(JsonParser json, int row) {
        Refusal refusal = notFinite(json, false);
        if (refusal == null) {
            values[row] = json.getDoubleValue();
        }
        return refusal;
    }

    @Override
    boolean preset(int row) {
        values[row] = preset.orElse(0.0);
        return preset.isPresent();
    }

    @Override
    ColumnData data(int rows, @Nullable BitSet absentRows) {
        return new ColumnData.Doubles(Arrays.copyOf(values, rows), absentRows);
    }
}
