package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.neuropil.graph.Graph;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.VirtualGraph;
import org.neuropil.graph.VirtualGraphs;
import org.neuropil.graph.ingest.GraphFolder;
import org.neuropil.graph.live.LiveGraph;
import org.neuropil.graph.store.StoreAddress;
import org.neuropil.graph.voxels.PatchedSupervoxels;
import org.neuropil.pipeline.Dataset;
import org.neuropil.space.InputException;

/// A graph of a dataset, open.
///
/// @param dataset that it is a part of
/// @param part its name
/// @param live the graph that is edited
/// @param graph the same, or the past state of it that was asked for
record OpenGraph(Dataset dataset, String part, LiveGraph live, Graph graph) implements AutoCloseable {
    /// The part that is meant if no name is given and there are several.
    static final String MAIN = "graph";

    /// Opens a graph.
    ///
    /// @param name of a part or of a virtual graph, an address of rows; empty for the main graph
    /// @throws InputException if there is none such, or another process has it open
    static OpenGraph open(Dataset dataset, String name) throws IOException {
        Named named = find(dataset, name);
        LiveGraph live = LiveGraph.open(dataset, named.part());
        try {
            Graph graph = named.virtual() == null ? live : new VirtualGraph(live, named.virtual().moment());
            return new OpenGraph(dataset, named.part(), live, graph);
        } catch (RuntimeException e) {
            live.close();
            throw e;
        }
    }

    /// What a name stands for.
    ///
    /// @param part the graph that is edited
    /// @param virtual the past state of it, null if the name is the graph's own
    record Named(String part, VirtualGraphs.@org.jspecify.annotations.Nullable Definition virtual) {}

    /// Looks a name up; as the server, it knows the main graph by the dataset's name too.
    static Named find(Dataset dataset, String name) throws IOException {
        List<String> parts = parts(dataset);
        if (parts.isEmpty()) {
            throw new InputException("the dataset has no graph", dataset.folder().toString(),
                    "make one with 'neuropil graph ingest'");
        }
        if (parts.contains(name)) {
            return new Named(name, null);
        }
        if (name.isEmpty() || name.equals(dataset.about().name())) {
            return new Named(parts.getFirst(), null);
        }
        boolean address = name.startsWith(StoreAddress.SCHEME);
        List<String> known = new ArrayList<>(parts);
        for (String part : parts) {
            GraphFolder folder = GraphFolder.open(dataset, part);
            if (address && StoreAddress.parse(name).toString().equals(folder.contents().rows())) {
                return new Named(part, null);
            }
            Map<String, VirtualGraphs.Definition> virtual = VirtualGraphs.read(folder.folder());
            VirtualGraphs.Definition definition = virtual.get(name);
            if (definition != null) {
                return new Named(part, definition);
            }
            known.addAll(virtual.keySet());
        }
        if (address) {
            throw new InputException("no graph of this dataset has its rows in " + name, "--graph",
                    "make it with 'neuropil graph ingest --graph " + name + "'");
        }
        throw new InputException("there is no graph '" + name + "'", "--graph", "there are " + String.join(", ", known)
                + Nearest.to(name, known).map(near -> "; did you mean " + near + "?").orElse(""));
    }

    /// The parts that are graphs, the main one first.
    static List<String> parts(Dataset dataset) {
        Map<String, Dataset.Part> all = new TreeMap<>(dataset.parts());
        all.values().removeIf(part -> part.kind() != Dataset.Kind.GRAPH);
        List<String> names = new ArrayList<>(all.keySet());
        if (names.remove(MAIN)) {
            names.addFirst(MAIN);
        }
        return names;
    }

    /// The part's folder.
    Path folder() {
        return dataset.path(part);
    }

    GraphInfo info() {
        return graph.info();
    }

    /// Where supervoxels lie: today, or in the past state that was asked for.
    PatchedSupervoxels supervoxels() {
        return supervoxels(Graph.NOW);
    }

    /// Where supervoxels lay at a moment.
    PatchedSupervoxels supervoxels(Instant at) {
        Instant moment = graph instanceof VirtualGraph past && at.isAfter(past.moment()) ? past.moment() : at;
        return Objects.requireNonNull(live.supervoxelVolume(moment), "the graph of a dataset knows its supervoxels");
    }

    @Override
    public void close() throws IOException {
        live.close();
    }
}
