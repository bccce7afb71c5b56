package org.neuropil.server;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.neuropil.pipeline.Failures;
import org.neuropil.pipeline.Progress;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is computed for an answer, and takes processors for seconds: a few at a time, each for a limited time, then it is
/// interrupted. Another one starts only when one has really ended.
final class Computations implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Computations.class);
    /// At a time.
    static final int MOST = 2;
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final Optional<Duration> longest;
    private final Duration wait;
    private final Semaphore free = new Semaphore(MOST);
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /// @param longest how long may be computed for an answer
    Computations(Optional<Duration> longest) {
        this(longest, WAIT);
    }

    /// @param wait how long who comes too many may wait, and how long is waited for each at the end
    Computations(Optional<Duration> longest, Duration wait) {
        this.longest = longest;
        this.wait = wait;
    }

    /// Threads for each, so that all of them together have the processors.
    static int threads() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / MOST);
    }

    /// Says nothing, and ends the work of a thread for which nobody waits any more.
    static final Progress PROGRESS = (name, total, done) -> new Progress.Task() {
        @Override
        public void step() {
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted");
            }
        }

        @Override
        public void fail() {}

        @Override
        public void close() {}
    };

    /// Computes an answer.
    ///
    /// @param work sees an interrupt when the time is over, or the server is closed
    /// @throws Problem 413 if it takes more memory than there is, 503 if too much is computed already, 504 if it takes too
    /// long
    Answer run(Callable<Answer> work) throws IOException {
        CompletableFuture<Answer> made = new CompletableFuture<>();
        try {
            if (closed) {
                throw stopped();
            }
            if (!free.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Problem(503, MOST + " answers are being computed, and no more are at a time", "",
                        "try again in a moment");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped();
        }
        Thread thread = Thread.ofPlatform().name("compute").daemon().unstarted(() -> work(work, made));
        threads.add(thread);
        thread.start();
        try {
            return longest.isPresent()
                    ? made.get(longest.get().toMillis(), TimeUnit.MILLISECONDS)
                    : made.get();
        } catch (TimeoutException e) {
            throw given(made, thread, new Problem(504, "this takes longer to compute than "
                    + longest.orElseThrow().toSeconds() + " s", "", "ask for less at a time, or use the command line"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw given(made, thread, stopped());
        } catch (ExecutionException e) {
            throw unwrapped(e);
        }
    }

    /// Gives it up. What it has made meanwhile, or makes later, is let go of.
    private static Problem given(CompletableFuture<Answer> made, Thread thread, Problem problem) {
        if (made.completeExceptionally(problem)) {
            thread.interrupt();
        } else if (made.state() == Future.State.SUCCESS) {
            discard(made.resultNow());
        }
        return problem;
    }

    private void work(Callable<Answer> work, CompletableFuture<Answer> made) {
        try {
            Answer answer = work.call();
            if (!made.complete(answer)) {
                discard(answer);
            }
        } catch (OutOfMemoryError e) {
            LOG.warn("an answer took more memory than there is: {}", e.toString());
            made.completeExceptionally(new Problem(413, "this takes more memory than the server has", "",
                    "ask for less at a time, or start the server with more: --memory"));
        } catch (Throwable e) { // whoever waits is told, whatever it is
            if (!made.completeExceptionally(e)) {
                LOG.debug("given up: {}", e.toString());
            }
        } finally {
            threads.remove(Thread.currentThread());
            free.release();
        }
    }

    private static void discard(Answer answer) {
        if (answer instanceof Answer.Stream stream) {
            try {
                stream.writer().close();
            } catch (IOException e) {
                LOG.warn("rows of an answer that nobody waits for could not be removed: {}", Failures.words(e));
            }
        }
    }

    private static Problem stopped() {
        return new Problem(503, "the server is being stopped", "", "");
    }

    private static IOException unwrapped(ExecutionException e) {
        return switch (e.getCause()) {
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            case IOException checked -> checked;
            case null, default -> new IOException(e);
        };
    }

    /// Interrupts what is computed, and waits a while until it has removed its files.
    @Override
    public void close() {
        closed = true;
        List<Thread> left = List.copyOf(threads);
        left.forEach(Thread::interrupt);
        try {
            for (Thread thread : left) {
                thread.join(wait);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
