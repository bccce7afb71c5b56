package org.neuropil.graph.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.base.StoredBase;
import org.neuropil.graph.ingest.GraphFolder;
import org.neuropil.graph.live.LiveGraph;
import org.neuropil.graph.store.BigtableStore;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.graph.store.StoreAddress;
import org.neuropil.pipeline.Dataset;

import com.google.cloud.bigtable.emulator.v2.Emulator;

/// What many clients see of a dataset's graph, which they edit at once through HTTP, is linearizable, and nobody waits for
/// ever: clients of one server whose rows are in the dataset's folder, or of several over one database. Edits the
/// dataset's graph; where there are several servers, makes it anew in an emulator of Bigtable.
///
/// System properties: `neuropil.crowd.dataset` (folder with a part `graph`; without it there is nothing to do),
/// `neuropil.crowd.neuropil` (the launcher), `neuropil.crowd.seconds`, `neuropil.crowd.clients`,
/// `neuropil.crowd.servers`.
@SuppressWarnings("SystemOut")
class HttpCrowdTest {
    private static final long CACHE = 64 << 20;
    private static final StoreAddress ADDRESS = new StoreAddress("lab", "graphs", "clients");
    private static final String LAUNCHER = System.getProperty("neuropil.crowd.neuropil", "../neuropil");

    @Test
    @EnabledIfSystemProperty(named = "neuropil.crowd.dataset", matches = ".+")
    void clientsSeeOneHistory() throws Exception {
        int servers = Integer.getInteger("neuropil.crowd.servers", 1);
        if (servers == 1) {
            check(1, null);
            return;
        }
        Emulator emulator = Emulator.createBundled();
        emulator.start();
        try {
            check(servers, "localhost:" + emulator.getPort());
        } finally {
            emulator.stop();
        }
    }

    private static void check(int servers, @Nullable String emulator) throws Exception {
        Path folder = Path.of(System.getProperty("neuropil.crowd.dataset"));
        int clients = Integer.getInteger("neuropil.crowd.clients", 32);
        long seconds = Long.getLong("neuropil.crowd.seconds", 10);
        if (emulator != null) {
            ingest(folder, emulator);
        }
        Links links;
        Timeline timeline;
        try (GraphStore store = store(folder, emulator)) {
            GraphInfo info = info(folder);
            links = Links.of(info, new StoredBase(info, store, CACHE));
        }
        try (LiveGraph graph = open(folder, emulator)) {
            timeline = new Timeline(links, graph);
            timeline.read(graph);
        }
        int before = timeline.size();
        List<Server> running = new ArrayList<>();
        List<Event> events;
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int s = 0; s < servers; s++) {
                running.add(new Server(folder, emulator));
            }
            List<Service> services = new ArrayList<>();
            for (Server server : running) {
                services.add(new HttpService(client, server.table(), links));
            }
            long end = System.nanoTime() + seconds * 1_000_000_000;
            // What one server tells of the last moments is settled for another only with its next operation.
            events = Crowd.run(services, Crowd.of(clients, links, 1, servers == 1), acts -> System.nanoTime() < end);
        } finally {
            for (Server server : running) {
                server.close();
            }
        }
        report(events, seconds);
        try (LiveGraph graph = open(folder, emulator)) {
            timeline.read(graph);
            timeline.checkNodes(graph, timeline.size());
            timeline.checkNodes(graph, (before + timeline.size()) / 2);
        }
        Figures.tell("clients.servers", servers, "servers");
        Figures.tell("clients.operations", (double) timeline.size() - before, "operations");
        List<String> faults = Judge.faults(timeline, events, before);
        assertThat(faults.size() > 20 ? faults.subList(0, 20) : faults).isEmpty();
        assertThat(timeline.size() - before).as("operations").isPositive();
    }

    private static GraphInfo info(Path folder) throws IOException {
        try (Dataset dataset = Dataset.open(folder)) {
            return GraphFolder.open(dataset, "graph").info();
        }
    }

    private static GraphStore store(Path folder, @Nullable String emulator) throws IOException {
        try (Dataset dataset = Dataset.open(folder)) {
            return emulator == null
                    ? GraphFolder.open(dataset, "graph").openStore()
                    : BigtableStore.open(ADDRESS, emulator);
        }
    }

    /// Without voxels, which nothing here asks for.
    private static LiveGraph open(Path folder, @Nullable String emulator) throws IOException {
        GraphInfo info = info(folder);
        GraphStore store = store(folder, emulator);
        return LiveGraph.open(info, store, new StoredBase(info, store, CACHE), null, Clock.systemUTC(), CACHE);
    }

    private static ProcessBuilder launch(@Nullable String emulator, String... words) {
        ProcessBuilder process = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT);
        if (emulator != null) {
            process.environment().put("BIGTABLE_EMULATOR_HOST", emulator);
        }
        return process;
    }

    private static void ingest(Path folder, String emulator) throws Exception {
        Process process = launch(emulator, LAUNCHER, "graph", "ingest", folder.toString(), "--graph",
                ADDRESS.toString(), "--force", "--quiet").redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(process.waitFor()).as("ingest").isZero();
    }

    /// A process that serves.
    private static final class Server implements AutoCloseable {
        private final Process process;
        private final BufferedReader said;
        private final String table;

        Server(Path folder, @Nullable String emulator) throws IOException {
            process = launch(emulator, LAUNCHER, "serve", folder.toString(), "--port", "0").start();
            said = process.inputReader(StandardCharsets.UTF_8);
            String link = "";
            while (!link.startsWith("http")) {
                link = Objects.requireNonNull(said.readLine(), "the server says where it is");
            }
            table = link.replaceAll("/+$", "") + "/segmentation/api/v1/table/" + HttpCrowdTest.table(folder) + "/";
        }

        String table() {
            return table;
        }

        @Override
        public void close() throws IOException {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            process.onExit().join();
            said.close();
        }
    }

    private static String table(Path folder) throws IOException {
        try (Dataset dataset = Dataset.open(folder)) {
            return System.getProperty("neuropil.crowd.table", dataset.about().name());
        }
    }

    private static void report(List<Event> events, long seconds) {
        Map<String, List<Long>> times = new TreeMap<>();
        Map<String, Integer> outcomes = new TreeMap<>();
        for (Event event : events) {
            String kind = event instanceof Event.Edit edit
                    ? edit.ask().kind().name().toLowerCase(Locale.ROOT)
                    : "read";
            times.computeIfAbsent(kind, any -> new ArrayList<>()).add(event.answered() - event.sent());
            if (event instanceof Event.Edit edit) {
                outcomes.merge(edit.outcome() instanceof Event.Refused refused
                        ? "refused_" + refused.reason().name().toLowerCase(Locale.ROOT)
                        : edit.outcome().getClass().getSimpleName().toLowerCase(Locale.ROOT), 1, Integer::sum);
            }
        }
        times.forEach((kind, all) -> {
            List<Long> sorted = all.stream().sorted().toList();
            Figures.tell("clients." + kind + ".per_s", (double) all.size() / seconds, "1/s");
            Figures.tell("clients." + kind + ".median_ms", sorted.get(sorted.size() / 2) / 1e6, "ms");
            Figures.tell("clients." + kind + ".p99_ms", sorted.get(sorted.size() * 99 / 100) / 1e6, "ms");
        });
        outcomes.forEach((outcome, count) -> Figures.tell("clients." + outcome, count, "answers"));
        assertThat(Stream.of("made", "nothing").allMatch(outcomes::containsKey)).isTrue();
    }
}
