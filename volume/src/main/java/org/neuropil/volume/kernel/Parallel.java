package org.neuropil.volume.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/// Runs the parts of some work on threads. What is computed must not depend on their number: each part has its own place in
/// the result.
public final class Parallel {
    private Parallel() {}

    /// Does parts 0 to `parts` - 1, each once, in any order; returns when all are done. With one thread it is a loop in
    /// the caller's thread.
    ///
    /// @param threads at least 1
    /// @throws IllegalArgumentException if there is no thread
    /// @throws RuntimeException what a part has thrown; parts that have not begun then are left out
    /// @throws IllegalStateException if the caller's thread is interrupted; parts that have not begun then are left out
    public static void run(int threads, int parts, IntConsumer work) {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads");
        }
        if (threads == 1 || parts <= 1) {
            for (int part = 0; part < parts; part++) {
                work.accept(part);
            }
            return;
        }
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, parts),
                Thread.ofPlatform().name("kernel-", 0).daemon().factory())) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < Math.min(threads, parts); i++) {
                workers.add(pool.submit(() -> {
                    try {
                        for (int part = next.getAndIncrement(); part < parts; part = next.getAndIncrement()) {
                            work.accept(part);
                        }
                    } catch (Throwable e) {
                        next.set(parts);
                        throw e;
                    }
                }));
            }
            try {
                workers.forEach(Parallel::await);
            } finally {
                next.set(parts);
            }
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
