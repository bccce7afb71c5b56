package org.neuropil.server.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Servers, and the database that they keep rows in, are killed (SIGKILL) at random moments while clients change a table:
/// no acknowledged insert, update or deletion is missing, no half batch is there, no id is given twice, and versions and
/// the next queries have just that.
///
/// System properties: `neuropil.crash.kills` (without it there is nothing to do), `neuropil.crash.seed`.
@EnabledIfSystemProperty(named = "neuropil.crash.kills", matches = "[1-9][0-9]*")
class TablesCrashTest {
    private static final String TABLE = "tags";
    private static final int CLIENTS = 4;
    private static final int MOST_CHANGES = 120;
    private static final int MOST_NANOS = 40_000_000;
    private static final long ROOM = 1_000_000_000L;

    private final int kills = Integer.getInteger("neuropil.crash.kills", 1);
    private final Random random = new Random(Long.getLong("neuropil.crash.seed", 1));
    private final Told told = new Told();
    private final Map<String, Long> figures = new TreeMap<>();
    @TempDir
    private Path temp;

    private void count(String figure) {
        figures.merge(figure, 1L, Long::sum);
    }

    private static void spin(long nanos) {
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    /// What kills, in the middle of what clients do.
    private interface Blow {
        void strike() throws IOException;
    }

    private void changeUntil(ServerProcess server, int kill, boolean refused, Blow blow)
            throws IOException, InterruptedException {
        try (Clients clients = new Clients(told, List.of(server.uri()), TABLE, CLIENTS, (kill + 1) * ROOM)) {
            told.await(told.acknowledged() + random.nextInt(MOST_CHANGES), clients::ended);
            spin(random.nextInt(MOST_NANOS));
            assertThat(clients.ended()).as("nobody is stopped before the kill").isFalse();
            blow.strike();
            clients.stop();
            TableClient.Refused refusal = clients.join();
            if (!refused) {
                assertThat(refusal).as("what was answered before the kill").isNull();
            }
        }
    }

    /// Whether all is there, now and in a version.
    private void check(ServerProcess server, int version) throws IOException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            TableClient client = new TableClient(server.uri(), http);
            Map<Long, TableClient.Tag> standing = told.check(client, TABLE, random);
            Map<Long, TableClient.Tag> kept = new TreeMap<>();
            client.rows(TABLE, version).forEach(row -> kept.put(row.id(), row));
            assertThat(kept).isEqualTo(standing);
        }
    }

    private void make(ServerProcess server) throws IOException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            new TableClient(server.uri(), http).create(TABLE);
        }
    }

    private void tell(String name, long begun) {
        figures.put("acknowledged", told.acknowledged());
        figures.put("unacknowledged", told.unknown());
        figures.put("unacknowledged_kept", told.kept());
        assertThat(told.acknowledged()).isPositive();
        figures.forEach((figure, count) -> Figures.tell("tables.crash." + name + "." + figure, count, "times"));
        Figures.tell("tables.crash." + name + ".seconds", (System.nanoTime() - begun) / 1e9, "s");
    }

    @Test
    void whatAServerAcknowledgedIsThereAfterItWasKilled() throws Exception {
        long begun = System.nanoTime();
        Path dataset = temp.resolve("dataset");
        TrialDataset.write(dataset);
        ServerProcess server = new ServerProcess(temp.resolve("first"), dataset, "");
        try {
            make(server);
            for (int kill = 0; kill < kills; kill++) {
                changeUntil(server, kill, false, server::kill);
                server.close();
                count("kills");
                // What a version has is held against what the next server says.
                int version = TrialDataset.freeze(dataset, "");
                server = new ServerProcess(temp.resolve("server" + kill), dataset, "");
                check(server, version);
            }
        } finally {
            server.close();
        }
        tell("duckdb", begun);
    }

    @Test
    void whatAServerAcknowledgedIsThereAfterItOrItsDatabaseWasKilled() throws Exception {
        long begun = System.nanoTime();
        Path dataset = temp.resolve("dataset");
        TrialDataset.write(dataset);
        try (TrialPostgres postgres = new TrialPostgres(temp.resolve("postgres"))) {
            assertThat(postgres.setting("fsync")).isEqualTo("on");
            assertThat(postgres.setting("synchronous_commit")).isEqualTo("on");
            String rows = postgres.address("trial");
            ServerProcess server = new ServerProcess(temp.resolve("first"), dataset, rows);
            try {
                make(server);
                for (int kill = 0; kill < kills; kill++) {
                    boolean database = kill % 2 == 0;
                    boolean both = kill % 4 == 0;
                    ServerProcess now = server;
                    changeUntil(server, kill, database, () -> {
                        if (!database || both) {
                            now.kill();
                        }
                        if (database) {
                            // Clients wait for their answers meanwhile.
                            postgres.kill();
                            postgres.restart();
                        }
                    });
                    count("kills");
                    count(both ? "kills_of_both" : database ? "kills_of_database" : "kills_of_server");
                    if (!database || both) {
                        server.close();
                        server = new ServerProcess(temp.resolve("server" + kill), dataset, rows);
                    }
                    int version = TrialDataset.freeze(dataset, rows);
                    check(server, version);
                }
            } finally {
                server.close();
            }
        }
        tell("postgres", begun);
    }
}
