package org.neuropil.graph.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class TurnTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @Test
    void pausesOutlastALock() {
        Turn turn = new Turn(Clock.fixed(NOON, ZoneOffset.UTC));
        List<Duration> pauses = new ArrayList<>();
        while (turn.lasts()) {
            pauses.add(Duration.ofNanos(turn.next().nanos()));
        }
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(Duration.ofMillis(RootLocks.HELD_MILLIS + 1000), Duration.ofSeconds(30));
        assertThat(pauses).isSorted().first().isEqualTo(Duration.ofMillis(1));
        assertThat(pauses.getLast()).isEqualTo(Duration.ofMillis(250));
        assertThat(pauses).as("few looks at the lock").hasSizeLessThan(150);
    }

    @Test
    void timeThatPassesBetweenPausesCounts() {
        Instant[] now = {NOON};
        Turn turn = new Turn(new Clock() {
            @Override
            public Instant instant() {
                return now[0];
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        });
        now[0] = NOON.plusMillis(RootLocks.HELD_MILLIS + 1000);
        assertThat(turn.lasts()).isTrue();
        now[0] = NOON.plusMillis(2 * RootLocks.HELD_MILLIS);
        assertThat(turn.lasts()).isFalse();
    }

    @Test
    void whoWasOvertakenPausesShortly() {
        Turn turn = new Turn(Clock.fixed(NOON, ZoneOffset.UTC));
        for (int n = 0; n < 20; n++) {
            turn.next();
        }
        assertThat(turn.next().isLong()).isTrue();
        turn.overtaken();
        assertThat(turn.next()).isEqualTo(new Turn.Pause(1_000_000, false));
    }

    @Test
    void aThreadThatIsToEndDoesNotWait() {
        Turn turn = new Turn(Clock.fixed(NOON, ZoneOffset.UTC));
        Thread.currentThread().interrupt();
        try {
            assertThat(turn.lasts()).isFalse();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
