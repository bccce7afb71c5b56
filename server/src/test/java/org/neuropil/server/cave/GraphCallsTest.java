package org.neuropil.server.cave;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.OriginGuard;
import org.neuropil.server.http.Payload;
import org.neuropil.server.http.Route;

class GraphCallsTest {
    private static final Call CALL = new Call("GET", Map.of("table", TrafficWorld.NAME), Map.of(), "http://localhost",
            false, _ -> Optional.empty(), Payload.none());

    private final List<String> askers = new CopyOnWriteArrayList<>();

    /// The limit is for a server that does hold them up: then nothing would ever end.
    @Test
    @Timeout(60)
    void whatTakesLongToMakeHoldsUpNeitherWhoLooksNorWhoEdits(@TempDir Path folder) throws Exception {
        Semaphore begun = new Semaphore(0);
        Semaphore free = new Semaphore(0);
        try (TrafficWorld world = new TrafficWorld(folder);
                GraphCalls calls = new GraphCalls(world, new OriginGuard(List.of(), OriginGuard.ANONYMOUS));
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers = new ArrayList<>();
            try {
                Route.Endpoint slow = calls.make((call, table) -> {
                    begun.release();
                    free.acquireUninterruptibly();
                    return text(table.name());
                });
                for (int i = 0; i < GraphCalls.threads(); i++) {
                    answers.add(clients.submit(() -> slow.answer(CALL)));
                }
                begun.acquire(GraphCalls.threads());
                assertThat(calls.read((call, table) -> text(table.name())).answer(CALL)).isNotNull();
                assertThat(calls.edit((call, table, user) -> text(user)).answer(CALL)).isNotNull();
            } finally {
                free.release(GraphCalls.threads());
            }
            for (Future<Answer> answer : answers) {
                assertThat(answer.get()).isNotNull();
            }
        }
    }

    /// The names of users are in the logs of graphs, and these are read by threads that are there for it.
    @Test
    void whoAsksForNamesStandsInLineWithWhoReads(@TempDir Path folder) throws Exception {
        try (TrafficWorld world = new TrafficWorld(folder);
                GraphCalls calls = new GraphCalls(new GraphTables() {
                    @Override
                    public List<String> names() {
                        return world.names();
                    }

                    @Override
                    public Optional<GraphTable> find(String name) {
                        askers.add(Thread.currentThread().getName());
                        return world.find(name);
                    }
                }, new OriginGuard(List.of(), OriginGuard.ANONYMOUS))) {
            AuthEndpoints auth = new AuthEndpoints(calls);
            assertThat(auth.users(CALL)).isNotNull();
            assertThat(auth.names(CALL)).isNotNull();
        }
        assertThat(askers).isNotEmpty().allMatch(name -> name.startsWith("graph-read"));
    }

    private static Answer text(String text) {
        return new Answer.Result("text/plain", text.getBytes(StandardCharsets.UTF_8));
    }
}
