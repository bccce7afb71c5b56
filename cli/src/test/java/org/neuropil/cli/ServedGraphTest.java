package org.neuropil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.server.DatasetServer;
import org.neuropil.server.ServerOptions;
import org.neuropil.server.StaticSite;

/// A graph that is served while others work on its dataset.
class ServedGraphTest {
    @TempDir
    private Path folder = Path.of("");

    private final Session session = new Session();
    private final HttpClient client = HttpClient.newHttpClient();
    private Path dataset = folder;

    @BeforeEach
    void ingest() throws IOException {
        dataset = SmallGraph.write(folder.resolve("small"));
        assertThat(session.run("graph", "ingest", dataset)).as(session.err).isZero();
        assertThat(session.run("graph", "virtual", "add", dataset, "first")).as(session.err).isZero();
    }

    @AfterEach
    void stop() {
        client.close();
    }

    private DatasetServer serve() throws Exception {
        DatasetServer server = DatasetServer.start(dataset, ServerOptions.loopback(0), StaticSite.none());
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("graph-open")) {
                thread.join();
            }
        }
        return server;
    }

    private HttpResponse<String> send(DatasetServer server, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.uri() + path));
        return client.send(
                (body.isEmpty() ? request : request.POST(HttpRequest.BodyPublishers.ofString(body))).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void itIsOpenBeforeSomebodyAsksForIt() throws Exception {
        try (DatasetServer _ = serve()) {
            assertThat(session.run("graph", "ingest", dataset, "--threshold", "0.1", "--force")).isEqualTo(1);
            assertThat(session.err).contains("the graph is open elsewhere");
        }
        assertThat(session.run("graph", "log", dataset)).as(session.err).isZero();
    }

    @Test
    void oneThatWasReplacedIsNeitherReadNorEdited() throws Exception {
        try (DatasetServer server = serve()) {
            assertThat(send(server, "api/v1/graph", "").statusCode()).isEqualTo(200);
            Path file = dataset.resolve("graph/graph.json");
            Path copy = Files.copy(file, folder.resolve("graph.json"));
            Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
            for (HttpResponse<String> reply : List.of(send(server, "api/v1/graph", ""),
                    send(server, "segmentation/api/v1/table/first/oldest_timestamp", ""),
                    send(server, "api/v1/graph/undo", "{\"operation\": 1}"))) {
                assertThat(reply.statusCode()).as(reply.body()).isEqualTo(409);
                assertThat(reply.body()).contains("has been replaced or removed since the server opened it");
            }
        }
    }

    @Test
    void oneThatCannotBeOpenedIsAnsweredOnceItCan() throws Exception {
        Path info = dataset.resolve("supervoxels/info");
        Path away = Files.move(info, folder.resolve("info"));
        try (DatasetServer server = serve()) {
            assertThat(send(server, "api/v1/graph", "").statusCode()).isGreaterThanOrEqualTo(400);
            Files.move(away, info);
            HttpResponse<String> reply = send(server, "api/v1/graph", "");
            assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        }
    }
}
