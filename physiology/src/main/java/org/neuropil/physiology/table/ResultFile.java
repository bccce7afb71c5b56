package org.neuropil.physiology.table;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;
import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.load.ArrowFiles;
import org.neuropil.tables.sql.Sql;

/// Rows that come one by one, millions of them, and become one file: kept by DuckDB until all are there, on the disk what
/// memory does not hold, then written in their order. Memory is bounded. Equal rows give equal bytes. For one thread at a time.
public final class ResultFile implements AutoCloseable {
    /// Where it is told that the disk is full.
    public static final String DISK = "disk";
    private static final String ROWS = "given";
    private static final int BATCH_ROWS = 1 << 15;

    private final Path scratch;
    private final List<Column> columns;
    private final DuckDBConnection connection;
    private final @Nullable DuckDBAppender appender;
    private final List<Map<String, Integer>> texts;
    /// The last text of each column and its number: most rows have that of the row before.
    private final @Nullable String[] lastTexts;
    private final int[] lastCodes;
    private long rows;
    private boolean flushed;

    /// A kind of file.
    public enum Kind {
        /// Parquet.
        PARQUET,
        /// Comma-separated values, with a header; `nan` is not a number, empty is nothing.
        CSV,
        /// An array of objects; what is not a number is null, and ids are text, which no reader rounds.
        JSON,
        /// A stream of Arrow.
        ARROWS,
        /// A file of Arrow.
        ARROW;

        /// The kind that a name's ending tells; empty if it is none of them.
        public static Optional<Kind> of(Path file) {
            String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
            return Optional.ofNullable(switch (name.substring(name.lastIndexOf('.') + 1)) {
                case "parquet" -> PARQUET;
                case "csv" -> CSV;
                case "json" -> JSON;
                case "arrow", "feather" -> ARROW;
                case "arrows" -> ARROWS;
                default -> null;
            });
        }
    }

    /// @param folder where scratch files may lie, on a disk with room for all rows
    public ResultFile(Path folder, List<Column> columns) throws IOException {
        this.columns = List.copyOf(columns);
        this.texts = columns.stream().<Map<String, Integer>>map(_ -> new LinkedHashMap<>()).toList();
        this.lastTexts = new @Nullable String[columns.size()];
        this.lastCodes = new int[columns.size()];
        this.scratch = Files.createTempDirectory(folder, ".rows-");
        try {
            connection = connect(scratch);
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE " + ROWS + " (" + String.join(", ", this.columns.stream()
                        .map(column -> Sql.name(column.name()) + " "
                                + (column.type() == ColumnType.TEXT ? "INTEGER" : Sql.type(column.type())))
                        .toList()) + ")");
            }
            // Else every two thousand rows would be a transaction of their own.
            connection.setAutoCommit(false);
            appender = connection.createAppender("main", ROWS);
        } catch (SQLException e) {
            throw failure("cannot start DuckDB in " + scratch, e);
        }
    }

    /// The rows of several files of Parquet that others of these have written, one file after the other.
    ///
    /// @param folder where scratch files may lie
    /// @param columns of all of them; what a file lacks is empty
    /// @param parts at least one
    public ResultFile(Path folder, List<Column> columns, List<Path> parts) throws IOException {
        this.columns = List.copyOf(columns);
        this.texts = List.of();
        this.lastTexts = new @Nullable String[0];
        this.lastCodes = new int[0];
        this.scratch = Files.createTempDirectory(folder, ".rows-");
        this.appender = null;
        this.flushed = true;
        try {
            connection = connect(scratch);
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE VIEW v AS SELECT " + String.join(", ", this.columns.stream()
                        .map(column -> "CAST(" + Sql.name(column.name()) + " AS " + Sql.type(column.type()) + ") AS "
                                + Sql.name(column.name()))
                        .toList()) + " FROM read_parquet(["
                        + String.join(", ", parts.stream().map(part -> Sql.text(part.toString())).toList())
                        + "], union_by_name = true)");
                try (ResultSet count = statement.executeQuery("SELECT count(*) FROM v")) {
                    count.next();
                    rows = count.getLong(1);
                }
            }
        } catch (SQLException e) {
            throw failure("cannot read rows in " + folder, e);
        }
    }

    private static DuckDBConnection connect(Path scratch) throws SQLException {
        Properties properties = new Properties();
        // Rows stay in their order; files have the same bytes with any number.
        properties.setProperty("threads", "2");
        properties.setProperty("memory_limit", "400MB");
        // What does not fit into memory goes to the disk as it is: to pack rows that are read once costs more than it saves.
        properties.setProperty("temp_directory", scratch.toString());
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("jdbc_stream_results", "true");
        return (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties);
    }

    /// Adds a row.
    ///
    /// @param cells by column: Long or Integer, Double or Float, Boolean, String; null for nothing
    public void add(@Nullable Object... cells) throws IOException {
        if (appender == null || flushed) {
            throw new IllegalStateException("no more rows can be added");
        }
        try {
            appender.beginRow();
            for (int i = 0; i < cells.length; i++) {
                switch (cells[i]) {
                    case null -> appender.appendNull();
                    case Double value -> appender.append(value.doubleValue());
                    case Float value -> appender.append(value.floatValue());
                    case Long value -> appender.append(value.longValue());
                    case Integer value -> appender.append(value.intValue());
                    case Boolean value -> appender.append(value.booleanValue());
                    case String value -> appender.append(code(i, value));
                    default -> throw new IllegalArgumentException(String.valueOf(cells[i]));
                }
            }
            appender.endRow();
            rows++;
        } catch (SQLException e) {
            throw failure("cannot keep rows in " + scratch, e);
        }
    }

    /// Adds rows.
    ///
    /// @param all with the columns of this file
    public void addAll(Rows all) throws IOException {
        @Nullable
        Object[] cells = new @Nullable Object[all.columns().size()];
        for (int row = 0; row < all.size(); row++) {
            for (int i = 0; i < cells.length; i++) {
                cells[i] = cell(all.data().get(i), row);
            }
            add(cells);
        }
    }

    private static @Nullable Object cell(ColumnData data, int row) {
        if (data.isAbsent(row)) {
            return null;
        }
        return switch (data) {
            case ColumnData.Longs longs -> longs.values()[row];
            case ColumnData.Ints ints -> ints.values()[row];
            case ColumnData.Floats floats -> floats.values()[row];
            case ColumnData.Doubles doubles -> doubles.values()[row];
            case ColumnData.Booleans booleans -> booleans.values()[row];
            case ColumnData.Texts texts -> texts.values()[row];
        };
    }

    /// Texts repeat a lot, and numbers are kept a hundred times as fast.
    private int code(int column, String text) {
        if (text.equals(lastTexts[column])) {
            return lastCodes[column];
        }
        Map<String, Integer> codes = texts.get(column);
        Integer known = codes.get(text);
        int code = known == null ? codes.size() : known;
        if (known == null) {
            codes.put(text, code);
        }
        lastTexts[column] = text;
        lastCodes[column] = code;
        return code;
    }

    /// How many rows there are.
    public long rows() {
        return rows;
    }

    /// Ends the adding. What texts stand for becomes a table for each column, and `v` the rows as they were given.
    private void flush() throws IOException {
        if (flushed || appender == null) {
            return;
        }
        flushed = true;
        try (Statement statement = connection.createStatement()) {
            appender.close();
            connection.commit();
            connection.setAutoCommit(true);
            List<String> shown = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                String name = Sql.name(columns.get(i).name());
                if (columns.get(i).type() != ColumnType.TEXT) {
                    shown.add(name);
                    continue;
                }
                statement.execute("CREATE TYPE t" + i + " AS ENUM (" + String.join(", ",
                        texts.get(i).isEmpty() ? List.of("''") : texts.get(i).keySet().stream().map(Sql::text).toList())
                        + ")");
                shown.add("CAST(enum_range(NULL::t" + i + ")[" + name + " + 1] AS VARCHAR) AS " + name);
            }
            statement.execute("CREATE VIEW v AS SELECT " + String.join(", ", shown) + " FROM " + ROWS);
        } catch (SQLException e) {
            throw failure("cannot keep rows in " + scratch, e);
        }
    }

    /// Takes a row.
    @FunctionalInterface
    public interface Take {
        /// @param cells by column; null for nothing
        void row(@Nullable Object[] cells);
    }

    /// Reads the first rows; no more can be added.
    public void first(int most, Take take) throws IOException {
        flush();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + Sql.names(columns) + " FROM v LIMIT " + most)) {
            while (row.next()) {
                @Nullable
                Object[] cells = new @Nullable Object[columns.size()];
                for (int i = 0; i < cells.length; i++) {
                    cells[i] = row.getObject(i + 1);
                }
                take.row(cells);
            }
        } catch (SQLException e) {
            throw failure("cannot read rows in " + scratch, e);
        }
    }

    /// The texts that a column holds, sorted; no more rows can be added.
    public Set<String> texts(String column) throws IOException {
        flush();
        Set<String> all = new TreeSet<>();
        String name = Sql.name(column);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement
                        .executeQuery("SELECT DISTINCT " + name + " FROM v WHERE " + name + " IS NOT NULL")) {
            while (row.next()) {
                all.add(row.getString(1));
            }
        } catch (SQLException e) {
            throw failure("cannot read rows in " + scratch, e);
        }
        return all;
    }

    /// The columns of files that are to be one: those of the first, and each that only others have behind the one that it is
    /// behind there. A number that is an id in one of them is an id.
    public static List<Column> union(List<List<Column>> files) {
        List<Column> union = new ArrayList<>();
        for (List<Column> file : files) {
            int behind = 0;
            for (Column column : file) {
                int at = 0;
                while (at < union.size() && !union.get(at).name().equals(column.name())) {
                    at++;
                }
                if (at == union.size()) {
                    at = behind;
                    union.add(at, Column.nullable(column.name(), column.type()));
                } else if (column.type() == ColumnType.ID) {
                    union.set(at, column);
                }
                behind = at + 1;
            }
        }
        return union;
    }

    /// Writes all rows as Parquet that is quick to write and to read again, for another of these; no more can be added.
    ///
    /// @param file made or replaced; not moved in place atomically
    public void writePart(Path file) throws IOException {
        flush();
        try (Statement statement = connection.createStatement()) {
            statement.execute(copy(Sql.names(columns), file) + "(FORMAT parquet, PARQUET_VERSION v2, COMPRESSION lz4_raw)");
        } catch (SQLException e) {
            throw failure("cannot write " + file, e);
        }
    }

    /// Writes all rows; no more can be added.
    ///
    /// @param file made or replaced; not moved in place atomically
    public void write(Path file, Kind kind) throws IOException {
        flush();
        try (Statement statement = connection.createStatement()) {
            switch (kind) {
                case PARQUET -> statement.execute(copy(Sql.names(columns), file)
                        + "(FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd, COMPRESSION_LEVEL 1)");
                case CSV -> statement.execute(copy(Sql.names(columns), file) + "(FORMAT csv, HEADER)");
                case JSON -> statement.execute(copy(String.join(", ", columns.stream().map(ResultFile::finite).toList()), file)
                        + "(FORMAT json, ARRAY true)");
                case ARROWS -> arrow(statement, file);
                case ARROW -> {
                    Path stream = scratch.resolve("stream");
                    arrow(statement, stream);
                    ArrowFiles.ofStream(stream, file);
                    Files.delete(stream);
                }
            }
        } catch (SQLException e) {
            throw failure("cannot write " + file, e);
        }
    }

    private static String copy(String what, Path file) {
        return "COPY (SELECT " + what + " FROM v) TO " + Sql.text(file.toString()) + " ";
    }

    /// JSON knows numbers alone, and many of its readers round whole ones above 2^53.
    private static String finite(Column column) {
        String name = Sql.name(column.name());
        if (column.type() == ColumnType.ID) {
            return "CAST(" + name + " AS VARCHAR) AS " + name;
        }
        return column.type() == ColumnType.FLOAT64 || column.type() == ColumnType.FLOAT32
                ? "CASE WHEN isfinite(" + name + ") THEN " + name + " END AS " + name
                : name;
    }

    private void arrow(Statement statement, Path file) throws IOException, SQLException {
        try (BufferAllocator allocator = new RootAllocator();
                DuckDBResultSet result = (DuckDBResultSet) statement
                        .executeQuery("SELECT " + Sql.names(columns) + " FROM v");
                ArrowReader reader = (ArrowReader) result.arrowExportStream(allocator, BATCH_ROWS);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
                ArrowStreamWriter writer = new ArrowStreamWriter(reader.getVectorSchemaRoot(), null, out)) {
            writer.start();
            while (reader.loadNextBatch()) {
                writer.writeBatch();
            }
            writer.end();
        }
    }

    static IOException failure(String what, Exception e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("No space left") || message.contains("Out of Memory")) {
            throw new InputException(what + ": " + message, DISK, "make room there, or ask for fewer metrics", e);
        }
        return new IOException(what + ": " + message, e);
    }

    @Override
    public void close() throws IOException {
        try {
            flush();
            connection.close();
        } catch (SQLException e) {
            throw failure("cannot stop DuckDB", e);
        } finally {
            try (var all = Files.list(scratch)) {
                for (Path file : all.toList()) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(scratch);
        }
    }
}
