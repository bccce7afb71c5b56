package org.neuropil.server.cave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.neuropil.server.cave.GraphServer.ids;
import static org.neuropil.server.cave.GraphServer.list;
import static org.neuropil.server.cave.GraphServer.point;
import static org.neuropil.server.cave.TrafficWorld.id;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.pipeline.Json;
import org.neuropil.server.ServerOptions;

import tools.jackson.databind.JsonNode;

/// Edits through HTTP, and what the logs tell of them.
class EditsTest {
    @TempDir
    private Path temp = Path.of("");
    @SuppressWarnings("NullAway.Init")
    private GraphServer server;

    @BeforeEach
    void start() throws Exception {
        server = new GraphServer(temp, new ServerOptions("127.0.0.1", 0, "42", List.of("https://viewer.example")));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private long root(long node) throws Exception {
        return server.json("node/" + node + "/root").get("root_id").longValue();
    }

    @Test
    void editsAreMadeOnceAndTakenBack() throws Exception {
        long a = root(id(0, 0, 1, 4));
        long b = root(id(1, 0, 1, 1));
        JsonNode merged = server.merge();
        assertThat(merged.get("operation_id").longValue()).isOne();
        long both = merged.get("new_root_ids").get(0).longValue();
        assertThat(root(id(0, 0, 1, 1))).isEqualTo(both).isEqualTo(root(id(1, 0, 1, 4)));
        // A client whose reply got lost asks again.
        assertThat(server.merge()).isEqualTo(merged);
        assertThat(server.json("is_latest_roots", list("node_ids", a, b, both)).get("is_latest").toString())
                .isEqualTo("[false,false,true]");
        JsonNode preview = server.json("graph/split_preview", GraphServer.cut());
        assertThat(preview.get("illegal_split").asBoolean()).isFalse();
        assertThat(ids(preview.get("supervoxel_connected_components").get(0))).contains(id(0, 0, 0, 4));
        JsonNode split = server.split();
        assertThat(split.get("new_root_ids").size()).isEqualTo(2);
        JsonNode undone = server.json("undo?int64_as_str=1", "{\"operation_id\": \"1\"}");
        assertThat(undone.get("operation_id").asString()).isEqualTo("3");
        assertThat(undone.get("new_root_ids").size()).isEqualTo(2);
        JsonNode again = server.json("undo", "{\"operation_id\": 1}");
        assertThat(root(id(0, 0, 1, 1))).isNotEqualTo(root(id(1, 0, 1, 1)));
        assertThat(again.has("new_root_ids")).isTrue();
        assertThat(server.json("redo", "{\"operation_id\": 1}").get("new_root_ids").size()).isOne();
        assertThat(root(id(0, 0, 1, 1))).isEqualTo(root(id(1, 0, 1, 4)));
    }

    @Test
    void historyTellsOfThem() throws Exception {
        long a = root(id(0, 0, 1, 4));
        long front = root(id(0, 0, 0, 4));
        double ingested = TrafficWorld.INGESTED.toEpochMilli() / 1000.0;
        long both = server.merge().get("new_root_ids").get(0).longValue();
        long[] parts = ids(server.split().get("new_root_ids"));

        JsonNode lineage = server.json("lineage_graph_multiple", list("root_ids", both));
        assertThat(lineage.get("nodes").size()).isEqualTo(3);
        assertThat(lineage.get("links").size()).isEqualTo(2);
        assertThat(lineage.get("links").get(0).get("target").longValue()).isEqualTo(both);
        assertThat(lineage.get("directed").asBoolean()).isTrue();
        assertThat(server.json("root/" + both + "/lineage_graph")).isEqualTo(lineage);
        JsonNode old = lineage.get("nodes").valueStream().filter(n -> n.get("id").longValue() == a).findFirst()
                .orElseThrow();
        assertThat(old.get("operation_id").longValue()).isOne();
        assertThat(old.get("timestamp").doubleValue()).isEqualTo(ingested);

        JsonNode past = server.json("past_id_mapping?timestamp_past=" + ingested, list("root_ids", parts));
        assertThat(ids(past.get("past_id_map").get(Long.toString(parts[0])))).containsExactly(front);
        JsonNode delta = server.json("delta_roots?timestamp_past=" + ingested);
        assertThat(ids(delta.get("old_roots"))).contains(a, front).hasSize(3);
        assertThat(ids(delta.get("new_roots"))).contains(both).hasSize(3);

        JsonNode merges = server.json("root/" + both + "/merge_log");
        assertThat(merges.get("merge_edges").toString())
                .isEqualTo("[[[" + id(0, 0, 1, 4) + "," + id(1, 0, 1, 1) + "]]]");
        assertThat(merges.get("merge_edge_coords").toString()).isEqualTo("[[[[56,25,99]],[[56,25,99]]]]");
        JsonNode changes = server.json("root/" + both + "/change_log?filtered=True");
        assertThat(changes.toString()).isEqualTo("{\"n_splits\":0,\"n_mergers\":1,\"user_info\":"
                + "{\"42\":{\"n_splits\":0,\"n_mergers\":1}},\"operations_ids\":[1],\"past_ids\":"
                + server.json("delta_roots?timestamp_past=" + ingested + "&timestamp_future="
                        + server.json("root_timestamps", list("node_ids", both)).get("timestamp").get(0).doubleValue())
                        .get("old_roots")
                + "}");

        JsonNode tables = GraphServer
                .json(server.send("GET", GraphServer.TABLE + "tabular_change_log_many?filtered=True",
                        list("root_ids", both, parts[1]).getBytes(StandardCharsets.UTF_8)));
        JsonNode table = Json.MAPPER.readTree(tables.get(Long.toString(both)).asString());
        assertThat(table.propertyNames()).containsExactly("operation_id", "timestamp", "user_id", "before_root_ids",
                "after_root_ids", "is_merge", "user_name", "user_affiliation");
        assertThat(table.get("operation_id").get("0").intValue()).isOne();
        assertThat(table.get("is_merge").get("0").asBoolean()).isTrue();
        assertThat(table.get("user_id").get("0").intValue()).isEqualTo(42);
        JsonNode whole = server.json("root/" + parts[0] + "/tabular_change_log");
        assertThat(whole.propertyNames()).contains("in_neuron", "is_relevant");
        assertThat(new String(server.get(GraphServer.TABLE + "root/" + parts[0] + "/tabular_change_log?disp=1").body(),
                StandardCharsets.UTF_8)).contains("<td>false</td>");
        assertThat(server.json("tabular_change_log_recent?timestamp=" + ingested).get("is_merge").toString())
                .isEqualTo("{\"0\":true,\"1\":false}");
        assertThat(new String(server.get(GraphServer.TABLE + "change_log").body(), StandardCharsets.UTF_8))
                .startsWith("user_id,action,root_ids,timestamp\n42,merge,\"[" + both + "]\",")
                .contains("\n42,split,\"[" + parts[0] + ", " + parts[1] + "]\",");

        JsonNode details = server.json("operation_details?operation_ids=%5B1%2C+2%5D");
        assertThat(details.get("1").get("user").asString()).isEqualTo("42");
        assertThat(details.get("1").get("added_edges").size()).isOne();
        assertThat(details.get("2").get("removed_edges").size()).isEqualTo(2);
        assertThat(ids(details.get("2").get("roots"))).isEqualTo(parts);
        assertThat(details.get("2").get("source_coords").get(0).toString()).isEqualTo("[56,25,99]");
        assertThat(details.get("2").get("timestamp").asString()).matches("\\d{4}-.* .*\\+00:00");
    }

    @Test
    void whoEditsIsToldAndCanBeRolledBack() throws Exception {
        server.merge();
        HttpResponse<byte[]> reply = server.post(GraphServer.TABLE + "split", GraphServer.cut(), "X-Neuropil-User",
                "ada.l@example.org");
        assertThat(reply.statusCode()).isEqualTo(200);
        JsonNode ada = server.json("operation_details?operation_ids=2").get("2");
        assertThat(ada.get("user_name").asString()).isEqualTo("ada.l@example.org");
        String number = ada.get("user").asString();
        assertThat(server.json("/auth/api/v1/username?id=" + number).get(0).get("name").asString())
                .isEqualTo("ada.l@example.org");
        assertThat(server.json("user_operations?user_id=" + number + "&start_time=0").get("operation_id").toString())
                .isEqualTo("{\"0\":2}");
        assertThat(server.json("user_operations?include_undo=True&start_time=0").get("user_id").toString())
                .isEqualTo("{\"0\":42,\"1\":" + number + "}");
        JsonNode rolled = server.json("rollback_user?user_id=" + number, "");
        assertThat(rolled.get("operation_id").toString()).isEqualTo("[2]");
        assertThat(rolled.get("timestamp").size()).isOne();
        assertThat(root(id(0, 0, 0, 1))).isEqualTo(root(id(1, 1, 0, 1)));
        assertThat(server.json("user_operations?include_undone=False&user_id=" + number).get("operation_id")).isEmpty();
    }

    @Test
    void pagesOfOtherOriginsEditOnlyWhereThatIsAllowed() throws Exception {
        String body = "[" + point(id(0, 0, 1, 4)) + ", " + point(id(1, 0, 1, 1)) + "]";
        String port = ":" + server.server.port();
        for (String origin : new String[]{"https://evil.example", "null", "http://127.0.0.1.evil.example" + port,
            "https://viewer.example.org", "http://evil.example#localhost", "http://localhost@evil.example"}) {
            HttpResponse<byte[]> reply = server.post(GraphServer.TABLE + "merge", body, "Origin", origin);
            assertThat(reply.statusCode()).as(origin).isEqualTo(403);
            assertThat(Json.MAPPER.readTree(reply.body()).get("message").asString()).contains("--edits-from");
        }
        assertThat(server.world.graph.operation(1)).isNull();
        HttpResponse<byte[]> read = server.post(GraphServer.TABLE + "is_latest_roots", list("node_ids", 1), "Origin",
                "https://evil.example");
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.headers().firstValue("access-control-allow-origin")).hasValue("*");
        for (String origin : new String[]{"http://127.0.0.1" + port, "http://localhost:4000",
            "https://viewer.example"}) {
            assertThat(server.post(GraphServer.TABLE + "merge", body, "Origin", origin).statusCode()).as(origin)
                    .isEqualTo(200);
        }
        assertThat(server.world.graph.operation(2)).isNull();
    }

    @Test
    void aPastStateIsReadOnly() throws Exception {
        long front = root(id(0, 0, 0, 4));
        long[] parts = ids(server.split().get("new_root_ids"));
        String past = "/segmentation/api/v1/table/demo_v1/";
        assertThat(server.json(past + "node/" + id(0, 0, 0, 4) + "/root").get("root_id").longValue()).isEqualTo(front);
        assertThat(server.post(past + "merge", "[" + point(id(0, 0, 1, 4)) + ", " + point(id(1, 0, 1, 1)) + "]")
                .statusCode()).isEqualTo(401);
        HttpResponse<byte[]> later = server.get(past + "node/" + parts[0] + "/leaves");
        assertThat(later.statusCode()).isEqualTo(401);
        assertThat(Json.MAPPER.readTree(later.body()).get("message").asString()).contains("came to be at");
    }

    @Test
    void refusalsAreSaidInWords() throws Exception {
        HttpResponse<byte[]> same = server.post(GraphServer.TABLE + "merge",
                "[" + point(id(0, 0, 1, 4)) + ", " + point(id(0, 0, 1, 1)) + "]");
        assertThat(same.statusCode()).isEqualTo(400);
        assertThat(same.headers().allValues("content-type")).containsExactly("application/json");
        JsonNode body = Json.MAPPER.readTree(same.body());
        assertThat(body.propertyNames()).containsExactlyInAnyOrder("timestamp", "duration", "code", "message");
        assertThat(body.get("code").intValue()).isEqualTo(400);
        assertThat(body.get("message").asString()).contains("object");
        assertThat(server.world.graph.operation(1)).isNull();
    }
}
