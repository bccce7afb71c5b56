package org.neuropil.tables.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.sql.Sql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

class PostgresStoreTest extends AnnotationStoreContract {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static EmbeddedPostgres server;
    private String schema = "";

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void choose() {
        schema = "dataset" + COUNT.incrementAndGet();
    }

    @Override
    AnnotationStore open(Clock with, Existing existing) throws IOException {
        return PostgresStore.open(address(), with, existing);
    }

    @Override
    String address() {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/postgres?user=postgres&password=s3cret-word"
                + "&currentSchema=" + schema;
    }

    @Test
    void passwordsAreNotTold() {
        for (String address : List.of(address().replace("postgres?user=postgres", "nothing?user=nobody"),
                address().replace(":" + server.getPort(), ":1"), address().replace(":" + server.getPort(), ":x"),
                address().replace("postgresql", "mysql"))) {
            assertThatThrownBy(() -> PostgresStore.open(address, clock)).isInstanceOfSatisfying(InputException.class,
                    e -> {
                        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                            assertThat(cause.toString()).doesNotContain("s3cret");
                        }
                        assertThat(e.sentence()).doesNotContain("s3cret").doesNotContain("\n");
                    });
        }
    }

    /// Processes differ from stores of one process by nothing that these share.
    @Test
    void severalServersShareTablesAndTime() throws Exception {
        int servers = 3;
        int rounds = 15;
        try (ExecutorService threads = Executors.newFixedThreadPool(servers)) {
            List<Future<Integer>> done = new ArrayList<>();
            for (int one = 0; one < servers; one++) {
                // Their clocks differ.
                Clock own = Clock.offset(Clock.systemUTC(), Duration.ofMillis(20L * one));
                done.add(threads.submit(() -> {
                    int made = 0;
                    try (AnnotationStore store = open(own, Existing.NONE)) {
                        try {
                            store.create(Samples.cells("cells"), Samples.CELL);
                            made++;
                        } catch (InputException e) {
                            assertThat(e).hasMessageContaining("is a table");
                        }
                        for (int round = 0; round < rounds; round++) {
                            Instant head = store.head();
                            Rows before = store.changes("cells", Instant.MIN, head);
                            long[] ids = store.insert("cells", Samples.cells(1, 2));
                            Rows own1 = store.rows("cells", ids);
                            assertThat(Sql.instant(own1.longs("created")[0])).isAfter(head);
                            assertThat(store.changes("cells", Instant.MIN, head).longs("id"))
                                    .isEqualTo(before.longs("id"));
                            store.delete("cells", new long[]{ids[0]});
                        }
                    }
                    return made;
                }));
            }
            int made = 0;
            for (Future<Integer> one : done) {
                made += one.get();
            }
            assertThat(made).isEqualTo(1);
        }
        try (AnnotationStore store = open(clock, Existing.NONE)) {
            int all = servers * rounds * 2;
            assertThat(store.count("cells")).isEqualTo(new AnnotationStore.Count(all, all / 2));
            assertThat(store.changes("cells", Instant.MIN, Instant.MAX).longs("id")).hasSize(all)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void schemasHoldTablesOfTheirOwn() throws IOException {
        try (AnnotationStore store = open(clock, Existing.NONE)) {
            store.create(Samples.cells("cells"), Samples.CELL);
        }
        for (String wrong : List.of("Other", "a b", "a,b", "%22a%22", "a;%20DROP%20SCHEMA%20public")) {
            schema = wrong;
            refused(() -> open(clock, Existing.NONE), "cannot be the name of a schema");
        }
        schema = "another";
        try (AnnotationStore store = open(clock, Existing.NONE)) {
            assertThat(store.tables()).isEmpty();
        }
    }
}
