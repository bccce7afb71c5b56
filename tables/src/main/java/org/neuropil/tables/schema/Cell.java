package org.neuropil.tables.schema;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// A column that grows while rows are read, in an array that doubles. Values are taken as JSON has them; one that does not
/// fit is refused in words, not by an exception, as there may be a million of them.
abstract sealed class Cell permits LongCell, IntCell, FloatCell, DoubleCell, BooleanCell, TextCell {
    /// Why a value is not taken.
    record Refusal(String what, String hint) {}

    private static final int SHOWN = 40;
    static final long EXACT = 1L << 53; // whole numbers up to here are exact as doubles

    private final Column column;
    private final BitSet absent = new BitSet();
    private final BitSet gave = new BitSet();
    private int last = -1;

    Cell(Column column) {
        this.column = column;
    }

    /// The cell for a value.
    static Cell of(Field.Value value) {
        Column column = new Column(value.name(), value.type(), value.nullable() || !value.required());
        return switch (value.type()) {
            case ID, INT64, TIMESTAMP -> new LongCell(column, value.oneOf(), value.otherwise());
            case INT32 -> new IntCell(column, "", value.oneOf(), value.otherwise());
            case FLOAT32 -> new FloatCell(column, value.otherwise());
            case FLOAT64 -> new DoubleCell(column, value.otherwise());
            case BOOLEAN -> new BooleanCell(column, value.otherwise());
            case TEXT -> new TextCell(column, value.oneOf(), value.otherwise());
        };
    }

    /// The cell for ids: of rows, or of supervoxels.
    static Cell ids(String name, boolean nullable) {
        return new LongCell(new Column(name, ColumnType.ID, nullable), List.of(), Optional.empty());
    }

    /// The cell for a coordinate.
    static Cell coordinate(String name, boolean nullable) {
        return new IntCell(new Column(name, ColumnType.INT32, nullable),
                "positions are whole voxels of the table: round them", List.of(), Optional.empty());
    }

    /// The column; nullable if null may be given.
    final Column column() {
        return column;
    }

    /// Rows that have given it, be it null.
    final BitSet gave() {
        return gave;
    }

    final boolean isGiven(int row) {
        return last == row;
    }

    final boolean isAbsent(int row) {
        return absent.get(row);
    }

    /// Whether none of the first rows has a value.
    final boolean isEmpty(int rows) {
        return absent.cardinality() == rows;
    }

    /// Takes the value that a parser is at. Whatever comes out, it counts as given by that row.
    final @Nullable Refusal read(JsonParser json, int row) {
        if (last == row) {
            return new Refusal("is given twice", "give it once");
        }
        last = row;
        gave.set(row);
        Refusal refusal = null;
        if (json.currentToken() != JsonToken.VALUE_NULL) {
            grow(row);
            refusal = take(json, row);
        } else if (!column.nullable()) {
            refusal = new Refusal("null is given where a value has to be", "");
        }
        if (refusal != null || json.currentToken() == JsonToken.VALUE_NULL) {
            absent.set(row);
        }
        return refusal;
    }

    /// Gives null for a row.
    final void giveNull(int row) {
        last = row;
        gave.set(row);
        absent.set(row);
    }

    /// Has no value in a row.
    final void leave(int row) {
        absent.set(row);
    }

    /// Has what it is otherwise in a row, if there is such.
    final void leaveOtherwise(int row) {
        grow(row);
        if (!preset(row)) {
            absent.set(row);
        }
    }

    /// The first rows.
    final ColumnData data(int rows) {
        grow(rows);
        return data(rows, absent.isEmpty() ? null : absent);
    }

    abstract void grow(int row);

    abstract @Nullable Refusal take(JsonParser json, int row);

    abstract boolean preset(int row);

    abstract ColumnData data(int rows, @Nullable BitSet absentRows);

    static int larger(int length, int row) {
        return Math.max(row + 1, Math.max(16, Math.min(2 * length, Integer.MAX_VALUE / 2)));
    }

    /// The value that a parser is at, for a message.
    static String shown(JsonParser json) {
        return switch (json.currentToken()) {
            case START_ARRAY -> "a list";
            case START_OBJECT -> "an object";
            case VALUE_STRING -> "'" + Words.shorten(json.getString(), SHOWN) + "'";
            case null -> "nothing";
            default -> Words.shorten(json.getString(), SHOWN);
        };
    }

    static Refusal refuse(JsonParser json, String what, String hint) {
        return new Refusal(shown(json) + " " + what, hint);
    }

    static Refusal notOneOf(JsonParser json, List<String> oneOf) {
        return refuse(json, "is none of " + String.join(", ", oneOf), "");
    }

    /// Why something that is a number, or should be one, is no whole number that fits.
    static Refusal notWhole(JsonParser json, String type, String hint) {
        JsonToken token = json.currentToken();
        if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
            return refuse(json, "is no whole number", hint);
        }
        if (token == JsonToken.VALUE_NUMBER_FLOAT && json.isNaN()) {
            return refuse(json, "is no whole number", "give null where there is no value, if the field may be null");
        }
        double value = json.getDoubleValue();
        return value != Math.rint(value)
                ? refuse(json, "is no whole number", hint)
                : refuse(json, "does not fit into " + type, "");
    }

    static @Nullable Refusal notFinite(JsonParser json, boolean single) {
        JsonToken token = json.currentToken();
        if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
            return refuse(json, "is no number", "");
        }
        if (token == JsonToken.VALUE_NUMBER_FLOAT && json.isNaN()) {
            return refuse(json, "is no number", "give null where there is no value, if the field may be null");
        }
        double value = json.getDoubleValue();
        return Double.isFinite(single ? (float) value : value)
                ? null
                : refuse(json, "is too large for a number of " + (single ? "single" : "double") + " precision", "");
    }
}
