package org.neuropil.physiology.movie;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/// Does the same with many regions on several threads. Each has its own place in the result, so that the number of threads
/// does not show.
public final class Parallel {
    private Parallel() {}

    /// Calls a function with the numbers 0 to `count` - 1, each once; returns when all are done.
    ///
    /// @param threads at least 1; with one it is a loop in the caller's thread
    /// @throws RuntimeException what the function has thrown; what has not begun then is left out
    public static void each(int threads, int count, IntConsumer work) {
        if (threads <= 1 || count <= 1) {
            for (int i = 0; i < count; i++) {
                work.accept(i);
            }
            return;
        }
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, count),
                Thread.ofPlatform().name("traces-", 0).daemon().factory())) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < Math.min(threads, count); i++) {
                workers.add(pool.submit(() -> {
                    try {
                        for (int one = next.getAndIncrement(); one < count; one = next.getAndIncrement()) {
                            work.accept(one);
                        }
                    } catch (Throwable e) {
                        next.set(count);
                        throw e;
                    }
                }));
            }
            workers.forEach(Parallel::await);
        }
    }

    private static void await(Future<?> worker) {
        try {
            worker.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
