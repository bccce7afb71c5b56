package org.neuropil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.SeekableReadChannel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Json;
import org.neuropil.tables.live.OpenTables;

/// The verbs on tables, over a graph of two cells along x, at y = 0 and y = 1; see [SmallGraph].
class TableVerbsTest {
    private static final String SYNAPSES = """
            id,pre_pt_position,post_pt_position,ctr_pt_position,size
            1,0 0 0,3 1 0,1 0 0,10
            2,5 0 0,9 1 0,7 0 0,20
            3,15 0 0,15 1 0,15 0 0,40
            4,1 0 0,9 0 0,4 0 0,5
            5,2 1 0,2 0 0,2 1 0,7
            6,2 1 0,2 7 0,2 1 0,8
            """;

    @TempDir
    private Path folder = Path.of("");

    private final Session session = new Session();
    private Path dataset = folder;

    @BeforeEach
    void ingest() throws IOException {
        dataset = SmallGraph.write(folder.resolve("small"));
        assertThat(session.run("graph", "ingest", dataset, "--time", "@2020-01-01")).as(session.err).isZero();
    }

    private int run(String verb, Object... more) {
        return session.run(Stream.of(Arrays.stream(verb.split(" ")), Stream.of(dataset), Arrays.stream(more))
                .flatMap(words -> words).toArray());
    }

    private void ok(String verb, Object... more) {
        assertThat(run(verb, more)).as(session.err).isZero();
    }

    private void wrong(int code, String words, String verb, Object... more) {
        assertThat(run(verb, more)).as(session.out).isEqualTo(code);
        assertThat(session.err).contains(words).doesNotContain("Exception");
    }

    private Object json() {
        return Json.MAPPER.readValue(session.out, Object.class);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private void synapses() throws IOException {
        ok("table create", "synapses", "--schema", "synapse", "--resolution", "10,10,10", "--description", "made");
        ok("table import", "synapses", file("synapses.csv", SYNAPSES));
    }

    private String root(String point) {
        assertThat(session.run("graph", "find", dataset, point, "--format", "json")).isZero();
        return String.valueOf(((Map<?, ?>) ((List<?>) json()).getFirst()).get("root"));
    }

    @Test
    void aTableIsMadeFilledDescribedAndDeleted() throws IOException {
        assertThat(run("table list")).isZero();
        assertThat(OpenTables.hasRows(dataset, "")).isFalse();
        ok("table create", "tags", "--schema", "bound_tag", "--resolution", "10,10,10", "--description", "my tags",
                "--notice", "not for sale");
        assertThat(session.out).contains("tags", "bound_tag", "10x10x10nm");
        wrong(1, "tags", "table create", "tags", "--schema", "bound_tag", "--resolution", "4,4,40");
        wrong(1, "did you mean bound_tag?", "table create", "more", "--schema", "bound_tga", "--resolution", "4,4,40");
        wrong(1, "'More' is no name", "table create", "More", "--schema", "bound_tag", "--resolution", "4,4,40");
        wrong(2, "--track-targets", "table create", "more", "--schema", "bound_tag", "--resolution", "4,4,40",
                "--track-targets");
        wrong(1, "refer to no others", "table create", "more", "--schema", "bound_tag", "--resolution", "4,4,40",
                "--reference", "tags");
        wrong(1, "name that table", "table create", "more", "--schema", "simple_reference", "--resolution", "4,4,40");
        Path rows = file("rows.json", "[{\"pt\": {\"position\": [1, 0, 0]}, \"tag\": \"nested\"},"
                + "{\"pt_position\": [9, 1, 0], \"tag\": \"flat\"}]");
        ok("table insert", "tags", rows);
        assertThat(session.out.lines()).containsExactly("id", "1", "2");
        assertThat(session.err).contains("2 rows were added to tags");
        ok("table import", "tags", file("more.json", "[{\"pt_position\": [9, 1, 0], \"tag\": \"json\"}]"));
        wrong(1, "bad.json", "table insert", "tags", file("bad.json", "[{\"pt_position\": [1, 0, 0]}]"));
        assertThat(session.err).contains("row 0").contains("tag").contains("is missing");
        wrong(1, "did you mean tags?", "table insert", "tag", rows);
        wrong(1, "is not there", "table insert", "tags", folder.resolve("nothing.json"));
        ok("table list", "--format", "json");
        assertThat(json()).isEqualTo(List.of(Map.of("table", "tags", "kind", "bound_tag", "rows", 3, "resolution",
                "10x10x10nm", "description", "my tags")));
        ok("table describe", "tags");
        assertThat(session.out).contains("not for sale", "pt_position_x", "voxel of 10x10x10nm", "pt_root_id", "int32");
        ok("query", "tags", "--where", "tag in flat, 'nested'", "--select", "tag,pt_root_id", "--order-by", "tag",
                "--format", "csv");
        assertThat(session.err).contains("tags: not for sale");
        String csv = session.out;
        assertThat(csv.lines()).containsExactly("tag,pt_root_id", "flat," + root("0,1,0"), "nested," + root("0,0,0"));
        ok("table delete", "tags", 1, "--ids", file("ids", "3\n"));
        assertThat(session.err).contains("2 rows were deleted from tags, which has 1");
        wrong(1, "1", "table delete", "tags", 1);
        wrong(2, "no id is given", "table delete", "tags");
        wrong(2, "leave one of them out", "table delete", "tags", 2, "--table");
        ok("table delete", "tags", "--table");
        ok("table list", "--format", "csv");
        assertThat(session.out.lines()).hasSize(1);
        ok("table list", "--all", "--format", "csv");
        assertThat(session.out.lines()).hasSize(2);
        wrong(1, "was deleted", "table describe", "tags");
    }

    @Test
    void aFileIsImportedAsAWholeOrNotAtAll() throws IOException {
        synapses();
        assertThat(session.out).contains("synapses", "6");
        assertThat(session.err).contains("6 of 6 rows of", "which has 6");
        wrong(1, "id 5 is that of a row of synapses", "table import", "synapses",
                file("again.csv", "id,pre_pt_position,post_pt_position,ctr_pt_position\n7,1 1 1,1 1 1,1 1 1\n"
                        + "5,1 1 1,1 1 1,1 1 1\n"));
        wrong(1, "row 2, id: '2.5' is a floating-point number", "table import", "synapses",
                file("float.csv", "id,pre_pt_position,post_pt_position,ctr_pt_position\n7,1 1 1,1 1 1,1 1 1\n"
                        + "2.5,1 1 1,1 1 1,1 1 1\n"));
        wrong(1, "has no column", "table import", "synapses", file("less.csv", "id,pre_pt_position\n1,1 1 1\n"));
        wrong(1, "the table has no field 'sise'", "table import", "synapses", folder.resolve("synapses.csv"),
                "--column",
                "sise=size");
        ok("query", "synapses", "--group-by", "ctr_pt_position_z", "--count", "--format", "csv");
        assertThat(session.out.lines()).containsExactly("ctr_pt_position_z,count", "0,6");
        ok("table import", "synapses", file("nm.csv", "a,post_pt_position,ctr_pt_position,cleft\n"
                + "\"[30,0,0]\",\"[30,10,0]\",\"[30,0,0]\",3\n"), "--unit", "nm", "--column", "pre_pt_position=a",
                "--column",
                "size=cleft");
        assertThat(session.err).contains("positions are read as nm");
        ok("query", "synapses", "--where", "size = 3", "--select", "pre_pt_position,id", "--format", "csv");
        assertThat(session.out.lines()).containsExactly(
                "pre_pt_position_x,pre_pt_position_y,pre_pt_position_z,id", "3,0,0,7");
        ok("table import", "synapses",
                file("frame.json", "{\"a\": {\"x\": [30, 0, 0]}, \"post_pt_position\": {\"x\": [30, 10, 0]}, "
                        + "\"ctr_pt_position\": {\"x\": [30, 0, 0]}, \"id\": {\"x\": 9007199254740993}}"),
                "--unit", "nm", "--column", "pre_pt_position=a");
        assertThat(session.err).contains("not read: index", "positions are read as nm");
        ok("query", "synapses", "--where", "id > 100", "--select", "pre_pt_position,id", "--format", "csv");
        assertThat(session.out.lines()).containsExactly(
                "pre_pt_position_x,pre_pt_position_y,pre_pt_position_z,id", "3,0,0,9007199254740993");
        wrong(1, "row 1 (index 'x'), pre_pt_position: '1.5'", "table import", "synapses",
                file("half.json",
                        "{\"pre_pt_position\": {\"x\": [1.5, 0, 0]}, \"post_pt_position\": {\"x\": [3, 1, 0]}, "
                                + "\"ctr_pt_position\": {\"x\": [3, 0, 0]}}"));
    }

    @Test
    void filtersBoxesGroupsAndPagesAreAskedFor() throws IOException {
        synapses();
        String left = root("0,0,0");
        ok("query", "synapses", "--where", "size >= 10", "--where", "post_pt_root_id not in " + left, "--select", "id",
                "--order-by", "-size", "--format", "csv");
        assertThat(session.out.lines()).containsExactly("id", "3", "2", "1");
        ok("query", "synapses", "--box", "ctr_pt=35,0,0:75,9,9", "--select", "id", "--order-by", "id", "--format",
                "csv");
        assertThat(session.err).contains("box of ctr_pt in nm");
        assertThat(session.out.lines()).containsExactly("id", "2", "4");
        ok("query", "synapses", "--group-by", "pre_pt_root_id", "--count", "--sum", "size", "--order-by", "-count",
                "--format", "csv");
        assertThat(session.out.lines()).containsExactly("pre_pt_root_id,count,sum_size", left + ",4,75.0",
                root("0,1,0") + ",2,15.0");
        ok("query", "synapses", "--select", "id,size", "--order-by", "id", "--limit", 4);
        assertThat(session.out.lines()).hasSize(5);
        assertThat(session.err).contains("4 of 6 rows").contains("--page ");
        String token = session.err.substring(session.err.indexOf("--page ") + 7).strip();
        ok("query", "synapses", "--select", "id,size", "--order-by", "id", "--page", token, "--format", "json");
        assertThat((List<?>) json()).hasSize(2);
        ok("query", "synapses", "--select", "ctr_pt_position", "--where", "id = 2", "--position-unit", "nm", "--format",
                "csv");
        assertThat(session.out.lines().skip(1)).containsExactly("70.0,0.0,0.0");
        ok("query", "synapses", "--sample", 3, "--seed", 5, "--select", "id", "--format", "csv");
        assertThat(session.out.lines()).hasSize(4);
        session.terminal = new Terminal(true, false);
        ok("query", "synapses", "--where", "size is not null", "--select", "id");
        assertThat(session.out.lines()).last().isEqualTo("6 of 6 rows");
        ok("query", "synapses", "--limit", 2);
        assertThat(session.out.lines()).last().isEqualTo("2 of 6 rows");
        wrong(2, "no text for a terminal", "query", "synapses", "--format", "arrow");
    }

    @Test
    void aJoinIsDeclaredAndSqlOnlyReads() throws IOException {
        synapses();
        types("a", "b");
        ok("query", "synapses", "--join", "types as t on pre_pt_root_id=pt_root_id many-to-one", "--group-by",
                "t.cell_type", "--count", "--order-by", "-count", "--format", "csv");
        assertThat(session.out.lines()).containsExactly("cell_type,count", "a,4", "b,2");
        wrong(1, "declared ONE_TO_ONE", "query", "synapses", "--join",
                "types on pre_pt_root_id=pt_root_id one-to-one");
        ok("sql", "SELECT cell_type, count(*) AS n FROM synapses JOIN types ON post_pt_root_id = pt_root_id "
                + "GROUP BY cell_type ORDER BY n DESC", "--format", "csv");
        assertThat(session.out.lines()).containsExactly("cell_type,n", "b,3", "a,2");
        ok("sql", "SELECT id FROM synapses", "--limit", 2);
        assertThat(session.err).contains("2 of 6 rows");
        wrong(1, "sql", "sql", "DELETE FROM synapses");
        wrong(1, "sql", "sql", "SELECT * FROM read_csv('/etc/passwd')");
        wrong(2, "is taken for the statement", "sql");
    }

    private void types(String... types) throws IOException {
        ok("table create", "types", "--schema", "cell_type_local", "--resolution", "10,10,10");
        StringBuilder rows = new StringBuilder("pt_position,cell_type,classification_system\n");
        for (int y = 0; y < types.length; y++) {
            rows.append("0 ").append(y).append(" 0,").append(types[y]).append(",made\n");
        }
        ok("table import", "types", file("types.csv", rows.toString()));
    }

    @Test
    void partnersAndMatrixLeaveSynapsesOfACellOntoItselfOut() throws Exception {
        synapses();
        types("a", "b");
        String left = root("0,0,0");
        String right = root("0,1,0");
        ok("partners", left, "--out", "--types", "types", "--somata", "types", "--format", "csv");
        assertThat(session.out.lines()).containsExactly("partner,synapses,sum_size,mean_size,type,nuclei",
                right + ",3,70.0,23.333333333333332,b,1");
        assertThat(session.err).contains("out: 3 synapses with 1 cells; left out: 1 of the cell onto itself, 0");
        ok("partners", right, "--format", "json");
        assertThat(json()).asString().contains("in", "out");
        assertThat(session.err).contains("left out: 0 of the cell onto itself, 1 whose other side is of no cell");
        ok("matrix", "--types", "types", "--format", "csv");
        assertThat(session.out.lines()).containsExactly("from \\ to,a,b", "a,0,3", "b,1,0");
        ok("matrix", "--types", "types", "--value", "mean", "--format", "csv");
        assertThat(session.out.lines()).containsExactly("from \\ to,a,b", "a,,23.333333333333332", "b,7.0,");
        for (String out : List.of("m.parquet", "m.feather", "m.csv", "m.json")) {
            ok("matrix", "--types", "types", "--value", "sum", "--out", folder.resolve(out));
        }
        assertThat(session.err).contains("2 rows in");
        assertThat(parquet(Files.readAllBytes(folder.resolve("m.parquet")))).containsExactly(
                "pre_type,post_type,sum", "a,b,70.0", "b,a,7.0");
        assertThat(folder.resolve("m.csv")).content().isEqualTo("from \\ to,a,b\r\na,0.0,70.0\r\nb,7.0,0.0\r\n");
        assertThat(folder.resolve("m.json")).content().contains("\"b\" : 70.0");
        assertThat(folder.resolve("m.feather")).isNotEmptyFile();
        wrong(1, "--force", "matrix", "--types", "types", "--out", folder.resolve("m.csv"));
        wrong(1, "of no kind", "cells", "5", "--out", "x.txt");
        wrong(1, "there is no folder", "cells", "5", "--out", folder.resolve("nowhere/x.csv"));
        Files.createDirectory(folder.resolve("folder.csv"));
        wrong(1, "is a folder", "cells", "5", "--out", folder.resolve("folder.csv"), "--force");
        ok("partners", left, "--out", "--types", "types", "--format", "parquet");
        assertThat(parquet(session.bytes)).containsExactly("partner,synapses,sum_size,mean_size,type",
                right + ",3,70.0," + 70 / 3.0 + ",b");
        ok("query", "synapses", "--where", "id < 3", "--select", "id,size", "--order-by", "id", "--format", "parquet");
        assertThat(parquet(session.bytes)).containsExactly("id,size", "1,10.0", "2,20.0");
        ok("sql", "SELECT count(*) AS \"How many\" FROM synapses", "--format", "parquet");
        assertThat(parquet(session.bytes)).containsExactly("How many", "6");
        // A table whose rows refer to cells says the same of them.
        ok("table create", "refs", "--schema", "cell_type_reference", "--resolution", "10,10,10", "--reference",
                "types");
        ok("table import", "refs", file("refs.csv", "target_id,cell_type,classification_system\n1,x,s\n2,y,s\n"));
        ok("partners", left, "--out", "--types", "refs", "--somata", "refs", "--format", "csv");
        assertThat(session.out.lines()).contains(right + ",3,70.0,23.333333333333332,y,1");
        ok("matrix", "--types", "refs", "--format", "csv");
        assertThat(session.out.lines()).containsExactly("from \\ to,x,y", "x,0,3", "y,1,0");
        ok("table import", "types", folder.resolve("types.csv"));
        ok("matrix", "--types", "types", "--format", "csv");
        assertThat(session.out.lines()).containsExactly("from \\ to,a,b", "a,0,3", "b,1,0");
        assertThat(session.err).doesNotContain("left out");
        ok("table import", "types",
                file("other.csv", "pt_position,cell_type,classification_system\n0 0 0,c,made\n"));
        ok("matrix", "--types", "types", "--format", "csv");
        assertThat(session.out.lines()).containsExactly("from \\ to");
        assertThat(session.err).contains("left out: 1 cells that have several types in types");
        wrong(1, "the table 'synapses' has no column 'pt_root_id'", "matrix", "--types", "synapses");
        ok("partners", left, "--out", "--types", "types", "--somata", "types", "--format", "csv");
        assertThat(session.out).contains(",b,2");
        wrong(2, "is no id", "partners", "nobody");
        wrong(1, "there is no table 'nuclei'", "partners", left, "--somata", "nuclei");
    }

    /// Names and rows, as DuckDB reads them.
    private List<String> parquet(byte[] bytes) throws Exception {
        Path file = Files.write(folder.resolve("read.parquet"), bytes);
        List<String> lines = new ArrayList<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM read_parquet('" + file + "')")) {
            int columns = rows.getMetaData().getColumnCount();
            StringBuilder names = new StringBuilder();
            for (int i = 1; i <= columns; i++) {
                names.append(i == 1 ? "" : ",").append(rows.getMetaData().getColumnName(i));
            }
            lines.add(names.toString());
            while (rows.next()) {
                StringBuilder line = new StringBuilder();
                for (int i = 1; i <= columns; i++) {
                    line.append(i == 1 ? "" : ",").append(rows.getString(i));
                }
                lines.add(line.toString());
            }
        }
        return lines;
    }

    @Test
    void aVersionIsAskedWhileSomebodyElseHasTheDatasetOpen() throws Exception {
        synapses();
        ok("version create", "--number", 1300, "--description", "first");
        assertThat(session.out).contains("synapses", "6", "all rows");
        ok("table delete", "synapses", 1, 2);
        ok("version create");
        ok("version list", "--format", "csv");
        assertThat(session.out.lines()).hasSize(3).element(1).asString().startsWith("1300,").contains(",6,first");
        assertThat(session.out.lines()).element(2).asString().startsWith("1301,").contains(",4,");
        Path arrow = folder.resolve("a.arrow");
        try (Dataset held = Dataset.open(dataset);
                OpenGraph graph = OpenGraph.open(held, "");
                AutoCloseable rows = OpenTables.of(dataset, "", graph.live())) {
            assertThat(rows).isNotNull();
            ok("query", "synapses@1300", "--where", "size > 7", "--format", "arrow");
            try (RootAllocator allocator = new RootAllocator();
                    ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(session.bytes),
                            allocator)) {
                assertThat(reader.loadNextBatch()).isTrue();
                assertThat(reader.getVectorSchemaRoot().getRowCount()).isEqualTo(4);
            }
            assertThat(session.run("sql", dataset + "@1300", "SELECT max(size) AS most FROM synapses", "--format",
                    "csv")).as(session.err).isZero();
            assertThat(session.out.lines()).containsExactly("most", "40.0");
            wrong(1, "open", "query", "synapses");
        }
        ok("query", "synapses@1300", "--out", arrow);
        assertThat(session.err).contains("6 of 6 rows in");
        try (RootAllocator allocator = new RootAllocator();
                SeekableReadChannel in = new SeekableReadChannel(Files.newByteChannel(arrow));
                ArrowFileReader reader = new ArrowFileReader(in, allocator)) {
            assertThat(reader.loadNextBatch()).isTrue();
            assertThat(reader.getVectorSchemaRoot().getRowCount()).isEqualTo(6);
        }
        wrong(1, "--force", "query", "synapses@1300", "--out", arrow);
        wrong(1, "'x.txt' is of no kind", "query", "synapses@1300", "--out", "x.txt");
        wrong(1, "there is no version 7", "query", "synapses@7");
        Path out = folder.resolve("out");
        ok("version export", 1300, "--out", out);
        assertThat(out.resolve("synapses.parquet")).isNotEmptyFile();
        ok("version export", "@1301", "--out", out, "--format", "csv", "--table", "synapses");
        assertThat(out.resolve("synapses.csv")).content().hasLineCount(5);
        wrong(1, "is there already", "version export", 1301, "--out", out, "--format", "csv");
        wrong(1, "has no table 'tags'", "version export", 1301, "--out", out, "--table", "tags");
        ok("table create", "copies", "--schema", "synapse", "--resolution", "10,10,10");
        ok("table import", "copies", out.resolve("synapses.parquet"));
        assertThat(session.err).contains("6 of 6 rows").contains("not read: created, post_pt_root_id, pre_pt_root_id");
    }

    @Test
    void filesOfAVersionAreDroppedAndMadeAgain() throws IOException {
        synapses();
        ok("version create");
        ok("version drop-cache", 1);
        ok("version list");
        assertThat(session.out).contains("dropped");
        wrong(1, "neuropil version create --number 1 --again", "query", "synapses@1");
        ok("version create", "--number", 1, "--again");
        ok("query", "synapses@1", "--group-by", "pre_pt_root_id", "--count", "--format", "csv");
        assertThat(session.out.lines()).hasSize(3);
        wrong(2, "--again needs --number", "version create", "--again");
        wrong(2, "'one' is no number", "version drop-cache", "one");
        wrong(1, "there is no version 9", "version drop-cache", 9);
    }

    @Test
    void whatCannotBeAskedIsTold() throws IOException {
        synapses();
        wrong(1, "did you mean 'size'?", "query", "synapses", "--where", "sise > 1");
        wrong(1, "'many' is not a number", "query", "synapses", "--where", "size > many");
        wrong(2, "is no condition", "query", "synapses", "--where", "size");
        wrong(2, "is no join", "query", "synapses", "--join", "types");
        wrong(2, "is not a box", "query", "synapses", "--box", "ctr_pt=1,2,3");
        wrong(2, "--limit -1", "query", "synapses", "--limit", -1);
        wrong(2, "--sample", "query", "synapses", "--seed", 1);
        wrong(2, "is no moment", "query", "synapses@noon");
        wrong(1, "did you mean synapses?", "query", "synapse");
        wrong(1, "future", "query", "synapses@2999-01-01");
        session.terminal = new Terminal(true, false);
        wrong(2, "no text for a terminal", "query", "synapses", "--format", "parquet");
        wrong(2, "no text for a terminal", "matrix", "--types", "types", "--format", "arrow");
        session.terminal = new Terminal(false, false);
        assertThat(session.run("info", dataset, "--format", "arrow")).isEqualTo(2);
        assertThat(session.err).contains("--format arrow is for rows of tables");
        wrong(1, "there is no table 'synapses'", "query", "synapses@2020-01-01T00:00:00Z");
    }

    @Test
    void aViewIsMadeAskedDescribedAndDeleted() throws IOException {
        synapses();
        ok("table create", "strong", "--view", "SELECT id, size, pre_pt_root_id, ctr_pt_position_x, ctr_pt_position_y, "
                + "ctr_pt_position_z FROM synapses WHERE size >= 10", "--description", "the large ones");
        assertThat(session.out).contains("strong", "view", "10x10x10nm");
        ok("table create", "strongest", "--view", "SELECT max(size) AS size FROM strong");
        ok("version create");
        for (String at : List.of("", "@1")) {
            ok("query", "strong" + at, "--select", "id", "--box", "ctr_pt=0,0,0:70,1,1", "--format", "csv");
            assertThat(session.out.lines()).containsExactlyInAnyOrder("id", "1", "2");
            ok("query", "strongest" + at, "--format", "csv");
            assertThat(session.out.lines()).containsExactly("size", "40.0");
        }
        ok("sql", "SELECT count(*) AS n FROM strong, strongest WHERE strong.size = strongest.size", "--format", "csv");
        assertThat(session.out.lines()).containsExactly("n", "1");
        ok("table list", "--format", "csv");
        assertThat(session.out).contains("synapses,synapse,6,", "strong,view,,", "strongest,view,,");
        ok("table describe", "strongest");
        assertThat(session.out).contains("SELECT max(size)", "reads", "synapses", "float");
        wrong(1, "there is a view 'strong'", "table create", "strong", "--view", "SELECT id FROM synapses");
        wrong(1, "there is a view 'strong'", "table create", "strong", "--schema", "bound_tag", "--resolution",
                "1,1,1");
        wrong(1, "did you mean 'synapses'?", "table create", "other", "--view", "SELECT id FROM synapse");
        wrong(2, "--schema is missing", "table create", "other", "--resolution", "1,1,1");
        wrong(2, "--view makes no rows", "table create", "other", "--view", "SELECT 1 AS a", "--schema", "bound_tag");
        wrong(2, "is a view", "table delete", "strong", "1");
        ok("table create", "strong", "--view", "SELECT id, size FROM synapses WHERE size > 20", "--force");
        ok("query", "strong", "--select", "id", "--format", "csv");
        assertThat(session.out.lines()).containsExactly("id", "3");
        ok("table delete", "strong", "--table");
        wrong(1, "the view 'strongest' cannot be read", "query", "strongest");
        wrong(1, "there is no table 'strong'", "query", "strong");
    }
}
