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
import org.neuropil.graph.store.BigtableStore;

import com.google.cloud.bigtable.emulator.v2.Emulator;

/// Two processes edit one graph in Bigtable's emulator; one is killed (SIGKILL), the other goes on and is killed later:
/// no acknowledged edit is missing, no half edit is visible, and the log and the graph agree.
///
/// System properties: `neuropil.crash.pairs` (without it there is nothing to do), `neuropil.crash.seed`.
@SuppressWarnings("SystemOut")
class TwoServersCrashTest {
    private static final int THREADS = 3;
    private static final int MOST_ANSWERS = 30;
    private static final String WORLD = "8";
    private static final String SHAPE = "4,4,3";

    @TempDir
    private Path temp;

    @Test
    @EnabledIfSystemProperty(named = "neuropil.crash.pairs", matches = "[1-9][0-9]*")
    void whatEitherAcknowledgedSurvivesTheOther() throws Exception {
        int pairs = Integer.getInteger("neuropil.crash.pairs", 1);
        Random random = new Random(Long.getLong("neuropil.crash.seed", 1));
        Links links = Links.made(Long.parseLong(WORLD), Editor.shape(SHAPE));
        Map<String, Long> figures = new TreeMap<>();
        Emulator emulator = Emulator.createBundled();
        emulator.start();
        try {
            String host = "localhost:" + emulator.getPort();
            BigtableStore store = BigtableStore.open(Editor.ADDRESS, host);
            GraphInfo info = links.load(store);
            // Open all the time, as a third server that only reads.
            try (LiveGraph graph = TrialGraphs.open(info, store)) {
                Timeline timeline = new Timeline(links, graph);
                for (int pair = 0; pair < pairs; pair++) {
                    int before = timeline.size();
                    List<Said> said = killBoth(host, random, pair);
                    said.forEach(one -> one.count(figures));
                    RawRows left = RawRows.of(store);
                    timeline.read(graph);
                    left.check(graph, timeline);
                    Said.check(said, timeline, before, THREADS);
                    timeline.checkNodes(graph, timeline.size());
                    timeline.checkNodes(graph, before + random.nextInt(timeline.size() - before + 1));
                    try (LiveGraph fresh = TrialGraphs.open(info, BigtableStore.open(Editor.ADDRESS, host))) {
                        timeline.read(fresh);
                        timeline.checkNodes(fresh, timeline.size());
                    }
                }
                assertThat(figures.get("made")).isPositive();
                figures.put("kills", 2L * pairs);
                figures.put("operations", (long) timeline.size());
                figures.forEach((name, count) -> Figures.tell("crash.servers." + name, count, "times"));
            }
        } finally {
            emulator.stop();
        }
    }

    private List<Said> killBoth(String host, Random random, int pair) throws Exception {
        try (Child first = child(host, random, "a" + pair); Child second = child(host, random, "b" + pair)) {
            first.await("open");
            second.await("open");
            first.await(random.nextInt(MOST_ANSWERS));
            first.spin(random.nextInt(50_000_000));
            Said one = first.kill();
            second.await(MOST_ANSWERS / 2 + random.nextInt(MOST_ANSWERS));
            second.spin(random.nextInt(50_000_000));
            return List.of(one, second.kill());
        }
    }

    private Child child(String host, Random random, String name) throws Exception {
        return new Child(temp.resolve(name), Editor.EMULATOR + host, WORLD, SHAPE, random.nextInt(1 << 30), THREADS,
                "-", name);
    }
}
