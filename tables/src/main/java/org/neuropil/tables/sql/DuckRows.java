package org.neuropil.tables.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;

/// Puts rows into tables of DuckDB, which its appender does a thousand times as fast as statements.
public final class DuckRows {
    private DuckRows() {}

    /// Appends rows to a table that has just their columns, within the transaction of a connection.
    ///
    /// @param database which holds the table, `temp` for one of the connection's own; null for that of the connection
    /// @param parts one after the other, all of the same columns
    public static void append(Connection connection, @Nullable String database, String table, List<Rows> parts)
            throws SQLException {
        DuckDBConnection duck = connection.unwrap(DuckDBConnection.class);
        try (DuckDBAppender appender = database == null
                ? duck.createAppender("main", table)
                : duck.createAppender(database, "main", table)) {
            for (Rows rows : parts) {
                append(appender, rows);
            }
        }
    }

    private static void append(DuckDBAppender appender, Rows rows) throws SQLException {
        int columns = rows.columns().size();
        ColumnType[] types = rows.columns().stream().map(Column::type).toArray(ColumnType[]::new);
        ColumnData[] data = rows.data().toArray(ColumnData[]::new);
        for (int row = 0; row < rows.size(); row++) {
            appender.beginRow();
            for (int i = 0; i < columns; i++) {
                append(appender, types[i], data[i], row);
            }
            appender.endRow();
        }
    }

    private static void append(DuckDBAppender appender, ColumnType type, ColumnData data, int row)
            throws SQLException {
        if (data.isAbsent(row)) {
            appender.appendNull();
            return;
        }
        switch (data) {
            case ColumnData.Longs longs -> {
                if (type == ColumnType.TIMESTAMP) {
                    appender.appendEpochMicros(longs.values()[row]);
                } else {
                    appender.append(longs.values()[row]);
                }
            }
            case ColumnData.Ints ints -> appender.append(ints.values()[row]);
            case ColumnData.Floats floats -> appender.append(floats.values()[row]);
            case ColumnData.Doubles doubles -> appender.append(doubles.values()[row]);
            case ColumnData.Booleans booleans -> appender.append(booleans.values()[row]);
            case ColumnData.Texts texts -> appender.append(texts.values()[row]);
        }
    }
}
