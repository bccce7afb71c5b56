package org.neuropil.tables.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.duckdb.DuckDBConnection;
import org.neuropil.space.InputException;
import org.neuropil.tables.query.Engine;

/// A file of rows as a relation of DuckDB.
///
/// @param relation what to write behind `FROM`, in the connection that it was opened with
/// @param columns its columns and their types in DuckDB's words, in order
/// @param extra what is known of its rows besides
record RowFile(String relation, Map<String, String> columns, Extra extra) {
    /// What some files tell of their rows.
    ///
    /// @param label column of the relation that holds what rows are called; empty if they have numbers alone
    /// @param named whether these are more than numbers from 0
    /// @param lists by column of texts in which lists stand, the first row of these in words
    record Extra(String label, boolean named, Map<String, String> lists) {
        /// Nothing.
        static final Extra NONE = new Extra("", false, Map.of());
    }

    /// A relation without anything else.
    RowFile(String relation, Map<String, String> columns) {
        this(relation, columns, Extra.NONE);
    }

    private static final byte[] ARROW = {'A', 'R', 'R', 'O', 'W', '1'};
    private static final byte[] FEATHER_1 = {'F', 'E', 'A', '1'};
    private static final String ARROW_ROWS = "arrow_rows";

    /// Opens a file, of which kind its name's ending tells.
    ///
    /// @throws InputException if it is not there, or none of the kinds that can be read
    static RowFile open(DuckDBConnection connection, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException("is not there, or is no file", file.toString(), "give the file of rows");
        }
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        String path = Sql.text(file.toAbsolutePath().toString());
        String relation;
        if (name.endsWith(".csv") || name.endsWith(".csv.gz")) {
            // The names are read here: DuckDB would take the first line that looks better for them.
            Map<String, String> texts = new LinkedHashMap<>();
            CsvHeader.read(file).forEach(column -> texts.put(column, "VARCHAR"));
            relation = csv(file, texts, true);
        } else if (name.endsWith(".parquet")) {
            relation = "read_parquet(" + path + ")";
        } else if (name.endsWith(".feather") || name.endsWith(".arrow") || name.endsWith(".arrows")) {
            stage(connection, file);
            relation = ARROW_ROWS;
        } else {
            throw new InputException("is of no kind that can be read", file.toString(),
                    "give .csv, .csv.gz, .parquet, .feather, .arrow, .json or .jsonl");
        }
        return described(connection, file, relation);
    }

    /// As [#open(DuckDBConnection, Path)], JSON likewise.
    ///
    /// @param names of columns that are looked for, and points
    static RowFile open(Engine engine, DuckDBConnection connection, Path file, Set<String> names) throws IOException {
        return Files.isRegularFile(file)
                && JsonFile.isNamed(String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT))
                        ? JsonFile.open(engine, connection, file, names)
                        : open(connection, file);
    }

    /// A relation that reads CSV.
    ///
    /// @param types of all columns in order, in DuckDB's words
    /// @param header whether the first line names the columns
    static String csv(Path file, Map<String, String> types, boolean header) {
        return "read_csv(" + Sql.text(file.toAbsolutePath().toString()) + ", auto_detect = false, header = " + header
                + ", delim = ',', quote = '\"', escape = '\"', "
                // Empty text is text; only what is not there at all is null.
                + (header ? "" : "allow_quoted_nulls = false, ") + "columns = {"
                + types.entrySet().stream().map(one -> Sql.text(one.getKey()) + ": " + Sql.text(one.getValue()))
                        .collect(Collectors.joining(", "))
                + "})";
    }

    /// A relation with its columns.
    static RowFile described(DuckDBConnection connection, Path file, String relation) {
        Map<String, String> columns = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("DESCRIBE SELECT * FROM " + relation)) {
            while (rows.next()) {
                columns.put(rows.getString(1), rows.getString(2));
            }
        } catch (SQLException e) {
            throw refused(file, e);
        }
        return new RowFile(relation, columns);
    }

    /// What DuckDB says of a file that it cannot read.
    static InputException refused(Path file, SQLException e) {
        String words = String.valueOf(e.getMessage()).lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        return new InputException("cannot be read: " + words.replaceFirst("^[A-Za-z ]+ Error: ", ""), file.toString(),
                "mend the file, or write it anew", e);
    }

    /// Copies an Arrow file into a temporary table: as a stream, it can be read only once.
    private static void stage(DuckDBConnection connection, Path file) throws IOException {
        byte[] begin;
        try (InputStream in = Files.newInputStream(file)) {
            begin = in.readNBytes(ARROW.length);
        }
        if (Arrays.equals(Arrays.copyOf(begin, FEATHER_1.length), FEATHER_1)) {
            throw new InputException("is of Feather's version 1", file.toString(), "write it with version 2");
        }
        try (BufferAllocator allocator = new RootAllocator();
                FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                ArrowReader reader = Arrays.equals(begin, ARROW)
                        ? new ArrowFileReader(channel, allocator, CommonsCompressionFactory.INSTANCE)
                        : new ArrowStreamReader(channel, allocator, CommonsCompressionFactory.INSTANCE);
                ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
            reader.getVectorSchemaRoot();
            Data.exportArrayStream(allocator, reader, stream);
            connection.registerArrowStream("arrow_stream", stream);
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE OR REPLACE TEMP TABLE " + ARROW_ROWS + " AS SELECT * FROM arrow_stream");
            }
        } catch (SQLException e) {
            throw refused(file, e);
        } catch (IOException | RuntimeException e) {
            throw new InputException("is no Arrow file that can be read: " + e.getMessage(), file.toString(),
                    "mend the file, or write it anew", e);
        }
    }
}
