package org.neuropil.graph.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
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
class CrashTest {
    private static final long CACHE = 8 << 20;
    private static final int THREADS = 4;
    private static final int MOST_ANSWERS = 60;
    private static final String WORLD = "7";
    private static final String SHAPE = "9,8,5";

    @TempDir
    private Path temp;

    private final Map<String, Long> figures = new HashMap<>();

    @Test
    void whatWasAcknowledgedSurvivesKills() throws Exception {
        int kills = Integer.getInteger("neuropil.crash.kills", 3);
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
        long begin = System.nanoTime();
        for (int kill = 0; kill < kills; kill++) {
            Path copies = Files.createDirectories(temp.resolve("copies"));
            Run run = run(folder, copies, random, kill);
            check(folder, info, links, timeline, run, random);
            checkCopies(copies, info, links, run, random);
            WorkRun.delete(copies);
            if (kill % 20 == 19 || kill == kills - 1) {
                System.out.printf("%d kills, %d operations, %s, %.0f s%n", kill + 1, timeline.size(), figures,
                        (System.nanoTime() - begin) / 1e9);
            }
        }
    }

    /// What a killed process had said.
    private record Run(Map<Long, Ask> asked, Map<Long, String> made, List<Ask> pending, List<String> copied) {}

    /// Lets a process edit, and kills it after some answers, or while it opens the graph.
    private Run run(Path folder, Path copies, Random random, int kill) throws IOException {
        Path own = Files.createDirectory(temp.resolve("kill" + kill));
        List<String> lines = new ArrayList<>();
        boolean opening = random.nextInt(10) == 0;
        int answers = opening ? 0 : random.nextInt(MOST_ANSWERS);
        boolean copying = random.nextInt(4) == 0;
        Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-Xmx256m",
                "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + own, "-cp", System.getProperty("java.class.path"), Editor.class.getName(),
                folder.toString(), WORLD, SHAPE, "" + random.nextInt(1 << 30), "" + THREADS,
                copying ? copies.toString() : "-").redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader said = process.inputReader(StandardCharsets.US_ASCII)) {
            String line = said.readLine();
            while (line != null) {
                lines.add(line);
                if (line.equals("begun") && opening || answers <= 0 && !opening && !line.equals("begun")) {
                    // Not in step with what it writes.
                    long until = System.nanoTime() + random.nextInt(opening ? 300_000_000 : 5_000_000);
                    while (System.nanoTime() < until) {
                        Thread.onSpinWait();
                    }
                    break;
                }
                answers -= line.startsWith("ask") ? 0 : 1;
                line = said.readLine();
            }
            assertThat(line).as("the process lives until it is killed; it said %s", lines).isNotNull();
            // What it had said can still be read, which a kill by way of Process would prevent.
            process.toHandle().destroyForcibly();
            process.onExit().join();
            said.lines().forEach(lines::add);
        } finally {
            process.toHandle().destroyForcibly();
        }
        WorkRun.delete(own);
        return parse(lines);
    }

    private Run parse(List<String> lines) {
        Run run = new Run(new HashMap<>(), new HashMap<>(), new ArrayList<>(), new ArrayList<>());
        Map<Long, Ask> open = new HashMap<>();
        for (String line : lines) {
            String[] words = line.split(" ", 3);
            figures.merge(words[0], 1L, Long::sum);
            switch (words[0]) {
                case "ask" -> {
                    run.asked.put(Long.parseLong(words[1]), Ask.parse(words[2]));
                    open.put(Long.parseLong(words[1]), Ask.parse(words[2]));
                }
                case "made" -> {
                    run.made.put(Long.parseLong(words[1]), words[2]);
                    open.remove(Long.parseLong(words[1]));
                }
                case "none", "refused" -> open.remove(Long.parseLong(words[1]));
                case "copied" -> run.copied.add(words[1]);
                default -> assertThat(line).isIn("begun", "open");
            }
        }
        run.pending.addAll(open.values());
        assertThat(run.pending.size()).isLessThanOrEqualTo(THREADS);
        return run;
    }

    private void check(Path folder, GraphInfo info, Links links, Timeline timeline, Run run, Random random)
            throws IOException {
        RocksStore store = RocksStore.open(folder, CACHE);
        RawRows left = RawRows.of(store);
        figures.merge("incomplete", left.last() - left.applied(), Long::sum);
        try (LiveGraph graph = TrialGraphs.open(info, store)) {
            int before = timeline.size();
            timeline.read(graph);
            left.check(graph, timeline);
            RawRows.of(store).check(graph, timeline);
            assertThat(RawRows.of(store).applied()).as("the operation up to which rows are written")
                    .isEqualTo(timeline.size());
            timeline.checkNodes(graph, timeline.size());
            timeline.checkNodes(graph, before + random.nextInt(timeline.size() - before + 1));
            timeline.checkNodes(graph, random.nextInt(timeline.size() + 1));
            acknowledged(timeline, run, before);
            repeat(graph, links, timeline, run);
        }
    }

    private static void acknowledged(Timeline timeline, Run run, int before) {
        Map<Long, Ask> makers = new HashMap<>();
        run.made.forEach((number, line) -> {
            String[] words = line.split(" ", -1);
            long id = Long.parseLong(words[0]);
            assertThat(id).as("an acknowledged operation is in the log").isBetween(1L, (long) timeline.size());
            Operation operation = timeline.replay.log.get((int) id - 1);
            Ask ask = Objects.requireNonNull(run.asked.get(number));
            assertThat(ask.isOf(operation)).as("%s is %s", Timeline.text(operation), ask).isTrue();
            assertThat(operation.before()).isEqualTo(Editor.ids(words[1]));
            assertThat(operation.after()).isEqualTo(Editor.ids(words[2]));
            makers.put(id, ask);
        });
        for (Operation operation : timeline.replay.log.subList(before, timeline.size())) {
            assertThat(makers.containsKey(operation.id())
                    || run.pending.stream().anyMatch(ask -> ask.isOf(operation)))
                    .as("somebody asked for %s", Timeline.text(operation)).isTrue();
        }
    }

    /// Asks again for what the killed process did not answer, as its clients would.
    private void repeat(Graph graph, Links links, Timeline timeline, Run run) throws IOException {
        for (Ask ask : run.pending) {
            List<Operation> made = timeline.replay.log.stream().filter(ask::isOf).toList();
            Operation stands = made.isEmpty() || !Arrays.stream(made.getLast().after())
                    .allMatch(root -> timeline.isLatest(root, timeline.size())) ? null : made.getLast();
            try {
                EditResult result = ask.of(graph, links);
                if (stands != null) {
                    assertThat(result.operation()).as("told again").contains(stands.id());
                    assertThat(result.newRoots()).isEqualTo(stands.after());
                    figures.merge("told again", 1L, Long::sum);
                }
            } catch (EditRefusedException e) {
                assertThat(stands).as("refused: %s", e.getMessage()).isNull();
                assertThat(e.reason()).isNotEqualTo(EditRefusedException.Reason.BUSY);
            }
            timeline.read(graph);
        }
    }

    /// Copies are whole once they are there; one that was not finished is not there.
    private void checkCopies(Path copies, GraphInfo info, Links links, Run run, Random random) throws IOException {
        List<Path> there;
        try (Stream<Path> all = Files.list(copies)) {
            there = all.filter(copy -> !copy.getFileName().toString().endsWith(".tmp")).sorted().toList();
        }
        assertThat(there.stream().map(copy -> copy.getFileName().toString())).containsAll(run.copied);
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
                figures.merge("copies opened", 1L, Long::sum);
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
