package org.neuropil.server.cave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.pipeline.Json;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.TableInfo.Permission;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.dataset.Tables;
import org.neuropil.tables.schema.Schemas;

import tools.jackson.databind.JsonNode;

/// What each path of the materialize service answers.
class MaterializeEndpointsTest {
    private static final String VERSION = TablesServer.V3 + "version/1/";
    private static final String CELLS = VERSION + "table/cells/query";
    private static final int[] X = {10, 40, 70, 100};

    @TempDir
    static Path temp = Path.of("");
    @SuppressWarnings("NullAway.Init")
    private static TablesServer server;

    @BeforeAll
    static void start() throws IOException {
        server = new TablesServer(temp, MaterializeEndpointsTest::fill);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static void fill(TrafficWorld world, Tables tables) throws IOException {
        tables.store().create(new TableInfo("cells", "cell_type_local", "four cells", new VoxelSize(16, 16, 40), "ada",
                Optional.empty(), false, "", "take\ncare", Permission.PRIVATE, Permission.PUBLIC),
                Schemas.known("cell_type_local"));
        tables.store().create(TablesServer.info("types", "cell_type_reference", Optional.of("cells")),
                Schemas.known("cell_type_reference"));
        tables.store().create(new TableInfo("secret", "cell_type_local", "", new VoxelSize(1, 1, 1), "ada",
                Optional.empty(), false, "", "", Permission.PRIVATE, Permission.PRIVATE),
                Schemas.known("cell_type_local"));
        tables.insert("cells", cells(X.length));
        tables.store().insert("types", types(1, 2, 4));
        tables.createView("odd",
                "SELECT id, cell_type, pt_root_id, pt_position_x, pt_position_y, pt_position_z FROM cells "
                        + "WHERE id % 2 = 1",
                "every other", Optional.empty(), "ada", "mind", false);
        tables.createView("hidden", "SELECT id FROM secret", "", Optional.empty(), "ada", "", false);
        tables.createView("kinds", "SELECT cell_type, count(*) AS n FROM types GROUP BY ALL", "", Optional.empty(),
                "ada",
                "", false);
        tables.freeze(OptionalInt.of(1), "");
        tables.insert("cells", cells(1));
        tables.freeze(OptionalInt.of(7), "");
    }

    private static Rows cells(int count) {
        int[] x = IntStream.range(0, count).map(i -> X[i]).toArray();
        return new Rows(
                List.of(Column.of("pt_position_x", ColumnType.INT32), Column.of("pt_position_y", ColumnType.INT32),
                        Column.of("pt_position_z", ColumnType.INT32), Column.of("cell_type", ColumnType.TEXT),
                        Column.of("classification_system", ColumnType.TEXT)),
                List.of(new ColumnData.Ints(x, null), new ColumnData.Ints(x.clone(), null),
                        new ColumnData.Ints(new int[count], null), texts(count, "cell it's "), texts(count, "eye ")));
    }

    private static Rows types(long... targets) {
        return new Rows(
                List.of(Column.of("target_id", ColumnType.ID), Column.of("cell_type", ColumnType.TEXT),
                        Column.of("classification_system", ColumnType.TEXT)),
                List.of(new ColumnData.Longs(targets, null), texts(targets.length, "type "),
                        texts(targets.length, "hand ")));
    }

    private static ColumnData texts(int count, String text) {
        return new ColumnData.Texts(IntStream.range(0, count).mapToObj(i -> text + i).toArray(String[]::new), null);
    }

    private static JsonNode json(String path) throws Exception {
        return Json.MAPPER.readTree(server.get(path));
    }

    private static List<Object> column(TablesServer.Arrow answer, String name) {
        return answer.rows().stream().map(row -> row.getOrDefault(name, "absent")).collect(Collectors.toList());
    }

    @Test
    void versionsAreTold() throws Exception {
        assertThat(server.get("/materialize/version")).isEqualTo("\"5.26.4\"");
        assertThat(server.get("/materialize/api/versions")).isEqualTo("[2,3]");
        for (String api : List.of(TablesServer.V2, TablesServer.V3)) {
            assertThat(server.get(api + "versions?expired=False")).isEqualTo("[1,7]");
            JsonNode all = json(api + "metadata");
            assertThat(all.size()).isEqualTo(2);
            JsonNode one = json(api + "version/1");
            assertThat(all.get(0)).isEqualTo(one);
            assertThat(one.get("version").intValue()).isEqualTo(1);
            assertThat(one.get("datastack").asString()).isEqualTo("demo");
            assertThat(one.get("time_stamp").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}");
            assertThat(one.get("expires_on").isNull()).isTrue();
            assertThat(one.get("valid").booleanValue()).isTrue();
            assertThat(one.get("status").asString()).isEqualTo("AVAILABLE");
            assertThat(json(api + "version/-1").get("version").intValue()).isEqualTo(7);
            assertThat(json(api + "version/0").get("version").intValue()).isZero();
        }
        server.text(404, "GET", TablesServer.V3 + "version/2", "");
        server.text(404, "GET", "/materialize/api/v3/datastack/nothing/versions", "");
        // Of a past state of the graph, before there was any table.
        assertThat(server.get("/materialize/api/v3/datastack/demo_v1/versions")).isEqualTo("[0]");
        assertThat(server.get("/materialize/api/v3/datastack/demo_v1/version/0/tables")).isEqualTo("[]");
    }

    @Test
    void tablesAreTold() throws Exception {
        assertThat(server.get(TablesServer.V2 + "version/1/tables")).isEqualTo("[\"cells\",\"secret\",\"types\"]");
        JsonNode all = json(VERSION + "tables/metadata");
        assertThat(all.valueStream().map(one -> one.get("table_name").asString())).containsExactly("cells", "secret",
                "types");
        JsonNode cells = json(VERSION + "table/cells/metadata");
        assertThat(cells).isEqualTo(all.get(0));
        assertThat(cells.get("schema_type").asString()).isEqualTo("cell_type_local");
        assertThat(cells.get("voxel_resolution_z").doubleValue()).isEqualTo(40);
        assertThat(cells.get("reference_table").isNull()).isTrue();
        assertThat(all.get(2).get("reference_table").asString()).isEqualTo("cells");
        assertThat(server.get(TablesServer.V2 + "version/1/table/cells/count")).isEqualTo("4");
        assertThat(server.get(TablesServer.V2 + "version/7/table/cells/count")).isEqualTo("5");
        assertThat(json(TablesServer.V3 + "table/types/unique_string_values").get("cell_type").toString())
                .isEqualTo("[\"type 0\",\"type 1\",\"type 2\"]");
        server.text(404, "POST", VERSION + "views/some/query", "{}");
        server.text(404, "GET", VERSION + "table/none/metadata", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "zstd", "lz4", "gzip, lz4, zstd"})
    void aTableIsAnArrowStream(String encoding) throws Exception {
        String[] headers = encoding.isEmpty() ? new String[0] : new String[]{"Accept-Encoding", encoding};
        TablesServer.Arrow all = server.query(CELLS, "{}", headers);
        assertThat(all.names()).startsWith("id", "created", "valid").contains("pt_position_x", "pt_position_y",
                "pt_position_z", "pt_supervoxel_id", "pt_root_id", "cell_type")
                .doesNotContain("superceded_id", "deleted")
                .doesNotHaveDuplicates();
        assertThat(column(all, "id")).containsExactly(1L, 2L, 3L, 4L);
        assertThat(column(all, "pt_position_x")).containsExactly(10, 40, 70, 100);
        assertThat(column(all, "valid")).containsOnly(true);
        assertThat(all.header("X-Total-Rows")).isEqualTo("4");
        assertThat(all.header("dataframe_resolution")).isEqualTo("16.0, 16.0, 40.0");
        assertThat(all.header("column_names")).startsWith("{'cells': {'id': 'id', 'created': 'created',");
        assertThat(all.header("Warning")).isEqualTo("Table Owner Notice on cells: take care");
        assertThat(all.header("Access-Control-Expose-Headers")).contains("X-Total-Rows", "dataframe_resolution");
        assertThat(all.metadata().get("pandas")).contains("\"Int64\"");
    }

    @Test
    void rowsAreChosen() throws Exception {
        TablesServer.Arrow some = server.query(CELLS, """
                {"filter_in_dict": {"cells": {}}, "filter_notin_dict": {"cells": {"id": [3]}}, "limit": 1, "offset": 1,
                 "select_columns": ["pt_root_id", "pt_position"], "desired_resolution": [4, 16, 40]}""");
        assertThat(some.names()).containsExactly("pt_supervoxel_id", "pt_root_id", "pt_position_x", "pt_position_y",
                "pt_position_z");
        assertThat(column(some, "pt_position_x")).containsExactly(160.0);
        assertThat(column(some, "pt_position_y")).containsExactly(40);
        assertThat(some.header("dataframe_resolution")).isEqualTo("4.0, 16.0, 40.0");
        assertThat(some.header("X-Total-Rows")).isEqualTo("3");
        assertThat(some.header("Warning")).startsWith("201 - \"Limited query to 1 rows");
        assertThat(column(server.query(CELLS + "?count=True", "{\"filter_greater_dict\": {\"cells\": {\"id\": 1}}}"),
                "count")).containsExactly(3L);
        assertThat(server.query(CELLS + "?random_sample=2", "{}").rows()).hasSize(2);
        assertThat(column(server.query(CELLS, "{\"filter_equal_dict\": {\"cells\": {\"cell_type\": \"cell it's 2\"}}}"),
                "id")).containsExactly(3L);
        String box = "{\"filter_spatial_dict\": {\"cells\": {\"pt_position\": [[40, 40, -1], [70, 70, 0]]}}}";
        assertThat(column(server.query(CELLS, box), "id")).containsExactly(2L, 3L);
        JsonNode records = Json.MAPPER.readTree(server.text(200, "POST", CELLS + "?return_pyarrow=False",
                "{\"select_columns\": [\"id\", \"pt_position\"], \"limit\": 2}"));
        assertThat(records.toString())
                .isEqualTo("[{\"id\":1,\"pt_position\":[10,10,0]},{\"id\":2,\"pt_position\":[40,40,0]}]");
    }

    @Test
    void referencesAreJoined() throws Exception {
        TablesServer.Arrow joined = server.query(VERSION + "query", """
                {"tables": [["types", "target_id"], ["cells", "id"]], "suffix_map": {"types": "", "cells": "_ref"},
                 "filter_regex_dict": {"types": {"cell_type": "[12]$"}}}""");
        assertThat(column(joined, "id")).containsExactly(2L, 3L);
        assertThat(column(joined, "id_ref")).containsExactly(2L, 4L);
        assertThat(column(joined, "cell_type_ref")).containsExactly("cell it's 1", "cell it's 3");
        assertThat(column(joined, "pt_position_x")).containsExactly(40, 100);
        assertThat(joined.header("column_names")).contains("'cells': {'id': 'id_ref'");
        assertThat(column(server.query(VERSION + "query?count=True", """
                {"tables": [["types", "target_id"], ["cells", "id"]]}"""), "count")).containsExactly(3L);
        String live = """
                {"table": "types", "timestamp": "2999-01-01T00:00:00.000000+00:00"}""";
        TablesServer.Arrow merged = server.query(TablesServer.V3 + "query?merge_reference=True", live);
        assertThat(merged.rows()).hasSize(3);
        assertThat(merged.names()).contains("pt_root_id");
        assertThat(merged.header("Warning")).contains("lies in the future");
        // Coordinates that two tables have keep their axis last.
        assertThat(server.query(VERSION + "query", """
                {"tables": [["cells", "pt_root_id"], ["types", "id"]], "suffixes": ["", "_b"],
                 "select_column_map": {"cells": ["pt_position", "id"], "types": ["id"]}}""").names())
                .containsExactly("pt_position_x", "pt_position_y", "pt_position_z", "id", "id_b");
    }

    @Test
    void rootsHaveToBeCurrent() throws Exception {
        String body = """
                {"table": "cells", "timestamp": "%s", "filter_in_dict": {"cells": {"pt_root_id": [%s]}}}""";
        TablesServer.Arrow all = server.query(VERSION + "table/cells/query", "{}");
        String root = String.valueOf(column(all, "pt_root_id").getFirst());
        String time = json(TablesServer.V3 + "version/7").get("time_stamp").asString();
        assertThat(server.query(TablesServer.V3 + "query", body.formatted(time, root)).rows()).isNotEmpty();
        String refused = server.text(400, "POST", TablesServer.V3 + "query", body.formatted(time, "0, 17, " + root));
        assertThat(refused).contains("Some root_ids passed are not valid at the query timestamp: [17]");
        TablesServer.Arrow dropped = server.query(TablesServer.V3 + "query?allow_invalid_root_ids=True",
                body.formatted(time, "17, " + root));
        assertThat(dropped.rows()).isNotEmpty();
        assertThat(dropped.header("Warning")).contains("[17]");
    }

    @Test
    void propertiesOfSegmentsAreOfCells() throws Exception {
        for (String path : List.of(VERSION + "table/types/info", TablesServer.V3 + "table/types/info")) {
            JsonNode document = json(path + "?label_format=%7Bcell_type%7D%20of%20%7Bid_ref%7D");
            assertThat(document.get("@type").asString()).isEqualTo("neuroglancer_segment_properties");
            JsonNode inline = document.get("inline");
            JsonNode label = inline.get("properties").get(0);
            assertThat(label.get("type").asString()).isEqualTo("label");
            assertThat(label.get("values").size()).isEqualTo(inline.get("ids").size());
            assertThat(label.get("values").toString()).contains("type 0 of 1");
            assertThat(inline.get("properties").valueStream().map(p -> p.get("type").asString())).contains("tags");
        }
        assertThat(json(VERSION + "table/types/info?label_columns=cell_type").toString()).contains("type 0");
        server.text(400, "GET", VERSION + "table/types/info?label_columns=nothing", "");
    }

    @Test
    void tablesAreAnnotationsForNeuroglancer() throws Exception {
        String path = TablesServer.V3 + "table/cells/precomputed/";
        JsonNode info = json(path + "info");
        assertThat(info.get("@type").asString()).isEqualTo("neuroglancer_annotations_v1");
        assertThat(info.get("annotation_type").asString()).isEqualTo("POINT");
        assertThat(info.get("lower_bound").toString()).isEqualTo("[160.0,160.0,0.0]");
        assertThat(info.get("relationships").toString())
                .isEqualTo("[{\"id\":\"pt_root_id\",\"key\":\"pt_root_id\"}]");
        int properties = info.get("properties").size();
        ByteBuffer all = bytes(path + info.get("spatial").get(0).get("key").asString() + "/0_0_0");
        assertThat(all.getLong()).isEqualTo(5);
        assertThat(all.capacity()).isEqualTo(8 + 5 * (12 + 4 * properties + 8));
        assertThat(all.getFloat()).isEqualTo(160);
        assertThat(all.getLong(all.capacity() - 8)).isEqualTo(5);
        ByteBuffer row = bytes(path + "by_id/3");
        assertThat(row.getFloat(0)).isEqualTo(70 * 16);
        JsonNode labels = info.get("properties").get(0).get("enum_labels");
        assertThat(labels.get(row.getInt(12)).asString()).isEqualTo("cell it's 2");
        assertThat(row.getInt(12 + 4 * properties)).isEqualTo(1);
        ByteBuffer cell = bytes(path + "pt_root_id/" + row.getLong(16 + 4 * properties));
        int count = (int) cell.getLong();
        assertThat(IntStream.range(0, count).mapToLong(i -> cell.getLong(cell.capacity() - 8 * (count - i))))
                .contains(3L);
        server.text(404, "GET", path + "by_id/17", "");
        server.text(404, "GET", path + "cell_type/1", "");
        server.text(400, "GET", path + "pt_root_id/x", "");
    }

    private static ByteBuffer bytes(String path) throws Exception {
        HttpResponse<byte[]> reply = server.send("GET", path, "");
        assertThat(reply.statusCode()).isEqualTo(200);
        return ByteBuffer.wrap(reply.body()).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void privateTablesAreForTheirOwners() throws Exception {
        String path = VERSION + "table/secret/query";
        assertThat(server.text(403, "POST", path, "{}")).contains("owner");
        server.text(403, "POST", TablesServer.V3 + "query",
                "{\"table\": \"secret\", \"timestamp\": \"2026-01-01T00:00:00Z\"}".replace("2026", "2999"));
        assertThat(server.query(path, "{}", "X-Neuropil-User", "ada").rows()).isEmpty();
    }

    static List<String> nonsense() {
        List<String> bodies = new ArrayList<>(List.of("{", "[]", "7", "{\"filters\": 1}", "{\"limit\": -1}",
                "{\"limit\": 1.5}", "{\"offset\": \"1\"}", "{\"desired_resolution\": [1, 2]}",
                "{\"desired_resolution\": [1, 2, 0]}", "{\"select_columns\": [1]}",
                "{\"select_columns\": [\"nothing\"]}",
                "{\"select_columns\": [\"id\\\" FROM x; DROP TABLE cells; --\"]}", "{\"filter_in_dict\": []}",
                "{\"filter_in_dict\": {\"cells\": 1}}", "{\"filter_in_dict\": {\"types\": {\"id\": [1]}}}",
                "{\"filter_spatial_dict\": {\"cells\": {\"pt_position\": [[0, 0, 0], [0, 1, 1]]}}}",
                "{\"filter_spatial_dict\": {\"cells\": {\"pt_position\": [0, 1]}}}",
                "{\"filter_spatial_dict\": {\"cells\": {\"id\": [[0, 0, 0], [1, 1, 1]]}}}",
                "{\"filter_regex_dict\": {\"cells\": {\"cell_type\": \"(\"}}}",
                "{\"filter_regex_dict\": {\"cells\": {\"id\": \"1\"}}}", "{\"suffixes\": 1}"));
        for (String value : List.of("1.5", "-1", "18446744073709551616", "9223372036854775808", "\"x\"", "{}", "[1]",
                "true", "1e300")) {
            bodies.add("{\"filter_equal_dict\": {\"cells\": {\"id\": " + value + "}}}");
            bodies.add("{\"filter_in_dict\": {\"cells\": {\"pt_root_id\": [" + value + "]}}}");
        }
        for (String column : List.of("nothing", "superceded_id", "deleted", "id; DROP TABLE cells",
                "id\\\" OR 1=1 --")) {
            bodies.add("{\"filter_equal_dict\": {\"cells\": {\"" + column + "\": 1}}}");
        }
        return bodies;
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void nonsenseIsRefused(String body) throws Exception {
        String reply = server.text(400, "POST", CELLS, body);
        assertThat(Json.MAPPER.readTree(reply).get("message").asString()).isNotBlank();
    }

    @Test
    void nonsenseAroundTablesIsRefused() throws Exception {
        for (String body : List.of("{}", "{\"tables\": [[\"cells\", \"id\"], [\"cells\", \"id\"]]}",
                "{\"tables\": [[\"cells\", \"id\"], [\"types\", \"cell_type\"]]}", "{\"tables\": [\"cells\"]}")) {
            server.text(400, "POST", VERSION + "query", body);
        }
        server.text(404, "POST", VERSION + "query", "{\"tables\": [[\"cells\", \"id\"], [\"none\", \"id\"]]}");
        server.text(404, "POST", VERSION + "table/cells%22%3B%20DROP/query", "{}");
        String live = TablesServer.V3 + "query";
        for (String body : List.of("{}", "{\"table\": \"cells\"}", "{\"table\": \"cells\", \"timestamp\": 5}",
                "{\"table\": \"cells\", \"timestamp\": \"today\"}",
                "{\"table\": \"cells\", \"timestamp\": \"2999-01-01T00:00:00\", \"join_tables\": [[\"a\", \"b\", \"c\", \"d\"]]}")) {
            server.text(400, "POST", live, body);
        }
        server.text(400, "POST", CELLS + "?random_sample=x", "{}");
        server.text(400, "POST", CELLS + "?count=maybe", "{}");
    }

    @Test
    void aMillionIdsAreAFilter() throws Exception {
        String ids = IntStream.range(3, 1_000_003).mapToObj(Integer::toString).collect(Collectors.joining(","));
        assertThat(column(server.query(CELLS, "{\"filter_in_dict\": {\"cells\": {\"id\": [" + ids + "]}}}"), "id"))
                .containsExactly(3L, 4L);
    }

    @Test
    void workflowsAnswerAndFreeze() throws Exception {
        try (TablesServer own = new TablesServer(Files.createDirectory(temp.resolve("own")), (world, tables) -> {
            fill(world, tables);
            tables.drop(7);
        })) {
            String run = "/materialize/api/v2/materialize/run/";
            for (String path : List.of("ingest_annotations/datastack/demo/cells", "lookup_svid/datastack/demo/cells",
                    "update_roots/datastack/demo", "update_database/datastack/demo")) {
                own.text(200, "POST", run + path, "{\"annotation_ids\": [1]}");
            }
            own.text(404, "POST", run + "lookup_svid/datastack/demo/nothing", "");
            own.text(400, "POST", run + "create_frozen/datastack/demo_v1", "");
            own.text(403, "POST", run + "create_frozen/datastack/demo", "", "Origin", "https://evil.example");
            own.text(200, "POST", run + "create_frozen/datastack/demo", "");
            assertThat(own.get(TablesServer.V3 + "versions")).isEqualTo("[1,8]");
            // Of a version whose files were dropped is told only that it was.
            assertThat(own.get(TablesServer.V3 + "versions?expired=True")).isEqualTo("[1,7,8]");
            JsonNode dropped = Json.MAPPER.readTree(own.get(TablesServer.V3 + "version/7"));
            assertThat(dropped.get("valid").booleanValue()).isFalse();
            assertThat(dropped.get("status").asString()).isEqualTo("EXPIRED");
            HttpResponse<byte[]> gone = own.send("POST", CELLS.replace("version/1", "version/7"), "{}");
            assertThat(gone.statusCode()).isEqualTo(410);
            assertThat(new String(gone.body(), StandardCharsets.UTF_8))
                    .contains("This materialization version is not available");
        }
    }

    @Test
    void headersHoldWhatTheyCan() {
        assertThat(MaterializeRows.header("a\r\nX: y\u2026\u00e9 " + "z".repeat(20_000))).startsWith("a X: y?\u00e9 z")
                .hasSizeLessThan(17_000);
    }

    @Test
    void viewsAreToldAndAskedAsTablesAre() throws Exception {
        JsonNode all = json(VERSION + "views");
        assertThat(all.propertyNames()).containsExactlyInAnyOrder("odd", "hidden", "kinds");
        JsonNode odd = json(VERSION + "views/odd/metadata");
        assertThat(all.get("odd")).isEqualTo(odd);
        assertThat(odd.get("id").intValue()).isPositive();
        assertThat(odd.get("datastack_name").asString()).isEqualTo("demo");
        assertThat(odd.get("description").asString()).isEqualTo("every other");
        assertThat(odd.get("notice_text").asString()).isEqualTo("mind");
        assertThat(odd.get("voxel_resolution_x").doubleValue()).isEqualTo(16.0);
        assertThat(odd.get("live_compatible").booleanValue()).isTrue();
        assertThat(server.get(VERSION + "views/odd/schema")).isEqualTo("{\"id\":{\"type\":\"integer\"},"
                + "\"cell_type\":{\"type\":\"string\"},\"pt_root_id\":{\"type\":\"integer\"},"
                + "\"pt_position\":{\"type\":\"SpatialPoint\"}}");
        assertThat(json(VERSION + "views/schemas").get("odd")).isEqualTo(json(VERSION + "views/odd/schema"));
        String query = VERSION + "views/odd/query";
        TablesServer.Arrow whole = server.query(query, "{}");
        assertThat(column(whole, "id")).containsExactly(1L, 3L);
        assertThat(whole.header("Warning")).contains("mind").doesNotContain("care");
        assertThat(whole.header("dataframe_resolution")).isEqualTo("16.0, 16.0, 40.0");
        assertThat(column(server.query(query, "{\"filter_in_dict\": {\"odd\": {\"id\": [2, 3]}}}"), "id"))
                .containsExactly(3L);
        TablesServer.Arrow box = server.query(query, "{\"filter_spatial_dict\": {\"odd\": {\"pt_position\": "
                + "[[0, 0, 0], [20, 20, 20]]}}, \"desired_resolution\": [8, 8, 40]}");
        assertThat(column(box, "pt_position_x")).containsExactly(20.0);
        assertThat(column(server.query(query + "?count=True", "{}"), "count")).containsExactly(2L);
        assertThat(server.query(VERSION + "views/kinds/query", "{}").names()).containsExactly("cell_type", "n");
        assertThat(column(server.query(TablesServer.V3 + "version/7/views/odd/query", "{}"), "id")).containsExactly(1L,
                3L, 5L);
        String live = "{\"table\": \"odd\", \"timestamp\": \"2100-01-01T00:00:00+00:00\", "
                + "\"join_tables\": [[\"odd\", \"id\", \"types\", \"target_id\"]]}";
        assertThat(server.query(TablesServer.V3 + "query?merge_reference=True", live).rows()).hasSize(1);
        JsonNode properties = json(VERSION + "view/odd/info");
        assertThat(properties.get("inline").get("ids").size()).isPositive();
        assertThat(server.text(404, "GET", VERSION + "views/od/metadata", "")).contains("there is no view 'od'", "odd");
        assertThat(server.text(404, "POST", VERSION + "views/cells/query", "{}")).contains("there is no view 'cells'");
        assertThat(server.text(403, "POST", VERSION + "views/hidden/query", "{}")).contains("secret");
        server.text(200, "POST", VERSION + "views/hidden/query", "{}", "X-Neuropil-User", "ada");
        assertThat(server.text(400, "POST", query, "{\"filter_in_dict\": {\"odd\": {\"ide\": [1]}}}"))
                .contains("there is no column 'ide'");
        assertThat(server.get(VERSION + "tables")).doesNotContain("odd");
    }
}
