package org.neuropil.graph.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.neuropil.graph.base.StoredBase;
import org.neuropil.graph.ingest.GraphFolder;
import org.neuropil.graph.live.LiveGraph;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.pipeline.Dataset;

/// What many clients of a server see of a dataset's graph, which they edit at once through HTTP, is linearizable, and
/// nobody waits for ever. Edits the dataset's graph.
///
/// System properties: `neuropil.crowd.dataset` (folder with a part `graph`; without it there is nothing to do),
/// `neuropil.crowd.neuropil` (the launcher), `neuropil.crowd.seconds`, `neuropil.crowd.clients`.
@SuppressWarnings("SystemOut")
class HttpCrowdTest {
    private static final long CACHE = 64 << 20;

    @Test
    @EnabledIfSystemProperty(named = "neuropil.crowd.dataset", matches = ".+")
    void clientsOfAServerSeeOneHistory() throws Exception {
        Path folder = Path.of(System.getProperty("neuropil.crowd.dataset"));
        int clients = Integer.getInteger("neuropil.crowd.clients", 32);
        long seconds = Long.getLong("neuropil.crowd.seconds", 10);
        Links links;
        Timeline timeline;
        try (Dataset dataset = Dataset.open(folder)) {
            GraphFolder part = GraphFolder.open(dataset, "graph");
            try (GraphStore store = part.openStore()) {
                links = Links.of(part.info(), new StoredBase(part.info(), store, CACHE));
            }
            try (LiveGraph graph = LiveGraph.open(dataset, "graph")) {
                timeline = new Timeline(links, graph);
                timeline.read(graph);
            }
        }
        int before = timeline.size();
        List<Event> events = run(folder, links, clients, seconds);
        report(events, seconds);
        try (Dataset dataset = Dataset.open(folder); LiveGraph graph = LiveGraph.open(dataset, "graph")) {
            timeline.read(graph);
            timeline.checkNodes(graph, timeline.size());
            timeline.checkNodes(graph, (before + timeline.size()) / 2);
        }
        List<String> faults = Judge.faults(timeline, events, before);
        assertThat(faults.size() > 20 ? faults.subList(0, 20) : faults).isEmpty();
        assertThat(timeline.size() - before).as("operations").isPositive();
    }

    private static List<Event> run(Path folder, Links links, int clients, long seconds) throws Exception {
        Process server = new ProcessBuilder(System.getProperty("neuropil.crowd.neuropil", "../neuropil"), "serve",
                folder.toString(), "--port", "0").redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader said = server.inputReader(StandardCharsets.UTF_8);
                HttpClient client = HttpClient.newHttpClient()) {
            String link = Objects.requireNonNull(said.readLine(), "the server says where it is");
            while (!link.startsWith("http")) {
                link = Objects.requireNonNull(said.readLine(), "the server says where it is");
            }
            String table = link.replaceAll("/+$", "") + "/segmentation/api/v1/table/" + table(folder) + "/";
            List<Service> services = new ArrayList<>();
            for (int c = 0; c < clients; c++) {
                services.add(new HttpService(client, table, links));
            }
            long end = System.nanoTime() + seconds * 1_000_000_000;
            return Crowd.run(services, Crowd.of(clients, links, 1, true), acts -> System.nanoTime() < end);
        } finally {
            server.descendants().forEach(ProcessHandle::destroy);
            server.destroy();
            server.waitFor();
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
