package org.neuropil.tables.version;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.Int3;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.sql.Sql;

/// Writes the files of a sorted copy. May be used by several threads, each with its own connection.
final class SortedFiles {
    /// Rows that are read as a whole; a few thousand rows of one cell lie in one or two.
    private static final int GROUP_ROWS = 20_480;

    private final TableInfo info;
    private final List<Column> columns;
    private final Order order;
    private final Path folder;
    private final int fileRows;

    /// @param folder of the table
    /// @param fileRows of one file
    SortedFiles(TableInfo info, List<Column> columns, Order order, Path folder, int fileRows) throws IOException {
        this.info = info;
        this.columns = columns;
        this.order = order;
        this.folder = folder;
        this.fileRows = fileRows;
        Files.createDirectories(folder.resolve(order.name()));
    }

    /// Takes the sorted rows, before they are forgotten.
    @FunctionalInterface
    interface Use {
        /// @param relation of all rows that were sorted at a time, of that connection
        void take(Connection connection, String relation) throws IOException, SQLException;
    }

    /// How many files some rows take.
    int count(long rows) {
        return Math.toIntExact((rows + fileRows - 1) / fileRows);
    }

    /// Sorts rows and writes them.
    ///
    /// @param first number of the first file
    /// @param then is given the same rows
    List<SortedCopy.File> write(Connection connection, String relation, int first, Use then)
            throws IOException, SQLException {
        List<SortedCopy.File> files = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE TEMP TABLE sorted AS SELECT " + Sql.names(columns) + " FROM "
                    + relation + " ORDER BY " + order.sql(info));
            long rows = number(statement, "SELECT count(*) FROM sorted");
            for (long from = 0; from < rows; from += fileRows) {
                files.add(write(statement, "sorted WHERE rowid >= " + from + " AND rowid < " + (from + fileRows),
                        first + files.size()));
            }
            then.take(connection, "sorted");
            statement.execute("DROP TABLE sorted");
        }
        return files;
    }

    /// Writes a file without rows, which tells the columns.
    SortedCopy.File empty(Connection connection) throws IOException, SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE TEMP TABLE sorted (" + Sql.definitions(columns) + ")");
            SortedCopy.File file = write(statement, "sorted", 0);
            statement.execute("DROP TABLE sorted");
            return file;
        }
    }

    private SortedCopy.File write(Statement statement, String range, int number) throws IOException, SQLException {
        String path = String.format("%s/part-%05d.parquet", order.name(), number);
        statement.execute("COPY (SELECT " + Sql.names(columns) + " FROM " + range + ") TO "
                + Sql.text(folder.resolve(path).toString())
                + " (FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd, COMPRESSION_LEVEL 1, DICTIONARY_SIZE_LIMIT 512, "
                + "ROW_GROUP_SIZE " + GROUP_ROWS + ")");
        return file(statement, range, path, Files.size(folder.resolve(path)));
    }

    private SortedCopy.File file(Statement statement, String range, String path, long bytes) throws SQLException {
        String column = order.column().isEmpty() ? "NULL::BIGINT" : Sql.name(order.column());
        List<String> asked = new ArrayList<>(List.of("count(*)", "min(" + column + ")", "max(" + column + ")",
                "count(*) - count(" + column + ")"));
        for (String axis : List.of("x", "y", "z")) {
            String position = order.place().isEmpty()
                    ? "NULL::INTEGER"
                    : Sql.name(order.place() + "_position_" + axis);
            asked.add("min(" + position + ")");
            asked.add("max(" + position + ")");
        }
        try (ResultSet row = statement.executeQuery("SELECT " + String.join(", ", asked) + " FROM " + range)) {
            row.next();
            return new SortedCopy.File(path, row.getLong(1), bytes, id(row, 2), id(row, 3), row.getLong(4) > 0,
                    position(row, 5), position(row, 6));
        }
    }

    private static @Nullable Long id(ResultSet row, int column) throws SQLException {
        long id = row.getLong(column);
        return row.wasNull() ? null : id;
    }

    private static @Nullable Int3 position(ResultSet row, int first) throws SQLException {
        int x = row.getInt(first);
        return row.wasNull() ? null : new Int3(x, row.getInt(first + 2), row.getInt(first + 4));
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
