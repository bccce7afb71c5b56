package org.neuropil.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/// Works on blocks with threads of this process.
///
/// @param parallelism number of threads
public record ThreadRunner(int parallelism) implements Runner {
    /// Its name.
    public static final String NAME = "threads";

    /// @throws IllegalArgumentException if there is no thread
    public ThreadRunner {
        if (parallelism < 1) {
            throw new IllegalArgumentException(parallelism + " threads");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean losesWorkers() {
        return false;
    }

    @Override
    public void close() {
        // Its threads end with each job.
    }

    /// {@inheritDoc}
    ///
    /// When the calling thread is interrupted, no further block is begun; those under way are finished and told of.
    @Override
    public void run(BlockJob job, PrimitiveIterator.OfInt blocks, Retry retry, Listener listener)
            throws RunStoppedException {
        AtomicBoolean goOn = new AtomicBoolean(true);
        boolean interrupted = false;
        try (ExecutorService pool = Executors.newFixedThreadPool(parallelism,
                Thread.ofPlatform().name(job.name() + "-", 0).daemon().factory())) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < parallelism; i++) {
                workers.add(pool.submit(() -> work(job, blocks, retry, listener, goOn)));
            }
            for (Future<?> worker : workers) {
                interrupted |= await(worker, goOn);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
            throw new RunStoppedException("'" + job.name() + "' was interrupted");
        }
    }

    private static void work(BlockJob job, PrimitiveIterator.OfInt blocks, Retry retry, Listener listener,
            AtomicBoolean goOn) {
        try {
            while (true) {
                int block;
                synchronized (blocks) {
                    if (!goOn.get() || !blocks.hasNext()) {
                        return;
                    }
                    block = blocks.nextInt();
                }
                if (!listener.ended(retry.run(job, block))) {
                    goOn.set(false);
                }
            }
        } catch (InterruptedException e) {
            // Only a job that interrupts its own thread gets here.
            throw new IllegalStateException("a thread of '" + job.name() + "' was interrupted by its own work", e);
        } catch (RuntimeException | Error e) {
            goOn.set(false);
            throw e;
        }
    }

    /// @return true if this thread was interrupted while it waited
    private static boolean await(Future<?> worker, AtomicBoolean goOn) {
        boolean interrupted = false;
        while (true) {
            try {
                worker.get();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
                goOn.set(false);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
    }
}
