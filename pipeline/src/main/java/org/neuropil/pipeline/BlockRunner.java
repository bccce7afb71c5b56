package org.neuropil.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;

/// Runs the blocks of a job that a ledger does not have yet, on threads.
final class BlockRunner {
    private BlockRunner() {}

    /// Runs a job to its end.
    ///
    /// After a block fails no further block is begun; those in flight finish and are in the ledger.
    ///
    /// @throws IOException if a block failed; the message names job and block
    static void run(BlockJob job, Ledger ledger, int threads, Progress progress) throws IOException {
        int count = job.blocks();
        AtomicInteger next = new AtomicInteger();
        AtomicReference<@Nullable BlockFailure> failure = new AtomicReference<>();
        try (Progress.Task task = progress.begin(job.name(), count, ledger.count(job.name()));
                ExecutorService pool = Executors.newFixedThreadPool(threads,
                        Thread.ofPlatform().name(job.name() + "-", 0).daemon().factory())) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < Math.min(threads, count); i++) {
                workers.add(pool.submit(() -> work(job, ledger, next, failure, task)));
            }
            for (Future<?> worker : workers) {
                await(worker);
            }
        }
        BlockFailure first = failure.get();
        if (first != null) {
            throw first.asException(job);
        }
    }

    private static void work(BlockJob job, Ledger ledger, AtomicInteger next,
            AtomicReference<@Nullable BlockFailure> failure, Progress.Task task) {
        int block;
        while (failure.get() == null && (block = next.getAndIncrement()) < job.blocks()) {
            if (ledger.isDone(job.name(), block)) {
                continue;
            }
            try {
                job.run(block);
                ledger.add(job.name(), block);
            } catch (IOException | RuntimeException | Error e) {
                failure.compareAndSet(null, new BlockFailure(block, e));
                return;
            }
            task.step();
        }
    }

    private static void await(Future<?> worker) throws IOException {
        try {
            worker.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private record BlockFailure(int block, Throwable cause) {
        /// What a user must mend stays as it is; all else is told with job and block.
        IOException asException(BlockJob job) {
            switch (cause) {
                case InputException e -> throw e;
                case OutOfMemoryError e -> throw new InputException(
                        "not enough memory for a block of '" + job.name() + "'", job.label(block),
                        "give more with --memory, or use fewer --threads", e);
                case Error e -> throw e;
                case UncheckedIOException e -> {
                    return failed(job, e);
                }
                default -> {
                    return failed(job, cause);
                }
            }
        }

        private IOException failed(BlockJob job, Throwable e) {
            return new IOException(job.name() + " failed at " + job.label(block) + ": " + Failures.words(e), e);
        }
    }
}
