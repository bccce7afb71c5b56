package org.neuropil.server.cave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuropil.pipeline.Json;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.TableInfo.Permission;
import org.neuropil.tables.dataset.Tables;
import org.neuropil.tables.schema.Annotations;
import org.neuropil.tables.schema.Schemas;

import tools.jackson.databind.JsonNode;

/// Tables in our own grammar: three nuclei of two cells, types that refer to them, four synapses.
class TablesApiTest {
    private static final String API = "/api/v1/";

    @TempDir
    static Path temp = Path.of("");
    @SuppressWarnings("NullAway.Init")
    private static TablesServer server;
    private static String first = "";
    private static String second = "";

    @BeforeAll
    static void start() throws Exception {
        server = new TablesServer(temp, TablesApiTest::fill);
        JsonNode rows = ask("{\"table\": \"nuclei\", \"select\": [\"id\", \"pt_root_id\"], \"order_by\": [\"id\"]}")
                .get("rows");
        first = rows.get(0).get("pt_root_id").asString();
        second = rows.get(1).get("pt_root_id").asString();
    }

    private static void fill(TrafficWorld world, Tables tables) throws IOException {
        make(tables, "nuclei", "nucleus_detection", Optional.empty(), Permission.PUBLIC, """
                [{"id": 1, "volume": 5.5, "pt": {"position": [10, 10, 100]}},
                 {"id": 2, "volume": 6.5, "pt": {"position": [100, 10, 100]}},
                 {"id": 3, "volume": 7.5, "pt": {"position": [10, 10, 100]}}]""");
        make(tables, "types", "cell_type_reference", Optional.of("nuclei"), Permission.PUBLIC, """
                [{"target_id": 1, "cell_type": "a", "classification_system": "s"},
                 {"target_id": 2, "cell_type": "b", "classification_system": "s"}]""");
        make(tables, "synapses", "synapse", Optional.empty(), Permission.PUBLIC, """
                [{"size": 10, "pre_pt": {"position": [10, 10, 100]}, "post_pt": {"position": [100, 10, 100]},
                  "ctr_pt": {"position": [11, 11, 100]}},
                 {"size": 20, "pre_pt": {"position": [10, 10, 100]}, "post_pt": {"position": [100, 10, 100]},
                  "ctr_pt": {"position": [12, 12, 100]}},
                 {"size": 40, "pre_pt": {"position": [100, 10, 100]}, "post_pt": {"position": [10, 10, 100]},
                  "ctr_pt": {"position": [13, 13, 100]}},
                 {"size": 5, "pre_pt": {"position": [10, 10, 100]}, "post_pt": {"position": [10, 10, 100]},
                  "ctr_pt": {"position": [14, 14, 100]}}]""");
        make(tables, "secret", "bound_tag", Optional.empty(), Permission.PRIVATE,
                "[{\"tag\": \"x\", \"pt\": {\"position\": [1, 1, 1]}}]");
        tables.freeze(OptionalInt.of(4), "frozen");
        tables.store().delete("synapses", new long[]{4});
    }

    private static void make(Tables tables, String name, String kind, Optional<String> reference, Permission read,
            String rows) throws IOException {
        tables.store().create(new TableInfo(name, kind, "of a test", new VoxelSize(16, 16, 40), "ada", reference, false,
                "", "", Permission.PRIVATE, read), Schemas.known(kind));
        tables.insert(name, Annotations.read(Schemas.known(kind),
                new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8))));
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static JsonNode ask(String body) throws Exception {
        return Json.MAPPER.readTree(server.text(200, "POST", API + "query", body));
    }

    private static JsonNode get(String path) throws Exception {
        return Json.MAPPER.readTree(server.get(API + path));
    }

    @Test
    void tablesAndVersionsAreListed() throws Exception {
        JsonNode tables = get("tables").get("tables");
        assertThat(tables.valueStream().map(one -> one.get("table").asString() + " " + one.get("rows")))
                .containsExactly("nuclei 3", "synapses 3", "types 2");
        JsonNode types = tables.get(2);
        assertThat(types.get("kind").asString()).isEqualTo("cell_type_reference");
        assertThat(types.get("reference").asString()).isEqualTo("nuclei");
        assertThat(types.get("resolution").toString()).isEqualTo("[16.0,16.0,40.0]");
        assertThat(types.get("versions").toString()).isEqualTo("[4]");
        assertThat(get("tables?at=4").get("tables").get(1).get("rows").intValue()).isEqualTo(4);
        JsonNode version = get("versions").get("versions").get(0);
        assertThat(version.get("version").intValue()).isEqualTo(4);
        assertThat(version.get("description").asString()).isEqualTo("frozen");
        assertThat(version.get("there").booleanValue()).isTrue();
        assertThat(version.get("tables").toString()).isEqualTo("[\"nuclei\",\"secret\",\"synapses\",\"types\"]");
        assertThat(get("tables/types").get("columns").valueStream().map(one -> one.get("name").asString()))
                .contains("id", "target_id", "cell_type");
    }

    @Test
    void queriesAreAskedInTheWordsOfTheCommandLine() throws Exception {
        JsonNode all = ask("{\"table\": \"synapses\", \"where\": [\"size > 5\"], \"order_by\": [\"-size\"], "
                + "\"select\": [\"id\", \"size\"], \"limit\": 2}");
        assertThat(all.get("rows").toString()).isEqualTo(
                "[{\"id\":\"3\",\"size\":40.0},{\"id\":\"2\",\"size\":20.0}]");
        assertThat(all.get("total").intValue()).isEqualTo(3);
        assertThat(all.get("returned").intValue()).isEqualTo(2);
        assertThat(all.get("limited").booleanValue()).isTrue();
        assertThat(all.get("columns").get(0).get("type").asString()).isEqualTo("id");
        JsonNode next = ask("{\"table\": \"synapses\", \"where\": [\"size > 5\"], \"order_by\": [\"-size\"], "
                + "\"select\": [\"id\", \"size\"], \"limit\": 2, \"page\": " + all.get("next") + "}");
        assertThat(next.get("rows").toString()).isEqualTo("[{\"id\":\"1\",\"size\":10.0}]");
        assertThat(next.get("next").isNull()).isTrue();
        assertThat(ask("{\"table\": \"synapses\", \"at\": \"4\", \"count\": true, \"sum\": [\"size\"], "
                + "\"max\": [\"size\"]}").get("rows").toString())
                .isEqualTo("[{\"count\":4,\"sum_size\":75.0,\"max_size\":40.0}]");
        assertThat(ask("{\"table\": \"synapses\", \"box\": {\"ctr_pt\": \"0,0,3960:192,192,4040\"}, "
                + "\"select\": [\"id\"]}").get("rows").size()).isEqualTo(2);
        JsonNode joined = ask("{\"table\": \"types\", \"join\": [\"nuclei on target_id=id many-to-one\"], "
                + "\"select\": [\"cell_type\", \"nuclei.pt_root_id\"], \"order_by\": [\"cell_type\"]}");
        assertThat(joined.get("rows").get(1).get("pt_root_id").asString()).isEqualTo(second);
        JsonNode sql = Json.MAPPER.readTree(server.text(200, "POST", API + "sql",
                "{\"sql\": \"SELECT count(*) AS n FROM synapses\", \"at\": \"4\"}"));
        assertThat(sql.get("rows").toString()).isEqualTo("[{\"n\":4}]");
    }

    @Test
    void answersComeAsAcceptAsks() throws Exception {
        String body = "{\"table\": \"nuclei\", \"select\": [\"id\"], \"order_by\": [\"id\"]}";
        HttpResponse<byte[]> arrow = server.send("POST", API + "query", body, "Accept",
                "application/vnd.apache.arrow.stream");
        assertThat(arrow.headers().firstValue("Content-Type")).contains("application/vnd.apache.arrow.stream");
        assertThat(arrow.headers().firstValue("X-Total-Rows")).contains("3");
        try (RootAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(arrow.body()), allocator)) {
            assertThat(reader.loadNextBatch()).isTrue();
            assertThat(((BigIntVector) reader.getVectorSchemaRoot().getVector("id")).get(2)).isEqualTo(3);
        }
        assertThat(server.text(200, "POST", API + "query", body, "Accept", "text/csv").lines()).containsExactly("id",
                "1", "2", "3");
        assertThat(server.text(200, "POST", API + "query?format=csv", body, "Accept", "application/json").lines())
                .hasSize(4);
        String sql = "{\"sql\": \"SELECT id AS a_id, volume AS \\\"V x\\\" FROM nuclei ORDER BY id\"}";
        assertThat(parquet(server.send("POST", API + "sql", sql, "Accept", "application/vnd.apache.parquet"),
                "a_id || '=' || \"V x\"")).containsExactly("1=5.5", "2=6.5", "3=7.5");
        assertThat(parquet(server.send("POST", API + "query?format=parquet", body), "id")).containsExactly("1", "2",
                "3");
        assertThat(server.text(400, "POST", API + "sql?format=parquet",
                "{\"sql\": \"SELECT 1 AS a, 2 AS \\\"A\\\"\"}")).contains("two columns are called");
    }

    /// What DuckDB reads out of a file that was sent.
    private static List<String> parquet(HttpResponse<byte[]> sent, String expression) throws Exception {
        assertThat(sent.statusCode()).isEqualTo(200);
        assertThat(sent.headers().firstValue("Content-Type")).contains("application/vnd.apache.parquet");
        assertThat(sent.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(sent.headers().firstValue("Vary")).contains("Accept, Accept-Encoding");
        Path file = Files.write(temp.resolve("sent.parquet"), sent.body());
        List<String> values = new ArrayList<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet rows = statement
                        .executeQuery("SELECT " + expression + " FROM read_parquet('" + file + "')")) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private static List<String> arrow(HttpResponse<byte[]> sent) throws IOException {
        assertThat(sent.headers().firstValue("Content-Type")).contains("application/vnd.apache.arrow.stream");
        List<String> rows = new ArrayList<>();
        try (RootAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(sent.body()), allocator)) {
            rows.add(String.join(",", reader.getVectorSchemaRoot().getSchema().getFields().stream()
                    .map(field -> field.getName() + ":" + field.getType()).toList()));
            while (reader.loadNextBatch()) {
                for (int row = 0; row < reader.getVectorSchemaRoot().getRowCount(); row++) {
                    int at = row;
                    rows.add(String.join(",", reader.getVectorSchemaRoot().getFieldVectors().stream()
                            .map(vector -> String.valueOf(vector.getObject(at))).toList()));
                }
            }
        }
        return rows;
    }

    @Test
    void partnersAndTheMatrixComeInEachFormat() throws Exception {
        String partners = API + "partners?types=types&somata=nuclei&cell=" + first;
        String csv = server.text(200, "GET", partners + "&format=csv", "");
        assertThat(csv.lines()).containsExactly("direction,partner,synapses,sum_size,mean_size,type,nuclei",
                "in," + second + ",1,40.0,40.0,b,1", "out," + second + ",2,30.0,15.0,b,1");
        assertThat(parquet(server.send("GET", partners + "&direction=out", "", "Accept",
                "application/vnd.apache.parquet"), "concat_ws(',', *columns(*))"))
                .containsExactly(second + ",2,30.0,15.0,b,1");
        HttpResponse<byte[]> arrow = server.send("GET", API + "partners?at=4&format=arrow&cell=" + first, "");
        assertThat(arrow(arrow)).containsExactly("direction:Utf8,partner:Int(64, true),synapses:Int(64, true),"
                + "sum_size:FloatingPoint(DOUBLE),mean_size:FloatingPoint(DOUBLE)", "in," + second + ",1,40.0,40.0",
                "out," + second + ",2,30.0,15.0");
        assertThat(arrow.headers().firstValue("X-Left-Out")).contains("2");
        String matrix = API + "matrix?types=types";
        assertThat(server.text(200, "GET", matrix, "", "Accept", "text/csv").lines()).containsExactly(
                "from \\ to,a,b", "a,0,2", "b,1,0");
        assertThat(server.text(200, "GET", matrix + "&value=mean&format=csv", "").lines()).containsExactly(
                "from \\ to,a,b", "a,,15.0", "b,40.0,");
        assertThat(arrow(server.send("GET", matrix, "", "Accept", "application/vnd.apache.arrow.stream")))
                .containsExactly("pre_type:Utf8,post_type:Utf8,count:Int(64, true)", "a,b,2", "b,a,1");
        assertThat(parquet(server.send("GET", matrix + "&value=sum&format=parquet", ""),
                "concat_ws(',', *columns(*))")).containsExactly("a,b,30.0", "b,a,40.0");
        // Nothing at all is something in each format, too.
        assertThat(server.text(200, "GET", API + "partners?format=csv&direction=in&cell=5", "").lines())
                .containsExactly("partner,synapses,sum_size,mean_size");
        assertThat(parquet(server.send("GET", API + "partners?format=parquet&cell=5", ""), "partner")).isEmpty();
    }

    @Test
    void partnersAndTheMatrixFollowReferences() throws Exception {
        JsonNode partners = get("partners?cell=" + first + "&direction=out&types=types&somata=nuclei");
        assertThat(partners.get("cell").asString()).isEqualTo(first);
        JsonNode side = partners.get("sides").get(0);
        assertThat(side.get("synapses").intValue()).isEqualTo(2);
        JsonNode partner = side.get("partners").get(0);
        assertThat(partner.get("partner").asString()).isEqualTo(second);
        assertThat(partner.get("sum_size").doubleValue()).isEqualTo(30.0);
        assertThat(partner.get("type").asString()).isEqualTo("b");
        assertThat(partner.get("nuclei").intValue()).isEqualTo(1);
        assertThat(get("partners?at=4&cell=" + first).get("sides").get(1).get("left_out_self").intValue()).isEqualTo(1);
        JsonNode matrix = get("matrix?types=types&value=sum").get("matrix");
        assertThat(matrix.get("a").get("b").doubleValue()).isEqualTo(30.0);
        assertThat(matrix.get("b").get("a").doubleValue()).isEqualTo(40.0);
    }

    @Test
    void viewsAreMadeAskedAndDeleted() throws Exception {
        JsonNode made = Json.MAPPER.readTree(server.text(200, "POST", API + "views",
                "{\"name\": \"big\", \"sql\": \"SELECT id, volume FROM nuclei WHERE volume > 6\"}"));
        assertThat(made.get("columns").get(1).get("name").asString()).isEqualTo("volume");
        assertThat(ask("{\"table\": \"big\", \"order_by\": [\"id\"]}").get("total").intValue()).isEqualTo(2);
        assertThat(get("tables").get("tables").get(3).get("sql").asString()).contains("SELECT");
        assertThat(server.text(400, "POST", API + "views", "{\"name\": \"big\", \"sql\": \"SELECT id FROM nuclei\"}"))
                .contains("there is a view 'big'");
        assertThat(server.text(403, "DELETE", API + "views/big", "", "X-Neuropil-User", "eve")).contains("may not");
        server.text(200, "DELETE", API + "views/big", "");
        assertThat(server.text(404, "DELETE", API + "views/big", "")).contains("there is no view 'big'");
        server.text(403, "POST", API + "views", "{\"name\": \"x\", \"sql\": \"SELECT 1 AS a\"}", "Origin",
                "https://evil.example");
    }

    @Test
    void typesThatAreNoTextAreTold() throws Exception {
        server.text(200, "POST", API + "views", "{\"name\": \"numbered\", \"sql\": "
                + "\"SELECT id, pt_root_id, id AS cell_type FROM nuclei\"}");
        for (String path : new String[]{"matrix?types=numbered", "partners?types=numbered&cell=" + first}) {
            assertThat(server.text(400, "GET", API + path, "")).contains("\"types\"",
                    "the column 'cell_type' of table 'numbered' is int64, not text", "CAST(cell_type AS VARCHAR)");
        }
        server.text(200, "DELETE", API + "views/numbered", "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            query    | {"table": "nuclear"}                                      | 404 | table    | there is no table 'nuclear'
            query    | {"table": "nuclei", "where": ["volumen > 1"]}             | 400 |          | volume
            query    | {"table": "nuclei", "where": ["volume"]}                  | 400 | where    | is no condition
            query    | {"table": "nuclei", "join": ["types"]}                    | 400 | join     | is no join
            query    | {"table": "nuclei", "box": {"pt": "1,2,3"}}               | 400 | box      | is not a box
            query    | {"table": "nuclei", "unit": "mile"}                       | 400 | unit     | is no unit
            query    | {"table": "nuclei", "limit": -1}                          | 400 | limit    | is below 0
            query    | {"table": "nuclei", "at": "5"}                            | 404 | at       | there is no version 5
            query    | {"table": "nuclei", "at": "soon"}                         | 400 | at       | is no moment
            query    | {"table": "nuclei", "wheer": []}                          | 400 |          | there is no field 'wheer'
            query    | {}                                                        | 400 | table    | no table is named
            query    | {"table": "secret"}                                       | 403 | table    | its owner
            sql      | {"sql": "SELECT * FROM secret"}                           | 403 | table    | its owner
            sql      | {"sql": "SELECT * FROM read_csv('/etc/passwd')"}          | 400 | sql      | is not allowed
            sql      | {"sql": "DROP TABLE nuclei"}                              | 400 | sql      | only one SELECT
            sql      | {}                                                        | 400 | sql      | no statement
            views    | {"name": "v", "sql": "SELECT * FROM secret"}              | 403 | table    | its owner
            views    | {"name": "v", "sql": "SELECT id FROM nothing"}            | 400 |          | there is no table 'nothing'
            """)
    void whatIsWrongIsTold(String path, String body, int status, String where, String what) throws Exception {
        JsonNode problem = Json.MAPPER.readTree(server.text(status, "POST", API + path, body));
        assertThat(problem.get("error").asString() + problem.get("hint").asString()).contains(what);
        assertThat(problem.get("where").asString()).contains(where == null ? "" : where);
    }

    @ParameterizedTest
    @CsvSource({"partners?cell=x,cell", "partners?cell=1&table=nuclei,table", "partners?cell=1&direction=up,direction",
        "partners?cell=1&format=xml,format", "matrix?types=types&format=feather,format", "matrix,types",
        "matrix?types=synapses,types", "matrix?types=types&value=all,value", "tables?at=x,at",
        "tables?to=1,to"})
    void wrongParametersAreNamed(String path, String where) throws Exception {
        JsonNode problem = Json.MAPPER.readTree(server.text(400, "GET", API + path, ""));
        assertThat(problem.get("where").asString()).isEqualTo(where);
    }

    @Test
    void allIsDescribed() throws Exception {
        JsonNode paths = get("openapi.json").get("paths");
        for (String path : new String[]{"query", "sql", "tables", "tables/{table}", "versions", "partners", "matrix",
            "views"}) {
            assertThat(paths.has(API + path)).as(path).isTrue();
        }
        JsonNode query = paths.get(API + "query").get("post");
        for (JsonNode one : new JsonNode[]{query, paths.get(API + "sql").get("post"),
            paths.get(API + "partners").get("get"), paths.get(API + "matrix").get("get")}) {
            JsonNode content = one.get("responses").get("200").get("content");
            assertThat(content.propertyNames()).containsExactlyInAnyOrder("application/json",
                    "application/vnd.apache.arrow.stream", "application/vnd.apache.parquet", "text/csv");
            assertThat(content.get("application/json").get("schema").get("properties").isEmpty()).isFalse();
            assertThat(one.get("parameters").valueStream().map(parameter -> parameter.get("name").asString()))
                    .contains("format");
        }
        assertThat(query.get("requestBody").toString()).contains("order_by", "position_unit");
    }
}
