package org.neuropil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.graph.NodeIds;
import org.neuropil.pipeline.Json;
import org.neuropil.server.DatasetServer;
import org.neuropil.server.ServerOptions;
import org.neuropil.server.StaticSite;

import tools.jackson.databind.JsonNode;

/// Supervoxels at points, and below nodes, of states before a supervoxel was cut.
class PastSupervoxelsTest {
    private static final String FROM = "0,0,0";
    private static final String TO = "3,0,0";
    private static final String BEGIN = "@2020-01-01T00:00:00Z";

    @TempDir
    private Path folder = Path.of("");

    private final Session session = new Session();
    private final long whole = SmallGraph.supervoxel(0, 0);
    private Path dataset = folder;

    @BeforeEach
    void cut() throws IOException {
        dataset = SmallGraph.write(folder.resolve("small"));
        run("ingest", dataset, "--time", "@2020-01-01");
        run("virtual", "add", dataset, "first", "--at", BEGIN);
        run("split", dataset, "--source", FROM, "--sink", TO);
    }

    private void run(Object... words) {
        assertThat(session.run(Stream.concat(Stream.of("graph"), Stream.of(words)).toArray())).as(session.err).isZero();
    }

    private List<String> found(Object... more) {
        run(Stream.concat(Stream.of("find", dataset, FROM, TO, "--format", "json"), Stream.of(more)).toArray());
        return ((List<?>) Json.MAPPER.readValue(session.out, Object.class)).stream()
                .map(row -> String.valueOf(((Map<?, ?>) row).get("supervoxel"))).toList();
    }

    @Test
    void findTellsTheSupervoxelOfTheMoment() {
        assertThat(found()).doesNotHaveDuplicates().doesNotContain(Long.toString(whole));
        assertThat(found(BEGIN)).containsOnly(Long.toString(whole));
        assertThat(found("--graph", "first")).containsOnly(Long.toString(whole));
    }

    @Test
    void theServerTellsThoseOfTheMoment() throws Exception {
        try (DatasetServer server = DatasetServer.start(dataset, ServerOptions.loopback(0), StaticSite.none());
                HttpClient client = HttpClient.newHttpClient()) {
            String tables = server.uri() + "segmentation/api/v1/table/";
            long chunk = new NodeIds(3, 10).chunkAt(whole, 2);
            String then = "&timestamp=" + Instant.parse(BEGIN.substring(1)).getEpochSecond();
            for (String of : List.of("small", "first", "small" + then)) {
                JsonNode pairs = json(client, tables + of.replace(then, "") + "/l2_chunk_children/" + chunk
                        + "?as_array=1" + (of.endsWith(then) ? then : ""), "")
                        .get("l2_chunk_children");
                List<Long> supervoxels = Stream.iterate(1, i -> i < pairs.size(), i -> i + 2)
                        .map(i -> pairs.get(i).longValue()).toList();
                assertThat(supervoxels).hasSize(of.equals("small") ? 5 : 4);
                assertThat(supervoxels.contains(whole)).isNotEqualTo(of.equals("small"));
                for (int i = 0; i < pairs.size(); i += 2) {
                    assertThat(json(client, tables + "small/node/" + pairs.get(i) + "/children", "").get("children_ids")
                            .valueStream()).contains(pairs.get(i + 1));
                }
            }
            String points = "[[%d, 5, 5, 5], [%d, 35, 5, 5]]".formatted(whole, whole);
            assertThat(json(client, tables + "first/supervoxel_lookup", points).valueStream().map(JsonNode::longValue))
                    .containsExactly(whole, whole);
            assertThat(json(client, tables + "small/supervoxel_lookup", points).valueStream().map(JsonNode::longValue))
                    .doesNotContain(whole).doesNotHaveDuplicates();
        }
    }

    private static JsonNode json(HttpClient client, String uri, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri));
        HttpResponse<String> reply = client.send(
                (body.isEmpty() ? request : request.POST(HttpRequest.BodyPublishers.ofString(body))).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return Json.MAPPER.readTree(reply.body());
    }
}
