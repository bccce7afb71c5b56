package org.neuropil.tables.version;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.neuropil.pipeline.WorkRun;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.sql.Sql;

/// Rows on their way to be sorted: on the disk, in buckets each of which comes as a whole before the next one. So a table
/// of any length is sorted by sorting what the memory holds, and the disk is needed once.
final class Buckets {
    /// Rows are taken for a sample by their ids, so that it is the same in whatever order they come.
    private static final int SAMPLED = 64;

    private final TableInfo info;
    private final List<Column> columns;
    private final Order order;
    private final Path folder;
    private final long[] bounds;

    /// @param folder made by this
    /// @param bounds ascending: the least key of each bucket but the first one
    Buckets(TableInfo info, List<Column> columns, Order order, Path folder, long[] bounds) throws IOException {
        this.info = info;
        this.columns = columns;
        this.order = order;
        this.folder = folder;
        this.bounds = bounds;
        Files.createDirectories(folder);
    }

    /// Bounds that cut rows into parts of about the same length.
    ///
    /// @param relation a part of the rows, or all
    /// @param parts how many there are to be; there are fewer where many rows have the same key
    static long[] bounds(Connection connection, TableInfo info, Order order, String relation, int parts)
            throws SQLException {
        List<Long> keys = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT key FROM (SELECT " + order.first(info)
                        + " AS key FROM " + relation + " WHERE hash(\"id\") % " + SAMPLED
                        + " = 0) WHERE key IS NOT NULL ORDER BY key")) {
            while (rows.next()) {
                keys.add(rows.getLong(1));
            }
        }
        return java.util.stream.IntStream.range(1, keys.isEmpty() ? 1 : parts)
                .mapToLong(part -> keys.get((int) ((long) part * keys.size() / parts)))
                .filter(bound -> bound > keys.getFirst()).distinct().toArray();
    }

    /// Adds rows. Differences between numbers take half their room; compressing that would take longer than it saves. May
    /// be called by several threads, each with its own connection.
    void add(Connection connection, String relation) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("COPY (SELECT " + Sql.names(columns) + ", " + bucket(0, bounds.length)
                    + " AS bucket FROM (SELECT *, " + order.first(info) + " AS bucket_key FROM " + relation + ")) TO "
                    + Sql.text(folder.toString()) + " (FORMAT parquet, PARTITION_BY (bucket), OVERWRITE_OR_IGNORE, "
                    + "FILENAME_PATTERN 'rows-{uuid}', PARQUET_VERSION v2, COMPRESSION uncompressed, "
                    + "DICTIONARY_SIZE_LIMIT 64)");
        }
    }

    /// A search by halves; rows without a key are the last ones, as in SQL's order.
    private String bucket(int from, int to) {
        if (from == to) {
            return Integer.toString(from);
        }
        int middle = (from + to) / 2;
        return "CASE WHEN bucket_key < " + bounds[middle] + " THEN " + bucket(from, middle) + " ELSE "
                + bucket(middle + 1, to) + " END";
    }

    /// Some buckets that follow each other, or other rows.
    ///
    /// @param relation the rows
    /// @param rows how many
    /// @param folders of the buckets; none for other rows
    record Group(String relation, long rows, List<Path> folders) {
        /// Deletes the rows.
        void delete() throws IOException {
            for (Path folder : folders) {
                WorkRun.delete(folder);
            }
        }
    }

    /// All rows, in groups of buckets.
    ///
    /// @param most rows of a group, if it has more than one bucket
    List<Group> groups(Connection connection, long most) throws IOException, SQLException {
        List<Group> groups = new ArrayList<>();
        List<Path> open = new ArrayList<>();
        long rows = 0;
        for (int bucket = 0; bucket <= bounds.length; bucket++) {
            Path path = folder.resolve("bucket=" + bucket);
            if (Files.exists(path)) {
                long more = rows(connection, path);
                if (!open.isEmpty() && rows + more > most) {
                    groups.add(group(open, rows));
                    open.clear();
                    rows = 0;
                }
                open.add(path);
                rows += more;
            }
        }
        if (!open.isEmpty()) {
            groups.add(group(open, rows));
        }
        return groups;
    }

    private static Group group(List<Path> folders, long rows) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : folders) {
            files.addAll(files(path));
        }
        return new Group(Sql.parquet(files), rows, List.copyOf(folders));
    }

    private static long rows(Connection connection, Path bucket) throws IOException, SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + Sql.parquet(files(bucket)))) {
            row.next();
            return row.getLong(1);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return Arrays.asList(files.sorted().toArray(Path[]::new));
        }
    }

    /// Deletes what is left.
    void delete() throws IOException {
        WorkRun.delete(folder);
    }
}
