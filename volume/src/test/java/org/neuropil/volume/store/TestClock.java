package org.neuropil.volume.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A clock that moves only when somebody waits, and then at once.
final class TestClock implements Attempts.Clock {
    private static final long serialVersionUID = 1;

    final transient List<Duration> waits = new ArrayList<>();
    private long now;

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized void sleep(Duration time) {
        waits.add(time);
        now += time.toNanos();
    }

    private Object readResolve() {
        return new TestClock();
    }

    /// Three attempts without waiting.
    static Attempts impatient() {
        return new Attempts(3, Duration.ofMinutes(3), new TestClock());
    }
}
