package org.neuropil.physiology.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.neuropil.tables.sql.Sql;

/// Rows of numbers on their way to a file of Parquet, a hundred million of them: DuckDB packs some in a thread of its own while
/// the next are computed. What rows share is kept once ([RowKeys]). Equal rows give equal bytes. For one thread at a time.
public final class PairFile implements AutoCloseable {
    /// Rows that are handed on together.
    private static final int ROWS = 1 << 15;
    /// Such pieces that may wait.
    private static final int WAITING = 3;
    /// After so long it is looked whether the writing thread is still there.
    private static final long PATIENCE_MS = 200;
    private static final String STREAM = "given";

    private final Path file;
    private final int keys;
    private final int figures;
    private final BlockingQueue<Piece> full = new ArrayBlockingQueue<>(WAITING);
    private final BlockingQueue<Piece> empty = new ArrayBlockingQueue<>(WAITING + 2);
    private final Thread thread;
    private volatile @Nullable Exception failure;
    private volatile boolean cancelled;
    private Piece piece;
    private boolean ended;

    /// Column by column.
    private record Piece(int[][] keys, float[][] figures, int[] rows) {
        static Piece of(int keys, int figures) {
            return new Piece(new int[keys][ROWS], new float[figures][ROWS], new int[1]);
        }
    }

    /// @param file made or replaced; not moved in place atomically
    /// @param keys what the numbers of rows stand for; complete
    /// @param figures names of the columns behind them
    PairFile(Path file, List<RowKeys> keys, List<String> figures) {
        this.file = file;
        this.keys = keys.size();
        this.figures = figures.size();
        this.piece = Piece.of(this.keys, this.figures);
        for (int i = 0; i < WAITING + 1; i++) {
            empty.add(Piece.of(this.keys, this.figures));
        }
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            shown.addAll(keys.get(i).shown("k" + i));
        }
        for (int i = 0; i < figures.size(); i++) {
            shown.add("v" + i + " AS " + Sql.name(figures.get(i)));
        }
        String sql = "COPY (SELECT " + String.join(", ", shown) + " FROM " + STREAM + ") TO "
                + Sql.text(file.toString())
                + " (FORMAT parquet, PARQUET_VERSION v2, COMPRESSION lz4_raw)";
        thread = Thread.ofPlatform().name("pairs").daemon().start(() -> write(sql));
    }

    private void write(String sql) {
        Properties properties = new Properties();
        // More would take rows in an order of their own.
        properties.setProperty("threads", "1");
        properties.setProperty("memory_limit", "400MB");
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        try (BufferAllocator allocator = new RootAllocator();
                Rows rows = new Rows(allocator);
                ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator);
                DuckDBConnection connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:",
                        properties);
                Statement statement = connection.createStatement()) {
            Data.exportArrayStream(allocator, rows, stream);
            connection.registerArrowStream(STREAM, stream);
            statement.execute(sql);
        } catch (SQLException | RuntimeException | IOException e) {
            failure = e;
        }
    }

    /// What DuckDB reads.
    private final class Rows extends ArrowReader {
        Rows(BufferAllocator allocator) {
            super(allocator);
        }

        @Override
        public boolean loadNextBatch() throws IOException {
            prepareLoadNextBatch();
            Piece next = null;
            try {
                while (next == null) {
                    if (cancelled) {
                        throw new IOException("ended");
                    }
                    next = full.poll(PATIENCE_MS, TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
            int count = next.rows[0];
            if (count == 0) {
                return false;
            }
            for (int i = 0; i < keys; i++) {
                IntVector vector = (IntVector) getVectorSchemaRoot().getVector(i);
                vector.allocateNew(count);
                for (int row = 0; row < count; row++) {
                    vector.set(row, next.keys[i][row]);
                }
            }
            for (int i = 0; i < figures; i++) {
                Float4Vector vector = (Float4Vector) getVectorSchemaRoot().getVector(keys + i);
                vector.allocateNew(count);
                for (int row = 0; row < count; row++) {
                    vector.set(row, next.figures[i][row]);
                }
            }
            getVectorSchemaRoot().setRowCount(count);
            empty.add(next);
            return true;
        }

        @Override
        public long bytesRead() {
            return 0;
        }

        @Override
        protected void closeReadSource() {
            // Nothing is open.
        }

        @Override
        protected Schema readSchema() {
            List<Field> fields = new ArrayList<>();
            for (int i = 0; i < keys; i++) {
                fields.add(Field.notNullable("k" + i, new ArrowType.Int(32, true)));
            }
            for (int i = 0; i < figures; i++) {
                fields.add(Field.notNullable("v" + i,
                        new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE)));
            }
            return new Schema(fields);
        }
    }

    /// Begins a row.
    ///
    /// @param numbers of its keys
    /// @return its number in the piece, for [#set]
    int row(int... numbers) throws IOException {
        if (piece.rows[0] == ROWS) {
            hand();
        }
        int row = piece.rows[0]++;
        for (int i = 0; i < keys; i++) {
            piece.keys[i][row] = numbers[i];
        }
        return row;
    }

    /// Sets a figure of the row that was begun last.
    void set(int row, int figure, float value) {
        piece.figures[figure][row] = value;
    }

    /// Hands on what there is.
    private void hand() throws IOException {
        try {
            while (!full.offer(piece, PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                check();
            }
            Piece next = null;
            while (next == null) {
                next = empty.poll(PATIENCE_MS, TimeUnit.MILLISECONDS);
                if (next == null) {
                    check();
                }
            }
            piece = next;
            piece.rows[0] = 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void check() throws IOException {
        if (failure != null) {
            throw ResultFile.failure("cannot write " + file, failure);
        }
        if (!thread.isAlive()) {
            throw new IOException("cannot write " + file + ": nobody writes it any more");
        }
    }

    /// Ends the file: all rows are in it when this returns.
    public void end() throws IOException {
        if (piece.rows[0] > 0) {
            hand();
        }
        hand(); // an empty one: there are no more
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (failure != null) {
            throw ResultFile.failure("cannot write " + file, failure);
        }
    }

    /// Where it is written to.
    public Path file() {
        return file;
    }

    /// Without [#end] the file is taken away.
    @Override
    public void close() throws IOException {
        cancelled = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!ended) {
            Files.deleteIfExists(file);
        }
    }
}
