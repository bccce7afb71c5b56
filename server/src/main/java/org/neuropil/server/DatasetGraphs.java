package org.neuropil.server;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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
import org.neuropil.pipeline.Failures;
import org.neuropil.server.api.Parts;
import org.neuropil.server.cave.GraphTable;
import org.neuropil.server.cave.GraphTables;
import org.neuropil.server.cave.Level2NodeMeshes;
import org.neuropil.server.http.Problem;
import org.neuropil.space.InputException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The graphs of a dataset: the main one under the dataset's name, others under the names of their parts, and the past
/// states that have been given names. Each stays open once it is. Until then nothing tells others that it is served: so
/// [#openAll] opens them when the server starts, and those that come later are opened when they are first asked for.
final class DatasetGraphs implements GraphTables, GraphBackups.Source, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(DatasetGraphs.class);
    private static final String CACHE = ".cache";

    private final LiveDataset dataset;
    private final Map<String, LiveGraph> open = new HashMap<>();
    private final Map<String, Edited> tables = new HashMap<>();
    private final VirtualTables virtual = new VirtualTables();
    private final Map<String, Past> pasts = new HashMap<>();
    private boolean closed;

    /// A table of a graph.
    ///
    /// @param stamp of the file that told what the graph is, when it was opened
    private record Edited(String stamp, GraphTable table) {}

    /// A table of a past state, as long as its name stands for that.
    private record Past(String part, VirtualGraphs.Definition state, GraphTable table) {}

    DatasetGraphs(LiveDataset dataset) {
        this.dataset = dataset;
    }

    /// Opens all that there are, by a thread of its own. One that cannot be opened is told in the log, and to those who ask
    /// for it.
    void openAll() {
        Thread.ofPlatform().name("graph-open").daemon().start(() -> {
            try {
                for (String name : parts(dataset.now().dataset()).keySet()) {
                    open(name);
                }
            } catch (IOException | RuntimeException e) {
                LOG.warn("the graphs cannot be opened: {}", Failures.words(e));
            }
        });
    }

    private void open(String name) {
        try {
            find(name);
        } catch (Problem e) {
            LOG.debug("graph {} is not opened", name, e);
        } catch (InputException e) {
            LOG.warn("graph {} cannot be opened: {}", name, e.sentence());
        } catch (IOException | RuntimeException e) {
            LOG.warn("graph {} cannot be opened: {}", name, Failures.words(e));
        }
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
        GraphTable edited = table(now, part.getKey(), part.getValue());
        Past known = pasts.get(name);
        if (known != null && known.part.equals(part.getValue()) && known.state.equals(state)) {
            return known.table;
        }
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
        if (closed) {
            throw new Problem(503, "the server is being stopped", "", "");
        }
        String stamp = stamp(now, part);
        Edited known = tables.get(part);
        if (known != null) {
            if (!known.stamp.equals(stamp)) {
                throw new Problem(409, "graph '" + name + "' has been replaced or removed since the server opened it",
                        part + "/" + GraphFolder.FILE, "restart the server");
            }
            return known.table;
        }
        LiveGraph graph = LiveGraph.open(now, part);
        try {
            PatchedSupervoxels patched = Objects.requireNonNull(graph.supervoxelVolume());
            Path cache = now.folder().resolve(CACHE).resolve("meshes").resolve(part);
            Level2Meshes meshes = Level2Meshes.open(graph, patched::read, cache, MeshOptions.DEFAULTS);
            GraphTable table = new GraphTable(name, graph, supervoxels(now, part, graph, Graph.NOW),
                    new Level2NodeMeshes(meshes));
            open.put(part, graph);
            tables.put(part, new Edited(stamp, table));
            return table;
        } catch (Throwable e) {
            // It would stay locked, against ourselves too.
            graph.close();
            throw e;
        }
    }

    /// That of the file that tells what a graph is; empty if it is not there.
    private static String stamp(Dataset now, String part) throws IOException {
        try {
            return LiveDataset.stamp(Files.readAttributes(now.path(part).resolve(GraphFolder.FILE),
                    BasicFileAttributes.class));
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    /// Supervoxels as they were cut at a moment.
    private PartSupervoxels supervoxels(Dataset now, String part, LiveGraph graph, Instant at) throws IOException {
        String volume = GraphFolder.open(now, part).contents().supervoxels();
        return new PartSupervoxels(dataset, volume, now.volume(volume),
                Objects.requireNonNull(graph.supervoxelVolume(at)));
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        tables.clear();
        pasts.clear();
        for (Graph graph : List.copyOf(open.values())) {
            graph.close();
        }
        open.clear();
    }
}
