package org.neuropil.server.cave;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.pipeline.Json;
import org.neuropil.server.cave.AnnotationCalls.Reply;

/// What the annotation service refuses, with which status and in which words; nothing is changed by it.
class AnnotationRefusalsTest {
    private static final String POINT = "'pt': {'position': [1, 2, 3]}";
    private static final String ROW = "{" + POINT + ", 'tag': 'a'}";
    private static final String INJECTION = "x'); DROP TABLE rows_1; --";

    @TempDir
    static Path temp = Path.of("");
    @SuppressWarnings("NullAway.Init")
    private static GraphServer server;
    @SuppressWarnings("NullAway.Init")
    private static AnnotationCalls calls;

    @BeforeAll
    static void start() throws Exception {
        server = new GraphServer(temp);
        calls = new AnnotationCalls(server).with("kept", "bound_tag", "").with("others", "bound_tag",
                ", 'user_id': 121").with("open", "bound_tag", ", 'user_id': 121, 'write_permission': 'PUBLIC'")
                .with("secret", "bound_tag", ", 'user_id': 121, 'read_permission': 'PRIVATE'")
                .with("grouped", "bound_tag",
                        ", 'user_id': 121, 'read_permission': 'GROUP', 'write_permission': 'GROUP'");
        assertThat(calls.insert("kept", "[" + ROW + ", " + ROW + ", " + ROW + "]").json()).hasToString("[1,2,3]");
        calls.update("kept", "[{'id': 1, 'tag': 'b'}]").json();
        calls.delete("kept", "[2]").json();
    }

    @AfterAll
    static void stop() throws Exception {
        assertThat(calls.get("").json())
                .hasToString("[\"kept\",\"others\",\"open\",\"secret\",\"grouped\"]");
        assertThat(calls.count("kept")).isEqualTo(4);
        assertThat(calls.rows("kept", "3,4").valueStream().map(row -> row.get("tag").asString() + row.get("valid")))
                .containsExactly("atrue", "btrue");
        server.close();
    }

    /// @param path below the list of tables
    /// @param words that the message has
    record Refused(int status, String method, String path, String body, String... words) {
        @Override
        public String toString() {
            return method + " " + path + " " + (body.length() > 100 ? body.substring(0, 100) + "…" : body);
        }
    }

    static List<Refused> refused() {
        List<Refused> all = new ArrayList<>();
        rows(all);
        changes(all);
        tables(all);
        return all;
    }

    private static void rows(List<Refused> all) {
        String path = "/kept/annotations";
        for (String[] one : new String[][]{{"", "list of rows"}, {"{", "is no JSON"}, {"7", "list of rows"},
            {"{'rows': []}", "'rows' is given"}, {"[1]", "row 0", "is no row"},
            {"[" + ROW + ", {" + POINT + "}]", "row 1", "tag", "is missing"},
            {"[{'tag': 'a'}]", "row 0", "pt_position", "is missing"},
            {"[{" + POINT + ", 'tag': 5}]", "row 0", "tag"},
            {"[{" + POINT + ", 'tag': null}]", "row 0", "tag", "null"},
            {"[{" + POINT + ", 'tag': 'a', 'colour': 'red'}]", "row 0", "colour", "no such field"},
            {"[{" + POINT + ", 'tag': 'a', '" + INJECTION.replace("'", "") + "': 1}]", "row 0", "no such field"},
            {"[{'pt': {'position': [1, 2]}, 'tag': 'a'}]", "row 0", "2 values"},
            {"[{'pt': {'position': [1, 2.5, 3]}, 'tag': 'a'}]", "row 0", "pt.position[1]", "2.5"},
            {"[{'pt': {'position': [1, 2, 3000000000]}, 'tag': 'a'}]", "row 0", "3000000000"},
            {"[{'pt': {'position': 'here'}, 'tag': 'a'}]", "row 0", "'here'"},
            {"[{'pt': [1, 2, 3], 'tag': 'a'}]", "row 0", "no point"},
            {"[{'pt': {'position': [1, 2, 3], 'supervoxel_id': 1.5}, 'tag': 'a'}]", "row 0", "supervoxel_id", "float"},
            {"[{'pt': {'position': [1, 2, 3], 'supervoxel_id': -1}, 'tag': 'a'}]", "row 0", "negative"},
            {"[{'pt': {'position': [1, 2, 3], 'supervoxel_id': 18446744073709551616}, 'tag': 'a'}]", "row 0", "2^63"},
            {"[{" + POINT + ", 'tag': 'a', 'deleted': '2026-01-01'}]", "row 0", "deleted"},
            {"[{" + POINT + ", 'tag': 'a', 'id': 'one'}]", "row 0", "id"},
            {"[{" + POINT + ", 'tag': 'a', 'id': 9}, " + ROW + "]", "row 1", "id"},
            {"[{" + POINT + ", 'tag': 'a', 'id': 9}, {" + POINT + ", 'tag': 'a', 'id': 9}]", "row 1", "9"},
            {"[" + ROW + "] []", "more after the end"}}) {
            all.add(new Refused(422, "POST", path, one[0], Arrays.copyOfRange(one, 1, one.length)));
        }
        all.add(new Refused(409, "POST", path, "[{" + POINT + ", 'tag': 'a', 'id': 3}]", "has a row 3"));
        all.add(new Refused(404, "POST", "/none/annotations", "[" + ROW + "]", "there is no table 'none'"));
        all.add(new Refused(404, "POST", "/" + INJECTION.replace("'", "%27").replace(" ", "%20") + "/annotations",
                "[" + ROW + "]", "there is no table"));
        for (String ids : List.of("", "?annotation_ids=", "?annotation_ids=x", "?annotation_ids=1,,2",
                "?annotation_ids=1.5", "?annotation_ids=-1", "?annotation_ids=18446744073709551616",
                "?annotation_ids=1)%20OR%20(1=1")) {
            all.add(new Refused(400, "GET", path + ids, "", "annotation_ids"));
        }
        all.add(new Refused(404, "GET", "/none/annotations?annotation_ids=1", "", "there is no table"));
        all.add(new Refused(404, "GET", "/none/count", "", "there is no table"));
        all.add(new Refused(404, "GET", "/none", "", "there is no table"));
    }

    private static void changes(List<Refused> all) {
        String path = "/kept/annotations";
        all.add(new Refused(422, "PUT", path, "[{'tag': 'c'}]", "row 0", "id", "is missing"));
        all.add(new Refused(422, "PUT", path, "[{'id': 3, 'tag': null}]", "tag"));
        all.add(new Refused(422, "PUT", path, "[{'id': 3, 'pt': {'position': [1, 2]}}]", "row 0", "pt"));
        all.add(new Refused(422, "PUT", path, "[{'id': 3, 'size': 1}]", "row 0", "size", "no such field"));
        all.add(new Refused(422, "PUT", path, "[{'id': 3, 'tag': 'c'}, {'id': 3, 'tag': 'd'}]", "row 1", "3"));
        all.add(new Refused(422, "PUT", path, "[{'id': 3.5, 'tag': 'c'}]", "row 0", "id", "3.5"));
        all.add(new Refused(404, "PUT", path, "[{'id': 3, 'tag': 'c'}, {'id': 99, 'tag': 'c'}]", "no row 99"));
        all.add(new Refused(409, "PUT", path, "[{'id': 3, 'tag': 'c'}, {'id': 1, 'tag': 'c'}]", "row 1"));
        all.add(new Refused(409, "PUT", path, "[{'id': 2, 'tag': 'c'}]", "row 2"));
        all.add(new Refused(404, "PUT", "/none/annotations", "[{'id': 1, 'tag': 'c'}]", "there is no table"));
        all.add(new Refused(404, "DELETE", path, "{'annotation_ids': [3, 99]}", "no row 99"));
        all.add(new Refused(404, "DELETE", path, "{'annotation_ids': [18446744073709551615]}", "18446744073709551615"));
        all.add(new Refused(409, "DELETE", path, "{'annotation_ids': [3, 1]}", "row 1"));
        all.add(new Refused(422, "DELETE", path, "{'annotation_ids': [3, 3]}", "comes twice"));
        for (String ids : List.of("[1.5]", "[-1]", "['x']", "[null]", "[18446744073709551616]", "[[3]]")) {
            all.add(new Refused(400, "DELETE", path, "{'annotation_ids': " + ids + "}", "annotation_ids"));
        }
        all.add(new Refused(400, "DELETE", path, "", "annotation_ids"));
        all.add(new Refused(404, "DELETE", "/none", "", "there is no table"));
    }

    private static void tables(List<Refused> all) {
        for (String name : List.of("InvalidUpperCase", "invalid space", "invalid-table", "invalid.table", "@invalid",
                "", "123", "1_a", "kept", "a__b", "t\\u0000", "a".repeat(64), INJECTION.replace("'", ""))) {
            all.add(new Refused(400, "POST", "", table(name, "bound_tag", "", ""), "table_name"));
        }
        all.add(new Refused(404, "POST", "", table("made", "bound_tag", "description", ""), "description required"));
        for (String axis : List.of("x", "y", "z")) {
            all.add(new Refused(400, "POST", "", table("made", "bound_tag", "voxel_resolution_" + axis, ""),
                    "voxel_resolution_" + axis, "is missing"));
        }
        all.add(new Refused(400, "POST", "", table("made", "bound_tag", "", "").replace(": 40", ": 0"),
                "no size of voxels"));
        all.add(new Refused(400, "POST", "", table("made", "bound_tag", "", "").replace(": 40", ": '40'"),
                "voxel_resolution_z", "no number"));
        all.add(new Refused(400, "POST", "", table("made", "no_such", "", ""), "schema_type"));
        all.add(new Refused(400, "POST", "", table("made", "../../dataset", "", ""), "schema_type"));
        all.add(new Refused(400, "POST", "", table("made", "bound_tag", "", ", 'read_permission': 'ALL'"),
                "read_permission", "PRIVATE"));
        all.add(new Refused(400, "POST", "", table("made", "bound_tag", "", ", 'user_id': -5"), "user_id"));
        all.add(new Refused(400, "POST", "", table("made", "bound_tag", "", ", 'user_id': [5]"), "user_id"));
        all.add(new Refused(400, "POST", "", table("made", "bound_tag", "", ", 'notice': 'x'"), "'notice'",
                "notice_text"));
        all.add(new Refused(400, "POST", "", table("made", "bound_tag", "", ", 'notice_text': 5"), "notice_text"));
        all.add(new Refused(400, "POST", "", table("made", "reference_tag", "", ""), "reference_table"));
        all.add(new Refused(400, "POST", "",
                table("made", "bound_tag", "", ", 'table_metadata': {'reference_table': 'kept'}"),
                "Reference table must be a ReferenceAnnotation schema type"));
        all.add(new Refused(404, "POST", "",
                table("made", "reference_tag", "", ", 'table_metadata': {'reference_table': 'none'}"),
                "reference_table"));
        all.add(new Refused(400, "POST", "", table("made", "reference_tag", "",
                ", 'table_metadata': {'reference_table': 'kept', 'track_target_id_updates': 'yes'}"), "neither"));
        for (String body : List.of("", "[]", "{", "{}", "{'table_name': 'made'}", "{'table_name': 'made', "
                + "'schema_type': 'bound_tag'}", "{'table_name': 5, 'schema_type': 'bound_tag', 'metadata': {}}",
                "{'table_name': 'made', 'schema_type': 'bound_tag', 'metadata': 5}")) {
            all.add(new Refused(400, "POST", "", body));
        }
        for (String body : List.of("", "{'metadata': {}}", "{'table_name': 'kept'}",
                "{'table_name': 'kept', 'metadata': {'voxel_resolution_x': 5}}",
                "{'table_name': 'kept', 'metadata': {'schema_type': 'synapse'}}",
                "{'table_name': 'kept', 'metadata': {'write_permission': 'public'}}")) {
            all.add(new Refused(400, "PUT", "", body));
        }
        all.add(new Refused(404, "PUT", "", "{'table_name': 'none', 'metadata': {}}", "there is no table 'none'"));
        all.add(new Refused(400, "GET", "?filter_valid=maybe", "", "filter_valid"));
        all.add(new Refused(400, "GET", "?timestamp=yesterday", "", "timestamp"));
    }

    /// @param without what is left out
    private static String table(String name, String schema, String without, String more) {
        String all = "{'table_name': '" + name + "', 'schema_type': '" + schema
                + "', 'metadata': {'description': 'd', 'voxel_resolution_x': 16, 'voxel_resolution_y': 16,"
                + " 'voxel_resolution_z': 40" + more + "}}";
        return without.isEmpty() ? all : all.replaceFirst("'" + without + "': [^,}]+(, )?", "").replace(", }", "}");
    }

    @ParameterizedTest
    @MethodSource
    void refused(Refused refused) throws Exception {
        Reply reply = calls.send(refused.method(), refused.path(), refused.body());
        assertThat(reply.status()).as(reply.text()).isEqualTo(refused.status());
        assertThat(reply.message()).hasSizeGreaterThan(10).doesNotContain("Exception", "tools.jackson", "SELECT",
                temp.toString());
        assertThat(refused.words()).allSatisfy(word -> assertThat(reply.message()).contains(word));
    }

    /// The names that the AnnotationEngine's own tests take.
    @ParameterizedTest
    @ValueSource(strings = {"valid_table_name", "another_valid_name", "a", "_valid", "valid_", "valid_table_1"})
    void namesThatAreNames(String name) throws Exception {
        try (GraphServer other = new GraphServer(temp.resolve(name))) {
            new AnnotationCalls(other).with(name, "synapse", "");
        }
    }

    @Test
    void anotherVolumeIsNotThere() throws Exception {
        assertThat(server.get(AnnotationCalls.TABLES.replace("tiny", "huge")).statusCode()).isEqualTo(404);
        assertThat(server.post(AnnotationCalls.TABLES.replace("tiny", "huge"), "{}").statusCode()).isEqualTo(400);
    }

    @Test
    void tenThingsAreToldAndOthersCounted() throws Exception {
        Reply reply = calls.insert("kept", "[" + "{}, ".repeat(99) + "{}]");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.message()).contains("200 things are wrong", "row 0", "and 190 more");
    }

    @Test
    void textIsOnlyText() throws Exception {
        try (GraphServer other = new GraphServer(temp.resolve("text"))) {
            AnnotationCalls engine = new AnnotationCalls(other).with("texts", "bound_tag", "");
            String row = Json.MAPPER.writeValueAsString(List.of(Map.of("tag", INJECTION, "pt_position",
                    List.of(1, 2, 3))));
            assertThat(GraphServer.ids(other.json(AnnotationCalls.TABLES + "/texts/annotations", row)))
                    .containsExactly(1);
            assertThat(engine.rows("texts", "1").get(0).get("tag").asString()).isEqualTo(INJECTION);
        }
    }

    @Test
    void whoMayReadAndChange() throws Exception {
        String[] owner = {"X-Neuropil-User", "121"};
        String rows = "[" + ROW + "]";
        for (String table : List.of("others", "secret", "grouped")) {
            Reply refused = calls.insert(table, rows);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.message()).contains("'anonymous' may not change rows of table '" + table + "'", "121");
            assertThat(calls.update(table, "[{'id': 1, 'tag': 'c'}]").status()).isEqualTo(403);
            assertThat(calls.delete(table, "[1]").status()).isEqualTo(403);
        }
        int count = calls.count("open");
        assertThat(calls.insert("open", rows).json().size()).isOne();
        assertThat(calls.insert("secret", rows, owner).json().size()).isOne();
        assertThat(calls.count("open")).isEqualTo(count + 1);
        for (String table : List.of("others", "open", "secret", "grouped")) {
            assertThat(calls.send("DELETE", "/" + table, "").status()).as("only the owner deletes").isEqualTo(403);
            assertThat(calls.send("PUT", "",
                    "{'table_name': '" + table + "', 'metadata': {'write_permission': 'PUBLIC'}}").status())
                    .isEqualTo(403);
            boolean open = !List.of("secret", "grouped").contains(table);
            assertThat(calls.get("/" + table).status()).isEqualTo(open ? 201 : 403);
            for (String what : List.of("/count", "/annotations?annotation_ids=1")) {
                assertThat(calls.get("/" + table + what).status()).isEqualTo(open ? 200 : 403);
                assertThat(calls.send("GET", "/" + table + what, "", owner).status()).isEqualTo(200);
            }
        }
        assertThat(calls.send("PUT", "", "{'table_name': 'others', 'metadata': {'description': 'mine'}}", owner).json()
                .get("description").asString()).isEqualTo("mine");
    }

    @Test
    void aTableGoesToAnotherOwner() throws Exception {
        try (GraphServer other = new GraphServer(temp.resolve("given"))) {
            AnnotationCalls engine = new AnnotationCalls(other).with("given", "bound_tag", "");
            assertThat(engine.send("PUT", "", "{'table_name': 'given', 'metadata': {'user_id': 7}}").json()
                    .get("user_id").asString()).isEqualTo("7");
            assertThat(engine.send("DELETE", "/given", "").status()).isEqualTo(403);
            assertThat(engine.send("DELETE", "/given", "", "X-Neuropil-User", "7").json()).hasToString("true");
        }
    }

    @Test
    void pagesOfOthersChangeNothing() throws Exception {
        String[] page = {"Origin", "https://elsewhere.example"};
        assertThat(calls.create("made", "bound_tag", "", page).status()).isEqualTo(403);
        assertThat(calls.insert("kept", "[" + ROW + "]", page).status()).isEqualTo(403);
        assertThat(calls.update("kept", "[{'id': 3, 'tag': 'c'}]", page).status()).isEqualTo(403);
        assertThat(calls.delete("kept", "[3]", page).status()).isEqualTo(403);
        assertThat(calls.send("DELETE", "/kept", "", page).status()).isEqualTo(403);
        assertThat(calls.send("GET", "/kept/count", "", page).status()).isEqualTo(200);
        assertThat(server.send("OPTIONS", AnnotationCalls.TABLES + "/kept/annotations", new byte[0]).headers()
                .firstValue("access-control-allow-methods").orElse("")).contains("GET", "POST", "PUT", "DELETE");
        assertThat(new String(server.post("/api/v1/schemas", "{}", page).body(), StandardCharsets.UTF_8))
                .contains("may not edit here");
    }
}
