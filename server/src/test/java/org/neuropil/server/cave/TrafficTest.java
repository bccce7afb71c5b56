package org.neuropil.server.cave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.neuropil.server.http.MediaTypes.JSON;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.pipeline.Json;

import tools.jackson.databind.JsonNode;

/// Sends what real viewers sent, and compares the replies with those that they could work with.
class TrafficTest {
    private static final Pattern ID = Pattern.compile("\\b2161\\d{14}\\b");
    private static final Pattern WHOLE_ID = Pattern.compile("\\d{15,20}");

    @TempDir
    private Path temp = Path.of("");
    /// Recorded roots and ours.
    private final Map<String, String> roots = new HashMap<>();

    @ParameterizedTest
    @ValueSource(strings = {"npm-2.41.2", "master-2026-08"})
    void repliesHaveTheShapeOfTheRecordedOnes(String session) throws Exception {
        JsonNode requests;
        try (InputStream in = TrafficTest.class.getResourceAsStream("traffic-" + session + ".json")) {
            requests = Json.MAPPER.readTree(Objects.requireNonNull(in).readAllBytes());
        }
        int compared = 0;
        try (GraphServer server = new GraphServer(temp)) {
            String meshes = "";
            for (JsonNode request : requests) {
                String url = ours(request.get("url").asString());
                if (url.startsWith("/data/ws/graphene_meshes/")) {
                    boolean info = url.endsWith("/info");
                    url = meshes + (info ? "info" : first(server, meshes));
                    assertThat(server.get(url).statusCode()).as(url).isEqualTo(200);
                    compared++;
                    continue;
                }
                HttpResponse<byte[]> reply = request.has("body")
                        ? server.post(url, ours(request.get("body").asString()), "Content-Type",
                                request.get("type").asString())
                        : server.get(url);
                assertThat(reply.statusCode()).as(url + new String(reply.body(), StandardCharsets.UTF_8))
                        .isEqualTo(request.get("status").asInt());
                if (request.has("reply") && !request.get("reply").asString().isEmpty()) {
                    assertThat(reply.headers().allValues("content-type")).containsExactly(JSON);
                    JsonNode ours = Json.MAPPER.readTree(reply.body());
                    compare(Json.MAPPER.readTree(request.get("reply").asString()), ours, url);
                    if (url.endsWith("/info")) {
                        String folder = ours.get("data_dir").asString() + "/" + ours.get("mesh").asString() + "/";
                        meshes = folder.substring(server.server.uri().toString().length() - 1);
                    }
                }
                compared++;
            }
        }
        assertThat(compared).isEqualTo(requests.size()).isGreaterThan(40);
    }

    /// A piece that the manifest of a present root names.
    private static String first(GraphServer server, String meshes) throws Exception {
        assertThat(meshes).isNotEmpty();
        long root = server.json("node/" + TrafficWorld.id(0, 0, 0, 1) + "/root").get("root_id").longValue();
        String name = server.json("/meshing/api/v1/table/demo/manifest/" + root + ":0?verify=1").get("fragments")
                .get(0).asString();
        return "dynamic/" + name;
    }

    private String ours(String text) {
        return ID.matcher(text).replaceAll(match -> roots.getOrDefault(match.group(), match.group()));
    }

    /// Compares keys and types; supervoxels, which are the same in both worlds, and answers of yes and no as they are.
    private void compare(JsonNode recorded, JsonNode ours, String where) {
        assertThat(ours.getNodeType()).as(where).isEqualTo(recorded.getNodeType());
        if (recorded.isObject()) {
            Set<String> expected = new TreeSet<>();
            recorded.propertyNames().forEach(name -> expected.add(roots.getOrDefault(name, name)));
            assertThat(ours.propertyNames()).as(where).containsAll(expected);
            for (String name : recorded.propertyNames()) {
                compare(recorded.get(name), ours.get(roots.getOrDefault(name, name)), where + " " + name);
            }
        } else if (recorded.isArray()) {
            assertThat(ours.isEmpty()).as(where).isEqualTo(recorded.isEmpty());
            boolean leaves = where.contains("leaves");
            if (leaves || where.endsWith("new_root_ids")) {
                assertThat(ours.size()).as(where).isEqualTo(recorded.size());
            }
            for (int i = 0; i < Math.min(recorded.size(), ours.size()); i++) {
                compare(recorded.get(i), ours.get(i), where + (leaves ? " leaf" : " [" + i + "]"));
            }
        } else if (recorded.isString() && WHOLE_ID.matcher(recorded.asString()).matches()) {
            assertThat(ours.asString()).as(where).matches(WHOLE_ID);
            if (where.endsWith(" leaf")) {
                assertThat(ours.asString()).as(where).isEqualTo(recorded.asString());
            } else {
                roots.put(recorded.asString(), ours.asString());
            }
        } else if (recorded.isBoolean()) {
            assertThat(ours.asBoolean()).as(where).isEqualTo(recorded.asBoolean());
        }
    }
}
