package org.neuropil.tables.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.neuropil.tables.sql.Sql;
import org.neuropil.tables.store.AnnotationStore.Stored;

/// What a store knows of a table, as a transaction that may change it has it before its eyes.
final class TableState {
    private static final String SELECT = "SELECT number, info, schema_fields, created, deleted, modified, largest, "
            + "row_count, gone_count FROM " + StoreSql.TABLES;

    Stored stored;
    /// Largest id that a row in the store ever had, 0 if there was none.
    long largest;
    /// Rows in the store, also those that stand no more.
    long rows;
    /// Rows in the store that stand no more.
    long gone;
    boolean dirty;

    TableState(Stored stored) {
        this.stored = stored;
    }

    int number() {
        return stored.number();
    }

    String name() {
        return stored.info().name();
    }

    static final String MAKE = "CREATE TABLE IF NOT EXISTS " + StoreSql.TABLES
            + " (number INTEGER NOT NULL, name TEXT NOT NULL, "
            + "info TEXT NOT NULL, schema_fields TEXT NOT NULL, created BIGINT NOT NULL, deleted BIGINT, "
            + "modified BIGINT NOT NULL, largest BIGINT NOT NULL, row_count BIGINT NOT NULL, gone_count BIGINT NOT NULL)";

    /// All tables that ever were, by number.
    static List<TableState> all(Connection connection) throws SQLException {
        List<TableState> states = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SELECT + " ORDER BY number");
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                states.add(read(result));
            }
        }
        return states;
    }

    static Optional<TableState> find(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT + " WHERE name = ?")) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? Optional.of(read(result)) : Optional.empty();
            }
        }
    }

    private static TableState read(ResultSet result) throws SQLException {
        long gone = result.getLong(5);
        Optional<Instant> deleted = result.wasNull() ? Optional.empty() : Optional.of(Sql.instant(gone));
        TableState state = new TableState(new Stored(result.getInt(1), StoredJson.info(result.getString(2)),
                StoredJson.schema(result.getString(3)), Sql.instant(result.getLong(4)), deleted,
                Sql.instant(result.getLong(6))));
        state.largest = result.getLong(7);
        state.rows = result.getLong(8);
        state.gone = result.getLong(9);
        return state;
    }

    /// Keeps a new table.
    void insert(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO " + StoreSql.TABLES
                + " (number, name, info, schema_fields, created, modified, largest, row_count, gone_count) "
                + "VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0)")) {
            statement.setInt(1, number());
            statement.setString(2, name());
            statement.setString(3, StoredJson.of(stored.info()));
            statement.setString(4, StoredJson.of(stored.schema()));
            statement.setLong(5, Sql.micros(stored.created()));
            statement.setLong(6, Sql.micros(stored.modified()));
            statement.executeUpdate();
        }
    }

    /// Keeps other metadata.
    void alter(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection
                .prepareStatement("UPDATE " + StoreSql.TABLES + " SET info = ?, deleted = ? WHERE number = ?")) {
            statement.setString(1, StoredJson.of(stored.info()));
            if (stored.deleted().isPresent()) {
                statement.setLong(2, Sql.micros(stored.deleted().get()));
            } else {
                statement.setNull(2, Types.BIGINT);
            }
            statement.setInt(3, number());
            statement.executeUpdate();
        }
    }

    /// Keeps the counts.
    void update(Connection connection, long moment) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("UPDATE " + StoreSql.TABLES
                + " SET modified = ?, largest = ?, row_count = ?, gone_count = ? WHERE number = ?")) {
            statement.setLong(1, moment);
            statement.setLong(2, largest);
            statement.setLong(3, rows);
            statement.setLong(4, gone);
            statement.setInt(5, number());
            statement.executeUpdate();
        }
    }
}
