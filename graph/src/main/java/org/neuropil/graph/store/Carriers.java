package org.neuropil.graph.store;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/// Platform threads for calls that wait in native code. Only calls of virtual threads go there; one of a platform thread
/// waits where it is.
final class Carriers implements AutoCloseable {
    interface Call<T extends @Nullable Object> {
        T run() throws IOException;
    }

    private final ThreadPoolExecutor threads;

    Carriers(String name, int count) {
        threads = new ThreadPoolExecutor(count, count, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name(name + "-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /// Runs a call to its end, even if the thread is interrupted meanwhile: it may have taken effect, and who called must
    /// learn what came of it.
    <T extends @Nullable Object> T run(Call<T> call) throws IOException {
        if (!Thread.currentThread().isVirtual()) {
            return call.run();
        }
        Future<T> future = threads.submit(call::run);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
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

    @Override
    public void close() {
        threads.shutdown();
    }
}
