package org.neuropil.graph.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.live.LiveGraph;
import org.neuropil.graph.store.GraphStore;

import com.google.cloud.bigtable.emulator.v2.Emulator;

/// Two processes edit one graph in Bigtable's emulator; one is killed (SIGKILL), the other goes on and is killed later:
/// no acknowledged edit is missing, no half edit is visible, and the log and the graph agree.
///
/// System properties: `neuropil.crash.pairs` (without it there is nothing to do), `neuropil.crash.seed`.
@SuppressWarnings("SystemOut")
class TwoServersCrashTest {
    private static final int THREADS = 3;
    /// So many over one graph: what is checked after each grows with the graph's history.
    private static final int PAIRS = 10;
    private static final int MOST_ANSWERS = 12;
    private static final String WORLD = "8";
    private static final String SHAPE = "4,4,3";

    @TempDir
    private Path temp;
    private final Map<String, Long> figures = new TreeMap<>();
    /// Nanoseconds.
    private long starting;
    private long checking;

    @Test
    @EnabledIfSystemProperty(named = "neuropil.crash.pairs", matches = "[1-9][0-9]*")
    void whatEitherAcknowledgedSurvivesTheOther() throws Exception {
        int pairs = Integer.getInteger("neuropil.crash.pairs", 1);
        Random random = new Random(Long.getLong("neuropil.crash.seed", 1));
        Links links = Links.made(Long.parseLong(WORLD), Editor.shape(SHAPE));
        Emulator emulator = Emulator.createBundled();
        emulator.start();
        long begun = System.nanoTime();
        try {
            String host = "localhost:" + emulator.getPort();
            for (int pair = 0; pair < pairs; pair += PAIRS) {
                check(links, host + "/edited" + pair, random, Math.min(PAIRS, pairs - pair));
            }
        } finally {
            emulator.stop();
        }
        assertThat(figures.get("made")).isPositive();
        figures.put("kills", 2L * pairs);
        figures.forEach((name, count) -> Figures.tell("crash.servers." + name, count, "times"));
        Figures.tell("crash.servers.starting_seconds", starting / 1e9, "s");
        Figures.tell("crash.servers.checking_seconds", checking / 1e9, "s");
        Figures.tell("crash.servers.seconds", (System.nanoTime() - begun) / 1e9, "s");
    }

    /// Kills pairs over one graph.
    ///
    /// @param rows emulator and table
    private void check(Links links, String rows, Random random, int pairs) throws Exception {
        GraphStore store = Editor.table(rows);
        GraphInfo info = links.load(store);
        // Open all the time, as a third server that only reads.
        try (LiveGraph graph = TrialGraphs.open(info, store)) {
            Timeline timeline = new Timeline(links, graph);
            for (int pair = 0; pair < pairs; pair++) {
                int before = timeline.size();
                List<Said> said = killBoth(rows, random, pair);
                long killed = System.nanoTime();
                said.forEach(one -> one.count(figures));
                RawRows left = RawRows.of(store);
                timeline.read(graph);
                left.check(graph, timeline);
                Said.check(said, timeline, before, THREADS);
                timeline.checkNodes(graph, timeline.size());
                timeline.checkNodes(graph, before + random.nextInt(timeline.size() - before + 1));
                try (LiveGraph fresh = TrialGraphs.open(info, Editor.table(rows))) {
                    timeline.read(fresh);
                    timeline.checkNodes(fresh, timeline.size());
                }
                checking += System.nanoTime() - killed;
            }
            figures.merge("operations", (long) timeline.size(), Long::sum);
        }
    }

    private List<Said> killBoth(String rows, Random random, int pair) throws Exception {
        long begun = System.nanoTime();
        try (Child first = child(rows, random, "a" + pair); Child second = child(rows, random, "b" + pair)) {
            first.await("open");
            second.await("open");
            starting += System.nanoTime() - begun;
            first.await(random.nextInt(MOST_ANSWERS));
            first.spin(random.nextInt(50_000_000));
            Said one = first.kill();
            second.await(MOST_ANSWERS / 2 + random.nextInt(MOST_ANSWERS));
            second.spin(random.nextInt(50_000_000));
            return List.of(one, second.kill());
        }
    }

    private Child child(String rows, Random random, String name) throws Exception {
        return new Child(temp.resolve(name), Editor.EMULATOR + rows, WORLD, SHAPE, random.nextInt(1 << 30), THREADS,
                "-", name);
    }
}
