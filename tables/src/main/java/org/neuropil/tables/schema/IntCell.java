package org.neuropil.tables.schema;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// A column of whole numbers of 32 bits.
final class IntCell extends Cell {
    private final String hint;
    private final List<String> oneOf;
    private final LongSet choices = new LongOpenHashSet();
    private final Optional<Integer> preset;
    private int[] values = new int[0];

    IntCell(Column column, String hint, List<String> oneOf, Optional<String> otherwise) {
        super(column);
        this.hint = hint;
        this.oneOf = oneOf;
        oneOf.forEach(one -> choices.add(Integer.parseInt(one)));
        this.preset = otherwise.map(Integer::valueOf);
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
        if (token == JsonToken.VALUE_NUMBER_INT && json.getNumberType() == JsonParser.NumberType.INT) {
            values[row] = json.getIntValue();
        } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            double value = json.getDoubleValue(); // as programs write whole numbers that were floats: 3.0
            if (value != (int) value) {
                return notWhole(json, "32 bits", hint);
            }
            values[row] = (int) value;
        } else {
            return notWhole(json, "32 bits", hint);
        }
        return oneOf.isEmpty() || choices.contains(values[row]) ? null : notOneOf(json, oneOf);
    }

    @Override
    boolean preset(int row) {
        values[row] = preset.orElse(0);
        return preset.isPresent();
    }

    @Override
    ColumnData data(int rows, @Nullable BitSet absentRows) {
        return new ColumnData.Ints(Arrays.copyOf(values, rows), absentRows);
    }
}
