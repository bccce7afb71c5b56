package org.neuropil.tables.version;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import org.neuropil.tables.query.Hint;
import org.neuropil.tables.sql.Sql;

/// What is not as in a base, in files: a frozen table of the rows that take its rows' places, and two lists that say which
/// rows of the base are not right. Any SQL over Parquet can put them together as [TableState] does.
final class FrozenChanges {
    private static final String ROOTS = "roots.parquet";
    private static final String IDS = "ids.parquet";

    private FrozenChanges() {}

    /// Writes a folder.
    static void write(Connection connection, TableState state, Instant moment, Path folder, boolean large)
            throws IOException, SQLException {
        TableState.Changes changes = Objects.requireNonNull(state.changes());
        new SortedWriter(connection).write(state.info(), state.schema(), moment,
                changes.rows().relation(Hint.NONE), folder, large);
        list(connection, "root", changes.roots(), folder.resolve(ROOTS));
        list(connection, "id", changes.ids(), folder.resolve(IDS));
    }

    private static void list(Connection connection, String column, String relation, Path file) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("COPY (SELECT " + column + " FROM " + relation + " ORDER BY " + column + ") TO "
                    + Sql.text(file.toString()) + " (FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd)");
        }
    }

    /// Opens a folder.
    static TableState.Changes open(Path folder) throws IOException {
        return new TableState.Changes(FrozenTable.open(folder), Sql.parquet(List.of(folder.resolve(ROOTS))),
                Sql.parquet(List.of(folder.resolve(IDS))));
    }
}
