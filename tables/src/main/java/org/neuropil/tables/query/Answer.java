package org.neuropil.tables.query;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;
import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.sql.Sql;
import org.neuropil.volume.store.FileStore;

/// What a query gives. Its rows are written, or read, once, in constant memory; numbers of rows and the next page can be
/// asked for before and after, and cost a query of their own where they are not known by then. For one thread at a time,
/// which may be a virtual one; [#cancel] may be called by any.
public final class Answer implements AutoCloseable {
    /// How the bodies of an Arrow stream are compressed.
    public enum Compression {
        /// Not at all.
        NONE,
        /// By Zstandard.
        ZSTD,
        /// By LZ4, in frames.
        LZ4_FRAME
    }

    /// What there is to know beside the rows.
    ///
    /// @param count statement that counts the rows without limit, offset and page
    /// @param limit how many rows there are at most
    /// @param part true if rows before the first are left out
    /// @param offset of the first row behind the page's begin
    /// @param next gives the token of the next page, of how many rows were returned
    record Frame(List<OutputColumn> columns, BoundSql rows, BoundSql count, OptionalLong limit, boolean part, long offset,
            Next next) {}

    /// A table that is made for an answer, and dropped with it.
    interface Made {
        /// Which no other table has.
        String name();

        /// Makes and fills it.
        void create(DuckDBConnection connection) throws SQLException;

        /// Drops it, if it is there.
        default void drop(DuckDBConnection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("DROP TABLE IF EXISTS " + name());
            }
        }
    }

    interface Next {
        Optional<String> after(long returned, Answer answer) throws IOException;
    }

    private static final Duration AGAIN = Duration.ofMillis(200);

    private final Engine engine;
    private final Engine.Lease lease;
    private final Frame frame;
    private final List<? extends Made> lists;
    private final @Nullable Duration most;
    private final @Nullable Future<?> alarm;
    /// How long DuckDB may compute; null for as long as it takes.
    private final @Nullable Duration limit;
    private long computed;
    private volatile boolean over;
    private volatile boolean late;
    private volatile boolean cancelled;
    private volatile @Nullable Statement running;
    private @Nullable Batches batches;
    private @Nullable ArrowReader reader;
    private @Nullable PreparedStatement main;
    private long returned = -1;
    private long total = -1;
    private boolean used;
    private boolean closed;

    private Answer(Engine engine, Engine.Lease lease, Frame frame, List<? extends Made> lists, @Nullable Duration most) {
        this.engine = engine;
        this.lease = lease;
        this.frame = frame;
        this.lists = lists;
        this.most = most;
        this.limit = engine.limit();
        this.alarm = most == null ? null : engine.clock().schedule(() -> {
            late = true;
            interrupt();
        }, most.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Begins to answer. The lease is the answer's from now on, also if this fails.
    ///
    /// @param lists tables to make before, and to drop at the end
    /// @param before what is asked before the rows
    /// @param most how long all may take; null for as long as it takes
    static Answer open(Engine engine, Engine.Lease lease, Frame frame, List<? extends Made> lists, Before before,
            @Nullable Duration most) throws IOException {
        Answer answer = new Answer(engine, lease, frame, lists, most);
        try {
            for (Made list : lists) {
                answer.call(() -> {
                    list.create(lease.connection());
                    return true;
                });
            }
            before.ask(answer);
            answer.read();
            return answer;
        } catch (IOException | RuntimeException | Error e) {
            try {
                answer.close();
            } catch (IOException | RuntimeException also) {
                e.addSuppressed(also);
            }
            throw e;
        }
    }

    interface Before {
        void ask(Answer answer) throws IOException;
    }

    private void read() throws IOException {
        ArrowReader opened = call(() -> {
            PreparedStatement statement = frame.rows().prepare(lease.connection());
            main = statement;
            running = statement;
            DuckDBResultSet result = (DuckDBResultSet) execute(statement, lease.connection(), frame.rows());
            return (ArrowReader) result.arrowExportStream(engine.allocator(), Batches.SIZE);
        });
        reader = opened;
        batches = new Batches(opened, () -> call(opened::loadNextBatch));
        if (batches.known() >= 0) {
            returned = Math.min(batches.known(), frame.limit().orElse(Long.MAX_VALUE));
        }
    }

    /// Runs a statement. DuckDB does not say why the first rows of a stream cannot be computed; it does where nothing is
    /// streamed, so that is tried, too, with an answer of one row.
    private ResultSet execute(PreparedStatement statement, DuckDBConnection connection, BoundSql sql)
            throws SQLException {
        try {
            return statement.executeQuery();
        } catch (SQLException e) {
            if (over || late || cancelled || !String.valueOf(e.getMessage()).contains("Invalid result set")) {
                throw e;
            }
            try (PreparedStatement again = BoundSql.of("CREATE OR REPLACE TEMP TABLE \"the reason\" AS SELECT max(hash(q)) FROM (")
                    .add(sql).add(") AS q").prepare(connection)) {
                running = again;
                again.executeUpdate();
            } catch (SQLException reason) {
                reason.addSuppressed(e);
                throw reason;
            }
            throw e;
        }
    }

    /// Asks something beside the rows: the first so many rows of a statement.
    List<List<@Nullable Object>> ask(BoundSql sql, int rows) throws IOException {
        return call(() -> {
            Statement before = running;
            try (PreparedStatement statement = sql.prepare(lease.second())) {
                running = statement;
                try (ResultSet result = execute(statement, lease.second(), sql)) {
                    List<List<@Nullable Object>> found = new ArrayList<>();
                    int columns = result.getMetaData().getColumnCount();
                    while (found.size() < rows && result.next()) {
                        List<@Nullable Object> row = new ArrayList<>();
                        for (int i = 1; i <= columns; i++) {
                            row.add(result.getObject(i));
                        }
                        found.add(row);
                    }
                    return found;
                }
            } finally {
                running = before;
            }
        });
    }

    private long askNumber(BoundSql sql) throws IOException {
        return ask(sql, 1).getFirst().getFirst() instanceof Number number ? number.longValue() : 0;
    }

    private <T extends @Nullable Object> T call(NativeCalls.Call<T> call) throws IOException {
        stopIfAsked(null);
        try {
            return engine.calls().run(() -> timed(call), this::interrupt);
        } catch (IOException e) {
            stopIfAsked(e);
            throw NativeCalls.failure(e);
        }
    }

    /// Stops a call when the time for computing is over. It is told so again and again, since DuckDB does not hear it before
    /// it has begun.
    private <T extends @Nullable Object> T timed(NativeCalls.Call<T> call) throws SQLException, IOException {
        if (limit == null) {
            return call.run();
        }
        long begin = System.nanoTime();
        Future<?> bell = engine.clock().scheduleWithFixedDelay(() -> {
            over = true;
            interrupt();
        }, Math.max(0, limit.toNanos() - computed), AGAIN.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return call.run();
        } finally {
            bell.cancel(false);
            computed += System.nanoTime() - begin;
        }
    }

    private void stopIfAsked(@Nullable Exception cause) throws IOException {
        if (over && limit != null && cause != null) {
            throw new EngineLateException(limit, cause);
        }
        if (late) {
            InputException slow = new InputException("the query took longer than "
                    + (most == null ? 0 : most.toMillis() / 1000.0) + " s", "", "ask for less, or allow more time");
            if (cause != null) {
                slow.initCause(cause);
            }
            throw slow;
        }
        if (cancelled) {
            throw new IOException("the query was cancelled", cause);
        }
    }

    private void interrupt() {
        Statement statement = running;
        if (statement != null) {
            try {
                statement.cancel();
            } catch (SQLException _) {
                // It has just ended.
            }
        }
    }

    /// Stops it: whoever is reading gets an `IOException`.
    public void cancel() {
        cancelled = true;
        interrupt();
    }

    /// Its columns.
    public List<OutputColumn> columns() {
        return frame.columns();
    }

    /// How many rows it has.
    public long returned() throws IOException {
        if (returned < 0) {
            returned = Math.min(frame.limit().orElse(Long.MAX_VALUE), !frame.part() && frame.limit().isEmpty() ? total()
                    : askNumber(BoundSql.of("SELECT count(*) FROM (").add(frame.rows()).add(")")));
        }
        return returned;
    }

    /// How many rows there would be without limit, offset and page, exactly.
    public long total() throws IOException {
        if (total < 0) {
            boolean whole = returned >= 0 && !frame.part() && returned < frame.limit().orElse(Long.MAX_VALUE);
            total = whole ? returned : askNumber(frame.count());
        }
        return total;
    }

    /// How many rows were asked for at most.
    public OptionalLong limit() {
        return frame.limit();
    }

    /// Whether the limit kept rows from being here, of which there may also be some on pages before.
    public boolean isLimited() throws IOException {
        return frame.limit().isPresent() && returned() == frame.limit().getAsLong() && total() > returned();
    }

    /// The token with which the same query goes on; empty if no limit was given, no rows are left, or a table of a query
    /// that is not grouped has no `id`.
    public Optional<String> next() throws IOException {
        long rows = returned();
        return rows == 0 || rows < frame.limit().orElse(Long.MAX_VALUE) ? Optional.empty() : frame.next().after(rows, this);
    }

    /// Hands over the rows.
    long forEach(Batches.Use use) throws IOException {
        if (used || batches == null) {
            throw new IllegalStateException("the rows were read before");
        }
        used = true;
        returned = batches.forEach(frame.limit().orElse(Long.MAX_VALUE), use);
        return returned;
    }

    Engine engine() {
        return engine;
    }

    /// Writes the rows as an Arrow stream. Whole numbers, floats, truth values and text (UTF-8) as Arrow has them, ids as
    /// signed 64-bit, moments as nanoseconds UTC, places as lists; every column is nullable.
    ///
    /// @param metadata of the schema
    /// @throws InputException if a moment lies outside of the years 1678 to 2262
    public void writeArrow(OutputStream out, Compression compression, Map<String, String> metadata) throws IOException {
        ArrowOutput.write(this, Objects.requireNonNull(batches).schema(), out, compression, metadata);
    }

    /// Writes the rows as CSV (RFC 4180, UTF-8, with a line of names): what is absent is empty, an empty text is `""`,
    /// moments are ISO 8601.
    public void writeCsv(OutputStream out) throws IOException {
        CsvOutput.write(this, out);
    }

    /// Writes the rows as a JSON list of objects. NaN and infinities are null, which is all that JSON has for them.
    ///
    /// @param idsAsText true to write ids as text, for readers that make floating-point numbers of all numbers
    public void writeJson(OutputStream out, boolean idsAsText) throws IOException {
        JsonOutput.write(this, out, idsAsText);
    }

    /// The rows in memory.
    ///
    /// @throws IllegalStateException if places are given as lists
    public Rows rows() throws IOException {
        return new RowsOutput(columns()).read(this);
    }

    /// Writes the rows as Parquet by way of a file in the engine's temporary folder.
    ///
    /// @return how many
    /// @throws InputException if names of columns differ in case alone
    public long writeParquet(OutputStream out) throws IOException {
        Path file = engine.newFile();
        try {
            long count = writeParquet(file);
            Files.copy(file, out);
            return count;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /// The names of columns, for DuckDB, to which case makes no difference.
    private String names() {
        Map<String, String> seen = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (OutputColumn column : columns()) {
            String other = seen.put(column.name().toLowerCase(Locale.ROOT), column.name());
            if (other != null) {
                throw new InputException("two columns are called '" + other + "' and '" + column.name() + "'", "",
                        "give one another name, or ask for CSV");
            }
            names.add(Sql.name(column.name()));
        }
        return String.join(", ", names);
    }

    /// Writes the rows to a Parquet file (Zstandard), which is there only when it is whole.
    ///
    /// @return how many
    /// @throws InputException if names of columns differ in case alone
    public long writeParquet(Path file) throws IOException {
        if (used) {
            throw new IllegalStateException("the rows were read before");
        }
        String names = names();
        used = true;
        Path beside = FileStore.beside(file.toAbsolutePath());
        String place = beside.toString().replace("'", "''");
        String limit = frame.limit().isPresent() ? " LIMIT " + frame.limit().getAsLong() : "";
        try {
            returned = call(() -> {
                Statement before = running;
                try (PreparedStatement statement = BoundSql.of("COPY (SELECT * FROM (").add(frame.rows())
                        .add(") AS q(" + names + ")" + limit + ") TO '" + place
                                + "' (FORMAT parquet, COMPRESSION zstd)")
                        .prepare(lease.second())) {
                    running = statement;
                    return statement.executeLargeUpdate();
                } finally {
                    running = before;
                }
            });
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
        return returned;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        if (alarm != null) {
            alarm.cancel(false);
        }
        running = null;
        try (lease) {
            Batches held = batches;
            if (held != null) {
                held.close();
            }
            engine.calls().run(() -> {
                ArrowReader open = reader;
                if (open != null) {
                    open.close();
                }
                PreparedStatement statement = main;
                if (statement != null) {
                    statement.close();
                }
                for (Made list : lists) {
                    list.drop(lease.second());
                }
                return true;
            }, () -> {});
        }
    }
}
