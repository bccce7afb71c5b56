package org.neuropil.tables.query;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;

/// Platform threads for calls that wait in DuckDB: a virtual thread that waits there keeps one of the few threads that
/// carry them all. A call of a platform thread is made where it is.
final class NativeCalls implements AutoCloseable {
    interface Call<T extends @Nullable Object> {
        T run() throws SQLException, IOException;
    }

    private final ThreadPoolExecutor threads;

    NativeCalls(int count) {
        threads = new ThreadPoolExecutor(count, count, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("duckdb-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /// Runs a call to its end; if the thread is interrupted meanwhile, the call is asked to stop.
    ///
    /// @param stop makes the call fail soon
    <T extends @Nullable Object> T run(Call<T> call, Runnable stop) throws IOException {
        if (!Thread.currentThread().isVirtual()) {
            try {
                return call.run();
            } catch (SQLException e) {
                throw failure(e);
            }
        }
        Future<T> future = threads.submit(call::run);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException _) {
                    interrupted = true;
                    stop.run();
                }
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case SQLException cause -> throw failure(cause);
                case IOException cause -> throw new IOException(cause.getMessage(), cause);
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// What an error of DuckDB means: an [InputException] where values do not allow an answer, else an `IOException`.
    static IOException failure(Exception e) {
        String text = String.valueOf(e.getMessage()).strip();
        String first = text.lines().findFirst().orElse(text);
        if (first.contains("Conversion Error") || first.contains("Out of Range Error")) {
            throw new InputException("the answer cannot be computed: " + first, "", "a value is out of range", e);
        }
        return e instanceof IOException io ? io : new IOException(first, e);
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
