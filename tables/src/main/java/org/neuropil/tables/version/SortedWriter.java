package org.neuropil.tables.version;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Json;
import org.neuropil.space.Int3;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.schema.TableSchema;
import org.neuropil.tables.sql.Sql;

/// Writes the rows of a relation into sorted copies. Equal rows give equal bytes, whatever the number of threads.
final class SortedWriter {
    /// Rows of one file. Its end is read for each question that its keys do not rule out, so it must not be long.
    static final int FILE_ROWS = 1 << 20;
    /// Rows that are read as a whole; a few thousand rows of one cell lie in one or two.
    private static final int GROUP_ROWS = 20_480;
    /// From here on a table is worth several copies.
    static final long LARGE = 1_000_000;

    private final Connection connection;
    private final int fileRows;

    /// @param connection to the database that relations are of
    /// @param fileRows of one file
    SortedWriter(Connection connection, int fileRows) {
        this.connection = connection;
        this.fileRows = fileRows;
    }

    /// Writes a table's folder.
    ///
    /// @param moment of the rows
    /// @param relation with the columns of [TableSchema#read]
    /// @param folder made by this; must not exist
    FrozenTable write(TableInfo info, TableSchema schema, Instant moment, String relation, Path folder,
            boolean large)
            throws IOException, SQLException {
        Files.createDirectories(folder);
        List<SortedCopy> copies = new ArrayList<>();
        long rows = 0;
        for (Order order : Order.of(schema, large)) {
            SortedCopy copy = copy(order, info, schema.read(), relation, folder);
            rows = copy.files().stream().mapToLong(SortedCopy.File::rows).sum();
            copies.add(copy);
        }
        FrozenTable.Manifest manifest = new FrozenTable.Manifest(info, schema, moment, rows, copies);
        Json.write(folder.resolve(FrozenTable.FILE), manifest, true);
        return new FrozenTable(folder, manifest);
    }

    /// Writes a table's folder from rows that come piece by piece.
    ///
    /// @param moment of the rows
    /// @param folder made by this; must not exist
    /// @param large number of rows from which on a table has several copies
    FrozenTable write(Incoming table, Instant moment, Path folder, long large) throws IOException, SQLException {
        String names = Sql.names(table.schema().read());
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE TEMP TABLE incoming (" + Sql.definitions(table.schema().read()) + ")");
            for (Incoming.Piece piece : table.pieces()) {
                statement.execute("INSERT INTO incoming SELECT " + names + " FROM " + piece.relation(connection));
            }
            boolean many = number(statement, "SELECT count(*) FROM incoming") >= large;
            FrozenTable frozen = write(table.info(), table.schema(), moment, "incoming", folder, many);
            statement.execute("DROP TABLE incoming");
            return frozen;
        }
    }

    private SortedCopy copy(Order order, TableInfo info, List<Column> columns, String relation, Path folder)
            throws IOException, SQLException {
        Files.createDirectories(folder.resolve(order.name()));
        String select = "SELECT " + Sql.names(columns) + " FROM ";
        List<SortedCopy.File> files = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE TEMP TABLE sorted AS " + select + relation + " ORDER BY "
                    + order.sql(info));
            long rows = number(statement, "SELECT count(*) FROM sorted");
            int count = (int) Math.max(1, (rows + fileRows - 1) / fileRows);
            for (int i = 0; i < count; i++) {
                String path = String.format("%s/part-%05d.parquet", order.name(), i);
                String range = "sorted WHERE rowid >= " + (long) i * fileRows + " AND rowid < "
                        + (i + 1L) * fileRows;
                statement.execute("COPY (" + select + range + ") TO " + Sql.text(folder.resolve(path).toString())
                        + " (FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd, ROW_GROUP_SIZE " + GROUP_ROWS + ")");
                files.add(file(statement, order, range, path, Files.size(folder.resolve(path))));
            }
            statement.execute("DROP TABLE sorted");
        }
        return new SortedCopy(order, files);
    }

    private static SortedCopy.File file(Statement statement, Order order, String range, String path, long bytes)
            throws SQLException {
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
