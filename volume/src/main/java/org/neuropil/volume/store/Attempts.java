package org.neuropil.volume.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serializable;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import javax.net.ssl.SSLPeerUnverifiedException;

/// How often a request is tried: servers are busy now and then, and connections break. Requests of stores can be repeated,
/// for they read, or put the same bytes in the same place.
///
/// @param most attempts in all, at least 1
/// @param within no attempt begins later than this after the first
/// @param clock how to wait between them
record Attempts(int most, Duration within, Clock clock) implements Serializable {
    /// Six attempts over a quarter of a minute, a little more or less by chance so that many clients do not come back at
    /// the same moment; longer where the server asks for it, up to three minutes.
    static final Attempts USUAL = new Attempts(6, Duration.ofMinutes(3), SystemClock.SYSTEM);
    private static final Duration FIRST = Duration.ofMillis(250);

    Attempts {
        if (most < 1) {
            throw new IllegalArgumentException(most + " attempts");
        }
    }

    /// Measures time and waits.
    interface Clock extends Serializable {
        /// As [System#nanoTime()].
        long nanoTime();

        /// Waits so long.
        void sleep(Duration time) throws InterruptedException;
    }

    private enum SystemClock implements Clock {
        SYSTEM;

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
            Thread.sleep(time);
        }
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

        private final int status;

        /// @param status of the answer; 0 if there was none
        RefusedException(String message, int status) {
            super(message);
            this.status = status;
        }

        RefusedException(String message, Throwable cause) {
            super(message, cause);
            status = 0;
        }

        int status() {
            return status;
        }
    }

    /// A server asks for patience.
    static final class BusyException extends IOException {
        private static final long serialVersionUID = 1;

        private final Duration wait;

        /// @param retryAfter the answer's field of this name: seconds, or a date
        BusyException(String message, Optional<String> retryAfter) {
            super(message);
            wait = retryAfter.map(text -> parse(text.strip())).orElse(Duration.ZERO);
        }

        private static Duration parse(String text) {
            try {
                if (text.matches("\\d{1,8}")) {
                    return Duration.ofSeconds(Integer.parseInt(text));
                }
                Duration until = Duration.between(Instant.now(),
                        ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
                return until.isNegative() ? Duration.ZERO : until;
            } catch (DateTimeParseException | ArithmeticException e) {
                return Duration.ZERO;
            }
        }
    }

    /// True for answers that may be another a little later: timeouts, too many requests, errors of the server.
    static boolean isBusy(int status) {
        return status == 408 || status == 425 || status == 429
                || status / 100 == 5 && status != 501 && status != 505;
    }

    /// True for failures to reach a server that stay as they are: its certificate is not to be trusted.
    static boolean isFinal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof CertPathBuilderException
                    || cause instanceof SSLPeerUnverifiedException) {
                return true;
            }
        }
        return false;
    }

    /// Sends a request until it is answered.
    ///
    /// @throws IOException the last failure, if it failed every time; at once if it was refused
    <T> T run(Request<T> request) throws IOException {
        long start = clock.nanoTime();
        try {
            for (int attempt = 1;; attempt++) {
                try {
                    return request.send();
                } catch (RefusedException | InterruptedIOException e) {
                    if (e instanceof RefusedException || Thread.currentThread().isInterrupted()) {
                        throw e;
                    }
                    waitAfter(e, attempt, start);
                } catch (IOException e) {
                    waitAfter(e, attempt, start);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    private void waitAfter(IOException e, int attempt, long start) throws IOException, InterruptedException {
        Duration wait = wait(e, attempt);
        boolean late = clock.nanoTime() - start + wait.toNanos() > within.toNanos();
        if (attempt < most && !late) {
            clock.sleep(wait);
            return;
        }
        if (attempt == 1 && !late) {
            throw e;
        }
        throw new IOException(e.getMessage() + " (" + attempt + (attempt == 1 ? " attempt" : " attempts")
                + (late && attempt < most ? ", the next would be in " + wait.toSeconds() + " s)" : ")"), e);
    }

    private static Duration wait(IOException e, int attempt) {
        Duration usual = FIRST.multipliedBy(1L << Math.min(attempt - 1, 10));
        Duration asked = e instanceof BusyException busy ? busy.wait : Duration.ZERO;
        Duration least = asked.compareTo(usual) > 0 ? asked : usual;
        return least.plusMillis(ThreadLocalRandom.current().nextLong(usual.toMillis() / 2 + 1));
    }
}
