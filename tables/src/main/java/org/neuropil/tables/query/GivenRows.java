package org.neuropil.tables.query;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.duckdb.DuckDBConnection;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.sql.DuckRows;
import org.neuropil.tables.sql.Sql;

/// Rows that are at hand as an answer, so that they are written in the same ways as those of queries.
public final class GivenRows {
    private GivenRows() {}

    /// Answers with rows, in their order.
    ///
    /// @throws EngineBusyException if too many answers are open
    public static Answer answer(Engine engine, Rows rows) throws IOException {
        Held given = new Held(engine.newName(), rows);
        List<OutputColumn> columns = new ArrayList<>();
        for (Column column : rows.columns()) {
            columns.add(new OutputColumn(column.name(), column.type(), column.nullable(), false, Optional.empty()));
        }
        Answer.Frame frame = new Answer.Frame(columns,
                BoundSql.of("SELECT " + SqlQuery.places(columns.size()) + " FROM " + given.name() + " ORDER BY rowid"),
                BoundSql.of("SELECT count(*) FROM " + given.name()), OptionalLong.empty(), false, 0,
                (_, _) -> Optional.empty());
        return Answer.open(engine, engine.reading(), frame, List.of(given), _ -> {}, null);
    }

    /// A table for them.
    ///
    /// @param name which no other has
    private record Held(String name, Rows rows) implements Answer.Made {
        @Override
        public void create(DuckDBConnection connection) throws SQLException {
            List<String> columns = new ArrayList<>();
            for (int i = 0; i < rows.columns().size(); i++) {
                columns.add("c" + i + " " + Sql.type(rows.columns().get(i).type()));
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE " + name + " (" + String.join(", ", columns) + ")");
            }
            DuckRows.append(connection, null, name, List.of(rows));
        }
    }
}
