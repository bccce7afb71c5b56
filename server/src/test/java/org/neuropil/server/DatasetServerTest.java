package org.neuropil.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.neuropil.server.ServerFixture.header;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.Software;
import org.neuropil.space.InputException;

import tools.jackson.databind.JsonNode;

class DatasetServerTest {
    @TempDir
    static Path temp = Path.of("");
    @SuppressWarnings("NullAway.Init")
    private static ServerFixture fixture;

    @BeforeAll
    static void start() throws IOException {
        fixture = new ServerFixture(temp.resolve("dataset"));
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void describesTheDataset() throws Exception {
        JsonNode report = json("/api/v1/dataset");
        assertThat(report.propertyNames()).containsExactlyInAnyOrder("name", "title", "description", "attribution",
                "licence", "licence_url", "software", "voxel_size_nm", "size_voxels", "parts", "stages", "scores",
                "viewer");
        assertThat(report.get("software").asString()).isEqualTo(Software.NAME);
        assertThat(report.get("voxel_size_nm").toString()).isEqualTo("[8.0,8.0,33.0]");
        assertThat(report.get("size_voxels").toString()).isEqualTo("[100,70,20]");
        JsonNode em = report.get("parts").get(2);
        assertThat(em.propertyNames()).containsExactlyInAnyOrder("name", "kind", "format", "path", "data_type",
                "size_voxels", "voxel_size_nm", "mips", "count", "bytes");
        assertThat(em.get("name").asString() + " " + em.get("kind").asString() + " " + em.get("format").asString() + " "
                + em.get("path").asString() + " " + em.get("data_type").asString() + " " + em.get("mips").asInt())
                .isEqualTo("em image precomputed /data/em uint8 2");
        assertThat(em.get("bytes").asLong()).isGreaterThan(140_000);
        JsonNode meshes = report.get("parts").get(3);
        assertThat(meshes.get("format").asString()).isEqualTo("multilod_draco");
        assertThat(meshes.get("count").asInt()).isEqualTo(3);
        assertThat(meshes.get("mips").isNull()).isTrue();
        assertThat(report.get("scores").get(0).get("adapted_rand_error").asDouble()).isEqualTo(0.25);
        assertThat(report.get("viewer").asString()).startsWith("/viewer/#!%7B")
                .contains("precomputed%3A%2F%2Fhttp%3A%2F%2F127.0.0.1%3A" + fixture.server.port() + "%2Fdata%2Fem");
    }

    @Test
    void listsEachRunOnce() throws Exception {
        JsonNode stages = json("/api/v1/dataset").get("stages");
        assertThat(stages.valueStream().map(s -> s.get("verb").asString())).containsExactly("import", "segment", "mesh",
                "score");
        JsonNode segment = stages.get(1);
        assertThat(segment.propertyNames()).containsExactlyInAnyOrder("run", "verb", "part", "parts", "state",
                "started",
                "seconds", "peak_mib", "threads", "parameters", "inputs", "figures");
        assertThat(segment.get("parts").size()).isEqualTo(4);
        assertThat(segment.get("state").asString()).isEqualTo("done");
        assertThat(segment.get("started").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(segment.get("parameters").get("threshold").asDouble()).isEqualTo(0.5);
        assertThat(segment.get("figures").get("blocks").asInt()).isEqualTo(4);
        // No folder of this machine is told.
        assertThat(segment.get("inputs").get(0).get("path").asString()).isEqualTo("em");
    }

    @Test
    void theViewerIsAtTheOriginThatTheClientUses() throws IOException {
        assertThat(fixture.rawGet("/api/v1/dataset", "localhost:9999")).contains("http%3A%2F%2Flocalhost%3A9999%2F");
        String proxied = fixture.raw("GET /api/v1/dataset HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\n"
                + "Connection: close\r\n\r\n");
        assertThat(proxied).contains("https%3A%2F%2Flocalhost%2Fdata");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1.evil.example",
        "10.0.0.1", "localhost@evil", "loc%61lhost", "[::2]"})
    void answersToNamesOfThisMachineOnly(String host) throws IOException {
        assertThat(fixture.rawGet("/data/em/info", host)).matches("(?s)HTTP/1.1 (403|400) .*")
                .contains("Content-Type: application/json");
        assertThat(fixture.rawGet("/", host)).matches("(?s)HTTP/1.1 (403|400) .*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:80", "127.0.0.1", "[::1]:8080"})
    void theseAreNamesOfThisMachine(String host) throws IOException {
        assertThat(fixture.rawGet("/data/em/info", host)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void onAllInterfacesAnyNameWillDo() {
        assertThat(new HostGuard("0.0.0.0", false).check("lab.example:8080")).contains("lab.example:8080");
        assertThat(new HostGuard("0.0.0.0", false).check("a\"b")).isEmpty();
        assertThat(new HostGuard("127.0.0.9", true).check("127.0.0.9:1")).isPresent();
        assertThat(new HostGuard("127.0.0.1", true).check("")).isEmpty();
    }

    @Test
    void drawsSections() throws Exception {
        HttpResponse<byte[]> middle = fixture.get("/api/v1/figure/section.png");
        assertThat(header(middle, "content-type")).isEqualTo("image/png");
        assertThat(ImageIO.read(new ByteArrayInputStream(middle.body())).getWidth()).isEqualTo(100);
        assertThat(fixture.get("/api/v1/figure/section.png?z=42").body()).isEqualTo(middle.body());
        byte[] plain = fixture.get("/api/v1/figure/section.png?overlay=false").body();
        assertThat(plain).isNotEqualTo(middle.body());
        byte[] small = fixture.get("/api/v1/figure/section.png?z=33&size=50").body();
        assertThat(ImageIO.read(new ByteArrayInputStream(small)).getWidth()).isEqualTo(50);
        HttpResponse<byte[]> again = fixture.get("/api/v1/figure/section.png", "If-None-Match",
                header(middle, "etag"));
        assertThat(again.statusCode()).isEqualTo(304);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {"z=1|'1' is out of range|z|use 32 to 51",
        "z=x|'x' is not a whole number|z|32",
        "overlay=maybe|neither true nor false|overlay|write true or false",
        "layer=3|there is no parameter 'layer'|layer|use z, overlay, size", "size=99999|out of range|size|16 to 4096"})
    void saysWhatIsWrongWithAParameter(String query, String error, String where, String hint) throws Exception {
        HttpResponse<byte[]> reply = fixture.get("/api/v1/figure/section.png?" + query);
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.headers().allValues("content-type")).containsExactly("application/json");
        JsonNode body = Json.MAPPER.readTree(reply.body());
        assertThat(body.propertyNames()).containsExactlyInAnyOrder("error", "where", "hint");
        assertThat(body.get("error").asString()).contains(error);
        assertThat(body.get("where").asString()).isEqualTo(where);
        assertThat(body.get("hint").asString()).contains(hint);
    }

    @Test
    void aQueryThatCannotBeReadIsTheClientsFault() throws IOException {
        assertThat(fixture.rawGet("/api/v1/dataset?z=%zz", "localhost")).startsWith("HTTP/1.1 400 ");
        assertThat(fixture.rawGet("/api/v1/dataset?z=%ff", "localhost")).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void everyRouteOfTheDescriptionAnswers() throws Exception {
        JsonNode document = json("/api/v1/openapi.json");
        assertThat(document.get("openapi").asString()).isEqualTo("3.1.0");
        Set<String> names = new HashSet<>();
        for (String template : document.get("paths").propertyNames()) {
            document.get("paths").get(template).forEach(operation -> assertThat(
                    names.add(operation.get("operationId").asString())).as(template).isTrue());
            JsonNode operation = document.get("paths").get(template).get("get");
            if (operation == null || template.matches(
                    "/api/v1/(graph|tables|versions|query|sql|partners|matrix|views|sessions/).*")) {
                // This dataset has no such thing, or something is to be sent; GraphApiTest, TablesApiTest and others ask
                // for these.
                continue;
            }
            StringBuilder query = new StringBuilder();
            String path = template;
            for (JsonNode parameter : operation.get("parameters")) {
                String example = parameter.get("example").asString();
                if (parameter.get("in").asString().equals("path")) {
                    path = path.replace("{" + parameter.get("name").asString() + "}", example);
                } else if (!parameter.get("name").asString().equals("z")) {
                    query.append(query.isEmpty() ? '?' : '&').append(parameter.get("name").asString()).append('=')
                            .append(example);
                }
            }
            path = path.equals("/assets/index.html") ? "/assets/main.js" : path;
            HttpResponse<byte[]> reply = fixture.get(path + query);
            assertThat(reply.statusCode()).as(path).isEqualTo(200);
            if (operation.get("responses").get("200").get("content").has("application/json")) {
                assertThat(header(reply, "content-type")).isEqualTo("application/json");
            }
        }
        assertThat(names).contains("dataset", "section", "openapi", "data", "health", "metrics", "viewer");
        JsonNode schema = document.get("paths").get("/api/v1/dataset").get("get").get("responses").get("200")
                .get("content").get("application/json").get("schema");
        assertThat(schema.get("required").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrderElementsOf(json("/api/v1/dataset").propertyNames());
        assertThat(schema.get("properties").get("licence_url").has("anyOf")).isTrue();
    }

    @Test
    void healthAndMetrics() throws Exception {
        assertThat(json("/health").get("status").asString()).isEqualTo("ok");
        fixture.get("/data/em/info");
        fixture.get("/data/em/none");
        HttpResponse<byte[]> metrics = fixture.get("/metrics");
        assertThat(header(metrics, "content-type")).startsWith("text/plain; version=0.0.4");
        assertThat(new String(metrics.body(), StandardCharsets.UTF_8))
                .contains("http_server_requests_seconds_count{route=\"/data/{part}/{file}\",status=\"404\"}",
                        "http_server_requests_seconds_sum{",
                        "http_server_sent_bytes_total{route=\"/data/{part}/{file}\"}",
                        "process_memory_peak_bytes ", "jvm_memory_used_bytes ")
                .doesNotContain("none\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"/|text/html; charset=utf-8", "/viewer/|text/html; charset=utf-8",
        "/viewer/neuroglancer_draco.wasm|application/wasm", "/assets/main.js|text/javascript; charset=utf-8",
        "/favicon.svg|image/svg+xml", "/THIRD-PARTY.txt|text/plain; charset=utf-8"})
    void servesThePages(String path, String type) throws Exception {
        HttpResponse<byte[]> reply = fixture.get(path);
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(header(reply, "content-type")).isEqualTo(type);
        assertThat(header(reply, "cache-control")).isEqualTo("no-cache");
        assertThat(header(reply, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(header(reply, "cross-origin-opener-policy") + header(reply, "cross-origin-embedder-policy"))
                .isEmpty();
        assertThat(fixture.get(path, "If-None-Match", header(reply, "etag")).statusCode()).isEqualTo(304);
    }

    @Test
    void servesPagesGzippedAndPlain() throws Exception {
        HttpResponse<byte[]> index = fixture.get("/", "Accept-Encoding", "gzip");
        assertThat(header(index, "content-encoding")).isEqualTo("gzip");
        assertThat(fixture.get("/viewer/neuroglancer_draco.wasm").body()).isEqualTo(ServerFixture.text("\0asm"));
        assertThat(header(fixture.get("/assets/main-7KQ2BXZD.js"), "cache-control")).contains("immutable");
        HttpResponse<byte[]> folder = fixture.get("/viewer");
        assertThat(folder.statusCode()).isEqualTo(302);
        assertThat(header(folder, "location")).isEqualTo("/viewer/");
        assertThat(fixture.get("/nothing.html").statusCode()).isEqualTo(404);
    }

    @Test
    void onlyReads() throws Exception {
        for (String method : new String[]{"POST", "PUT", "DELETE", "PATCH"}) {
            HttpResponse<byte[]> reply = fixture.send(method, "/data/em/info");
            assertThat(reply.statusCode()).isEqualTo(405);
            assertThat(header(reply, "allow")).isEqualTo("GET, HEAD, OPTIONS");
        }
        assertThat(fixture.raw("TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 405 ");
    }

    @Test
    void otherOriginsMayRead() throws Exception {
        HttpResponse<byte[]> preflight = fixture.send("OPTIONS", "/data/em/info", "Origin", "https://viewer.example",
                "Access-Control-Request-Method", "GET", "Access-Control-Request-Headers", "range");
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(header(preflight, "access-control-allow-origin")).isEqualTo("*");
        assertThat(header(preflight, "access-control-allow-headers"))
                .contains("Authorization", "Range", "Content-Type", "X-Requested-With");
        assertThat(header(preflight, "access-control-allow-methods")).isEqualTo("GET, HEAD, OPTIONS");
        HttpResponse<byte[]> reply = fixture.get("/data/em/info", "Origin", "https://viewer.example");
        assertThat(header(reply, "access-control-allow-origin")).isEqualTo("*");
        assertThat(header(reply, "access-control-expose-headers")).contains("Content-Range", "Content-Length");
    }

    @Test
    void nonsenseIsRefusedInOurWords() throws IOException {
        assertThat(fixture.raw("GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n")).startsWith("HTTP/1.1 400 ")
                .contains("application/json").doesNotContain("jetty", "<h");
        assertThat(fixture.rawGet("/" + "x".repeat(20_000), "localhost")).matches("(?s)HTTP/1.1 (414|431) .*");
    }

    @Test
    void aPortInUseIsSaidSo() {
        ServerOptions same = ServerOptions.loopback(fixture.server.port());
        assertThatThrownBy(() -> DatasetServer.start(temp.resolve("dataset"), same, StaticSite.none()))
                .isInstanceOfSatisfying(InputException.class, e -> assertThat(e.sentence())
                        .startsWith("--port: port " + same.port() + " is in use; choose another"));
    }

    @Test
    void whatCannotWorkIsSaidBeforeItStarts() {
        assertThatThrownBy(() -> DatasetServer.start(temp, ServerOptions.loopback(0), StaticSite.none()))
                .isInstanceOf(InputException.class).hasMessageContaining("is not a dataset");
        assertThatThrownBy(() -> ServerOptions.loopback(70_000)).isInstanceOf(InputException.class);
        for (String host : new String[]{"no.such.host.invalid", "192.0.2.1"}) {
            assertThatThrownBy(
                    () -> DatasetServer.start(temp.resolve("dataset"), new ServerOptions(host, 0), StaticSite.none()))
                    .isInstanceOfSatisfying(InputException.class, e -> assertThat(e.where()).isEqualTo("--host"));
        }
    }

    @Test
    void followsTheDatasetAndNamesADamagedFile() throws Exception {
        Path other = temp.resolve("other");
        try (ServerFixture changing = new ServerFixture(other)) {
            String file = Files.readString(other.resolve("dataset.json"));
            Files.writeString(other.resolve("dataset.json"), file.replace("A tiny dataset", "Another title"));
            assertThat(new String(changing.get("/api/v1/dataset").body(), StandardCharsets.UTF_8))
                    .contains("Another title");
            Files.writeString(other.resolve("score/score.json"), "{");
            HttpResponse<byte[]> damaged = changing.get("/api/v1/dataset");
            assertThat(damaged.statusCode()).isEqualTo(500);
            assertThat(Json.MAPPER.readTree(damaged.body()).get("where").asString()).isEqualTo("score/score.json");
            Files.delete(other.resolve("score/score.json"));
            JsonNode gone = Json.MAPPER.readTree(changing.get("/api/v1/dataset").body());
            assertThat(gone.get("error").asString()).isEqualTo("score/score.json does not exist");
            Files.writeString(other.resolve("dataset.json"), "{}");
            assertThat(changing.get("/data/em/info").statusCode()).isEqualTo(500);
            changing.server.close();
        }
    }

    private static JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> reply = fixture.get(path);
        assertThat(reply.statusCode()).as(new String(reply.body(), StandardCharsets.UTF_8)).isEqualTo(200);
        assertThat(reply.headers().allValues("content-type")).containsExactly("application/json");
        return Json.MAPPER.readTree(reply.body());
    }
}
