package org.neuropil.graph.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.graph.Graph;
import org.neuropil.graph.live.LiveGraph;
import org.neuropil.graph.store.MemoryStore;
import org.neuropil.graph.store.RocksStore;
import org.neuropil.space.Int3;

/// What 32 people see of a graph that they edit at once is linearizable, whatever keeps its rows.
class CrowdTest {
    private static final int PEOPLE = 32;
    private static final long CACHE = 1 << 20;

    @TempDir
    private Path temp;

    private static void check(Links links, List<LiveGraph> graphs, int acts, boolean readsPast) throws Exception {
        Timeline timeline = new Timeline(links, graphs.getFirst());
        List<Event> events = Crowd.run(graphs, Crowd.of(PEOPLE, links, 1, readsPast), done -> done < acts);
        for (Graph graph : graphs) {
            timeline.read(graph);
            timeline.checkNodes(graph, timeline.size());
            timeline.checkNodes(graph, timeline.size() / 2);
        }
        assertThat(timeline.size()).isGreaterThan(PEOPLE * acts / 10);
        assertThat(Judge.faults(timeline, events)).isEmpty();
    }

    @Test
    void rowsInMemory() throws Exception {
        Links links = Links.made(1, new Int3(5, 4, 3));
        MemoryStore store = new MemoryStore();
        try (LiveGraph graph = TrialGraphs.open(links.load(store), store)) {
            check(links, List.of(graph), 60, true);
        }
    }

    @Test
    void rowsInAFolder() throws Exception {
        Links links = Links.made(2, new Int3(5, 4, 3));
        RocksStore store = RocksStore.open(temp.resolve("rocksdb"), CACHE);
        try (LiveGraph graph = TrialGraphs.open(links.load(store), store)) {
            check(links, List.of(graph), 40, true);
        }
    }
}
