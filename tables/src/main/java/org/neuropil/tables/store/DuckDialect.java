package org.neuropil.tables.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.sql.DuckRows;
import org.neuropil.tables.sql.Sql;

/// DuckDB. No indexes: rows come in the order of their ids and moments, so those of a range are found by the smallest and
/// largest value of each row group, and writing costs nothing more.
final class DuckDialect implements Dialect, AutoCloseable {
    private static final int MOST_IDLE = 8;

    private final DuckDBConnection root;
    private final DuckDBConnection writer;
    private final ReentrantLock writing = new ReentrantLock();
    private final Deque<DuckDBConnection> idle = new ArrayDeque<>();
    private boolean closed;

    DuckDialect(DuckDBConnection root) throws SQLException {
        this.root = root;
        this.writer = root.duplicate();
        writer.setAutoCommit(false);
    }

    @Override
    public String type(ColumnType type) {
        return Sql.type(type);
    }

    @Override
    public String micros(String timestamp) {
        return "epoch_us(" + timestamp + ")";
    }

    @Override
    public List<String> indexes(int number) {
        return List.of();
    }

    @Override
    public void append(Connection connection, String table, List<Rows> parts) throws SQLException {
        DuckRows.append(connection, null, table, parts);
    }

    /// Chunk by chunk, as its result sets take ten times as long for each value.
    @Override
    public Rows read(PreparedStatement statement, List<Column> columns) throws SQLException {
        RowReader reader = new RowReader(columns);
        try (DuckDBChunkedResult result = statement.unwrap(DuckDBPreparedStatement.class).query()) {
            while (result.nextChunk()) {
                DuckDBDataChunkReader chunk = result.chunk();
                List<RowReader.Values> values = new ArrayList<>();
                for (int i = 0; i < columns.size(); i++) {
                    values.add(new Vector(chunk.vector(i)));
                }
                reader.add(values, (int) chunk.rowCount());
            }
        }
        return reader.rows();
    }

    private record Vector(DuckDBReadableVector vector) implements RowReader.Values {
        @Override
        public long longAt(long row) throws SQLException {
            return vector.getLong(row, 0);
        }

        @Override
        public int intAt(long row) throws SQLException {
            return vector.getInt(row, 0);
        }

        @Override
        public float floatAt(long row) throws SQLException {
            return vector.getFloat(row, 0);
        }

        @Override
        public double doubleAt(long row) throws SQLException {
            return vector.getDouble(row, 0);
        }

        @Override
        public boolean booleanAt(long row) throws SQLException {
            return vector.getBoolean(row, false);
        }

        @Override
        public @Nullable String textAt(long row) throws SQLException {
            return vector.isNull(row) ? null : vector.getString(row);
        }

        @Override
        public boolean isAbsent(long row) throws SQLException {
            return vector.isNull(row);
        }
    }

    @Override
    public Lease reader() throws SQLException {
        DuckDBConnection taken;
        synchronized (idle) {
            if (closed) {
                throw new SQLException("the store is closed");
            }
            taken = idle.poll();
        }
        DuckDBConnection connection = taken == null ? root.duplicate() : taken;
        return new Lease(connection, () -> {
            synchronized (idle) {
                if (!closed && idle.size() < MOST_IDLE) {
                    idle.push(connection);
                    return;
                }
            }
            connection.close();
        });
    }

    @Override
    public Lease writer() {
        writing.lock();
        return new Lease(writer, writing::unlock);
    }

    @Override
    public void close() throws SQLException {
        synchronized (idle) {
            closed = true;
            for (DuckDBConnection connection = idle.poll(); connection != null; connection = idle.poll()) {
                connection.close();
            }
        }
        writer.close();
        root.close();
    }
}
