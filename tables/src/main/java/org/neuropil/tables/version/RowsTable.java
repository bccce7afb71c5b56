package org.neuropil.tables.version;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;

/// Puts rows into tables of DuckDB.
final class RowsTable {
    private RowsTable() {}

    /// A moment as tables hold it; the earliest and latest moments as the least and greatest.
    static long micros(Instant at) {
        if (at.equals(Instant.MIN) || at.equals(Instant.MAX)) {
            return at.equals(Instant.MIN) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    /// Appends rows to a table that has just their columns.
    ///
    /// @param database which holds the table: `temp` or `memory`
    static void append(DuckDBConnection connection, String database, String table, Rows rows) throws SQLException {
        List<ColumnData> data = rows.data();
        try (DuckDBAppender appender = connection.createAppender(database, "main", table)) {
            for (int row = 0; row < rows.size(); row++) {
                appender.beginRow();
                for (int i = 0; i < data.size(); i++) {
                    append(appender, rows.columns().get(i).type(), data.get(i), row);
                }
                appender.endRow();
            }
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
                    long micros = longs.values()[row];
                    appender.append(LocalDateTime.ofEpochSecond(Math.floorDiv(micros, 1_000_000L),
                            (int) Math.floorMod(micros, 1_000_000L) * 1_000, ZoneOffset.UTC));
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
