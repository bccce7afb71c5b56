package org.neuropil.graph.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.EditResult;
import org.neuropil.graph.Graph;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.Operation;
import org.neuropil.graph.live.LiveGraph;
import org.neuropil.graph.store.RocksStore;
import org.neuropil.pipeline.WorkRun;
import org.neuropil.space.Int3;

/// A process that edits is killed (SIGKILL) again and again, and the graph opened after each time: no acknowledged edit is
/// missing, no half edit is visible, and the log and the graph agree.
///
/// System properties: `neuropil.crash.kills`, `neuropil.crash.seed`.
@SuppressWarnings("SystemOut")
class CrashTest {
    private static final long CACHE = 8 << 20;
    private static final int THREADS = 4;
    private static final int MOST_ANSWERS = 60;
    private static final String WORLD = "7";
    private static final String SHAPE = "9,8,5";

    @TempDir
    private Path temp;

    private final Map<String, Long> figures = new TreeMap<>();

    @Test
    void whatWasAcknowledgedSurvivesKills() throws Exception {
        int kills = Integer.getInteger("neuropil.crash.kills", 2);
        long seed = Long.getLong("neuropil.crash.seed", 1);
        Random random = new Random(seed);
        Links links = Links.made(Long.parseLong(WORLD), Editor.shape(SHAPE));
        Path folder = temp.resolve("rocksdb");
        GraphInfo info;
        Timeline timeline;
        RocksStore begun = RocksStore.open(folder, CACHE);
        info = links.load(begun);
        try (LiveGraph graph = TrialGraphs.open(info, begun)) {
            timeline = new Timeline(links, graph);
            timeline.checkNodes(graph, 0);
        }
        for (int kill = 0; kill < kills; kill++) {
            Path copies = Files.createDirectories(temp.resolve("copies"));
            boolean opening = random.nextInt(10) == 0;
            Said said;
            try (Child child = new Child(temp.resolve("kill" + kill), folder.toString(), WORLD, SHAPE,
                    random.nextInt(1 << 30), THREADS, random.nextInt(4) == 0 ? copies.toString() : "-")) {
                child.await(opening ? "begun" : "open");
                child.await(opening ? 0 : random.nextInt(MOST_ANSWERS));
                child.spin(random.nextInt(opening ? 300_000_000 : 5_000_000));
                said = child.kill();
            }
            said.count(figures);
            check(folder, info, links, timeline, said, random);
            checkCopies(copies, info, links, said, random);
            WorkRun.delete(copies);
        }
        figures.put("kills", (long) kills);
        figures.put("operations", (long) timeline.size());
        figures.forEach((name, count) -> Figures.tell("crash." + name, count, "times"));
    }

    private void check(Path folder, GraphInfo info, Links links, Timeline timeline, Said said, Random random)
            throws IOException {
        RocksStore store = RocksStore.open(folder, CACHE);
        RawRows left = RawRows.of(store);
        figures.merge("incomplete", left.last() - left.applied(), Long::sum);
        try (LiveGraph graph = TrialGraphs.open(info, store)) {
            int before = timeline.size();
            timeline.read(graph);
            left.check(graph, timeline);
            assertThat(RawRows.of(store).applied()).as("the operation up to which rows are written")
                    .isEqualTo(timeline.size());
            timeline.checkNodes(graph, timeline.size());
            timeline.checkNodes(graph, before + random.nextInt(timeline.size() - before + 1));
            timeline.checkNodes(graph, random.nextInt(timeline.size() + 1));
            Said.check(List.of(said), timeline, before, THREADS);
            repeat(graph, links, timeline, said);
        }
    }

    /// Asks again for what the killed process did not answer, as its clients would.
    private void repeat(Graph graph, Links links, Timeline timeline, Said said) throws IOException {
        for (Ask ask : said.pending()) {
            List<Operation> made = timeline.replay.log.stream().filter(ask::isOf).toList();
            Operation stands = made.isEmpty() || !Arrays.stream(made.getLast().after())
                    .allMatch(root -> timeline.isLatest(root, timeline.size())) ? null : made.getLast();
            try {
                EditResult result = ask.of(graph, links);
                if (stands != null) {
                    assertThat(result.operation()).as("told_again").contains(stands.id());
                    assertThat(result.newRoots()).isEqualTo(stands.after());
                    figures.merge("told_again", 1L, Long::sum);
                }
            } catch (EditRefusedException e) {
                assertThat(stands).as("refused: %s", e.getMessage()).isNull();
                assertThat(e.reason()).isNotEqualTo(EditRefusedException.Reason.BUSY);
                assertThat(made.isEmpty() || e.reason() != EditRefusedException.Reason.CONFLICT)
                        .as("what was done before is told again: %s", e.getMessage()).isTrue();
            }
            timeline.follow(graph);
        }
    }

    /// Copies are whole once they are there; one that was not finished is not there.
    private void checkCopies(Path copies, GraphInfo info, Links links, Said said, Random random) throws IOException {
        List<Path> there;
        try (Stream<Path> all = Files.list(copies)) {
            there = all.filter(copy -> !copy.getFileName().toString().endsWith(".tmp")).sorted().toList();
        }
        assertThat(there.stream().map(copy -> copy.getFileName().toString())).containsAll(said.copied());
        for (Path copy : there) {
            if (there.size() < 3 || copy.equals(there.getLast()) || random.nextInt(there.size()) == 0) {
                Path target = temp.resolve("restored");
                RocksStore.restore(copy, target);
                RocksStore store = RocksStore.open(target, CACHE);
                try (LiveGraph graph = TrialGraphs.open(info, store)) {
                    Timeline timeline = new Timeline(links, graph);
                    timeline.read(graph);
                    timeline.checkNodes(graph, timeline.size());
                    RawRows.of(store).check(graph, timeline);
                }
                WorkRun.delete(target);
                figures.merge("copies_opened", 1L, Long::sum);
            }
        }
    }

    /// The world is one of some thousand supervoxels and several layers.
    @Test
    void theWorldIsNotTooSmall() throws IOException {
        Links links = Links.made(Long.parseLong(WORLD), Editor.shape(SHAPE));
        assertThat(links.supervoxels()).hasSizeGreaterThan(800);
        assertThat(links.ids().layers()).isGreaterThan(4);
        assertThat(links.grid().shape()).isEqualTo(new Int3(9, 8, 5));
    }
}
