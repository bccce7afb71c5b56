package org.neuropil.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.space.InputException;

class StageRunTest {
    private static final int BLOCKS = 20;
    private static final Map<String, Dataset.Kind> PARTS = Map.of("cells", Dataset.Kind.SEGMENTATION, "edges",
            Dataset.Kind.EDGES);

    private static final RunOptions IMPATIENT = RunOptions.defaults().withRetry(new Retry(1, failed -> {}));

    @TempDir
    Path folder;
    private Dataset dataset;
    private final Set<Integer> ran = new ConcurrentSkipListSet<>();

    @BeforeEach
    void make() throws IOException {
        dataset = Dataset.openOrCreate(folder.resolve("d"), Dataset.About.named("d"));
    }

    @Test
    void leavesWholePartsWithProvenanceAndNoWork() throws IOException {
        Provenance made = stage("a", RunOptions.defaults(), -1);
        assertThat(made.recipeSha256()).isEqualTo(recipe("a").digest());
        for (String part : PARTS.keySet()) {
            assertThat(dataset.provenance(part)).isEqualTo(made);
            assertThat(dataset.path(part).resolve("block19")).hasContent("a 19");
        }
        try (var left = Files.list(dataset.folder().resolve(".work"))) {
            assertThat(left.map(p -> p.getFileName().toString())).containsExactly("stage-cells.lock");
        }
        assertThat(Dataset.open(dataset.folder()).parts()).containsOnlyKeys("cells", "edges");
    }

    @Test
    void doesNothingTheSecondTime() throws IOException {
        Provenance first = stage("a", RunOptions.defaults(), -1);
        ran.clear();
        assertThat(stage("a", RunOptions.defaults().forced(), -1)).isEqualTo(first);
        assertThat(ran).isEmpty();
    }

    @Test
    void beginsAnewWithFreshAndForce() throws IOException {
        stage("a", RunOptions.defaults(), -1);
        ran.clear();
        stage("a", new RunOptions(2, Progress.NONE, true, true), -1);
        assertThat(ran).hasSize(BLOCKS);
    }

    @Test
    void goesOnWhereAFailedRunStopped() throws IOException {
        assertThatThrownBy(() -> stage("a", IMPATIENT, 11)).isInstanceOf(IOException.class)
                .hasMessageContaining("1 of 20 blocks of 'work' failed; first: block 11: the disk is on fire")
                .hasMessageContaining(dataset.folder().resolve(".work/stage-cells/failed.json").toString());
        assertThat(ran).hasSize(BLOCKS - 1).doesNotContain(11);
        ran.clear();
        Provenance made = stage("a", RunOptions.defaults(), -1);
        assertThat(ran).containsExactly(11);
        assertThat(made.timing().resumed()).isTrue();
        assertThat(made.timing().runner()).isEqualTo("threads");
    }

    @Test
    void whatKilledWorkersLeftHalfWrittenIsNoPartOfTheResult() throws IOException {
        assertThatThrownBy(() -> stage("a", IMPATIENT, 11)).isInstanceOf(IOException.class);
        Path left = dataset.folder().resolve(".work/stage-cells/cells/deep/block3.0123456789abcdef-17.tmp");
        Files.createDirectories(left.getParent());
        Files.writeString(left, "half");
        Files.writeString(left.resolveSibling("kept.tmp"), "a file of the stage's own");
        stage("a", RunOptions.defaults(), -1);
        assertThat(dataset.path("cells").resolve("deep")).isDirectoryContaining("glob:**/kept.tmp")
                .isDirectoryNotContaining("glob:**/block3*");
    }

    @Test
    void throwsUnfinishedWorkAwayWhenTheRecipeChanges() throws IOException {
        assertThatThrownBy(() -> stage("a", IMPATIENT, 11)).isInstanceOf(IOException.class);
        ran.clear();
        stage("b", RunOptions.defaults(), -1);
        assertThat(ran).hasSize(BLOCKS);
        assertThat(dataset.path("cells").resolve("block0")).hasContent("b 0");
    }

    @Test
    void refusesToReplaceWithoutForceAndReplacesWithIt() throws IOException {
        stage("a", RunOptions.defaults(), -1);
        assertThatThrownBy(() -> stage("b", RunOptions.defaults(), -1)).isInstanceOf(InputException.class)
                .hasMessageContaining("'cells', 'edges' exists");
        assertThat(dataset.path("cells").resolve("block7")).hasContent("a 7");
        stage("b", RunOptions.defaults().forced(), -1);
        assertThat(dataset.path("cells").resolve("block7")).hasContent("b 7");
    }

    private String refused(Recipe recipe, Map<String, Dataset.Kind> parts) {
        RunOptions options = new RunOptions(1, Progress.NONE, true, true);
        return catchThrowableOfType(InputException.class,
                () -> StageRun.open(dataset, recipe, parts, options).close()).sentence();
    }

    @Test
    void neverReplacesAPartOfAnotherKind() throws IOException {
        stage("a", RunOptions.defaults(), -1);
        assertThat(refused(recipe("b"), Map.of("cells", Dataset.Kind.GRAPH))).contains("'cells'", "segmentation",
                "graph", "another name");
        assertThat(refused(recipe("b"), Map.of("new", Dataset.Kind.GRAPH, "edges", Dataset.Kind.MESH)))
                .contains("'edges'", "mesh");
        assertThat(dataset.path("cells").resolve("block7")).hasContent("a 7");
    }

    @Test
    void neverReplacesWhatItReads() throws IOException {
        stage("a", RunOptions.defaults(), -1);
        Path link = Files.createSymbolicLink(folder.resolve("link"), dataset.folder());
        for (String path : List.of(dataset.path("cells").toString(), "precomputed://" + dataset.path("cells"),
                "file://" + dataset.path("cells"), dataset.path("cells").resolve("block3").toString(),
                link.resolve("cells").toString(), dataset.folder().resolve("edges/../cells").toString())) {
            Recipe recipe = new Recipe("other", "test", 0, Map.of(),
                    List.of(new Recipe.Input("far", "gs://bucket/cells", "00"),
                            new Recipe.Input("labels", path, "01")));
            assertThat(refused(recipe, PARTS)).as(path).contains("'cells'", "'labels'", "another name");
            StageRun.open(dataset, recipe, Map.of("edges", Dataset.Kind.EDGES), RunOptions.defaults().forced())
                    .close();
        }
    }

    @Test
    void neverReplacesWhatIsNoPart() throws IOException {
        Files.createDirectories(dataset.folder().resolve("backups/one"));
        Files.writeString(Files.createDirectory(dataset.folder().resolve("backup")).resolve(Provenance.FILE), "{}");
        assertThat(refused(recipe("b"), Map.of("backup", Dataset.Kind.GRAPH))).contains("no part");
        assertThat(refused(recipe("b"), Map.of("backups", Dataset.Kind.GRAPH))).contains("backups", "no part");
        assertThat(refused(recipe("b"), Map.of("dataset.json", Dataset.Kind.GRAPH))).contains("no part");
        stage("a", RunOptions.defaults(), -1);
        dataset.put(Map.of("alias", new Dataset.Part(Dataset.Kind.MESH, "place/deep")));
        assertThat(refused(recipe("b"), Map.of("place", Dataset.Kind.MESH))).contains("'alias'", "'place'");
    }

    @Test
    void keepsTheEarlierResultWhenANewRunFails() throws IOException {
        stage("a", RunOptions.defaults(), -1);
        assertThatThrownBy(() -> stage("b", IMPATIENT.forced(), 3)).isInstanceOf(IOException.class);
        assertThat(dataset.path("cells").resolve("block3")).hasContent("a 3");
        assertThat(dataset.provenance("edges").recipe().parameters()).containsEntry("word", "a");
    }

    @Test
    void completesMovesThatWereCutOff() throws IOException {
        stage("a", RunOptions.defaults(), -1);
        // The state after the commit record and the first of two moves: 'cells' is in place, 'edges' is not yet.
        Path work = dataset.folder().resolve(".work/stage-cells");
        Files.createDirectories(work);
        Files.move(dataset.path("edges"), work.resolve("edges"));
        Json.write(work.resolve("commit.json"), Map.of("parts", dataset.parts()), true);
        ran.clear();
        stage("a", RunOptions.defaults(), -1);
        assertThat(ran).isEmpty();
        assertThat(dataset.path("edges").resolve("block5")).hasContent("a 5");
        assertThat(work).doesNotExist();
    }

    @Test
    void sweepsWhatAKillLeftWhileTheWorkOfAFinishedRunWasBeingDeleted() throws IOException {
        Provenance made = stage("a", RunOptions.defaults(), -1);
        // The state after the commit record is gone, amid the deleting of the rest.
        Path work = dataset.folder().resolve(".work/stage-cells");
        Files.createDirectories(work.resolve("scratch/deep"));
        Files.writeString(work.resolve("scratch/deep/block3"), "left");
        Files.writeString(work.resolve("ledger"), "left");
        ran.clear();
        assertThat(stage("a", RunOptions.defaults(), -1)).isEqualTo(made);
        assertThat(ran).isEmpty();
        assertThat(work).doesNotExist();
    }

    @Test
    void keepsUnfinishedWorkOfAnotherRecipeWhereNothingIsToBeDone() throws IOException {
        stage("a", RunOptions.defaults(), -1);
        assertThatThrownBy(() -> stage("b", IMPATIENT.forced(), 3)).isInstanceOf(IOException.class);
        ran.clear();
        stage("a", RunOptions.defaults(), -1);
        assertThat(ran).isEmpty();
        stage("b", RunOptions.defaults().forced(), -1);
        assertThat(ran).containsExactly(3);
    }

    @Test
    void beginsAnewWhereTheRecipeOfUnfinishedWorkIsTorn() throws IOException {
        assertThatThrownBy(() -> stage("a", IMPATIENT, 11)).isInstanceOf(IOException.class);
        Path mark = dataset.folder().resolve(".work/stage-cells/recipe.json");
        Files.writeString(mark, Files.readString(mark).substring(0, 20));
        ran.clear();
        stage("a", RunOptions.defaults(), -1);
        assertThat(ran).hasSize(BLOCKS);
    }

    @Test
    void letsOnlyOneRunAtATime() throws IOException {
        try (StageRun held = StageRun.open(dataset, recipe("a"), PARTS, RunOptions.defaults())) {
            assertThat(held.finished()).isEmpty();
            assertThatThrownBy(() -> stage("a", RunOptions.defaults(), -1)).isInstanceOf(InputException.class)
                    .hasMessageContaining("somebody else");
        }
        stage("a", RunOptions.defaults(), -1);
    }

    @Test
    void aRecipeIsTheSameWhereverItsInputsLie() {
        Recipe here = recipe("a");
        Recipe there = new Recipe(here.verb(), here.software(), here.seed(), here.parameters(),
                List.of(new Recipe.Input("in", "elsewhere", "00")));
        Recipe other = new Recipe(here.verb(), here.software(), here.seed(), here.parameters(),
                List.of(new Recipe.Input("in", "here", "01")));
        assertThat(there.digest()).isEqualTo(here.digest());
        assertThat(other.digest()).isNotEqualTo(here.digest());
        assertThat(recipe("b").digest()).isNotEqualTo(here.digest());
    }

    private static Recipe recipe(String word) {
        return new Recipe("stage", "test", 0, Map.of("word", word), List.of(new Recipe.Input("in", "here", "00")));
    }

    private Provenance stage(String word, RunOptions options, int poisoned) throws IOException {
        try (StageRun run = StageRun.open(dataset, recipe(word), PARTS, options)) {
            if (run.finished().isPresent()) {
                return run.finished().get();
            }
            run.run(BlockJob.of("work", BLOCKS, block -> "block " + block, block -> {
                if (block == poisoned) {
                    throw new IOException("the disk is on fire");
                }
                ran.add(block);
                for (String part : PARTS.keySet()) {
                    Files.createDirectories(run.folder(part));
                    Files.writeString(run.folder(part).resolve("block" + block), word + " " + block);
                }
            }));
            return run.commit(Map.of("blocks", BLOCKS));
        }
    }
}
