package org.neuropil.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuropil.graph.EditPoint;
import org.neuropil.graph.MergeRequest;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Json;
import org.neuropil.server.cave.TrafficWorld;

import tools.jackson.databind.JsonNode;

/// The graph in our own grammar.
class GraphApiTest {
    @TempDir
    private Path temp = Path.of("");
    private final HttpClient client = HttpClient.newHttpClient();
    @SuppressWarnings("NullAway.Init")
    private Dataset dataset;
    @SuppressWarnings("NullAway.Init")
    private TrafficWorld world;
    @SuppressWarnings("NullAway.Init")
    private DatasetServer server;

    @BeforeEach
    void start() throws Exception {
        dataset = TestDataset.write(temp.resolve("dataset"));
        world = new TrafficWorld(temp.resolve("meshes"));
        server = DatasetServer.start(temp.resolve("dataset"), ServerOptions.loopback(0), StaticSite.none(), world);
        for (int n = 1; n <= 2; n++) {
            world.graph.merge(MergeRequest.of("ada", new EditPoint(TrafficWorld.id(0, 0, 1, n), 1, 2.5, 3),
                    new EditPoint(n == 1 ? TrafficWorld.id(1, 0, 1, 1) : TrafficWorld.id(0, 0, 0, 2), 4, 5, 6)));
        }
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
        world.close();
        dataset.close();
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.uri() + "api/v1/graph" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
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

    @Test
    void listsEditsNewestFirstInPages() throws Exception {
        assertThat(json("GET", "", "").get("operations").intValue()).isEqualTo(2);
        JsonNode page = json("GET", "/operations", "");
        assertThat(page.get("total").intValue()).isEqualTo(2);
        JsonNode second = page.get("operations").get(0);
        assertThat(second.get("id").intValue()).isEqualTo(2);
        assertThat(second.get("kind").asString()).isEqualTo("merge");
        assertThat(second.get("user").asString()).isEqualTo("ada");
        assertThat(second.get("sources").get(0).toString())
                .isEqualTo("{\"node\":\"" + TrafficWorld.id(0, 0, 1, 2) + "\",\"position\":[1.0,2.5,3.0]}");
        assertThat(second.get("before").size()).isEqualTo(2);
        assertThat(second.get("after").get(0).isString()).isTrue();
        assertThat(second.get("undone").asBoolean()).isFalse();
        assertThat(json("GET", "/operations?limit=1", "").get("operations").size()).isOne();
        JsonNode next = json("GET", "/operations?limit=5&before=2", "");
        assertThat(next.get("operations").get(0)).isEqualTo(page.get("operations").get(1));
        assertThat(next.get("operations").size()).isOne();
        assertThat(json("GET", "/operations?before=1", "").get("operations")).isEmpty();
        assertThat(json("GET", "/operations/1", "")).isEqualTo(page.get("operations").get(1));
    }

    @Test
    void takesEditsBack() throws Exception {
        JsonNode undone = json("POST", "/undo?user=bob", "{\"operation\": 1}");
        assertThat(undone.get("operation").intValue()).isEqualTo(3);
        assertThat(undone.get("new_roots").size()).isEqualTo(2);
        JsonNode entry = json("GET", "/operations/3", "");
        assertThat(entry.get("user").asString()).isEqualTo("bob");
        assertThat(entry.get("kind").asString()).isEqualTo("undo");
        assertThat(entry.get("target").intValue()).isOne();
        assertThat(json("GET", "/operations/1", "").get("undone").asBoolean()).isTrue();
        assertThat(json("POST", "/redo", "{\"operation\": 1}").get("new_roots").size()).isOne();
        assertThat(json("GET", "/operations/1", "").get("undone").asBoolean()).isFalse();
        assertThat(send("POST", "/undo", "{\"operation\": 1}", "Origin", "https://evil.example").statusCode())
                .isEqualTo(403);
    }

    @Test
    void triesASplit() throws Exception {
        String body = "{\"sources\": [{\"node\": \"%s\", \"position\": [0, 0, 0]}], \"sinks\": [{\"node\": \"%s\", \"position\": [9, 9, 9]}]}";
        JsonNode preview = json("POST", "/preview",
                body.formatted(TrafficWorld.id(1, 0, 0, 3), TrafficWorld.id(1, 1, 0, 3)));
        assertThat(preview.get("refusal").isNull()).isTrue();
        assertThat(preview.get("components").get(0).valueStream().map(JsonNode::asString))
                .contains(Long.toString(TrafficWorld.id(1, 0, 0, 3)));
        assertThat(json("GET", "", "").get("operations").intValue()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {"GET|/operations?limit=0|400|limit",
        "GET|/operations?last=1|400|last", "GET|/operations/9|404|/api/v1/graph/operations/9",
        "GET|/operations/x|400|id", "POST|/undo|400|operation", "POST|/preview|400|sources", "PUT|/undo|405|PUT"})
    void saysWhatIsWrong(String method, String path, int status, String where) throws Exception {
        HttpResponse<String> reply = send(method, path, "{}");
        assertThat(reply.statusCode()).isEqualTo(status);
        JsonNode body = Json.MAPPER.readTree(reply.body());
        assertThat(body.propertyNames()).containsExactlyInAnyOrder("error", "where", "hint");
        assertThat(body.get("where").asString()).isEqualTo(where);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "/undo|{'operation': 1.5}|operation|1.5 is not a whole number",
        "/redo|{'operation': 1.0}|operation|1.0 is not a whole number",
        "/undo|{'operation': [1]}|operation|a list is not a whole number",
        "/undo|{'operation': 1, 'user': 'ada'}|user|there is no field 'user'",
        "/undo|[1]|body|a list is not", "/undo|{|body|not JSON", "/undo||body|holds nothing",
        "/preview|{'sources': [{'node': '1', 'position': [1, 2, 'x']}]}|sources[0].position[2]|is not a number",
        "/preview|{'sources': [{'nodes': '1'}]}|sources[0].nodes|there is no field 'nodes'"})
    void aBodyThatIsNotWhatItShouldBeChangesNothing(String path, @Nullable String body, String where, String words)
            throws Exception {
        HttpResponse<String> reply = send("POST", path, body == null ? "" : body.replace('\'', '"'));
        assertThat(reply.statusCode()).isEqualTo(400);
        JsonNode told = Json.MAPPER.readTree(reply.body());
        assertThat(told.get("where").asString()).isEqualTo(where);
        assertThat(told.get("error").asString()).contains(words).doesNotContain("VALUE_", "java", "token");
        assertThat(json("GET", "", "").get("operations").intValue()).isEqualTo(2);
    }

    @Test
    void isDescribed() throws Exception {
        HttpResponse<String> reply = client.send(
                HttpRequest.newBuilder(URI.create(server.uri() + "api/v1/openapi.json")).build(),
                HttpResponse.BodyHandlers.ofString());
        JsonNode paths = Json.MAPPER.readTree(reply.body()).get("paths");
        Set<String> names = new TreeSet<>();
        for (String path : paths.propertyNames()) {
            if (path.startsWith("/api/v1/graph")) {
                names.addAll(paths.get(path).propertyNames());
            }
            assertThat(path).doesNotStartWith("/segmentation");
        }
        assertThat(names).containsExactly("get", "post");
        JsonNode undo = paths.get("/api/v1/graph/undo").get("post");
        assertThat(undo.get("requestBody").get("content").get("application/json").get("schema").get("properties")
                .propertyNames()).containsExactly("operation");
        JsonNode entry = json("GET", "/operations/1", "");
        JsonNode schema = paths.get("/api/v1/graph/operations/{id}").get("get").get("responses").get("200")
                .get("content").get("application/json").get("schema");
        assertThat(schema.get("required").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrderElementsOf(entry.propertyNames());
    }
}
