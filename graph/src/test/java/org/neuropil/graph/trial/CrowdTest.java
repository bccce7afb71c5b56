package org.neuropil.graph.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.graph.Graph;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.live.LiveGraph;
import org.neuropil.graph.store.BigtableStore;
import org.neuropil.graph.store.MemoryStore;
import org.neuropil.graph.store.RocksStore;
import org.neuropil.graph.store.StoreAddress;
import org.neuropil.space.Int3;

import com.google.cloud.bigtable.emulator.v2.Emulator;

/// What 32 people see of a graph that they edit at once is linearizable, whatever keeps its rows.
@SuppressWarnings("SystemOut")
class CrowdTest {
    private static final int PEOPLE = 32;
    private static final long CACHE = 1 << 20;

    @TempDir
    private Path temp;

    private static void check(Links links, List<LiveGraph> graphs, int acts, boolean readsPast) throws Exception {
        Timeline timeline = new Timeline(links, graphs.getFirst());
        List<Event> events = Crowd.run(graphs.stream().map(graph -> Service.of(graph, links)).toList(),
                Crowd.of(PEOPLE, links, 1, readsPast), done -> done < acts);
        for (Graph graph : graphs) {
            timeline.read(graph);
            timeline.checkNodes(graph, timeline.size());
            timeline.checkNodes(graph, timeline.size() / 2);
        }
        Figures.tell("crowd.operations", timeline.size(), "operations");
        assertThat(timeline.size()).isGreaterThan(PEOPLE * acts / 10);
        assertThat(Judge.faults(timeline, events)).isEmpty();
    }

    @Test
    void rowsInMemory() throws Exception {
        Links links = Links.made(1, new Int3(5, 4, 3));
        MemoryStore store = new MemoryStore();
        try (LiveGraph graph = TrialGraphs.open(links.load(store), store)) {
            check(links, List.of(graph), 30, true);
        }
    }

    @Test
    void rowsInAFolder() throws Exception {
        Links links = Links.made(2, new Int3(5, 4, 3));
        RocksStore store = RocksStore.open(temp.resolve("rocksdb"), CACHE);
        try (LiveGraph graph = TrialGraphs.open(links.load(store), store)) {
            check(links, List.of(graph), 20, true);
        }
    }

    @Test
    void twoServersOfOneDatabase() throws Exception {
        Links links = Links.made(3, new Int3(4, 3, 2));
        Emulator emulator = Emulator.createBundled();
        emulator.start();
        try {
            StoreAddress address = new StoreAddress("lab", "graphs", "crowd");
            String host = "localhost:" + emulator.getPort();
            BigtableStore first = BigtableStore.open(address, host);
            GraphInfo info = links.load(first);
            try (LiveGraph one = TrialGraphs.open(info, first);
                    LiveGraph two = TrialGraphs.open(info, BigtableStore.open(address, host))) {
                check(links, List.of(one, two), 4, false);
            }
        } finally {
            emulator.stop();
        }
    }

    @Test
    void threeServersOfOneMemory() throws Exception {
        Links links = Links.made(4, new Int3(4, 4, 3));
        MemoryStore store = new MemoryStore();
        GraphInfo info = links.load(store);
        try (LiveGraph one = TrialGraphs.open(info, new PassingStore(store, false));
                LiveGraph two = TrialGraphs.open(info, new PassingStore(store, false));
                LiveGraph three = TrialGraphs.open(info, new PassingStore(store, false))) {
            check(links, List.of(one, two, three), 20, false);
        }
    }
}
