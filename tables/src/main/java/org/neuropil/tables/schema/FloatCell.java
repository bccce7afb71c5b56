package org.neuropil.tables.schema;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;

import tools.jackson.core.JsonParser;

/// A column of numbers of single precision.
final class FloatCell extends Cell {
    private final Optional<Float> preset;
    private float[] values = new float[0];

    FloatCell(Column column, Optional<String> otherwise) {
        super(column);
        this.preset = otherwise.map(Float::valueOf);
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
        Refusal refusal = notFinite(json, true);
        if (refusal == null) {
            values[row] = (float) json.getDoubleValue();
        }
        return refusal;
    }

    @Override
    boolean preset(int row) {
        values[row] = preset.orElse(0f);
        return preset.isPresent();
    }

    @Override
    ColumnData data(int rows, @Nullable BitSet absentRows) {
        return new ColumnData.Floats(Arrays.copyOf(values, rows), absentRows);
    }
}
