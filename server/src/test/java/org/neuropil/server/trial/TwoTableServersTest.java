package org.neuropil.server.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.server.DatasetServer;
import org.neuropil.server.ServerOptions;
import org.neuropil.server.StaticSite;

/// Two servers of one dataset whose rows are in one PostgreSQL: each sees with its next query what the other acknowledged,
/// and ids are unique. Servers of one process share nothing but what those of two would.
///
/// System property: `neuropil.servers.rounds`, how often each client changes something while all do.
class TwoTableServersTest {
    private static final int ROUNDS = 5;
    private static final int CLIENTS = 3;

    @TempDir
    private Path temp;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<AutoCloseable> open = new ArrayList<>();
    @SuppressWarnings("NullAway.Init") // set before each test
    private TableClient first;
    @SuppressWarnings("NullAway.Init") // set before each test
    private TableClient second;

    @BeforeEach
    void start() throws IOException {
        Path dataset = temp.resolve("dataset");
        TrialDataset.write(dataset);
        TrialPostgres postgres = new TrialPostgres(temp.resolve("postgres"));
        open.add(postgres);
        ServerOptions options = new ServerOptions(ServerOptions.LOOPBACK, 0, "anonymous", List.of(), Optional.empty(),
                postgres.address("shared"));
        for (int i = 0; i < 2; i++) {
            DatasetServer server = DatasetServer.start(dataset, options, StaticSite.none());
            open.add(server);
            TableClient client = new TableClient(server.uri(), http);
            first = i == 0 ? client : first;
            second = client;
        }
    }

    @AfterEach
    void stop() throws Exception {
        http.shutdownNow();
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private static List<String> names(List<TableClient.Tag> rows) {
        return rows.stream().map(TableClient.Tag::tag).toList();
    }

    @Test
    void whatOneServerAcknowledgedTheOtherSees() throws Exception {
        first.create("tags");
        assertThat(second.tables()).containsExactly("tags");
        assertThat(second.rows("tags")).isEmpty();
        long[] ids = first.insert("tags", List.of("a-0", "a-1", "a-2"));
        assertThat(names(second.rows("tags"))).containsExactly("a-0", "a-1", "a-2");
        assertThat(second.rows("tags").get(2).cell()).isEqualTo(TrialDataset.cell(TableClient.x(2)));
        long[] fresh = second.update("tags", new long[]{ids[1]}, List.of("b-0"));
        assertThat(names(first.rows("tags"))).containsExactly("a-0", "a-2", "b-0");
        assertThat(first.replacedBy("tags", ids[1])).isEqualTo(fresh[0]);
        assertThatThrownBy(() -> first.delete("tags", new long[]{ids[1]})).isInstanceOfSatisfying(
                TableClient.Refused.class, refused -> assertThat(refused.status()).isEqualTo(409));
        second.delete("tags", new long[]{ids[0]});
        assertThat(names(first.rows("tags"))).containsExactly("a-2", "b-0");
        assertThat(first.count("tags")).isEqualTo(4);
        second.create("others");
        assertThat(first.insert("others", List.of("c-0"))).hasSize(1);
        second.drop("tags");
        assertThat(first.tables()).containsExactly("others");
        assertThatThrownBy(() -> first.insert("tags", List.of("d-0"))).isInstanceOfSatisfying(
                TableClient.Refused.class, refused -> assertThat(refused.status()).isEqualTo(404));
        assertThatThrownBy(() -> first.rows("tags")).isInstanceOf(TableClient.Refused.class);
        assertThatThrownBy(() -> first.create("tags")).isInstanceOf(TableClient.Refused.class)
                .hasMessageContaining("tags");
        assertThat(names(second.rows("others"))).containsExactly("c-0");
    }

    @Test
    void clientsOfBothServersChangeATableAtOnce() throws Exception {
        long begun = System.nanoTime();
        int rounds = Integer.getInteger("neuropil.servers.rounds", ROUNDS);
        first.create("tags");
        Told told = new Told();
        List<Future<Integer>> done = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2 * CLIENTS)) {
            for (int i = 0; i < 2 * CLIENTS; i++) {
                TableClient mine = i % 2 == 0 ? first : second;
                TableClient other = i % 2 == 0 ? second : first;
                long from = (i + 1) * 1_000_000_000L;
                done.add(threads.submit((Callable<Integer>) () -> change(told, mine, other, from, rounds)));
            }
        }
        int queries = 0;
        for (Future<Integer> one : done) {
            queries += one.get();
        }
        Map<Long, TableClient.Tag> seen = told.check(first, "tags", new Random(1));
        assertThat(told.check(second, "tags", new Random(2))).isEqualTo(seen);
        assertThat(told.unknown()).isZero();
        Figures.tell("tables.servers.changes", told.acknowledged(), "times");
        Figures.tell("tables.servers.queries", queries, "times");
        Figures.tell("tables.servers.seconds", (System.nanoTime() - begun) / 1e9, "s");
    }

    /// Changes rows at one server and asks the other at once.
    private static int change(Told told, TableClient mine, TableClient other, long from, int rounds)
            throws IOException {
        Random random = new Random(from);
        int queries = 0;
        for (long batch = from; batch < from + 2L * rounds; batch += 2) {
            List<String> tags = Told.tags(batch, 2 + 2 * random.nextInt(5));
            told.asked(batch, tags.size());
            long[] ids = mine.insert("tags", tags);
            told.inserted(batch, ids);
            assertThat(names(other.rows("tags", ids))).isEqualTo(tags);
            queries++;
            // The other one changes what this one has just taken.
            if (random.nextBoolean()) {
                told.askedGone(batch);
                other.delete("tags", ids);
                told.deleted(batch);
                assertThat(mine.rows("tags", ids)).isEmpty();
            } else {
                List<String> half = Told.tags(batch + 1, tags.size() / 2);
                told.askedHalf(batch);
                long[] fresh = other.update("tags", Arrays.copyOf(ids, half.size()), half);
                told.halved(batch, fresh);
                assertThat(names(mine.rows("tags", fresh))).isEqualTo(half);
                assertThat(mine.rows("tags", ids)).hasSize(tags.size() - half.size());
            }
            queries++;
        }
        return queries;
    }
}
