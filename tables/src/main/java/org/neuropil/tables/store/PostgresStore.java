package org.neuropil.tables.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.Properties;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.tables.sql.Sql;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;

/// Tables in PostgreSQL, for several processes at once. They are in the schema that the address names by `currentSchema`,
/// which is made if it is not there, else in the user's first one.
///
/// All changes take the lock of the one row that holds the last moment that was given out; [#head] moves it on. So a
/// process that asks for the head waits while another commits, and the clocks of all should be right: the one that is
/// most ahead decides.
public final class PostgresStore extends SqlStore {
    private static final String SCHEME = "jdbc:postgresql:";
    private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
    private static final int CONNECTIONS = 8;
    private static final long PATIENCE_MILLIS = 30_000;
    /// Names the advisory lock under which tables are made; any number that others do not take.
    private static final long MAKING = 0x6e6575726f70696cL;

    private final Clock clock;
    private final HikariDataSource pool;
    private final GroupCommit commits;

    private PostgresStore(PostgresDialect dialect, HikariDataSource pool, Clock clock, Existing existing) {
        super(dialect, existing);
        this.clock = clock;
        this.pool = pool;
        this.commits = new GroupCommit("annotations in PostgreSQL", this);
    }

    /// Opens a store all of whose rows are in it.
    ///
    /// @throws InputException if there is no such database, or it does not let us in
    public static PostgresStore open(String url, Clock clock) throws IOException {
        return open(url, clock, Existing.NONE);
    }

    /// Opens a store.
    ///
    /// @param url `jdbc:postgresql://host:port/database?user=..&password=..`, with options as its driver knows them
    /// @param clock the present; it may be set back
    /// @param existing rows that are elsewhere
    /// @throws InputException if there is no such database, or it does not let us in; says no password
    public static PostgresStore open(String url, Clock clock, Existing existing) throws IOException {
        Properties properties = url.startsWith(SCHEME) ? Driver.parseURL(url, new Properties()) : null;
        if (properties == null) {
            throw new InputException("the address of tables is not one of PostgreSQL", "tables",
                    "write jdbc:postgresql://HOST:PORT/DATABASE?user=USER&password=PASSWORD");
        }
        String place = SCHEME + "//" + PGProperty.PG_HOST.getOrDefault(properties) + ":"
                + PGProperty.PG_PORT.getOrDefault(properties) + "/" + PGProperty.PG_DBNAME.getOrDefault(properties);
        String schema = PGProperty.CURRENT_SCHEMA.getOrDefault(properties);
        if (schema != null && !SCHEMA.matcher(schema).matches()) {
            throw new InputException("'" + schema + "' cannot be the name of a schema", place,
                    "use lower-case letters, digits and '_', no digit first");
        }
        HikariDataSource pool = pool(properties, place);
        boolean opened = false;
        try {
            prepare(pool, schema, clock.millis(), place);
            PostgresStore store = new PostgresStore(new PostgresDialect(pool), pool, clock, existing);
            opened = true;
            return store;
        } catch (SQLException e) {
            throw new InputException("tables could not be made: " + told(e, properties), place,
                    "the user needs the right to make tables; name a schema of its own by ?currentSchema=NAME", e);
        } finally {
            if (!opened) {
                pool.close();
            }
        }
    }

    private static HikariDataSource pool(Properties properties, String place) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        try {
            for (String name : properties.stringPropertyNames()) {
                source.setProperty(name, properties.getProperty(name));
            }
            HikariConfig config = new HikariConfig();
            config.setPoolName("annotations");
            config.setDataSource(source);
            config.setMaximumPoolSize(CONNECTIONS);
            config.setMinimumIdle(1);
            config.setConnectionTimeout(PATIENCE_MILLIS);
            config.setAutoCommit(false);
            config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
            // What is acknowledged is on the disk, also where the server's own setting says otherwise.
            config.setConnectionInitSql("SET synchronous_commit = on");
            // Tried once, so that a wrong password is told at once.
            config.setInitializationFailTimeout(1);
            return new HikariDataSource(config);
        } catch (SQLException | HikariPool.PoolInitializationException | IllegalArgumentException e) {
            // The cause is left out, as it may quote the address with its password.
            throw new InputException("PostgreSQL cannot be used: " + told(e, properties), place,
                    "look whether it runs there, and user and password are right");
        }
    }

    private static String told(Exception e, Properties properties) {
        Throwable cause = e;
        for (Throwable next = e; next != null; next = next.getCause()) {
            cause = next instanceof SQLException ? next : cause;
        }
        String password = PGProperty.PASSWORD.getOrDefault(properties);
        String message = String.valueOf(cause.getMessage());
        return password == null || password.isEmpty() ? message : message.replace(password, "***");
    }

    private static void prepare(HikariDataSource pool, @Nullable String schema, long now, String place)
            throws SQLException {
        try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
            // Two that begin at once would both find that nothing is there.
            statement.execute("SELECT pg_advisory_xact_lock(" + MAKING + ")");
            if (schema != null) {
                try (PreparedStatement there = connection
                        .prepareStatement("SELECT 1 FROM pg_namespace WHERE nspname = ?")) {
                    there.setString(1, schema);
                    try (ResultSet result = there.executeQuery()) {
                        if (!result.next()) {
                            statement.execute("CREATE SCHEMA " + Sql.name(schema));
                        }
                    }
                }
            }
            statement.execute(TableState.MAKE);
            statement
                    .execute("CREATE UNIQUE INDEX IF NOT EXISTS " + StoreSql.TABLES + "_names ON " + StoreSql.TABLES
                            + " (name)");
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS " + StoreSql.CLOCK
                            + " (format INTEGER NOT NULL, last BIGINT NOT NULL)");
            try (ResultSet format = statement.executeQuery("SELECT format FROM " + StoreSql.CLOCK)) {
                if (format.next() && format.getInt(1) != FORMAT) {
                    throw new InputException("is of format " + format.getInt(1) + ", which is not " + FORMAT, place,
                            "take the version of Neuropil that wrote it");
                }
            }
            try (PreparedStatement first = connection
                    .prepareStatement("INSERT INTO " + StoreSql.CLOCK + " SELECT " + FORMAT
                            + ", ? WHERE NOT EXISTS (SELECT 1 FROM " + StoreSql.CLOCK + ")")) {
                first.setLong(1, now);
                first.executeUpdate();
            }
            connection.commit();
        }
    }

    @Override
    GroupCommit commits() {
        return commits;
    }

    @Override
    long next(Connection connection) throws SQLException {
        return moved(connection, "greatest(last + 1, ?)") * 1000;
    }

    @Override
    public Instant head() throws IOException {
        return Instant.ofEpochMilli(read(connection -> {
            long head = moved(connection, "greatest(last, ?)");
            connection.commit();
            return head;
        }));
    }

    /// Takes the lock of the clock, and moves it on.
    private long moved(Connection connection, String to) throws SQLException {
        try (PreparedStatement statement = connection
                .prepareStatement("UPDATE " + StoreSql.CLOCK + " SET last = " + to + " RETURNING last")) {
            statement.setLong(1, clock.millis());
            try (ResultSet result = statement.executeQuery()) {
                if (!result.next()) {
                    throw new SQLException("the table " + StoreSql.CLOCK + " is empty");
                }
                return result.getLong(1);
            }
        }
    }

    @Override
    public void ended(boolean committed) {
        // The lock goes with the transaction.
    }

    @Override
    public void close() {
        commits.close();
        pool.close();
    }
}
