package org.neuropil.tables.query;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.duckdb.DuckDBConnection;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.sql.Sql;

/// Text of SQL with the values of its parameters, in the order of the question marks. Only texts of this package and of
/// sources, quoted names of columns, and whole numbers are put into it.
final class BoundSql {
    private final StringBuilder text = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    static BoundSql of(String text) {
        return new BoundSql().add(text);
    }

    BoundSql add(String part) {
        text.append(part);
        return this;
    }

    BoundSql add(BoundSql part) {
        text.append(part.text);
        values.addAll(part.values);
        return this;
    }

    /// Adds a value of a type, as [TypedValue] has it.
    BoundSql value(ColumnType type, Object value) {
        text.append(switch (type) {
            case TIMESTAMP -> "make_timestamp(CAST(? AS BIGINT))";
            default -> "CAST(? AS " + Sql.type(type) + ")";
        });
        values.add(value);
        return this;
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    static BoundSql join(String between, List<BoundSql> parts) {
        BoundSql all = new BoundSql();
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
