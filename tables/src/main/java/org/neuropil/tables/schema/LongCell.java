package org.neuropil.tables.schema;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// A column of ids, of whole numbers of 64 bits, or of moments.
final class LongCell extends Cell {
    private static final String ID_HINT = "ids are whole numbers from 0 to 9223372036854775807, or texts of digits";
    private final ColumnType type;
    private final List<String> oneOf;
    private final LongSet choices = new LongOpenHashSet();
    private final OptionalLong preset;
    private long[] values = new long[0];

    LongCell(Column column, List<String> oneOf, Optional<String> otherwise) {
        super(column);
        this.type = column.type();
        this.oneOf = oneOf;
        oneOf.forEach(one -> choices.add(Long.parseLong(one)));
        this.preset = otherwise.isEmpty()
                ? OptionalLong.empty()
                : type == ColumnType.TIMESTAMP
                        ? Moments.micros(otherwise.get())
                        : OptionalLong.of(Long.parseLong(otherwise.get()));
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
        if (type == ColumnType.TIMESTAMP) {
            OptionalLong micros = token == JsonToken.VALUE_STRING
                    ? Moments.micros(json.getString())
                    : OptionalLong.empty();
            values[row] = micros.orElse(0);
            return micros.isPresent()
                    ? null
                    : refuse(json, "is no moment", "write it as 2026-11-26T10:10:00.123456Z");
        }
        if (token == JsonToken.VALUE_NUMBER_INT) {
            if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                return type == ColumnType.ID ? badId(json) : notWhole(json, "64 bits", "");
            }
            values[row] = json.getLongValue();
        } else if (token == JsonToken.VALUE_STRING) {
            String text = json.getString();
            OptionalLong value = digits(text);
            if (value.isEmpty()) {
                return type == ColumnType.ID ? badId(json) : notWhole(json, "64 bits", "");
            }
            values[row] = value.getAsLong();
        } else if (type == ColumnType.INT64 && token == JsonToken.VALUE_NUMBER_FLOAT) {
            double value = json.getDoubleValue();
            if (value != Math.rint(value) || Math.abs(value) > EXACT) {
                return notWhole(json, "what a float can say", "");
            }
            values[row] = (long) value;
        } else {
            return type == ColumnType.ID ? badId(json) : notWhole(json, "64 bits", "");
        }
        if (type == ColumnType.ID && values[row] < 0) {
            return refuse(json, "is negative, which no id is", ID_HINT);
        }
        return oneOf.isEmpty() || choices.contains(values[row]) ? null : notOneOf(json, oneOf);
    }

    private static Refusal badId(JsonParser json) {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
            return refuse(json, "is a float, which no id is", ID_HINT
                    + "; as a float it may have lost digits already");
        }
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return refuse(json, json.getString().startsWith("-")
                    ? "is negative, which no id is"
                    : "is no id: it is not below 2^63", ID_HINT);
        }
        return refuse(json, "is no id below 2^63", ID_HINT);
    }

    private static OptionalLong digits(String text) {
        int first = text.startsWith("-") ? 1 : 0;
        boolean digits = text.length() > first && text.length() < 21;
        for (int i = first; digits && i < text.length(); i++) {
            digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        try {
            return digits ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty(); // digits, but too many
        }
    }

    @Override
    boolean preset(int row) {
        values[row] = preset.orElse(0);
        return preset.isPresent();
    }

    @Override
    ColumnData data(int rows, @Nullable BitSet absentRows) {
        return new ColumnData.Longs(Arrays.copyOf(values, rows), absentRows);
    }
}
