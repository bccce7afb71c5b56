package org.neuropil.tables.query;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.duckdb.DuckDBConnection;
import org.neuropil.tables.column.ColumnType;

/// Text of SQL with the values of its parameters, in the order of the question marks. Only texts of this package and of
/// sources, quoted names of columns, and whole numbers are put into it.
final class Sql {
    private final StringBuilder text = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    static Sql of(String text) {
        return new Sql().add(text);
    }

    Sql add(String part) {
        text.append(part);
        return this;
    }

    Sql add(Sql part) {
        text.append(part.text);
        values.addAll(part.values);
        return this;
    }

    /// Adds a value of a type, as [TypedValue] has it.
    Sql value(ColumnType type, Object value) {
        text.append(switch (type) {
            case TIMESTAMP -> "make_timestamp(CAST(? AS BIGINT))";
            default -> "CAST(? AS " + name(type) + ")";
        });
        values.add(value);
        return this;
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    /// The name of a type in DuckDB.
    static String name(ColumnType type) {
        return switch (type) {
            case ID, INT64 -> "BIGINT";
            case INT32 -> "INTEGER";
            case FLOAT32 -> "FLOAT";
            case FLOAT64 -> "DOUBLE";
            case BOOLEAN -> "BOOLEAN";
            case TEXT -> "VARCHAR";
            case TIMESTAMP -> "TIMESTAMP";
        };
    }

    /// A name as SQL writes it.
    static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static Sql join(String between, List<Sql> parts) {
        Sql all = new Sql();
        for (int i = 0; i < parts.size(); i++) {
            all.add(i == 0 ? "" : between).add(parts.get(i));
        }
        return all;
    }

    /// The statement, with its values.
    PreparedStatement prepare(DuckDBConnection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text.toString());
        try {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
