package org.neuropil.tables.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.duckdb.DuckDBConnection;
import org.neuropil.space.InputException;

/// Tables in a DuckDB file, for one process. The file is made if it is not there; `FILE.wal` beside it holds what was
/// committed last, `FILE.tmp` what does not fit into memory for a while.
///
/// Moments that [#head] gave out are kept ahead by up to a second, so that asking for it needs no write; after a crash the
/// store goes on behind that second.
public final class DuckStore extends SqlStore {
    /// Milliseconds.
    private static final long AHEAD = 1000;
    private static final String MEMORY = "1GB";
    private static final Pattern HOLDER = Pattern.compile("PID (\\d+)");
    /// Files that this process has open: DuckDB would let it open one twice.
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final Clock clock;
    private final DuckDialect dialect;
    private final GroupCommit commits;
    private final Object time = new Object();
    /// Milliseconds: the last moment of a change or answer of [#head].
    private long given;
    /// Milliseconds: of the change that is being made, 0 if none is.
    private long current;
    /// Milliseconds: nothing after this was given out by [#head], as the file knows.
    private long reserved;
    private boolean closed;
    private final Object cache = new Object();
    /// Tables as they are since the last transaction ended: each request asks for its table more than once, which took
    /// longer than writing its rows. Nobody else writes to the file.
    private final Map<String, Stored> committed = new HashMap<>();
    /// Transactions that have ended.
    private long ends;

    private DuckStore(Path file, Clock clock, DuckDialect dialect, Existing existing, long given) {
        super(dialect, existing);
        this.file = file;
        this.clock = clock;
        this.dialect = dialect;
        this.given = given;
        this.reserved = given;
        this.commits = new GroupCommit("annotations of " + file.getFileName(), this);
    }

    /// Opens a store all of whose rows are in it.
    ///
    /// @throws InputException if another process has it open, or it is something else
    public static DuckStore open(Path file, Clock clock) throws IOException {
        return open(file, clock, Existing.NONE);
    }

    /// Opens a store.
    ///
    /// @param file made with its folder if it is not there
    /// @param clock the present; it may be set back
    /// @param existing rows that are elsewhere
    /// @throws InputException if another process has it open, or it is something else
    public static DuckStore open(Path file, Clock clock, Existing existing) throws IOException {
        Path parent = file.toAbsolutePath().normalize().getParent();
        Path name = file.getFileName();
        if (parent == null || name == null) {
            throw new InputException("'" + file + "' is no file", "tables", "");
        }
        Files.createDirectories(parent);
        Path real = parent.toRealPath().resolve(name);
        if (real.toString().contains(";") || real.toString().contains("?")) {
            // The driver takes what follows for options, DuckDB puts `.wal` before it.
            throw new InputException("'" + real + "' cannot hold annotations", "tables",
                    "take a folder whose path has no ';' and no '?'");
        }
        if (!OPEN.add(real)) {
            throw new InputException("is open already in this process", real.toString(), "use the store that is open");
        }
        boolean opened = false;
        try {
            DuckStore store = connected(real, clock, existing);
            opened = true;
            return store;
        } finally {
            if (!opened) {
                OPEN.remove(real);
            }
        }
    }

    private static DuckStore connected(Path file, Clock clock, Existing existing) throws IOException {
        Properties options = new Properties();
        options.setProperty("memory_limit", MEMORY);
        options.setProperty("threads", Integer.toString(Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4)));
        options.setProperty("temp_directory", file + ".tmp");
        options.setProperty("autoinstall_known_extensions", "false");
        options.setProperty("autoload_known_extensions", "false");
        DuckDBConnection root;
        try {
            root = DuckDBConnection.newConnection("jdbc:duckdb:" + file, false, options);
        } catch (Exception e) {
            throw refusal(file, e);
        }
        boolean opened = false;
        try {
            long last = prepare(root, file);
            DuckStore store = new DuckStore(file, clock, new DuckDialect(root), existing,
                    last == 0 ? clock.millis() : last);
            opened = true;
            return store;
        } catch (SQLException e) {
            throw failure(file + " could not be opened", e);
        } finally {
            if (!opened) {
                closeQuietly(root);
            }
        }
    }

    private static InputException refusal(Path file, Exception e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("lock")) {
            Matcher holder = HOLDER.matcher(message);
            return new InputException(
                    "another process has it open" + (holder.find() ? ", of number " + holder.group(1) : ""),
                    file.toString(),
                    "stop that one (perhaps 'neuropil serve' of this dataset), ask it instead, or keep "
                            + "tables in PostgreSQL, which several processes can share",
                    e);
        }
        return new InputException("cannot be opened as a DuckDB file", file.toString(),
                "put back a copy of it, or take another file; DuckDB says: " + message.lines().findFirst().orElse(""),
                e);
    }

    /// Makes what every store has.
    ///
    /// @return the last moment that was given out, 0 if none was
    private static long prepare(DuckDBConnection root, Path file) throws SQLException {
        try (Statement statement = root.createStatement()) {
            statement.execute("SET enable_external_access = false");
            statement.execute(TableState.MAKE);
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS " + StoreSql.CLOCK
                            + " (format INTEGER NOT NULL, last BIGINT NOT NULL)");
            try (ResultSet format = statement.executeQuery("SELECT format FROM " + StoreSql.CLOCK)) {
                if (format.next() && format.getInt(1) != FORMAT) {
                    throw new InputException("is of format " + format.getInt(1) + ", which is not " + FORMAT,
                            file.toString(), "take the version of Neuropil that wrote it");
                }
            }
            statement.execute("INSERT INTO " + StoreSql.CLOCK + " SELECT " + FORMAT + ", 0 WHERE NOT EXISTS (FROM "
                    + StoreSql.CLOCK + ")");
            try (ResultSet last = statement.executeQuery("SELECT greatest((SELECT max(last) FROM " + StoreSql.CLOCK
                    + "), (SELECT coalesce(max(modified), 0) // 1000 FROM " + StoreSql.TABLES + "))")) {
                last.next();
                return last.getLong(1);
            }
        }
    }

    @Override
    GroupCommit commits() {
        return commits;
    }

    @Override
    long next(Connection connection) {
        synchronized (time) {
            current = Math.max(clock.millis(), given + 1);
            return current * 1000;
        }
    }

    @Override
    public void ended(boolean written) {
        synchronized (time) {
            given = written ? Math.max(given, current) : given;
            current = 0;
        }
        // Also where it failed: it may be there all the same.
        forgetTables();
    }

    /// Before anybody is told of a commit.
    private void forgetTables() {
        synchronized (cache) {
            ends++;
            committed.clear();
        }
    }

    @Override
    public Optional<Stored> table(String name) throws IOException {
        long before;
        synchronized (cache) {
            Stored known = committed.get(name);
            if (known != null) {
                return Optional.of(known);
            }
            before = ends;
        }
        Optional<Stored> found = super.table(name);
        synchronized (cache) {
            // What was read may be older than a commit that has been made meanwhile.
            if (found.isPresent() && before == ends) {
                committed.put(name, found.get());
            }
        }
        return found;
    }

    @Override
    public Instant head() throws IOException {
        synchronized (time) {
            if (closed) {
                throw new IOException(file + " is closed");
            }
            long head = Math.max(given, clock.millis());
            // A change that is being made may or may not be seen, so it is after the head.
            head = current == 0 ? head : Math.min(head, current - 1);
            if (head > given && head > reserved) {
                reserve(head + AHEAD);
            }
            given = head;
            return Instant.ofEpochMilli(head);
        }
    }

    private void reserve(long until) throws IOException {
        read(connection -> {
            try (PreparedStatement statement = connection
                    .prepareStatement("UPDATE " + StoreSql.CLOCK + " SET last = ?")) {
                statement.setLong(1, until);
                return statement.executeUpdate();
            }
        });
        reserved = until;
    }

    @Override
    public void close() throws IOException {
        synchronized (time) {
            if (closed) {
                return;
            }
            closed = true;
        }
        commits.close();
        forgetTables();
        try {
            synchronized (time) {
                reserve(given);
            }
            dialect.close();
        } catch (SQLException e) {
            throw failure(file + " could not be closed", e);
        } finally {
            OPEN.remove(file);
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException _) {
            // What went wrong before is told.
            return;
        }
    }
}
