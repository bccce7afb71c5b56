package org.neuropil.tables.schema;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// A column of texts.
final class TextCell extends Cell {
    private final List<String> oneOf;
    private final Set<String> choices;
    private final Optional<String> preset;
    private @Nullable String[] values = new String[0];

    TextCell(Column column, List<String> oneOf, Optional<String> otherwise) {
        super(column);
        this.oneOf = oneOf;
        this.choices = Set.copyOf(oneOf);
        this.preset = otherwise;
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
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            return refuse(json, "is no text", "put it in quotes");
        }
        String text = json.getString();
        values[row] = text;
        String fault = Words.fault(text);
        if (fault != null) {
            return refuse(json, fault, "leave that out");
        }
        return oneOf.isEmpty() || choices.contains(text) ? null : notOneOf(json, oneOf);
    }

    @Override
    boolean preset(int row) {
        values[row] = preset.orElse(null);
        return preset.isPresent();
    }

    @Override
    ColumnData data(int rows, @Nullable BitSet absentRows) {
        return new ColumnData.Texts(Arrays.copyOf(values, rows), absentRows);
    }
}
