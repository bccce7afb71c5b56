package org.neuropil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.graph.Graph;
import org.neuropil.graph.Operation;
import org.neuropil.graph.live.LiveGraph;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Json;
import org.neuropil.server.DatasetServer;
import org.neuropil.server.ServerOptions;
import org.neuropil.server.StaticSite;

import tools.jackson.databind.JsonNode;

/// Backups of a graph that a server has open, taken through HTTP and by the command line.
class ServedBackupTest {
    private static final String BACKUPS = "api/v1/graph/backups";

    @TempDir
    private Path folder = Path.of("");

    private final Session session = new Session();
    private final HttpClient client = HttpClient.newHttpClient();
    private Path dataset = folder;
    @SuppressWarnings("NullAway.Init")
    private DatasetServer server;

    @BeforeEach
    void serve() throws IOException {
        dataset = SmallGraph.write(folder.resolve("small"));
        run("graph", "ingest", dataset, "--time", "@2020-01-01");
        run("graph", "split", dataset, "--source", "0,0,0", "--sink", "15,0,0");
        server = start(Optional.empty());
    }

    private DatasetServer start(Optional<Path> backups) throws IOException {
        return DatasetServer.start(dataset, new ServerOptions(ServerOptions.LOOPBACK, 0, "anna", List.of(), backups),
                StaticSite.none());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private void run(Object... words) {
        assertThat(session.run(words)).as(session.err).isZero();
    }

    private String url() {
        return "http://localhost:" + server.port();
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + "/" + path)).method(method,
                HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode json(String method, String path, String body) throws Exception {
        HttpResponse<String> reply = send(method, path, body);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return Json.MAPPER.readTree(reply.body());
    }

    private long operations() throws Exception {
        return json("GET", "api/v1/graph", "").get("operations").longValue();
    }

    /// A backup, and how many operations there were for certain and at most when it was taken.
    private record Taken(String name, long least, long most) {}

    @Test
    void editsGoOnAndTheBackupIsOfOneMoment() throws Exception {
        List<Taken> all = new ArrayList<>();
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> editors = new ArrayList<>();
            for (int t = 0; t < 2; t++) {
                editors.add(threads.submit(() -> {
                    int made = 0;
                    for (; !done.get(); made++) {
                        json("POST", "api/v1/graph/" + (made % 2 == 0 ? "undo" : "redo"), "{\"operation\": 1}");
                    }
                    return made;
                }));
            }
            try {
                for (String name : List.of("one", "two")) {
                    while (operations() < 10 * (all.size() + 1)) {
                        Thread.onSpinWait(); // so that there is a log
                    }
                    long before = operations();
                    run("graph", "backup", "--server", url(), name, "--format", "json");
                    JsonNode told = Json.MAPPER.readTree(session.out);
                    assertThat(told.get("backup").asString()).isEqualTo(name);
                    long after = operations();
                    assertThat(told.get("operations").longValue()).isBetween(before, after);
                    assertThat(json("GET", BACKUPS + "/" + name, "").get("state").asString()).isEqualTo("done");
                    all.add(new Taken(name, told.get("operations").longValue(), after));
                }
            } finally {
                done.set(true);
            }
            for (Future<Integer> editor : editors) {
                assertThat(editor.get()).isPositive();
            }
        }
        assertThat(all.getLast().most()).as("operations, of which edits went on").isGreaterThan(all.getFirst().least());
        for (Taken taken : all) {
            run("graph", "restore", dataset, dataset.resolve("backups").resolve(taken.name()), "--out", taken.name());
            checkPrefix(taken);
        }
    }

    /// What was restored is the served graph as it was after one of its operations, all of it.
    private void checkPrefix(Taken taken) throws Exception {
        try (Dataset open = Dataset.open(dataset); LiveGraph restored = LiveGraph.open(open, taken.name())) {
            List<Operation> log = restored.operations(Instant.EPOCH, Instant.MAX);
            assertThat((long) log.size()).isBetween(taken.least(), taken.most());
            for (Operation operation : log.subList(Math.max(0, log.size() - 50), log.size())) {
                JsonNode served = json("GET", "api/v1/graph/operations/" + operation.id(), "");
                assertThat(served.get("time").asString()).isEqualTo(operation.time().toString());
                assertThat(served.get("kind").asString()).isEqualToIgnoringCase(operation.kind().name());
                assertThat(served.get("after").valueStream().map(JsonNode::asString).toList())
                        .isEqualTo(Ids.list(operation.after()));
            }
            long[] supervoxels = new long[8];
            for (int i = 0; i < supervoxels.length; i++) {
                supervoxels[i] = SmallGraph.supervoxel(4 * (i % 4), i / 4);
            }
            StringBuilder ids = new StringBuilder();
            for (long supervoxel : supervoxels) {
                ids.append(ids.isEmpty() ? "" : ",").append(supervoxel);
            }
            double at = restored.head().toEpochMilli() / 1000.0;
            JsonNode roots = json("POST", "segmentation/api/v1/table/small/roots?timestamp=" + at,
                    "{\"node_ids\": [" + ids + "]}").get("root_ids");
            assertThat(restored.roots(supervoxels, Graph.NOW, restored.info().layers()))
                    .isEqualTo(roots.valueStream().mapToLong(JsonNode::longValue).toArray());
        }
    }

    @Test
    void aNameIsNoPath() throws Exception {
        for (String name : List.of("../up", "a/b", "/tmp/x", ".hidden", "..", "a\\\\b", "a b", "a%2Fb",
                "x.0123456789abcdef-1.tmp", "x".repeat(101))) {
            HttpResponse<String> reply = send("POST", BACKUPS, "{\"name\": \"" + name + "\"}");
            assertThat(reply.statusCode()).as(reply.body()).isEqualTo(400);
            assertThat(reply.body()).contains("is no name of a backup").doesNotContain(folder.toString());
        }
        assertThat(dataset.resolve("backups")).doesNotExist();
    }

    @Test
    void pagesFromElsewhereGetNone() throws Exception {
        HttpResponse<String> reply = send("POST", BACKUPS, "{}", "Origin", "https://evil.example");
        assertThat(reply.statusCode()).isEqualTo(403);
        assertThat(json("GET", BACKUPS, "").get("backups")).isEmpty();
        assertThat(send("GET", BACKUPS + "/none", "").statusCode()).isEqualTo(404);
    }

    @Test
    void anEarlierBackupIsReplacedOnlyIfThatIsAskedFor() throws Exception {
        run("graph", "backup", "--server", url());
        String chosen = session.out.lines().skip(1).findFirst().orElseThrow().split(" ")[0];
        assertThat(chosen).startsWith("graph-small-");
        assertThat(session.err).contains("in the server's folder for backups");
        assertThat(session.run("graph", "backup", "--server", url() + "/", chosen)).isEqualTo(1);
        assertThat(session.err).contains("name: the server refuses: there is a backup '" + chosen + "'");
        run("graph", "backup", "--server", url(), chosen, "--force");
        assertThat(json("GET", BACKUPS, "").get("backups").valueStream().map(one -> one.get("name").asString()))
                .containsExactly(chosen);
        assertThat(json("GET", BACKUPS + "/" + chosen, "").get("bytes").longValue()).isPositive();
        Files.createDirectories(dataset.resolve("backups/other"));
        assertThat(session.run("graph", "backup", "--server", url(), "other", "--force")).isEqualTo(1);
        assertThat(session.err).contains("other: is no backup of a graph").doesNotContain(dataset.toString());
        assertThat(session.run("graph", "backup", "--server", url(), "new", "--graph", "none")).isEqualTo(1);
        assertThat(session.err).contains("there is no graph 'none' that can be copied");
        try (Stream<Path> all = Files.list(dataset.resolve("backups"))) {
            assertThat(all.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder(chosen, "other");
        }
    }

    @Test
    void theServerSaysWhereBackupsAre() throws IOException {
        server.close();
        Path elsewhere = folder.resolve("elsewhere");
        server = start(Optional.of(elsewhere));
        run("graph", "backup", "--server", url(), "mine");
        assertThat(elsewhere.resolve("mine/graph.json")).exists();
        assertThat(dataset.resolve("backups")).doesNotExist();
        server.close();
        server = start(Optional.of(dataset.resolve("graph/inside")));
        assertThat(session.run("graph", "backup", "--server", url(), "mine")).isEqualTo(1);
        assertThat(session.err).contains("the folder for backups lies in part 'graph'");
    }

    @Test
    void whoCannotOpenTheGraphIsToldWhatToDo() throws Exception {
        json("GET", "api/v1/graph", "");
        assertThat(session.run("graph", "backup", dataset, folder.resolve("copy"))).isEqualTo(1);
        assertThat(session.err).contains("the graph is open elsewhere",
                "neuropil graph backup --server URL NAME", dataset.resolve("backups").resolve("NAME").toString());
        assertThat(session.run("graph", "backup", "--server", "localhost:8080")).isEqualTo(1);
        assertThat(session.err).contains("--server: 'localhost:8080' is no address of a server");
        assertThat(session.run("graph", "backup", "--server", url(), "a", "b")).isEqualTo(2);
        assertThat(session.run("graph", "backup", "--server", "http://localhost:port")).isEqualTo(1);
        assertThat(session.err).contains("'http://localhost:port' is no address of a server");
        String gone = url();
        server.close();
        assertThat(session.run("graph", "backup", "--server", gone, "late")).isEqualTo(1);
        assertThat(session.err).contains("no server answers");
    }
}
