package org.neuropil.tables.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

import com.zaxxer.hikari.HikariDataSource;

/// PostgreSQL.
final class PostgresDialect implements Dialect {
    private static final int FETCHED = 10_000;

    private final HikariDataSource pool;

    PostgresDialect(HikariDataSource pool) {
        this.pool = pool;
    }

    @Override
    public String type(ColumnType type) {
        return switch (type) {
            case ID, INT64 -> "BIGINT";
            case INT32 -> "INTEGER";
            case FLOAT32 -> "REAL";
            case FLOAT64 -> "DOUBLE PRECISION";
            case BOOLEAN -> "BOOLEAN";
            case TEXT -> "TEXT";
            case TIMESTAMP -> "TIMESTAMP";
        };
    }

    /// `extract` gives an exact decimal number with six digits after the point.
    @Override
    public String micros(String timestamp) {
        return "(extract(epoch FROM " + timestamp + ") * 1000000)::BIGINT";
    }

    /// Rows come in the order of their moments, many of which are equal, so that the trees grow at their end and stay small.
    @Override
    public List<String> indexes(int number) {
        String rows = StoreSql.rows(number);
        String gone = StoreSql.gone(number);
        String bound = StoreSql.bound(number);
        return List.of("ALTER TABLE " + rows + " ADD PRIMARY KEY (id)",
                "CREATE INDEX ON " + rows + " (created)",
                "ALTER TABLE " + gone + " ADD PRIMARY KEY (id)", "CREATE INDEX ON " + gone + " (deleted)",
                "CREATE INDEX ON " + bound + " (bound)");
    }

    @Override
    public void append(Connection connection, String table, List<Rows> parts) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI()
                .copyIn("COPY " + table + " FROM STDIN (FORMAT binary)");
        boolean done = false;
        try {
            CopyRows.write(parts, copy::writeToCopy);
            copy.endCopy();
            done = true;
        } finally {
            if (!done && copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    @Override
    public Rows read(PreparedStatement statement, List<Column> columns) throws SQLException {
        // In parts, instead of all bytes of the answer at once.
        statement.setFetchSize(FETCHED);
        try (ResultSet result = statement.executeQuery()) {
            return RowReader.read(result, columns);
        }
    }

    @Override
    public Lease reader() throws SQLException {
        return lease();
    }

    @Override
    public Lease writer() throws SQLException {
        return lease();
    }

    /// What is not committed when it is given back is undone.
    private Lease lease() throws SQLException {
        Connection connection = pool.getConnection();
        return new Lease(connection, connection::close);
    }
}
