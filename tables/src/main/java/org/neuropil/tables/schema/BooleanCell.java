package org.neuropil.tables.schema;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// A column of truth values.
final class BooleanCell extends Cell {
    private final Optional<Boolean> preset;
    private boolean[] values = new boolean[0];

    BooleanCell(Column column, Optional<String> otherwise) {
        super(column);
        this.preset = otherwise.map(Boolean::valueOf);
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
        JsonToken token = json.currentToken();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            return refuse(json, "is neither true nor false", "");
        }
        values[row] = token == JsonToken.VALUE_TRUE;
        return null;
    }

    @Override
    boolean preset(int row) {
        values[row] = preset.orElse(false);
        return preset.isPresent();
    }

    @Override
    ColumnData data(int rows, @Nullable BitSet absentRows) {
        return new ColumnData.Booleans(Arrays.copyOf(values, rows), absentRows);
    }
}
