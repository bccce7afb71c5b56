package org.neuropil.coregister.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Progress;

/// How work is done: on how many threads, and where it says how far it is. No result depends on it.
///
/// @param threads at least 1
/// @param progress is told of each piece that is done
public record Work(int threads, Progress progress) {
    /// In the caller's thread, in silence.
    public static final Work ALONE = new Work(1, Progress.NONE);

    /// @throws IllegalArgumentException if there is no thread
    public Work {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads");
        }
    }

    /// The same on fewer threads, if each of them needs much memory.
    ///
    /// @param bytes that a thread needs at a time
    Work within(long bytes) {
        long most = Runtime.getRuntime().maxMemory() / Math.max(1, bytes);
        return new Work((int) Math.max(1, Math.min(threads, most)), progress);
    }

    /// Does pieces 0 to `count` - 1, in any order.
    ///
    /// @param name of the task, in the user's words
    /// @return the result of each, in their order
    /// @throws RuntimeException what a piece has thrown; no further ones are begun then
    public <T> List<T> map(String name, int count, IntFunction<T> piece) {
        List<T> results = new ArrayList<>(count);
        try (Progress.Task task = progress.begin(name, count, 0)) {
            if (threads == 1 || count < 2) {
                for (int i = 0; i < count; i++) {
                    results.add(piece.apply(i));
                    task.step();
                }
                return results;
            }
            AtomicBoolean failed = new AtomicBoolean();
            try (ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, count),
                    Thread.ofPlatform().name("coregister-", 0).daemon().factory())) {
                List<Future<T>> pieces = new ArrayList<>(count);
                for (int i = 0; i < count; i++) {
                    int number = i;
                    pieces.add(pool.submit(() -> {
                        if (failed.get()) {
                            throw new IllegalStateException("another piece has failed");
                        }
                        try {
                            T result = piece.apply(number);
                            task.step();
                            return result;
                        } catch (RuntimeException | Error e) {
                            failed.set(true);
                            throw e;
                        }
                    }));
                }
                // One that was left out says nothing of why, so what has failed is looked for in all of them.
                @Nullable
                Throwable first = null;
                for (Future<T> future : pieces) {
                    try {
                        results.add(future.get());
                    } catch (ExecutionException e) {
                        first = first == null || first instanceof IllegalStateException ? e.getCause() : first;
                    }
                }
                rethrow(first);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
        return results;
    }

    private static void rethrow(@Nullable Throwable cause) {
        switch (cause) {
            case null -> {
                return;
            }
            case RuntimeException known -> throw known;
            case Error known -> throw known;
            default -> throw new IllegalStateException(cause);
        }
    }
}
