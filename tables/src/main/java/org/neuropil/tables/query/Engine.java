package org.neuropil.tables.query;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// The one DuckDB of a process that answers queries, without a file of its own. Its settings are locked once it runs, and
/// it neither loads nor fetches extensions. May be used by any number of threads.
public final class Engine implements AutoCloseable {
    /// How many answers may be open for each that is computed: one that waits for its reader costs a buffer, but no thread.
    private static final int OPEN_FOR_EACH = 16;
    /// How long somebody waits for another's answer to be closed.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final DuckDBConnection connection;
    private final Scratch scratch;
    private final Semaphore free;
    private final Duration patience;
    private final NativeCalls calls;
    private final BufferAllocator allocator = new RootAllocator();
    private final ScheduledExecutorService clock = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("duckdb-clock").factory());
    private final AtomicLong names = new AtomicLong();
    private volatile @Nullable Duration most;

    /// How it works.
    ///
    /// @param memory how many bytes its data take in memory; what needs more goes to the temporary folder
    /// @param threads how many compute at a time
    /// @param temporary a folder in which each engine makes one of its own; made if it is not there
    /// @param answers how many are computed at a time; others wait. 16 times as many may be open, as those that are sent to
    ///     slow readers are
    public record Settings(long memory, int threads, Path temporary, int answers) {
        /// @throws IllegalArgumentException if a number is not positive
        public Settings {
            if (memory < 1 || threads < 1 || answers < 1) {
                throw new IllegalArgumentException(memory + " bytes, " + threads + " threads, " + answers + " answers");
            }
        }
    }

    private Engine(DuckDBConnection connection, Scratch scratch, int answers, Duration patience) {
        this.connection = connection;
        this.scratch = scratch;
        this.patience = patience;
        this.free = new Semaphore(Math.multiplyExact(answers, OPEN_FOR_EACH), true);
        this.calls = new NativeCalls(answers);
    }

    /// Starts it.
    public static Engine open(Settings settings) throws IOException {
        return open(settings, PATIENCE);
    }

    /// @param patience how long somebody waits for another's answer to be closed
    static Engine open(Settings settings, Duration patience) throws IOException {
        Scratch scratch = Scratch.take(settings.temporary());
        boolean done = false;
        try {
            Engine engine = new Engine(connect(settings, scratch.folder()), scratch, settings.answers(), patience);
            done = true;
            return engine;
        } catch (SQLException e) {
            throw NativeCalls.failure(e);
        } finally {
            if (!done) {
                scratch.close();
            }
        }
    }

    private static DuckDBConnection connect(Settings settings, Path temporary) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("memory_limit", settings.memory() + "B");
        properties.setProperty("threads", Integer.toString(settings.threads()));
        properties.setProperty("temp_directory", temporary.toAbsolutePath().toString());
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("jdbc_stream_results", "true");
        DuckDBConnection connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET GLOBAL TimeZone = 'UTC'");
            // It takes the sum of a joined column to be as small as the estimated number of rows would make it, and
            // gives a wrong one where there are more (DuckDB 2.0.0; QueriesTest meets it).
            statement.execute("SET GLOBAL disabled_optimizers = 'compressed_materialization'");
            statement.execute("SET GLOBAL lock_configuration = true");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /// Limits how long DuckDB may compute for each answer that is begun from now on. The time in which an answer's reader
    /// does something else does not count. Who reads one that takes longer gets an [EngineLateException].
    ///
    /// @param longest above 0; empty for as long as it takes
    public void limit(Optional<Duration> longest) {
        most = longest.orElse(null);
    }

    @Nullable
    Duration limit() {
        return most;
    }

    /// A connection for somebody's own, who does not hold it while others read.
    public Lease lease() throws IOException {
        return lease(() -> {});
    }

    /// A connection for an answer, which is held as long as its reader takes. Waits a while if too many are.
    ///
    /// @throws EngineBusyException if none was given back meanwhile
    Lease reading() throws IOException {
        try {
            if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new EngineBusyException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException stopped = new InterruptedIOException("interrupted while waiting for DuckDB");
            stopped.initCause(e);
            throw stopped;
        }
        boolean done = false;
        try {
            Lease lease = lease(free::release);
            done = true;
            return lease;
        } finally {
            if (!done) {
                free.release();
            }
        }
    }

    private Lease lease(Runnable back) throws IOException {
        try {
            return new Lease(connection.duplicate(), back);
        } catch (SQLException e) {
            throw NativeCalls.failure(e);
        }
    }

    /// A connection that is given back when it is closed; what is temporary in it is then gone.
    public final class Lease implements AutoCloseable {
        private final DuckDBConnection connection;
        private final Runnable back;
        private final List<String> everywhere = new ArrayList<>();
        private @Nullable DuckDBConnection second;
        private boolean closed;

        private Lease(DuckDBConnection connection, Runnable back) {
            this.connection = connection;
            this.back = back;
        }

        /// The connection, for one thread at a time.
        public DuckDBConnection connection() {
            return connection;
        }

        /// Executes a statement that makes something temporary, on both connections.
        void execute(String sql) throws SQLException {
            execute(connection, sql);
            everywhere.add(sql);
        }

        private static void execute(DuckDBConnection on, String sql) throws SQLException {
            try (Statement statement = on.createStatement()) {
                statement.execute(sql);
            }
        }

        /// Another one, for questions while the first one's answer is being read.
        DuckDBConnection second() throws SQLException {
            DuckDBConnection found = second;
            if (found == null) {
                found = connection.duplicate();
                second = found;
                for (String sql : everywhere) {
                    execute(found, sql);
                }
            }
            return found;
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            DuckDBConnection other = second;
            try (connection) {
                if (other != null) {
                    other.close();
                }
            } catch (SQLException e) {
                throw NativeCalls.failure(e);
            } finally {
                back.run();
            }
        }
    }

    NativeCalls calls() {
        return calls;
    }

    BufferAllocator allocator() {
        return allocator;
    }

    ScheduledExecutorService clock() {
        return clock;
    }

    /// A name for a file in the temporary folder, which goes with the engine if it is not deleted before.
    public Path newFile() {
        return scratch.folder().resolve("file_" + names.incrementAndGet());
    }

    /// A name that no other table of this engine has.
    String newName() {
        return "list_" + names.incrementAndGet();
    }

    @Override
    public void close() throws IOException {
        clock.shutdownNow();
        calls.close();
        try {
            connection.close();
        } catch (SQLException e) {
            throw NativeCalls.failure(e);
        } finally {
            try (scratch) {
                allocator.close();
            }
        }
    }
}
