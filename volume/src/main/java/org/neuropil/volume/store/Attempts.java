package org.neuropil.volume.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// How often a request is tried: servers are busy now and then, and connections break. Requests of stores can be repeated,
/// for they read, or put the same bytes in the same place.
///
/// @param most attempts in all, at least 1
/// @param pause how to wait between them
record Attempts(int most, Pause pause) implements Serializable {
    /// Six attempts over a quarter of a minute, a little more or less by chance so that many clients do not come back at
    /// the same moment.
    static final Attempts USUAL = new Attempts(6, time -> Thread.sleep(time));
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    Attempts {
        if (most < 1) {
            throw new IllegalArgumentException(most + " attempts");
        }
    }

    /// Waits.
    @FunctionalInterface
    interface Pause extends Serializable {
        /// Waits so long.
        void sleep(Duration time) throws InterruptedException;
    }

    /// A request and its answer.
    @FunctionalInterface
    interface Request<T> {
        /// Sends it once.
        ///
        /// @throws RefusedException if another attempt would fare no better
        T send() throws IOException, InterruptedException;
    }

    /// What a server says that will not change by asking again.
    static class RefusedException extends IOException {
        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }

    /// A server asks for patience.
    static final class BusyException extends IOException {
        private static final long serialVersionUID = 1;

        private final transient Optional<Duration> wait;

        /// @param wait as long as the server asks for
        BusyException(String message, Optional<Duration> wait) {
            super(message);
            this.wait = wait;
        }
    }

    /// Sends a request until it is answered.
    ///
    /// @throws IOException the last failure, if it failed every time; at once if it was refused
    <T> T run(Request<T> request) throws IOException {
        for (int attempt = 1;; attempt++) {
            try {
                try {
                    return request.send();
                } catch (RefusedException e) {
                    throw e;
                } catch (IOException e) {
                    if (attempt == most) {
                        throw attempt == 1
                                ? e
                                : new IOException(e.getMessage() + " (" + attempt + " attempts)", e);
                    }
                    pause.sleep(wait(e, attempt));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                InterruptedIOException interrupted = new InterruptedIOException("interrupted");
                interrupted.initCause(e);
                throw interrupted;
            }
        }
    }

    private static Duration wait(IOException e, int attempt) {
        Duration wait = FIRST.multipliedBy(1L << Math.min(attempt - 1, 20));
        Duration asked = e instanceof BusyException busy ? busy.wait.orElse(wait) : wait;
        Duration longer = asked.compareTo(wait) > 0 ? asked : wait;
        Duration least = longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
        return least.plusMillis(ThreadLocalRandom.current().nextLong(least.toMillis() / 2 + 1));
    }
}
