package org.neuropil.bench.tables;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;

/// DuckDB by itself, over the same files: whoever reads them with it writes such SQL. Settings are those of our engine.
final class PlainDuck implements AutoCloseable {
    private final Path table;
    private final DuckDBConnection connection;
    private final BufferAllocator allocator = new RootAllocator();

    PlainDuck(Path table, long memory) throws SQLException {
        this.table = table;
        Properties properties = new Properties();
        properties.setProperty("threads", "2");
        properties.setProperty("memory_limit", memory + "B");
        properties.setProperty("jdbc_stream_results", "true");
        connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties);
    }

    /// The files of a sorted copy.
    String copy(String order) {
        return "read_parquet('" + table.resolve(order) + "/*.parquet')";
    }

    /// Asks, and takes all rows as an Arrow stream.
    ///
    /// @return how many
    long write(String sql, OutputStream out) throws IOException, SQLException {
        long rows = 0;
        try (Statement statement = connection.createStatement();
                DuckDBResultSet result = (DuckDBResultSet) statement.executeQuery(sql);
                ArrowReader reader = (ArrowReader) result.arrowExportStream(allocator, 1 << 16);
                ArrowStreamWriter writer = new ArrowStreamWriter(reader.getVectorSchemaRoot(), null,
                        Channels.newChannel(out))) {
            writer.start();
            while (reader.loadNextBatch()) {
                writer.writeBatch();
                rows += reader.getVectorSchemaRoot().getRowCount();
            }
            writer.end();
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        allocator.close();
    }
}
