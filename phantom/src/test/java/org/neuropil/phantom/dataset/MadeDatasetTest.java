package org.neuropil.phantom.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.phantom.circuit.CircuitPlan;
import org.neuropil.phantom.circuit.MadeCircuit;
import org.neuropil.phantom.circuit.Rule;
import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.Progress;
import org.neuropil.pipeline.Provenance;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.dataset.FrozenTables;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.live.OpenTables;
import org.neuropil.tables.published.Frame;
import org.neuropil.tables.published.Published;
import org.neuropil.tables.query.Answer;
import org.neuropil.tables.query.Queries;
import org.neuropil.tables.query.QueryBuilder;

import tools.jackson.databind.JsonNode;

class MadeDatasetTest {
    private static final long SEED = 3;

    @TempDir
    private Path folder = Path.of("");

    private static CircuitPlan plan(String like) {
        return CircuitPlan.like(like, 0.002).imaged(5).repeats(4, 4);
    }

    private static RunOptions options(int threads, boolean force) {
        return new RunOptions(threads, Progress.NONE, false, force);
    }

    private static Map<String, String> digests(Path of) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(of)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                digests.put(of.relativize(file).toString(), Json.sha256(Files.readAllBytes(file)));
            }
        }
        return digests;
    }

    @Test
    void theSamePlanAndSeedGiveTheSameBytesWhateverTheThreads() throws IOException {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        MadeDataset.write(one, plan("v1dd"), SEED, options(1, false));
        MadeDataset.write(two, plan("v1dd"), SEED, options(3, false));
        Map<String, String> first = digests(one);
        Map<String, String> second = digests(two);
        first.remove("truth/provenance.json");
        second.remove("truth/provenance.json");
        assertThat(second).isEqualTo(first);
        assertThat(first.keySet()).contains("dataset.json", "published.json", "versions/1/version.json",
                "truth/plan.json", "truth/pairs.parquet");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).as("nothing is left beside").hasSize(2);
        }
    }

    @Test
    void whatIsThereIsKeptOrRefusedAndReplacedOnlyIfItWasMade() throws IOException {
        Path made = folder.resolve("made");
        Provenance first = MadeDataset.write(made, plan("v1dd"), SEED, options(1, false));
        assertThat(MadeDataset.write(made, plan("v1dd"), SEED, options(1, false)).timing())
                .isEqualTo(first.timing());
        CircuitPlan other = plan("v1dd").dose(Rule.COMMON_INPUT, 0.25);
        assertThatThrownBy(() -> MadeDataset.write(made, other, SEED, options(1, false)))
                .isInstanceOf(InputException.class).hasMessageContaining("other parameters");
        assertThat(MadeDataset.write(made, other, SEED, options(1, true)).recipeSha256())
                .isNotEqualTo(first.recipeSha256());
        JsonNode rules = Json.read(made.resolve("truth/plan.json"), JsonNode.class).path("rules");
        assertThat(rules.path("common-input").path("dose").asDouble()).isEqualTo(0.25);
        assertThat(rules.size()).isEqualTo(Rule.values().length);
        Path own = Files.createDirectories(folder.resolve("own"));
        Files.writeString(own.resolve("thesis.txt"), "mine");
        assertThatThrownBy(() -> MadeDataset.write(own, other, SEED, options(1, true)))
                .isInstanceOf(InputException.class).hasMessageContaining("no made circuit");
        assertThat(own.resolve("thesis.txt")).hasContent("mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1dd", "minnie65"})
    void tablesHaveThePublishedNamesAndPlacesAreThoseOfTheFrame(String like) throws IOException {
        Path made = folder.resolve(like);
        MadeDataset.write(made, plan(like), SEED, options(1, false));
        MadeCircuit circuit = MadeCircuit.make(plan(like), SEED);
        Published published = Published.of(made).orElseThrow();
        String synapses = published.dataset().role("synapses").orElseThrow();
        assertThat(published.dataset().roles().keySet()).contains("nuclei", "cell_types", "proofreading");
        Frame frame = published.dataset().frames().stream().filter(Frame::standard).findFirst().orElseThrow();
        Rows nuclei = rows(made, "nucleus_detection_v0");
        assertThat(nuclei.size()).isEqualTo(circuit.cells().count());
        double[] voxel = like.equals("v1dd") ? new double[]{9, 9, 45} : new double[]{4, 4, 40};
        for (int row = 0; row < nuclei.size(); row++) {
            long id = nuclei.longs("id")[row];
            int cell = place(circuit.cells().nucleus(), id);
            double[] at = frame.micrometres(coordinate(nuclei, "pt", "x", row, voxel[0]),
                    coordinate(nuclei, "pt", "y", row, voxel[1]), coordinate(nuclei, "pt", "z", row, voxel[2]));
            assertThat(at[0]).isCloseTo(circuit.cells().x()[cell], within(0.06));
            assertThat(at[1]).isCloseTo(circuit.cells().y()[cell], within(0.06));
            assertThat(at[2]).isCloseTo(circuit.cells().z()[cell], within(0.06));
        }
        Rows rows = rows(made, synapses);
        assertThat(rows.size()).isEqualTo(circuit.synapses().count());
        double across = like.equals("v1dd") ? 9.7 : 4;
        for (int row = 0; row < rows.size(); row += 97) {
            int k = Math.toIntExact(rows.longs("id")[row]) - 1;
            double[] at = frame.micrometres(coordinate(rows, "ctr_pt", "x", row, across),
                    coordinate(rows, "ctr_pt", "y", row, across), coordinate(rows, "ctr_pt", "z", row, voxel[2]));
            assertThat(at[1]).isCloseTo(circuit.synapses().y()[k], within(0.06));
            assertThat(rows.longs("pre_pt_root_id")[row]).isEqualTo(circuit.synapses().preRoot()[k]);
            assertThat(rows.longs("post_pt_root_id")[row]).isEqualTo(circuit.synapses().postRoot()[k]);
        }
    }

    private static int place(long[] all, long wanted) {
        for (int i = 0; i < all.length; i++) {
            if (all[i] == wanted) {
                return i;
            }
        }
        throw new AssertionError(wanted + " is none");
    }

    private static double coordinate(Rows rows, String point, String axis, int row, double voxel) {
        int index = rows.index(point + "_position_" + axis);
        // The middle of the voxel.
        return (((ColumnData.Ints) rows.data().get(index)).values()[row] + 0.5) * voxel;
    }

    private static Rows rows(Path dataset, String table) throws IOException {
        try (FrozenTables tables = OpenTables.frozen(dataset);
                Moment moment = tables.version(1);
                Answer answer = new Queries(tables.engine(), Map.of(table, moment.source(table)))
                        .ask(QueryBuilder.from(table).orderBy("id", false).build())) {
            return answer.rows();
        }
    }
}
