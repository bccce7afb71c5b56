package org.neuropil.volume.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// Several requests to a store at a time.
public final class Requests {
    private Requests() {}

    /// One request, and what is done with its answer.
    @FunctionalInterface
    public interface Request {
        /// Does the request with this number.
        void run(int number) throws IOException;
    }

    /// Does requests 0 to `count` - 1, each once, in any order; returns when all are done.
    ///
    /// @param parallelism how many may run at a time; with 1 they run one after the other in the caller's thread
    /// @throws IOException what a request has thrown; requests that have not begun then are left out
    public static void run(int parallelism, int count, Request request) throws IOException {
        if (parallelism <= 1 || count <= 1) {
            for (int i = 0; i < count; i++) {
                request.run(i);
            }
            return;
        }
        AtomicInteger next = new AtomicInteger();
        int workers = Math.min(parallelism, count);
        try (ExecutorService pool = Executors.newFixedThreadPool(workers, Thread.ofVirtual().factory())) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                running.add(pool.submit(() -> {
                    try {
                        for (int at = next.getAndIncrement(); at < count; at = next.getAndIncrement()) {
                            request.run(at);
                        }
                    } catch (IOException | RuntimeException | Error e) {
                        next.set(count);
                        throw e;
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                await(one);
            }
        }
    }

    private static void await(Future<?> one) throws IOException {
        try {
            one.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
