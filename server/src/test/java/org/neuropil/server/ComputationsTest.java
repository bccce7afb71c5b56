package org.neuropil.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Problem;
import org.neuropil.space.InputException;

class ComputationsTest {
    private static final Answer DONE = new Answer.Result("text/plain", new byte[0]);

    private static int status(Throwable problem) {
        return problem instanceof Problem known ? known.status() : 0;
    }

    @Test
    void noMoreThanSomeAreComputedAtATime() throws Exception {
        CountDownLatch begun = new CountDownLatch(Computations.MOST);
        CountDownLatch go = new CountDownLatch(1);
        try (Computations computations = new Computations(Optional.empty(), Duration.ZERO);
                ExecutorService callers = Executors.newCachedThreadPool()) {
            List<Future<Answer>> running = List.of(1, 2).stream().map(_ -> callers.submit(() -> computations.run(() -> {
                begun.countDown();
                go.await();
                return DONE;
            }))).toList();
            begun.await();
            assertThatThrownBy(() -> computations.run(() -> DONE)).satisfies(e -> assertThat(status(e)).isEqualTo(503))
                    .hasMessageContaining("no more are at a time");
            go.countDown();
            for (Future<Answer> one : running) {
                assertThat(one.get()).isSameAs(DONE);
            }
        }
    }

    /// The work is interrupted, and what it makes nevertheless is closed.
    @Test
    void whatTakesTooLongIsGivenUp() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Answer.Writer writer = new Answer.Writer() {
            @Override
            public void write(OutputStream out) {
                // Nobody reads it.
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
        try (Computations computations = new Computations(Optional.of(Duration.ofMillis(1)))) {
            assertThatThrownBy(() -> computations.run(() -> {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    return new Answer.Stream(200, "text/plain", Map.of(), writer);
                }
                return DONE;
            })).satisfies(e -> assertThat(status(e)).isEqualTo(504));
            closed.await();
        }
    }

    @Test
    void whatFailsIsTold() throws Exception {
        try (Computations computations = new Computations(Optional.empty())) {
            assertThatThrownBy(() -> computations.run(() -> {
                throw new InputException("is wrong", "there", "");
            })).isInstanceOf(InputException.class);
            assertThatThrownBy(() -> computations.run(() -> {
                throw new IOException("the disk is gone");
            })).isInstanceOf(IOException.class).hasMessage("the disk is gone");
            assertThat(computations.run(() -> DONE)).isSameAs(DONE);
        }
    }

    @Test
    void metricsThatTakeTooLongAreGivenUp(@TempDir Path temp) throws Exception {
        ServerOptions options = new ServerOptions("127.0.0.1", 0, "anonymous", List.of(), Optional.empty(), "",
                Optional.empty(), Optional.of(Duration.ofMillis(20)));
        try (SessionsServer server = new SessionsServer(temp.resolve("dataset"), options)) {
            assertThat(server.json(504, SessionsServer.PATH + "/metrics?samples=100").get("error").asString())
                    .contains("longer to compute");
            server.json(200, SessionsServer.PATH);
        }
    }
}
