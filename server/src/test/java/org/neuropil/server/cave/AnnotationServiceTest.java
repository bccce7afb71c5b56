package org.neuropil.server.cave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.pipeline.Json;
import org.neuropil.server.cave.AnnotationCalls.Reply;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.dataset.Tables;
import org.neuropil.tables.live.OpenTables;
import org.neuropil.volume.codec.Gzip;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Annotations from their making to their end, over HTTP.
class AnnotationServiceTest {
    private static final String SYNAPSE = "{'pre_pt': {'position': [31, 31, 0]}, 'ctr_pt': {'position': [32, 32, 0]},"
            + " 'post_pt': {'position': [33, 33, 0]}, 'size': 1}";

    @TempDir
    static Path temp = Path.of("");
    @SuppressWarnings("NullAway.Init")
    private static GraphServer server;
    @SuppressWarnings("NullAway.Init")
    private static AnnotationCalls calls;

    @BeforeAll
    static void start() throws Exception {
        server = new GraphServer(temp.resolve("shared"));
        calls = new AnnotationCalls(server);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    /// The session of the AnnotationEngine's own tests, with the answers that it expects.
    @Test
    void answersAsTheAnnotationEngineDoes() throws Exception {
        try (GraphServer fresh = new GraphServer(temp.resolve("fresh"))) {
            AnnotationCalls engine = new AnnotationCalls(fresh);
            assertThat(fresh.json("/annotation/api/versions")).hasToString("[2]");
            String source = ", 'user_id': '1', 'flat_segmentation_source': 'precomputed://gs://my_cloud_bucket/image'";
            Reply made = engine.create("test_table", "synapse", source);
            assertThat(made.text()).isEqualTo("test_table");
            assertThat(made.response().headers().firstValue("content-type").orElse("")).startsWith("text/html");
            engine.with("test_table_to_delete", "synapse", "");
            assertThat(engine.get("").json()).hasToString("[\"test_table\",\"test_table_to_delete\"]");
            Reply told = engine.get("/test_table");
            assertThat(told.status()).isEqualTo(201);
            ObjectNode metadata = (ObjectNode) Json.MAPPER.readTree(told.text());
            assertThat(metadata.remove("created").asString())
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}")
                    .isEqualTo(metadata.remove("last_modified").asString());
            assertThat(metadata).isEqualTo(Json.MAPPER.readTree("""
                    {"table_name": "test_table", "id": 1, "deleted": null, "description": "for a test",
                     "flat_segmentation_source": "precomputed://gs://my_cloud_bucket/image",
                     "voxel_resolution_x": 16.0, "voxel_resolution_y": 16.0, "voxel_resolution_z": 40.0, "valid": true,
                     "schema_type": "synapse", "user_id": "1", "notice_text": null, "reference_table": null,
                     "read_permission": "PUBLIC", "write_permission": "PRIVATE"}"""));
            assertThat(engine.send("DELETE", "/test_table_to_delete", "").json()).hasToString("true");
            assertThat(engine.count("test_table")).isZero();
            String[] one = {"X-Neuropil-User", "1"};
            assertThat(engine.insert("test_table", "[" + SYNAPSE + "]", one).json()).hasToString("[1]");
            JsonNode row = engine.rows("test_table", "1").get(0);
            assertThat(row.get("id").intValue()).isOne();
            assertThat(row.get("pre_pt_position")).hasToString("[31,31,0]");
            assertThat(row.get("ctr_pt_position")).hasToString("[32,32,0]");
            assertThat(row.get("post_pt_position")).hasToString("[33,33,0]");
            assertThat(row.get("size").doubleValue()).isEqualTo(1);
            assertThat(row.get("valid").asBoolean()).isTrue();
            assertThat(row.get("superceded_id").isNull()).isTrue();
            assertThat(row.get("deleted").asString()).isEqualTo("None");
            String moved = "[" + SYNAPSE.replace("31, 31", "22, 22").replace("{'pre_pt'", "{'id': 1, 'pre_pt'") + "]";
            assertThat(engine.update("test_table", moved, one).json()).hasToString("{\"1\":2}");
            assertThat(engine.delete("test_table", "[2]", one).json()).hasToString("[2]");
            assertThat(engine.count("test_table")).isEqualTo(2);
        }
    }

    @Test
    void aNoticeIsSetAndErased() throws Exception {
        calls.with("noticed", "bound_tag", ", 'notice_text': 'read\\nthis: caf\\u00e9'");
        assertThat(calls.get("/noticed").warning()).isEqualTo("Table Owner Notice: read this: caf\u00e9");
        calls.insert("noticed", "[{'pt': {'position': [1, 2, 3]}, 'tag': 'a'}]").json();
        assertThat(calls.get("/noticed/annotations?annotation_ids=1").warning()).startsWith("Table Owner Notice: read");
        JsonNode other = calls.send("PUT", "", "{'table_name': 'noticed', 'metadata': {'notice_text': 'new', "
                + "'description': 'other', 'write_permission': 'PUBLIC'}}").json();
        assertThat(other.get("notice_text").asString()).isEqualTo("new");
        assertThat(other.get("description").asString()).isEqualTo("other");
        assertThat(other.get("write_permission").asString()).isEqualTo("PUBLIC");
        assertThat(other.get("read_permission").asString()).isEqualTo("PUBLIC");
        for (String none : List.of("", "None")) {
            JsonNode erased = calls.send("PUT", "",
                    "{'table_name': 'noticed', 'metadata': {'notice_text': '" + none + "'}}").json();
            assertThat(erased.get("notice_text").isNull()).isTrue();
            assertThat(erased.get("description").asString()).isEqualTo("other");
        }
        assertThat(calls.get("/noticed").warning()).isEmpty();
    }

    @Test
    void anUpdateKeepsWhatItDoesNotSayAndTheOldRow() throws Exception {
        calls.with("updated", "nucleus_detection", "");
        assertThat(calls.insert("updated", "[{'pt': {'position': [5, 6, 7]}, 'volume': 2.5},"
                + " {'pt_position': [8, 9, 10], 'bb_start_position': [1, 1, 1]}]").json()).hasToString("[1,2]");
        assertThat(calls.update("updated", "[{'id': 2, 'volume': 4}, {'id': 1, 'pt_position': [50, 60, 70]}]").json())
                .hasToString("{\"2\":3,\"1\":4}");
        JsonNode rows = calls.rows("updated", "4,1,3,2,77");
        assertThat(rows.valueStream().map(row -> row.get("id").intValue())).containsExactly(1, 2, 3, 4);
        assertThat(rows.get(0).get("valid").asBoolean()).isFalse();
        assertThat(rows.get(0).get("superceded_id").intValue()).isEqualTo(4);
        assertThat(rows.get(0).get("pt_position")).hasToString("[5,6,7]");
        assertThat(rows.get(3).get("pt_position")).hasToString("[50,60,70]");
        assertThat(rows.get(3).get("volume").doubleValue()).isEqualTo(2.5);
        assertThat(rows.get(3).get("bb_start_position").isNull()).isTrue();
        assertThat(rows.get(3).get("created")).isEqualTo(rows.get(0).get("deleted"));
        assertThat(rows.get(2).get("pt_position")).hasToString("[8,9,10]");
        assertThat(rows.get(2).get("bb_start_position")).hasToString("[1,1,1]");
        assertThat(rows.get(2).get("volume").doubleValue()).isEqualTo(4);
    }

    @Test
    void referencesFollowWhatTheyReferTo() throws Exception {
        calls.with("cells", "nucleus_detection", "");
        calls.with("tags", "reference_tag",
                ", 'table_metadata': {'reference_table': 'cells', 'track_target_id_updates': true}");
        calls.with("tags_of_tags", "reference_tag",
                ", 'table_metadata': {'reference_table': 'tags', 'track_target_id_updates': null}");
        assertThat(Json.MAPPER.readTree(calls.get("/tags").text()).get("reference_table")
                .asString()).isEqualTo("cells");
        calls.insert("cells", "[{'pt': {'position': [1, 2, 3]}}]").json();
        assertThat(calls.insert("tags", "[{'target_id': 1, 'tag': 'big'}]").json()).hasToString("[1]");
        assertThat(calls.insert("tags_of_tags", "[{'target_id': 1, 'tag': 'sure'}]").json()).hasToString("[1]");
        assertThat(calls.update("cells", "[{'id': 1, 'volume': 3}]").json()).hasToString("{\"1\":2}");
        assertThat(calls.rows("tags", "1").get(0).get("superceded_id").intValue()).isEqualTo(2);
        assertThat(calls.rows("tags", "2").get(0).get("target_id").intValue()).isEqualTo(2);
        assertThat(calls.count("tags_of_tags")).isOne();
        Reply wrong = calls.insert("tags", "[{'target_id': 9, 'tag': 'none'}]");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.message()).contains("target_id", "has no row 9");
    }

    @Test
    void whoWroteARowIsFilledIn() throws Exception {
        calls.with("authored", "bound_tag_user", ", 'write_permission': 'PUBLIC'");
        String row = "{'pt': {'position': [1, 2, 3]}, 'tag': 'a'}";
        calls.insert("authored", "[" + row + ", " + row.replace("{'pt'", "{'user_id': 7, 'pt'") + "]",
                "X-Neuropil-User", "121").json();
        calls.insert("authored", "[" + row + "]").json();
        calls.update("authored", "[{'id': 1, 'tag': 'b'}]").json();
        assertThat(calls.rows("authored", "1,2,3,4").valueStream().map(one -> one.get("user_id").intValue()))
                .containsExactly(121, 7, 0, 121);
    }

    @Test
    void tablesAreListedAsTheyStoodAtAMoment() throws Exception {
        calls.with("was_there", "bound_tag", "");
        String created = Json.MAPPER.readTree(calls.get("/was_there").text()).get("created")
                .asString();
        String before = AnnotationMetadata.moment(Instant.parse(created + "Z").minusMillis(1));
        calls.send("DELETE", "/was_there", "").json();
        assertThat(names("")).doesNotContain("was_there");
        assertThat(names("?filter_valid=False")).contains("was_there");
        assertThat(names("?timestamp=" + created)).contains("was_there");
        assertThat(names("?timestamp=" + before)).doesNotContain("was_there");
        Reply deleted = calls.get("/was_there");
        assertThat(deleted.status()).isEqualTo(201);
        assertThat(Json.MAPPER.readTree(deleted.text()).get("valid").asBoolean()).isFalse();
        assertThat(calls.create("was_there", "bound_tag", "").status()).isEqualTo(400);
        for (String gone : List.of("/was_there/count", "/was_there/annotations?annotation_ids=1")) {
            assertThat(calls.get(gone).message()).contains("was deleted");
        }
    }

    private static List<String> names(String query) throws Exception {
        return calls.get(query).json().valueStream().map(JsonNode::asString).toList();
    }

    @Test
    void manyClientsGetTheirOwnIds() throws Exception {
        calls.with("crowded", "bound_tag", "");
        int clients = 8;
        int batches = 5;
        int size = 50;
        List<Callable<List<int[]>>> work = IntStream.range(0, clients)
                .<Callable<List<int[]>>>mapToObj(client -> () -> {
                    List<int[]> got = new ArrayList<>();
                    for (int batch = 0; batch < batches; batch++) {
                        int first = (client * batches + batch) * size;
                        String rows = String.join(",", IntStream.range(first, first + size)
                                .mapToObj(n -> "{'pt': {'position': [" + n + ", 1, 2]}, 'tag': 't" + n + "'}")
                                .toList());
                        int[] ids = calls.insert("crowded", "[" + rows + "]").json().valueStream()
                                .mapToInt(JsonNode::intValue).toArray();
                        got.add(ids);
                        JsonNode seen = calls.rows("crowded", ids[0] + "," + ids[size - 1]);
                        assertThat(seen.get(0).get("tag").asString()).isEqualTo("t" + first);
                        assertThat(seen.get(1).get("pt_position").get(0).intValue()).isEqualTo(first + size - 1);
                    }
                    return got;
                }).toList();
        List<Integer> all = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(clients)) {
            for (Future<List<int[]>> one : pool.invokeAll(work)) {
                one.get().forEach(ids -> Arrays.stream(ids).forEach(all::add));
            }
        }
        assertThat(all).containsExactlyInAnyOrderElementsOf(
                IntStream.rangeClosed(1, clients * batches * size).boxed().toList());
        assertThat(calls.count("crowded")).isEqualTo(clients * batches * size);
    }

    @Test
    void ofClientsThatReplaceARowOneDoes() throws Exception {
        calls.with("contested", "bound_tag", "");
        calls.insert("contested", "[{'pt': {'position': [1, 2, 3]}, 'tag': 'first'}]").json();
        List<Callable<Integer>> work = IntStream.range(0, 8).<Callable<Integer>>mapToObj(
                n -> () -> calls.update("contested", "[{'id': 1, 'tag': 'by " + n + "'}]").status()).toList();
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            for (Future<Integer> one : pool.invokeAll(work)) {
                statuses.add(one.get());
            }
        }
        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 409);
        assertThat(calls.count("contested")).isEqualTo(2);
    }

    @Test
    void pointsAreBoundWhenTheyAreWrittenAndWhenTheyMove() throws Exception {
        Path folder = temp.resolve("bound");
        try (GraphServer fresh = new GraphServer(folder)) {
            AnnotationCalls engine = new AnnotationCalls(fresh).with("points", "bound_tag", "");
            engine.insert("points", "[{'pt': {'position': [40, 3, 70]}, 'tag': 'a'}, {'pt': {'position': [5, 5, 5],"
                    + " 'supervoxel_id': '" + TrafficWorld.id(1, 1, 0, 2) + "'}, 'tag': 'b'},"
                    + " {'pt': {'position': [-5, 5, 5]}, 'tag': 'outside'}]").json();
            engine.update("points", "[{'id': 1, 'pt': {'position': [100, 100, 10]}}, {'id': 2, 'tag': 'c'}]").json();
        }
        try (Tables tables = OpenTables.of(folder.resolve("dataset"), "")) {
            Rows rows = tables.store().rows("points", new long[]{1, 2, 3, 4, 5});
            assertThat(rows.longs("pt_supervoxel_id")).containsExactly(TrafficWorld.supervoxel(40, 3, 70),
                    TrafficWorld.id(1, 1, 0, 2), 0, TrafficWorld.supervoxel(100, 100, 10),
                    TrafficWorld.id(1, 1, 0, 2));
            ColumnData bound = rows.data().get(rows.index("pt_supervoxel_id"));
            assertThat(IntStream.range(0, 5).filter(bound::isAbsent)).isEmpty();
        }
    }

    @Test
    void bodiesMayBeLargeAndGzipped() throws Exception {
        calls.with("bulky", "bound_tag", "");
        String row = "{\"pt\": {\"position\": [1, 2, 3]}, \"tag\": \"a\"}";
        byte[] large = ("[" + row + "," + " ".repeat(65 << 20) + row + "]").getBytes(StandardCharsets.UTF_8);
        String path = AnnotationCalls.TABLES + "/bulky/annotations";
        assertThat(GraphServer.ids(GraphServer.json(server.send("POST", path, large)))).containsExactly(1, 2);
        byte[] packed = Gzip.compress(large);
        assertThat(GraphServer.ids(GraphServer.json(server.send("POST", path, packed, "Content-Encoding", "gzip"))))
                .containsExactly(3, 4);
        byte[] damaged = packed.clone();
        damaged[damaged.length - 6] ^= 1;
        assertThat(server.send("POST", path, damaged, "Content-Encoding", "gzip").statusCode()).isEqualTo(400);
        assertThat(server.send("POST", path, "no gzip".getBytes(StandardCharsets.UTF_8), "Content-Encoding", "gzip")
                .statusCode()).isEqualTo(400);
        assertThat(server.send("POST", path, packed, "Content-Encoding", "br").statusCode()).isEqualTo(415);
        assertThat(calls.count("bulky")).isEqualTo(4);
        assertThat(refusedAtOnce(path)).startsWith("HTTP/1.1 413 ");
    }

    private static String refusedAtOnce(String path) throws IOException {
        return server.raw("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000000\r\n\r\n");
    }
}
