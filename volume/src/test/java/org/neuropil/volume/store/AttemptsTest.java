package org.neuropil.volume.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

import javax.net.ssl.SSLHandshakeException;

import org.junit.jupiter.api.Test;
import org.neuropil.volume.store.Attempts.BusyException;
import org.neuropil.volume.store.Attempts.RefusedException;

class AttemptsTest {
    private final TestClock clock = new TestClock();
    private int sent;

    private String fail(int times, IOException failure) throws IOException {
        if (sent++ < times) {
            throw failure;
        }
        return "answer";
    }

    @Test
    void waitsLongerEachTime() throws IOException {
        Attempts attempts = new Attempts(6, Duration.ofMinutes(3), clock);
        assertThat(attempts.run(() -> fail(5, new IOException("cut")))).isEqualTo("answer");
        long usual = 250;
        for (Duration wait : clock.waits) {
            assertThat(wait.toMillis()).isBetween(usual, usual * 3 / 2);
            usual *= 2;
        }
        assertThat(clock.waits).hasSize(5);
    }

    @Test
    void givesUpAfterTheLastAttempt() {
        Attempts attempts = new Attempts(6, Duration.ofMinutes(3), clock);
        assertThatThrownBy(() -> attempts.run(() -> fail(99, new IOException("cut")))).isInstanceOf(IOException.class)
                .hasMessage("cut (6 attempts)");
        assertThat(sent).isEqualTo(6);
    }

    @Test
    void refusalsAreFinal() {
        Attempts attempts = new Attempts(6, Duration.ofMinutes(3), clock);
        assertThatThrownBy(() -> attempts.run(() -> fail(99, new RefusedException("no", 400)))).hasMessage("no");
        assertThat(sent).isEqualTo(1);
        assertThat(Attempts.isFinal(new SSLHandshakeException("x").initCause(new CertificateException("y")))).isTrue();
        assertThat(Attempts.isFinal(new SSLHandshakeException("x"))).isFalse();
    }

    @Test
    void waitsAsLongAsTheServerAsksForButNotBeyondTheTimeThereIs() throws IOException {
        Attempts attempts = new Attempts(6, Duration.ofMinutes(3), clock);
        attempts.run(() -> fail(1, new BusyException("busy", Optional.of("70"))));
        assertThat(clock.waits).hasSize(1).first().satisfies(
                wait -> assertThat(wait).isBetween(Duration.ofSeconds(70), Duration.ofMillis(70_125)));
        sent = 0;
        assertThatThrownBy(() -> attempts.run(() -> fail(99, new BusyException("busy", Optional.of("70")))))
                .hasMessageStartingWith("busy (3 attempts, the next would be in 70 s");
        assertThat(sent).isEqualTo(3);
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).plusDays(9));
        assertThatThrownBy(() -> attempts.run(() -> fail(99, new BusyException("busy", Optional.of(date)))))
                .hasMessageContaining("1 attempt");
    }

    @Test
    void oddWishesOfServersAreIgnored() throws IOException {
        Attempts attempts = new Attempts(6, Duration.ofMinutes(3), clock);
        for (String wish : new String[]{"", "soon", "-5", "99999999999999999999", "Mon, 01 Jan 1990 00:00:00 GMT"}) {
            sent = 0;
            attempts.run(() -> fail(1, new BusyException("busy", Optional.of(wish))));
        }
        assertThat(clock.waits).hasSize(5).allSatisfy(wait -> assertThat(wait).isLessThan(Duration.ofSeconds(1)));
    }

    @Test
    void whoIsInterruptedStopsAndStaysSo() {
        Attempts attempts = new Attempts(6, Duration.ofMinutes(3), clock);
        assertThatThrownBy(() -> attempts.run(() -> {
            sent++;
            throw new InterruptedException();
        })).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(sent).isEqualTo(1);
    }

    @Test
    void tellsBusyFromRefused() {
        for (int status : new int[]{408, 425, 429, 500, 502, 503, 504, 507, 599}) {
            assertThat(Attempts.isBusy(status)).as("%d", status).isTrue();
        }
        for (int status : new int[]{200, 301, 400, 401, 403, 404, 409, 412, 416, 501, 505}) {
            assertThat(Attempts.isBusy(status)).as("%d", status).isFalse();
        }
    }
}
