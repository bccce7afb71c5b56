package org.neuropil.tables.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;

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
        return switch (type) {
            case ID, INT64 -> "BIGINT";
            case INT32 -> "INTEGER";
            case FLOAT32 -> "REAL";
            case FLOAT64 -> "DOUBLE";
            case BOOLEAN -> "BOOLEAN";
            case TEXT -> "VARCHAR";
            case TIMESTAMP -> "TIMESTAMP";
        };
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
    public void append(Connection connection, String table, Rows rows) throws SQLException {
        int columns = rows.columns().size();
        ColumnType[] types = new ColumnType[columns];
        ColumnData[] data = new ColumnData[columns];
        for (int i = 0; i < columns; i++) {
            types[i] = rows.columns().get(i).type();
            data[i] = rows.data().get(i);
        }
        try (DuckDBAppender appender = connection.unwrap(DuckDBConnection.class).createAppender("main", table)) {
            for (int row = 0; row < rows.size(); row++) {
                appender.beginRow();
                for (int i = 0; i < columns; i++) {
                    append(appender, types[i], data[i], row);
                }
                appender.endRow();
            }
        }
    }

    private static void append(DuckDBAppender appender, ColumnType type, ColumnData data, int row)
            throws SQLException {
        if (data.isAbsent(row)) {
            appender.appendNull();
            return;
        }
        switch (data) {
            case ColumnData.Longs longs -> {
                if (type == ColumnType.TIMESTAMP) {
                    appender.appendEpochMicros(longs.values()[row]);
                } else {
                    appender.append(longs.values()[row]);
                }
            }
            case ColumnData.Ints ints -> appender.append(ints.values()[row]);
            case ColumnData.Floats floats -> appender.append(floats.values()[row]);
            case ColumnData.Doubles doubles -> appender.append(doubles.values()[row]);
            case ColumnData.Booleans booleans -> appender.append(booleans.values()[row]);
            case ColumnData.Texts texts -> appender.append(texts.values()[row]);
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

    /// Does something outside of the transactions of changes.
    void execute(String sql) throws SQLException {
        try (Lease lease = reader(); Statement statement = lease.connection().createStatement()) {
            statement.execute(sql);
        }
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
