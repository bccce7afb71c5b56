package org.neuropil.physiology.table;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.sql.Sql;

/// Values of some columns beside each other that come together again and again, as the parts of a cell's key do: kept once,
/// and told by a number in each row.
final class RowKeys {
    private final List<Column> columns;
    private final List<@Nullable Object[]> values = new ArrayList<>();

    /// @param columns that are told
    RowKeys(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /// Keeps values under the next number, from 0.
    ///
    /// @param cells one for each column: Long, Integer, String; null for nothing
    void keep(@Nullable Object... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns);
        }
        values.add(cells);
    }

    /// What each column is in SQL.
    ///
    /// @param number name of the column of numbers
    List<String> shown(String number) {
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            StringBuilder list = new StringBuilder("CAST([");
            for (int k = 0; k < values.size(); k++) {
                list.append(k == 0 ? "" : ", ").append(literal(values.get(k)[i]));
            }
            shown.add(list.append("] AS ").append(Sql.type(columns.get(i).type())).append("[])[").append(number)
                    .append(" + 1] AS ").append(Sql.name(columns.get(i).name())).toString());
        }
        return shown;
    }

    private static String literal(@Nullable Object value) {
        return switch (value) {
            case null -> "NULL";
            case Long number -> number.toString();
            case Integer number -> number.toString();
            case String text -> Sql.text(text);
            default -> throw new IllegalArgumentException(value.toString());
        };
    }
}
