package org.neuropil.tables.column;

import java.util.List;

/// Some rows, column by column.
///
/// @param columns names and types, each name once
/// @param data one for each column, all of one length, each of the form that its type asks for
public record Rows(List<Column> columns, List<ColumnData> data) {
    /// @throws IllegalArgumentException if data do not fit columns
    public Rows {
        columns = List.copyOf(columns);
        data = List.copyOf(data);
        if (columns.size() != data.size()) {
            throw new IllegalArgumentException(columns.size() + " columns, data of " + data.size());
        }
        for (int i = 0; i < columns.size(); i++) {
            ColumnData values = data.get(i);
            boolean fits = switch (columns.get(i).type()) {
                case ID, INT64, TIMESTAMP -> values instanceof ColumnData.Longs;
                case INT32 -> values instanceof ColumnData.Ints;
                case FLOAT32 -> values instanceof ColumnData.Floats;
                case FLOAT64 -> values instanceof ColumnData.Doubles;
                case BOOLEAN -> values instanceof ColumnData.Booleans;
                case TEXT -> values instanceof ColumnData.Texts;
            };
            if (!fits || values.size() != data.getFirst().size()) {
                throw new IllegalArgumentException("data of column " + columns.get(i) + " do not fit");
            }
        }
        if (columns.stream().map(Column::name).distinct().count() != columns.size()) {
            throw new IllegalArgumentException("a column comes twice: " + columns);
        }
    }

    /// How many rows.
    public int size() {
        return data.isEmpty() ? 0 : data.getFirst().size();
    }

    /// Where a column stands, -1 if there is none of that name.
    public int index(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /// The numbers of a column of ids, whole numbers of 64 bits, or moments.
    ///
    /// @throws IllegalArgumentException if there is no such column
    public long[] longs(String name) {
        int index = index(name);
        if (index < 0 || !(data.get(index) instanceof ColumnData.Longs longs)) {
            throw new IllegalArgumentException("no column of 64-bit numbers: " + name);
        }
        return longs.values();
    }
}
