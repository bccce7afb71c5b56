package org.neuropil.physiology.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.sql.DuckRows;
import org.neuropil.tables.sql.Sql;

/// A DuckDB of one thread, without a file of its own, that writes and reads files of Parquet. Equal rows give equal bytes.
final class Duck implements AutoCloseable {
    private static final String STREAM = "stream";
    private static final String ROWS = "given";
    private static final int BATCH_ROWS = 1 << 16;

    private final DuckDBConnection connection;
    private final BufferAllocator allocator = new RootAllocator();

    private Duck(DuckDBConnection connection) {
        this.connection = connection;
    }

    static Duck open() throws IOException {
        Properties properties = new Properties();
        properties.setProperty("threads", "1");
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("jdbc_stream_results", "true");
        try {
            return new Duck((DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties));
        } catch (SQLException e) {
            throw failure("cannot start DuckDB", e);
        }
    }

    /// Memory for the batches of a [RowSource].
    BufferAllocator allocator() {
        return allocator;
    }

    /// How a file is written.
    ///
    /// @param groupRows of a row group, at most
    record Form(int groupRows) {
        private String sql() {
            // Version 2 splits numbers by the places of their bytes: dF/F takes 84 % of its bytes in place of 93 %, events
            // 8 % in place of 5 %, and reading is as fast as of bytes that are not compressed. No dictionary is made.
            return " (FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd, COMPRESSION_LEVEL 1, "
                    + "DICTIONARY_SIZE_LIMIT 1, ROW_GROUP_SIZE " + groupRows + ")";
        }
    }

    /// Writes flat rows.
    void write(Path file, Rows rows) throws IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE TEMP TABLE " + ROWS + " (" + Sql.definitions(rows.columns()) + ")");
            DuckRows.append(connection, "temp", ROWS, List.of(rows));
            statement.execute("COPY (SELECT * FROM " + ROWS + ") TO " + Sql.text(file.toString())
                    + " (FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd, COMPRESSION_LEVEL 1)");
            statement.execute("DROP TABLE " + ROWS);
        } catch (SQLException e) {
            throw failure("cannot write " + file, e);
        }
    }

    /// Writes rows that hold lists, batch by batch.
    void write(Path file, RowSource source, Form form) throws IOException {
        try (source;
                ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator);
                Statement statement = connection.createStatement()) {
            Data.exportArrayStream(allocator, source, stream);
            connection.registerArrowStream(STREAM, stream);
            statement.execute("COPY (SELECT * FROM " + STREAM + ") TO " + Sql.text(file.toString()) + form.sql());
        } catch (SQLException e) {
            source.rethrow();
            throw failure("cannot write " + file, e);
        }
    }

    /// Takes a row of flat values.
    @FunctionalInterface
    interface Take {
        void row(ResultSet row) throws SQLException;
    }

    /// Asks for flat rows.
    ///
    /// @param file that is read, for errors
    void rows(Path file, String sql, Take take) throws IOException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                take.row(row);
            }
        } catch (SQLException e) {
            throw failure("cannot read " + file, e);
        } catch (NumberFormatException | ClassCastException e) {
            // So the driver tells that a column is of another type.
            throw new IOException("cannot read " + file + ": a column is of another type: " + e.getMessage(), e);
        }
    }

    /// Takes a batch of rows.
    @FunctionalInterface
    interface TakeBatch {
        /// @param rows valid during the call
        void batch(VectorSchemaRoot rows) throws IOException;
    }

    /// Asks for rows that hold lists.
    ///
    /// @param file that is read, for errors
    void batches(Path file, String sql, TakeBatch take) throws IOException {
        try (Statement statement = connection.createStatement();
                DuckDBResultSet result = (DuckDBResultSet) statement.executeQuery(sql);
                ArrowReader reader = (ArrowReader) result.arrowExportStream(allocator, BATCH_ROWS)) {
            while (reader.loadNextBatch()) {
                take.batch(reader.getVectorSchemaRoot());
            }
        } catch (SQLException e) {
            throw failure("cannot read " + file, e);
        }
    }

    private static IOException failure(String what, SQLException e) {
        // Further lines show a statement of SQL, which says nothing to those who did not write it.
        String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new IOException(what + ": " + why, e);
    }

    @Override
    public void close() throws IOException {
        try (allocator) {
            connection.close();
        } catch (SQLException e) {
            throw failure("cannot stop DuckDB", e);
        }
    }
}
