package org.neuropil.server.cave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.neuropil.server.cave.TrafficWorld.id;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.pipeline.Json;
import org.neuropil.volume.codec.Gzip;

import tools.jackson.databind.JsonNode;

/// Nonsense of every kind is refused with 400, in a sentence, and changes nothing.
class BadInputTest {
    private static final String TOO_LARGE = "18446744073709551616";

    @TempDir
    static Path temp = Path.of("");
    @SuppressWarnings("NullAway.Init")
    private static GraphServer server;
    private static long root;

    @BeforeAll
    static void start() throws Exception {
        server = new GraphServer(temp);
        root = server.json("node/" + id(0, 0, 0, 1) + "/root").get("root_id").longValue();
    }

    @AfterAll
    static void stop() throws Exception {
        assertThat(server.world.graph.operation(1)).isNull();
        server.close();
    }

    /// @param method GET or POST
    /// @param path below the table
    record Nonsense(String method, String path, String body) {
        @Override
        public String toString() {
            return method + " " + path + " " + (body.length() > 80 ? body.substring(0, 80) + "…" : body);
        }
    }

    static List<Nonsense> nonsense() {
        List<Nonsense> all = new ArrayList<>();
        List<String> bodies = List.of("", "{", "[1, 2", "nonsense", "{\"node_ids\": 1.5}", "{\"node_ids\": [-1]}",
                "{\"node_ids\": [" + TOO_LARGE + "]}", "{\"node_ids\": [\"" + TOO_LARGE + "\"]}",
                "{\"node_ids\": [\"12a\"]}", "{\"node_ids\": [[1]]}", "{\"node_ids\": [null]}", "{\"others\": [1]}",
                "{\"node_ids\": [1]} [2]", "{\"node_ids\": [1], \"node_ids\": [2]}", "7", "null",
                "{\"node_ids\": [" + "9".repeat(900) + "]}");
        for (String path : List.of("roots", "is_latest_roots", "root_timestamps", "valid_nodes", "node/leaves_many",
                "minimal_covering_nodes")) {
            bodies.forEach(body -> all.add(new Nonsense("POST", path, body)));
        }
        for (String path : List.of("lineage_graph_multiple", "past_id_mapping", "tabular_change_log_many")) {
            bodies.forEach(body -> all.add(new Nonsense("POST", path, body.replace("node_ids", "root_ids"))));
            all.add(new Nonsense("POST", path, "{\"root_ids\": [12345]}"));
            all.add(new Nonsense("POST", path, "{\"root_ids\": [" + id(0, 0, 0, 1) + "]}"));
        }
        all.add(new Nonsense("POST", "root_timestamps", "{\"node_ids\": [12345]}"));
        all.add(new Nonsense("POST", "minimal_covering_nodes", "{\"node_ids\": [12345]}"));
        all.add(new Nonsense("POST", "roots_binary", "seven77"));
        for (String node : List.of("12345", "0", "-1", TOO_LARGE, "x", "1e3", "%2B1")) {
            for (String what : List.of("node/%s/root", "node/%s/leaves", "node/%s/children", "node/%s/subgraph",
                    "node/%s/lvl2_graph", "node/%s/contact_sites", "root/%s/merge_log", "root/%s/change_log",
                    "root/%s/tabular_change_log", "root/%s/lineage_graph", "root/%s/last_edit",
                    "l2_chunk_children/%s", "l2_chunk_children_binary/%s?as_array=True", "contact_sites_pair/%s/1",
                    "/meshing/api/v1/table/demo/manifest/%s:0", "/meshing/api/v1/table/demo/node/%s/validfragments")) {
                all.add(new Nonsense("GET", what.formatted(node), ""));
            }
        }
        for (String query : List.of("bounds=1", "bounds=0-1_0-1", "bounds=5-1_0-1_0-1", "bounds=0-1_0-1_0-x",
                "bounds=0-0_0-1_0-1", "stop_layer=0", "stop_layer=4", "stop_layer=-1", "stop_layer=x",
                "int64_as_str=maybe")) {
            all.add(new Nonsense("GET", "node/ROOT/leaves?" + query, ""));
        }
        for (String time : List.of("x", "nan", "Infinity", "1e300", "1e-999999999", "2026-01-01", "9".repeat(30))) {
            all.add(new Nonsense("GET", "node/ROOT/root?timestamp=" + time, ""));
            all.add(new Nonsense("GET", "delta_roots?timestamp_past=" + time, ""));
        }
        all.add(new Nonsense("GET", "delta_roots", ""));
        all.add(new Nonsense("GET", "oldest_timestamp?delimiter=long", ""));
        all.add(new Nonsense("GET", "l2_chunk_children_binary/" + (2L << 56), ""));
        for (String ids : List.of("", "x", "%5B1", "%5B-1%5D", "7", "%5B%22x%22%5D", "0", TOO_LARGE)) {
            all.add(new Nonsense("GET", "operation_details?operation_ids=" + ids, ""));
        }
        edits(all);
        return all;
    }

    private static void edits(List<Nonsense> all) {
        String a = GraphServer.point(id(0, 0, 1, 4));
        String b = GraphServer.point(id(1, 0, 1, 1));
        for (String body : List.of("", "{}", "[]", "[" + a + "]", "[" + a + ", " + b + ", " + b + "]", "[1, 2]",
                "[" + a + ", [0, 1, 2, 3]]", "[" + a + ", [-5, 1, 2, 3]]", "[" + a + ", [12345, 1, 2, 3]]",
                "[" + a + ", [" + TOO_LARGE + ", 1, 2, 3]]", "[" + a + ", [5, 1, 2]]", "[" + a + ", [5, 1, 2, \"x\"]]",
                "[" + a + ", [5, 1, 2, 1e999]]", "[" + a + ", [5, 1, 2, null]]", "[" + a + ", " + a + "]",
                "[" + a + ", [ROOT, -1e9, 2, 3]]", "nonsense")) {
            all.add(new Nonsense("POST", "merge", body));
            if (!body.equals("[" + a + ", " + a + "]")) {
                all.add(new Nonsense("POST", "graph/find_path", body.replace(b, "[1, 1, 1, 1]")));
            }
        }
        all.add(new Nonsense("POST", "merge?chebyshev_distance=-1", "[" + a + ", " + b + "]"));
        all.add(new Nonsense("POST", "merge?chebyshev_distance=0", "[" + a + ", " + b + "]"));
        for (String path : List.of("split", "graph/split_preview")) {
            for (String body : List.of("", "[]", "{}", "{\"sources\": [], \"sinks\": []}",
                    "{\"sources\": [" + a + "], \"sinks\": []}", "{\"sources\": [" + a + "]}",
                    "{\"sources\": [" + a + "], \"sinks\": [" + b + "]}",
                    "{\"sources\": [" + a + "], \"sinks\": [[12345, 1, 1, 1]]}",
                    "{\"sources\": [" + (a + ", ").repeat(1001) + a + "], \"sinks\": [" + b + "]}")) {
                all.add(new Nonsense("POST", path, body));
            }
        }
        all.add(new Nonsense("POST", "split?mincut=False",
                "{\"sources\": [" + a + ", " + a + "], \"sinks\": [" + b + "]}"));
        for (String path : List.of("undo", "redo")) {
            for (String body : List.of("", "[]", "{}", "{\"operation_id\": 1}", "{\"operation_id\": 0}",
                    "{\"operation_id\": -1}", "{\"operation_id\": \"x\"}", "{\"operation_id\": null}",
                    "{\"operation_id\": " + TOO_LARGE + "}", "{\"operation_id\": 9223372036854775808}")) {
                all.add(new Nonsense("POST", path, body));
            }
        }
        all.add(new Nonsense("POST", "rollback_user", ""));
        all.add(new Nonsense("POST", "rollback_user?user_id=nobody", ""));
        all.add(new Nonsense("POST", "merge?user=%0A", "[" + a + ", " + b + "]"));
        all.add(new Nonsense("POST", "/meshing/api/v1/table/demo/remeshing", "{\"new_lvl2_ids\": [12345]}"));
        all.add(new Nonsense("POST", "/meshing/api/v1/table/demo/remeshing", "{\"new_lvl2_ids\": [ROOT]}"));
    }

    @ParameterizedTest
    @MethodSource
    void nonsense(Nonsense nonsense) throws Exception {
        String path = nonsense.path().replace("ROOT", Long.toString(root));
        String body = nonsense.body().replace("ROOT", Long.toString(root));
        HttpResponse<byte[]> reply = server.send(nonsense.method(),
                path.startsWith("/") ? path : GraphServer.TABLE + path, body.getBytes(StandardCharsets.UTF_8));
        String text = new String(reply.body(), StandardCharsets.UTF_8);
        assertThat(reply.statusCode()).as(text).isEqualTo(400);
        assertThat(reply.headers().allValues("content-type")).containsExactly("application/json");
        JsonNode problem = Json.MAPPER.readTree(text);
        assertThat(problem.get("code").intValue()).isEqualTo(400);
        assertThat(problem.get("message").asString()).hasSizeGreaterThan(10).doesNotContain("Exception",
                "tools.jackson");
    }

    @Test
    void emptyListsAreFine() throws Exception {
        String none = "{\"node_ids\": []}";
        assertThat(server.json("is_latest_roots", none).get("is_latest")).isEmpty();
        assertThat(server.json("roots", none).get("root_ids")).isEmpty();
        assertThat(server.json("root_timestamps", none).get("timestamp")).isEmpty();
        assertThat(server.json("valid_nodes", none).get("valid_roots")).isEmpty();
        assertThat(server.json("minimal_covering_nodes", none)).isEmpty();
        assertThat(server.json("lineage_graph_multiple", "{\"root_ids\": []}").get("nodes")).isEmpty();
        assertThat(server.send("POST", GraphServer.TABLE + "roots_binary", new byte[0]).body()).isEmpty();
    }

    @Test
    void parametersThatNobodyKnowsAreWithoutEffect() throws Exception {
        assertThat(server.json("lineage_graph_multiple?name=timestamp_future&x=", "{\"root_ids\": [" + root + "]}")
                .get("nodes").size()).isOne();
    }

    @Test
    void bodiesMayBeGzippedButNotHuge() throws Exception {
        byte[] ids = GraphServer.raw(id(0, 0, 0, 1), id(0, 0, 0, 2));
        assertThat(GraphServer.ids(server.send("POST", GraphServer.TABLE + "roots_binary", Gzip.compress(ids),
                "Content-Encoding", "gzip").body())).containsExactly(root, root);
        byte[] bomb = Gzip.compress(new byte[(64 << 20) + 8]);
        HttpResponse<byte[]> reply = server.send("POST", GraphServer.TABLE + "roots_binary", bomb, "Content-Encoding",
                "gzip");
        assertThat(reply.statusCode()).isEqualTo(413);
        byte[] damaged = Gzip.compress(ids);
        damaged[damaged.length - 6] ^= 1;
        assertThat(server.send("POST", GraphServer.TABLE + "roots_binary", damaged, "Content-Encoding", "gzip")
                .statusCode()).isEqualTo(400);
        assertThat(server.send("POST", GraphServer.TABLE + "roots_binary", ids, "Content-Encoding", "br")
                .statusCode()).isEqualTo(415);
    }

    @Test
    void aBodyThatSaysThatItIsHugeIsNotRead() throws Exception {
        String reply = server.raw("POST " + GraphServer.TABLE + "roots_binary HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Length: 1000000000\r\n\r\n");
        assertThat(reply).startsWith("HTTP/1.1 413 ").contains("\"code\" : 413");
        String none = server.raw("POST " + GraphServer.TABLE + "roots_binary HTTP/1.1\r\nHost: localhost\r\n"
                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n8\r\n\1\0\0\0\0\0\0\0\r\n0\r\n\r\n");
        assertThat(none).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET merge", "PUT merge", "GET roots_binary", "POST node/1/leaves",
        "DELETE oldest_timestamp"})
    void methodsThatAPathDoesNotHaveAreRefused(String request) throws Exception {
        String[] parts = request.split(" ", 2);
        HttpResponse<byte[]> reply = server.send(parts[0], GraphServer.TABLE + parts[1], new byte[0]);
        assertThat(reply.statusCode()).isEqualTo(405);
        String allow = reply.headers().firstValue("allow").orElse("");
        assertThat(allow).contains("OPTIONS").doesNotContain(parts[0]);
        HttpResponse<byte[]> preflight = server.send("OPTIONS", GraphServer.TABLE + parts[1], new byte[0], "Origin",
                "https://viewer.example", "Access-Control-Request-Method", "POST");
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("access-control-allow-methods")).hasValue(allow);
        assertThat(preflight.headers().firstValue("access-control-allow-origin")).hasValue("*");
        assertThat(preflight.headers().firstValue("access-control-allow-headers").orElse(""))
                .contains("Authorization", "Content-Type", "X-Requested-With");
    }

    @Test
    void headIsAnsweredWhereGetIs() throws Exception {
        HttpResponse<byte[]> get = server.get(GraphServer.TABLE + "oldest_timestamp");
        HttpResponse<byte[]> head = server.send("HEAD", GraphServer.TABLE + "oldest_timestamp", new byte[0]);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("content-length")).hasValue(Integer.toString(get.body().length));
        assertThat(head.body()).isEmpty();
        assertThat(server.send("HEAD", GraphServer.TABLE + "roots", new byte[0]).statusCode()).isEqualTo(405);
    }
}
