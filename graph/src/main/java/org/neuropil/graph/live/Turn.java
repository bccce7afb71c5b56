package org.neuropil.graph.live;

import java.time.Clock;
import java.time.Duration;

/// How long an edit that lost against others waits for its turn: a little longer than a lock lasts, so that it outlives
/// one of a process that died. Pauses begin short, for a living process has a lock for some milliseconds, and each is
/// twice as long as the one before.
final class Turn {
    private static final long PATIENCE_MILLIS = RootLocks.HELD_MILLIS + 5_000;
    private static final Duration FIRST = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofMillis(250);

    private final Clock clock;
    private final long begun;
    private Duration pause = FIRST;
    private Duration waited = Duration.ZERO;

    /// Begins now.
    Turn(Clock clock) {
        this.clock = clock;
        this.begun = clock.millis();
    }

    /// A time to wait.
    ///
    /// @param isLong true if others should not wait behind
    record Pause(long nanos, boolean isLong) {}

    /// False when it has taken too long, or the thread is to end. Pauses count by themselves, too, as a clock can be put
    /// back.
    boolean lasts() {
        return clock.millis() - begun <= PATIENCE_MILLIS && waited.toMillis() <= PATIENCE_MILLIS
                && !Thread.currentThread().isInterrupted();
    }

    /// The pause to make now.
    Pause next() {
        Pause now = new Pause(pause.toNanos(), pause.compareTo(LONG) >= 0);
        waited = waited.plus(pause);
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
        return now;
    }

    /// Another edit was quicker: things move, so pauses begin short again.
    void overtaken() {
        pause = FIRST;
    }
}
