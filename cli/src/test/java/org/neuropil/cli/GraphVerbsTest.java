package org.neuropil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.graph.live.LiveGraph;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Json;

/// The verbs on a graph of two cells, each a row of four supervoxels; see [SmallGraph].
class GraphVerbsTest {
    private static final String LEFT = "0,0,0";
    private static final String RIGHT = "15,0,0";
    private static final String OTHER = "0,1,0";

    @TempDir
    private Path folder = Path.of("");

    private final Session session = new Session();
    private Path dataset = folder;

    @BeforeEach
    void ingest() throws IOException {
        dataset = SmallGraph.write(folder.resolve("small"));
        assertThat(session.run("graph", "ingest", dataset, "--time", "@2020-01-01")).as(session.err).isZero();
    }

    private int graph(String verb, Object... more) {
        return session.run(Stream.concat(Stream.of("graph", verb, dataset), Arrays.stream(more)).toArray());
    }

    private Object json(String verb, Object... more) {
        assertThat(graph(verb, Stream.concat(Arrays.stream(more), Stream.of("--format", "json")).toArray()))
                .as(session.err).isZero();
        return Json.MAPPER.readValue(session.out, Object.class);
    }

    private String root(String point, Object... more) {
        List<?> rows = (List<?>) json("find", Stream.concat(Stream.of(point), Arrays.stream(more)).toArray());
        return String.valueOf(((Map<?, ?>) rows.getFirst()).get("root"));
    }

    @Test
    void ingestTellsFiguresAndIsDoneOnce() {
        assertThat(graph("ingest", "--time", "@2020-01-01")).isZero();
        assertThat(session.err).contains("graph ingest: already done");
        assertThat(session.out).contains("supervoxels", "8", "edges", "10");
        assertThat(graph("ingest", "--threshold", "0.1", "--dry-run", "--out", "joined")).isZero();
        assertThat(session.out).contains("blocks", "chunks", "MiB per thread", "MiB on disk about");
        assertThat(dataset.resolve("joined")).doesNotExist();
        assertThat(graph("ingest", "--threshold", "0.1")).isEqualTo(1);
        assertThat(session.err).contains("--force");
        assertThat(graph("ingest", "--threshold", "0.1", "--graph", "joined")).isZero();
        assertThat(root(LEFT, "--graph", "joined")).isEqualTo(root(OTHER, "--graph", "joined"));
        assertThat(root(LEFT)).isNotEqualTo(root(OTHER));
    }

    @Test
    void labelsWithAMappingBecomeAGraph() throws IOException {
        Path mapping = Files.writeString(folder.resolve("map.csv"), "sv,segment\n" + SmallGraph.supervoxel(0, 0)
                + ",1\n" + SmallGraph.supervoxel(4, 0) + ",1\n");
        assertThat(graph("ingest", "--labels", dataset.resolve("supervoxels"), "--mapping", mapping, "--chunk",
                "8,2,1", "--supervoxels", "pieces", "--out", "labelled")).as(session.err).isZero();
        assertThat(root("0,0,0", "--graph", "labelled")).isEqualTo(root("7,0,0", "--graph", "labelled"))
                .isNotEqualTo(root("8,0,0", "--graph", "labelled"));
        assertThat(graph("ingest", "--labels", "segmentation", "--supervoxels", "segmentation")).isEqualTo(1);
        assertThat(session.err).contains("is the volume of labels itself");
        assertThat(graph("ingest", "--mapping", mapping)).isEqualTo(2);
        assertThat(session.err).contains("there are none");
    }

    @Test
    void findEchoesUnitsAndRootsAgree() {
        assertThat(graph("find", "4,1,0")).isZero();
        assertThat(session.out).startsWith("point voxel").contains("45,15,5")
                .contains(Long.toString(SmallGraph.supervoxel(4, 1)));
        assertThat(graph("find", "0.045,0.015,0.005", "--unit", "um")).isZero();
        assertThat(session.out).startsWith("point um").contains(Long.toString(SmallGraph.supervoxel(4, 1)));
        assertThat(graph("roots", SmallGraph.supervoxel(4, 1), SmallGraph.supervoxel(4, 0), "--format", "csv"))
                .isZero();
        assertThat(session.out.lines()).containsExactly("id,root",
                SmallGraph.supervoxel(4, 1) + "," + root(OTHER), SmallGraph.supervoxel(4, 0) + "," + root(LEFT));
    }

    @Test
    void idsOfAFileAreLookedUpAndUnknownOnesHaveNoRoot() throws IOException {
        Path ids = Files.writeString(folder.resolve("ids.txt"), SmallGraph.supervoxel(0, 0) + "\n\n"
                + (SmallGraph.supervoxel(0, 0) + 50) + "\n");
        assertThat(graph("roots", "--ids", ids)).isZero();
        assertThat(session.out.lines()).hasSize(3);
        assertThat(session.err).contains("1 of 2 ids are not in this graph");
        Files.writeString(ids, "17\nx\n");
        assertThat(graph("roots", "--ids", ids)).isEqualTo(1);
        assertThat(session.err).contains("ids.txt, line 2", "'x' is no id");
    }

    @Test
    void leavesAreTheSupervoxels() {
        String root = root(LEFT);
        assertThat(graph("leaves", root, "--format", "csv")).isZero();
        List<String> expected = new ArrayList<>(List.of("id,leaf"));
        for (int x = 0; x < 16; x += 4) {
            expected.add(root + "," + SmallGraph.supervoxel(x, 0));
        }
        assertThat(session.out.lines()).containsExactlyElementsOf(expected);
        assertThat(graph("leaves", root, "--box", "0,0,0:10,10,10", "--unit", "nm")).isZero();
        assertThat(session.out.lines()).hasSize(3);
        assertThat(session.err).contains("box 0,0,0:1,1,1 in voxels");
        assertThat(graph("leaves", root, "--stop-layer", "9")).isEqualTo(1);
        assertThat(session.err).contains("layer 9 is not 1 to 3");
    }

    @Test
    void editsAreMadeLoggedUndoneAndRedone() {
        String left = root(LEFT);
        assertThat(graph("split", "--source", LEFT, "--sink", RIGHT, "--user", "anna")).as(session.err).isZero();
        assertThat(session.out).contains("split", "anna", left);
        assertThat(session.err).contains("source 0,0,0 voxel, which is 5,5,5 nm: supervoxel "
                + SmallGraph.supervoxel(0, 0));
        assertThat(root(LEFT)).isNotEqualTo(root(RIGHT));
        assertThat(root(LEFT, "@2020-01-01")).isEqualTo(left);
        assertThat(graph("undo", 1, "--user", "bert")).as(session.err).isZero();
        assertThat(session.out).contains("undo of 1");
        assertThat(root(LEFT)).isEqualTo(root(RIGHT));
        assertThat(graph("undo", 1, "--user", "carl")).isZero();
        assertThat(session.err).contains("nothing to do");
        assertThat(graph("redo", 1)).isZero();
        assertThat(root(LEFT)).isNotEqualTo(root(RIGHT));
        assertThat(graph("merge", "--source", SmallGraph.supervoxel(0, 0), "--sink", OTHER, "--user", "bert"))
                .as(session.err).isZero();
        assertThat(root(LEFT)).isEqualTo(root(OTHER));
        List<?> log = (List<?>) json("log");
        assertThat(log.stream().map(one -> String.valueOf(((Map<?, ?>) one).get("kind"))))
                .containsExactly("split", "undo", "redo", "merge");
        assertThat(((Map<?, ?>) log.getFirst()).get("user")).isEqualTo("anna");
        assertThat(((Map<?, ?>) log.get(1)).get("undone")).isEqualTo(true);
        assertThat(((Map<?, ?>) log.get(2)).get("user")).isEqualTo(System.getProperty("user.name"));
        session.terminal = new Terminal(true, false);
        assertThat(graph("log", "--last", 2)).isZero();
        assertThat(session.out).startsWith("operation").endsWith("2 of 4 operations" + System.lineSeparator());
        session.terminal = Terminal.NONE;
        assertThat(graph("log", "--user", "bert", "--format", "csv")).isZero();
        assertThat(session.out.lines()).hasSize(3);
        assertThat(graph("log", left)).isZero();
        assertThat(session.out.lines()).as("nothing made the root of ingest").hasSize(1);
    }

    @Test
    void refusalsAreSentencesAndChangeNothing() {
        assertThat(graph("merge", "--source", LEFT, "--sink", RIGHT)).isEqualTo(1);
        assertThat(session.err).contains("neuropil: Supervoxels must belong to different objects.")
                .doesNotContain("Exception");
        assertThat(graph("split", "--source", LEFT, "--sink", OTHER)).isEqualTo(1);
        assertThat(session.err).doesNotContain("Exception");
        assertThat(graph("undo", 7)).isEqualTo(1);
        assertThat(session.err).contains("7");
        assertThat(graph("merge", "--source", LEFT, "--sink", "99,0,0")).isEqualTo(1);
        assertThat(session.err).contains("lies outside of the volume");
        assertThat(graph("merge", "--source", LEFT, "--sink", root(OTHER))).isEqualTo(1);
        assertThat(session.err).contains("is no supervoxel", ":x,y,z");
        assertThat(graph("merge", "--source", LEFT, "--sink", SmallGraph.supervoxel(0, 0) + 70)).isEqualTo(1);
        assertThat(session.err).contains("there is no supervoxel");
        assertThat((List<?>) json("log")).isEmpty();
    }

    @Test
    void aPointOnANodeIsTheNearestSupervoxelOfIt() {
        String other = root(OTHER);
        assertThat(graph("merge", "--source", LEFT, "--sink", other + ":3,1,0")).as(session.err).isZero();
        assertThat(String.valueOf(json("log"))).contains(Long.toString(SmallGraph.supervoxel(3, 1)));
        assertThat(root(LEFT)).isEqualTo(root(OTHER));
    }

    @Test
    void previewTellsComponentsOrWhyNot() {
        Map<?, ?> preview = (Map<?, ?>) json("preview", "--source", LEFT, "--sink", RIGHT);
        assertThat((List<?>) preview.get("components")).hasSize(2);
        assertThat((List<?>) json("log")).isEmpty();
        assertThat(graph("preview", "--source", LEFT, "--sink", OTHER)).isEqualTo(1);
        assertThat(session.err).doesNotContain("Exception");
        assertThat(graph("preview", "--source", LEFT)).isEqualTo(2);
        assertThat(session.err).contains("--sink");
    }

    @Test
    void lineageComesAsTreeGraphAndDot() {
        String left = root(LEFT);
        graph("split", "--source", LEFT, "--sink", RIGHT);
        String one = root(LEFT);
        String two = root(RIGHT);
        assertThat(graph("lineage", one)).isZero();
        assertThat(session.out.lines()).hasSize(2).first().asString().startsWith(left + "  2020-01-01T00:00:00Z");
        assertThat(session.out).contains("  " + one + " *").contains("replaced by operation 1");
        assertThat(graph("lineage", left)).isZero();
        assertThat(session.out.lines()).hasSize(3).anyMatch(line -> line.startsWith("  " + two) && line
                .endsWith("current"));
        Map<?, ?> json = (Map<?, ?>) json("lineage", left);
        assertThat(json.get("directed")).isEqualTo(true);
        assertThat(((List<?>) json.get("links"))).hasSize(2);
        assertThat(String.valueOf(json.get("nodes")))
                .contains("id=" + left + ", operation_id=1, timestamp=1.5778368E9");
        assertThat(graph("lineage", left, "--dot")).isZero();
        assertThat(session.out).startsWith("digraph").contains("\"" + left + "\" -> \"" + one + "\";");
        assertThat(graph("lineage", left, "--format", "csv")).isZero();
        assertThat(session.out.lines()).hasSize(3).contains(left + "," + one + ",1");
        assertThat(graph("lineage", SmallGraph.supervoxel(0, 0))).isEqualTo(1);
        assertThat(session.err).contains("not a root");
    }

    @Test
    void changesAndRollback() {
        String left = root(LEFT);
        graph("split", "--source", LEFT, "--sink", RIGHT, "--user", "anna");
        Map<?, ?> changes = (Map<?, ?>) json("changes");
        assertThat(changes.get("old_roots")).isEqualTo(List.of(left));
        assertThat((List<?>) changes.get("new_roots")).hasSize(2);
        assertThat(graph("rollback", "--of", "anna", "--user", "bert")).isZero();
        assertThat(session.out.lines()).hasSize(2);
        assertThat(root(LEFT)).isEqualTo(root(RIGHT));
        assertThat(graph("rollback", "--of", "anna")).isZero();
        assertThat(session.out.lines()).hasSize(1);
        assertThat(graph("changes", "--from", "@2020-01-02", "--to", "@2020-01-01")).isEqualTo(2);
        assertThat(graph("changes", "--from", "@2019-01-02")).isEqualTo(1);
        assertThat(session.err).contains("before the graph's beginning");
    }

    @Test
    void aVirtualGraphShowsThePast() {
        String left = root(LEFT);
        assertThat(graph("virtual")).isEqualTo(2);
        assertThat(session.run("graph", "virtual", "add", dataset, "first", "--at", "@2020-01-01T00:00:00Z", "--note",
                "as made")).as(session.err).isZero();
        graph("split", "--source", LEFT, "--sink", RIGHT);
        assertThat(root(RIGHT, "--graph", "first")).isEqualTo(left);
        assertThat(json("info")).asInstanceOf(InstanceOfAssertFactories.MAP).containsEntry("operations", 1);
        assertThat(json("info", "--graph", "first")).asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("operations", 0);
        assertThat(graph("merge", "--graph", "first", "--source", LEFT, "--sink", OTHER)).isEqualTo(1);
        assertThat(session.err).contains("cannot be edited");
        assertThat(graph("info", root(RIGHT), "--graph", "first")).isEqualTo(1);
        assertThat(session.err).contains("came to be at").doesNotContain("Exception");
        assertThat(session.run("graph", "virtual", "list", dataset, "--format", "csv")).isZero();
        assertThat(session.out).contains("first,graph,2020-01-01T00:00:00Z,as made");
        assertThat(session.run("graph", "virtual", "add", dataset, "first")).isEqualTo(1);
        assertThat(session.run("graph", "virtual", "add", dataset, "small")).isEqualTo(1);
        assertThat(session.err).contains("name of another graph");
        assertThat(graph("find", LEFT, "--graph", "frist")).isEqualTo(1);
        assertThat(session.err).contains("did you mean first?");
        assertThat(session.run("graph", "virtual", "remove", dataset, "first")).isZero();
        assertThat(session.run("graph", "virtual", "remove", dataset, "first")).isEqualTo(1);
    }

    @Test
    void aBackupComesBackWithItsEdits() throws IOException {
        Path backup = folder.resolve("backup");
        graph("split", "--source", LEFT, "--sink", RIGHT);
        String right = root(RIGHT);
        assertThat(graph("backup", backup)).as(session.err).isZero();
        assertThat(backup.resolve("provenance.json")).exists();
        assertThat(graph("backup", backup)).isEqualTo(1);
        assertThat(session.err).contains("--force");
        assertThat(graph("backup", dataset.resolve("graph"), "--force")).isEqualTo(1);
        assertThat(session.err).contains("is no backup of a graph");
        assertThat(graph("undo", 1)).isZero();
        assertThat(graph("restore", backup)).isEqualTo(1);
        assertThat(session.err).contains("part 'graph' exists", "--force");
        assertThat(graph("restore", backup, "--force")).as(session.err).isZero();
        assertThat(root(RIGHT)).isEqualTo(right);
        assertThat((List<?>) json("log")).hasSize(1);
        assertThat(graph("ingest", "--time", "@2020-01-01")).isZero();
        assertThat(session.err).contains("already done");
        graph("merge", "--source", LEFT, "--sink", OTHER);
        assertThat(graph("backup", backup, "--force")).as(session.err).isZero();
        assertThat(graph("restore", backup, "--out", "again")).as(session.err).isZero();
        assertThat((List<?>) json("log", "--graph", "again")).hasSize(2);
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("small", "backup");
        }
        assertThat(graph("restore", folder.resolve("small"), "--out", "other")).isEqualTo(1);
        assertThat(session.err).contains("is no backup of a graph");
    }

    @Test
    void noGraphTakesThePlaceOfWhatItIsMadeOf() throws IOException {
        for (String out : List.of("supervoxels", "edges")) {
            assertThat(graph("ingest", "--out", out, "--force")).as(out).isEqualTo(1);
            assertThat(session.err).contains("part '" + out + "'", "another name");
        }
        Path mapping = Files.writeString(folder.resolve("map.csv"), "sv,segment\n");
        assertThat(graph("ingest", "--labels", dataset.resolve("supervoxels"), "--mapping", mapping, "--chunk",
                "8,2,1", "--supervoxels", "graph", "--out", "labelled", "--force")).isEqualTo(1);
        assertThat(session.err).contains("part 'graph' is of kind graph");
        assertThat(graph("log")).as(session.err).isZero();
    }

    @Test
    void noPartTakesThePlaceOfAPublishedState() throws IOException {
        Path backup = folder.resolve("backup");
        assertThat(session.run("graph", "virtual", "add", dataset, "first", "--at", "@2020-01-01"))
                .as(session.err).isZero();
        assertThat(graph("backup", backup)).as(session.err).isZero();
        assertThat(graph("restore", backup, "--out", "first")).isEqualTo(1);
        assertThat(session.err).contains("'first' is the name of a virtual graph", "another name");
        assertThat(graph("ingest", "--threshold", "0.1", "--out", "first", "--force")).isEqualTo(1);
        assertThat(session.err).contains("'first' is the name of a virtual graph", "another name");
        assertThat(graph("log", "--graph", "first")).as(session.err).isZero();
    }

    @Test
    void whatWasKeptOfAGraphGoesWithIt() throws IOException {
        Path backup = folder.resolve("backup");
        Path kept = dataset.resolve(".cache/meshes/graph/a/b");
        Path others = dataset.resolve(".cache/meshes/other/a");
        assertThat(graph("backup", backup)).as(session.err).isZero();
        for (int run = 0; run < 2; run++) {
            Files.createDirectories(kept);
            Files.createDirectories(others);
            int rc = run == 0 ? graph("restore", backup, "--force") : graph("ingest", "--threshold", "0.1", "--force");
            assertThat(rc).as(session.err).isZero();
            assertThat(dataset.resolve(".cache/meshes/graph")).doesNotExist();
            assertThat(others).exists();
        }
    }

    @Test
    void aDamagedBackupLeavesTheGraph() throws IOException {
        Path backup = folder.resolve("backup");
        assertThat(graph("backup", backup)).as(session.err).isZero();
        graph("split", "--source", LEFT, "--sink", RIGHT);
        try (Stream<Path> all = Files.list(backup.resolve("rocksdb"))) {
            for (Path file : all.filter(one -> one.toString().endsWith(".sst")).toList()) {
                // Not the graph's own file, of which the backup may be another name.
                byte[] bytes = Files.readAllBytes(file);
                bytes[10] ^= 1;
                Files.delete(file);
                Files.write(file, bytes);
            }
        }
        assertThat(graph("restore", backup, "--force")).isEqualTo(1);
        assertThat(session.err).contains("damaged", "restore another one");
        assertThat((List<?>) json("log")).hasSize(1);
    }

    @Test
    void placesOfBackupsAndChunksThatCannotBeAreTold() {
        for (String place : List.of("graph/inside", "graph/rocksdb/deep/inside", "supervoxels/x")) {
            assertThat(graph("backup", dataset.resolve(place))).as(place).isEqualTo(1);
            assertThat(session.err).contains("lies in part '" + place.substring(0, place.indexOf('/')) + "'");
            assertThat(dataset.resolve(place)).doesNotExist();
        }
        assertThat(session.run("graph", "backup", dataset)).isEqualTo(2);
        assertThat(session.err).contains("is taken for the folder for the backup", "no dataset");
        for (String chunk : List.of("0,1,2", "8,2,-1")) {
            assertThat(graph("ingest", "--chunk", chunk, "--out", "other")).isEqualTo(1);
            assertThat(session.err).contains("--chunk", "at least 1").doesNotContain("should not happen");
        }
    }

    @Test
    void aGraphThatAServerHasOpenIsTold() throws IOException {
        Path backup = folder.resolve("backup");
        assertThat(graph("backup", backup)).as(session.err).isZero();
        try (Dataset open = Dataset.open(dataset); LiveGraph _ = LiveGraph.open(open, "graph")) {
            assertThat(graph("log")).isEqualTo(1);
            assertThat(session.err).contains("the graph is open elsewhere", "end that");
            assertThat(graph("ingest", "--threshold", "0.1", "--force")).isEqualTo(1);
            assertThat(session.err).contains("the graph is open elsewhere");
            assertThat(graph("restore", backup, "--force")).isEqualTo(1);
            assertThat(session.err).contains("the graph is open elsewhere");
            assertThat(session.run("info", dataset)).isZero();
            assertThat(session.out).contains("8 supervoxels, 10 edges, 3 layers", "open elsewhere");
            assertThat(session.run("info", dataset, "--format", "json")).isZero();
            assertThat(session.out).contains("\"operations\" : null");
        }
        graph("split", "--source", LEFT, "--sink", RIGHT);
        assertThat(session.run("info", dataset)).isZero();
        assertThat(session.out).contains("1 operation, last edit ");
    }

    @Test
    void infoTellsOfTheGraphAndOfNodes() {
        assertThat(graph("info")).isZero();
        assertThat(session.out).contains("supervoxels", "16,2,1", "8,2,1", "2020-01-01T00:00:00Z");
        assertThat(graph("info", SmallGraph.supervoxel(8, 0), "--format", "csv")).isZero();
        assertThat(session.out.lines().skip(1)).containsExactly(SmallGraph.supervoxel(8, 0) + ",1,\"1,0,0\","
                + "2020-01-01T00:00:00Z,," + rootOf(session) + ",0");
        assertThat(graph("info", 99)).isEqualTo(1);
        assertThat(session.err).contains("this graph has no node 99");
    }

    private static String rootOf(Session session) {
        return session.out.strip().split(",")[session.out.strip().split(",").length - 2];
    }

    @Test
    void whatIsNotThereIsTold() {
        assertThat(session.run("graph", "log", folder.resolve("none"))).isEqualTo(1);
        assertThat(session.err).contains("is not a dataset");
        assertThat(graph("log", "--graph", "grap")).isEqualTo(1);
        assertThat(session.err).contains("did you mean graph?");
        assertThat(graph("log", "--graph", "bigtable://p/i/t")).isEqualTo(1);
        assertThat(session.err).contains("no graph of this dataset has its rows in bigtable://p/i/t");
        assertThat(graph("ingest", "--graph", "bigtble://p/i/t", "--out", "far")).isEqualTo(1);
        assertThat(session.err).contains("bigtable://project/instance/table");
        for (String[] words : new String[][]{{"find", "16,0,0"}, {"merge", "--source", "16,0,0", "--sink", LEFT}}) {
            assertThat(graph(words[0], (Object[]) Arrays.copyOfRange(words, 1, words.length))).isEqualTo(1);
            assertThat(session.err).contains("16,0,0 voxel lies outside of the volume", "0,0,0:16,2,1", "--unit")
                    .doesNotContain("not voxels");
        }
        assertThat(graph("find", LEFT, "@2019-01-01")).isEqualTo(1);
        assertThat(session.err).contains("before the graph's beginning");
    }
}
