package org.neuropil.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.neuropil.server.ServerFixture.header;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.pipeline.Json;
import org.neuropil.volume.codec.Gzip;

class DataFilesTest {
    private static final String CHUNK = "64-128_0-64_32-48";
    private static final String LARGE = "/data/meshes/" + Long.toUnsignedString(TestDataset.FIRST_ID);

    @TempDir
    static Path temp = Path.of("");
    @SuppressWarnings("NullAway.Init")
    private static ServerFixture fixture;

    @BeforeAll
    static void start() throws IOException {
        Path folder = temp.resolve("dataset");
        fixture = new ServerFixture(folder);
        Files.writeString(temp.resolve("secret.txt"), "secret");
        Files.writeString(folder.resolve("secret.txt"), "secret");
        Files.createDirectories(folder.resolve(".work/x"));
        Files.writeString(folder.resolve(".work/x/secret.txt"), "secret");
        Files.createDirectories(folder.resolve("other"));
        Files.writeString(folder.resolve("other/secret.txt"), "secret");
        Path em = folder.resolve("em");
        Files.writeString(em.resolve(".hidden"), "secret");
        Files.writeString(em.resolve("page.html"), "<script>");
        Files.createSymbolicLink(em.resolve("out"), temp.resolve("secret.txt"));
        Files.createSymbolicLink(em.resolve("up"), temp);
        Files.createSymbolicLink(em.resolve("side"), folder.resolve(".work"));
        Files.createSymbolicLink(em.resolve("loop"), em.resolve("loop"));
        Files.createSymbolicLink(em.resolve("inside"), em.resolve("info"));
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void sendsAGzippedChunkAsItLies() throws Exception {
        byte[] stored = Files.readAllBytes(fixture.dataset.path("em").resolve("8_8_33/" + CHUNK + ".gz"));
        HttpResponse<byte[]> packed = fixture.get("/data/em/8_8_33/" + CHUNK, "Accept-Encoding", "gzip, br");
        assertThat(packed.statusCode()).isEqualTo(200);
        assertThat(packed.body()).isEqualTo(stored);
        assertThat(header(packed, "content-encoding")).isEqualTo("gzip");
        assertThat(header(packed, "vary")).isEqualTo("Accept-Encoding");
        HttpResponse<byte[]> plain = fixture.get("/data/em/8_8_33/" + CHUNK);
        assertThat(header(plain, "content-encoding")).isEmpty();
        assertThat(plain.body()).hasSize(64 * 64 * 16).isEqualTo(Gzip.decompress(stored, 1 << 20));
        assertThat(header(plain, "content-type")).isEqualTo("application/octet-stream");
        HttpResponse<byte[]> head = fixture.send("HEAD", "/data/em/8_8_33/" + CHUNK, "Accept-Encoding", "gzip");
        assertThat(header(head, "content-length")).isEqualTo("65536");
        assertThat(head.body()).isEmpty();
    }

    @Test
    void gzipsLabelsOnTheWayButNotImagesOrDraco() throws Exception {
        HttpResponse<byte[]> labels = fixture.get("/data/supervoxels/8_8_33/" + CHUNK, "Accept-Encoding", "gzip");
        byte[] stored = Files.readAllBytes(fixture.dataset.path("supervoxels").resolve("8_8_33/" + CHUNK));
        assertThat(header(labels, "content-encoding")).isEqualTo("gzip");
        assertThat(Gzip.decompress(labels.body(), 1 << 24)).isEqualTo(stored);
        assertThat(fixture.get("/data/supervoxels/8_8_33/" + CHUNK).body()).isEqualTo(stored);
        for (String path : new String[]{"/data/boundary/8_8_33/" + CHUNK, LARGE}) {
            HttpResponse<byte[]> noisy = fixture.get(path, "Accept-Encoding", "gzip");
            assertThat(header(noisy, "content-encoding")).isEmpty();
            assertThat(header(noisy, "etag")).doesNotContain("gzip");
        }
    }

    @Test
    void streamsALargeFile() throws Exception {
        byte[] bytes = TestDataset.large();
        assertThat(fixture.get(LARGE).body()).isEqualTo(bytes);
        HttpResponse<byte[]> part = fixture.get(LARGE, "Range", "bytes=7-2999999", "Accept-Encoding", "gzip");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(bytes, 7, 3_000_000));
        assertThat(header(part, "content-range")).isEqualTo("bytes 7-2999999/3000001");
        assertThat(header(fixture.send("HEAD", LARGE), "content-length")).isEqualTo("3000001");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"bytes=0-0|0|1", "bytes=1000000-|1000000|3000001", "bytes=-1|3000000|3000001",
        "bytes=2999999-9999999|2999999|3000001"})
    void sendsRanges(String range, int from, int to) throws Exception {
        HttpResponse<byte[]> part = fixture.get(LARGE, "Range", range);
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(TestDataset.large(), from, to));
    }

    @Test
    void refusesRangesThatDoNotExistAndIgnoresSeveral() throws Exception {
        HttpResponse<byte[]> beyond = fixture.get(LARGE, "Range", "bytes=3000001-");
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(header(beyond, "content-range")).isEqualTo("bytes */3000001");
        assertThat(fixture.get("/data/em/info", "Range", "bytes=0-1,4-5").statusCode()).isEqualTo(200);
    }

    @Test
    void revalidates() throws Exception {
        for (String encoding : new String[]{"gzip", "identity"}) {
            HttpResponse<byte[]> first = fixture.get("/data/em/8_8_33/" + CHUNK, "Accept-Encoding", encoding);
            assertThat(header(first, "cache-control")).isEqualTo("no-cache");
            HttpResponse<byte[]> again = fixture.get("/data/em/8_8_33/" + CHUNK, "Accept-Encoding", encoding,
                    "If-None-Match", header(first, "etag"));
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(header(again, "etag")).isEqualTo(header(first, "etag"));
        }
    }

    @Test
    void typesAreExact() throws Exception {
        for (String path : new String[]{"/data/em/info", "/data/em/provenance.json", "/data/score/score.json",
            "/data/segmentation/segment_properties/info", "/data/em/none"}) {
            assertThat(fixture.get(path).headers().allValues("content-type")).containsExactly("application/json");
        }
        // A file of a dataset never becomes a page of this server.
        HttpResponse<byte[]> page = fixture.get("/data/em/page.html");
        assertThat(header(page, "content-type")).isEqualTo("application/octet-stream");
        assertThat(header(page, "x-content-type-options")).isEqualTo("nosniff");
        HttpResponse<byte[]> index = fixture.get(LARGE + ".index");
        assertThat(header(index, "content-type")).isEqualTo("application/octet-stream");
    }

    @Test
    void aMissingChunkIsAQuickPlain404() throws Exception {
        HttpResponse<byte[]> missing = fixture.get("/data/em/8_8_33/0-64_0-64_0-16");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(header(missing, "access-control-allow-origin")).isEqualTo("*");
        assertThat(Json.MAPPER.readTree(missing.body()).get("where").asString())
                .isEqualTo("/data/em/8_8_33/0-64_0-64_0-16");
        assertThat(fixture.get("/data/nothing/info").statusCode()).isEqualTo(404);
        assertThat(fixture.get("/data/em/info/deeper").statusCode()).isEqualTo(404);
        assertThat(fixture.get("/data/em/" + "x".repeat(3000)).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/data/../secret.txt", "/data/em/../secret.txt", "/data/em/../../secret.txt",
        "/data/em/%2e%2e/secret.txt", "/data/em/..%2fsecret.txt", "/data/em/%2e%2e%2fsecret.txt",
        "/data/em/..%5csecret.txt", "/data/em//../secret.txt", "/data//em/info", "//data/em/info", "/data/em//info",
        "/data/em/..;/secret.txt", "/data/em/.;/../secret.txt", "/data/..;x/secret.txt", "/data/em/%00",
        "/data/em/info%00.html", "/data/em/%252e%252e/secret.txt", "/data/em/out", "/data/em/up/secret.txt",
        "/data/em/up", "/data/em/side/x/secret.txt", "/data/em/loop", "/data/em/.hidden", "/data/.work/x/secret.txt",
        "/data/.", "/data/..", "/data/other/secret.txt", "/data/secret.txt", "/data/dataset.json", "/data/em",
        "/data/em/", "/data/em/8_8_33", "/data/em/8_8_33/", "/data/em/info/", "/data/", "/data",
        "/data/em/%c0%ae%c0%ae/secret.txt", "/data/em/%u002e/x", "/data/em/\u00e9", "/../../../etc/passwd",
        "/..%2f..%2fetc/passwd", "/assets/../../secret.txt", "/viewer/%2e%2e/%2e%2e/secret.txt",
        "http://localhost/data/em/../../secret.txt", "/data/em/*", "*"})
    void nothingElseCanBeReached(String path) throws IOException {
        String reply = fixture.rawGet(path, "localhost");
        assertThat(reply).matches("(?s)HTTP/1.1 (400|404) .*").doesNotContain("secret\r", "root:", "\n\nsecret")
                .doesNotContain("Exception", "jetty");
        assertThat(reply.substring(reply.indexOf("\r\n\r\n") + 4)).isNotEqualTo("secret");
    }

    @Test
    void aLinkWithinAPartIsFollowed() throws Exception {
        assertThat(fixture.get("/data/em/inside").body()).isEqualTo(fixture.get("/data/em/info").body());
    }
}
