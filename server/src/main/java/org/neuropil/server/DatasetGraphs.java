package org.neuropil.server;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.neuropil.graph.Graph;
import org.neuropil.graph.VirtualGraph;
import org.neuropil.graph.VirtualGraphs;
import org.neuropil.graph.ingest.GraphFolder;
import org.neuropil.graph.live.LiveGraph;
import org.neuropil.graph.voxels.PatchedSupervoxels;
import org.neuropil.morphology.level2.Level2Meshes;
import org.neuropil.morphology.level2.MeshOptions;
import org.neuropil.pipeline.Dataset;
import org.neuropil.server.api.Parts;
import org.neuropil.server.cave.GraphTable;
import org.neuropil.server.cave.GraphTables;
import org.neuropil.server.cave.Level2NodeMeshes;

/// The graphs of a dataset: the main one under the dataset's name, others under the names of their parts, and the past
/// states that have been given names. Each is opened when it is first asked for, and stays open.
final class DatasetGraphs implements GraphTables, GraphBackups.Source, Closeable {
    private static final String CACHE = ".cache";

    private final LiveDataset dataset;
    private final Map<String, LiveGraph> open = new HashMap<>();
    private final Map<String, GraphTable> tables = new HashMap<>();
    private final VirtualTables virtual = new VirtualTables();
    private final Map<String, Past> pasts = new HashMap<>();

    /// A table of a past state, as long as its name stands for that.
    private record Past(String part, VirtualGraphs.Definition state, GraphTable table) {}

    DatasetGraphs(LiveDataset dataset) {
        this.dataset = dataset;
    }

    @Override
    public List<String> names() throws IOException {
        Dataset now = dataset.now().dataset();
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, String> part : parts(now).entrySet()) {
            names.add(part.getKey());
        }
        for (Map.Entry<String, String> part : parts(now).entrySet()) {
            names.addAll(virtual.of(now.path(part.getValue())).keySet());
        }
        return names;
    }

    /// Parts by the names of their tables, the main one first.
    private static Map<String, String> parts(Dataset now) {
        Map<String, String> parts = new LinkedHashMap<>();
        Optional<String> main = Parts.main(now, Dataset.Kind.GRAPH, Parts.GRAPH);
        main.ifPresent(part -> parts.put(now.about().name(), part));
        for (String part : Parts.names(now, Dataset.Kind.GRAPH)) {
            if (!main.filter(part::equals).isPresent()) {
                parts.putIfAbsent(part, part);
            }
        }
        return parts;
    }

    @Override
    public synchronized Optional<GraphTable> find(String name) throws IOException {
        Dataset now = dataset.now().dataset();
        Map<String, String> parts = parts(now);
        if (parts.containsKey(name)) {
            return Optional.of(table(now, name, parts.getOrDefault(name, name)));
        }
        for (Map.Entry<String, String> part : parts.entrySet()) {
            VirtualGraphs.Definition state = virtual.of(now.path(part.getValue())).get(name);
            if (state != null) {
                return Optional.of(past(now, name, part, state));
            }
        }
        return Optional.empty();
    }

    private GraphTable past(Dataset now, String name, Map.Entry<String, String> part, VirtualGraphs.Definition state)
            throws IOException {
        Past known = pasts.get(name);
        if (known != null && known.part.equals(part.getValue()) && known.state.equals(state)) {
            return known.table;
        }
        GraphTable edited = table(now, part.getKey(), part.getValue());
        LiveGraph graph = Objects.requireNonNull(open.get(part.getValue()));
        GraphTable table = new GraphTable(name, new VirtualGraph(edited.graph(), state.moment()),
                supervoxels(now, part.getValue(), graph, state.moment()), edited.meshes());
        pasts.put(name, new Past(part.getValue(), state, table));
        return table;
    }

    @Override
    public synchronized Optional<GraphBackups.Open> findOpen(String table) throws IOException {
        Dataset now = dataset.now().dataset();
        String part = parts(now).get(table);
        if (part == null) {
            return Optional.empty();
        }
        table(now, table, part);
        return Optional.of(new GraphBackups.Open(now, part, Objects.requireNonNull(open.get(part))));
    }

    private GraphTable table(Dataset now, String name, String part) throws IOException {
        GraphTable known = tables.get(part);
        if (known != null) {
            return known;
        }
        LiveGraph graph = LiveGraph.open(now, part);
        open.put(part, graph);
        PatchedSupervoxels patched = Objects.requireNonNull(graph.supervoxelVolume());
        Path cache = now.folder().resolve(CACHE).resolve("meshes").resolve(part);
        Level2Meshes meshes = Level2Meshes.open(graph, patched::read, cache, MeshOptions.DEFAULTS);
        GraphTable table = new GraphTable(name, graph, supervoxels(now, part, graph, Graph.NOW),
                new Level2NodeMeshes(meshes));
        tables.put(part, table);
        return table;
    }

    /// Supervoxels as they were cut at a moment.
    private PartSupervoxels supervoxels(Dataset now, String part, LiveGraph graph, Instant at) throws IOException {
        String volume = GraphFolder.open(now, part).contents().supervoxels();
        return new PartSupervoxels(dataset, volume, now.volume(volume),
                Objects.requireNonNull(graph.supervoxelVolume(at)));
    }

    @Override
    public synchronized void close() throws IOException {
        tables.clear();
        pasts.clear();
        for (Graph graph : List.copyOf(open.values())) {
            graph.close();
        }
        open.clear();
    }
}
