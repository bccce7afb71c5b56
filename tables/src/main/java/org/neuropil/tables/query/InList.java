package org.neuropil.tables.query;

import java.sql.SQLException;
import java.sql.Statement;

import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.sql.Sql;

/// A list of values too long for parameters, as a table of one column `v`.
///
/// @param name of the table, which no other has
/// @param type of the values
/// @param values as [TypedValue] has them
record InList(String name, ColumnType type, Values values) implements Answer.Made {
    @Override
    public void create(DuckDBConnection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + name + " (v " + Sql.type(type) + ")");
        }
        try (DuckDBAppender appender = connection.createAppender("main", name)) {
            if (values instanceof Values.Longs(long[] longs) && type != ColumnType.INT32) {
                for (long value : longs) {
                    appender.beginRow().append(value).endRow();
                }
                return;
            }
            for (int i = 0; i < values.size(); i++) {
                appender.beginRow();
                Object value = values.get(i);
                switch (value) {
                    case Long moment when type == ColumnType.TIMESTAMP -> appender.appendEpochMicros(moment);
                    case Long n -> appender.append(n.longValue());
                    case Integer n -> appender.append(n.intValue());
                    case Float n -> appender.append(n.floatValue());
                    case Double n -> appender.append(n.doubleValue());
                    case Boolean b -> appender.append(b.booleanValue());
                    case String s -> appender.append(s);
                    case null, default -> throw new IllegalStateException(String.valueOf(value));
                }
                appender.endRow();
            }
        }
    }
}
