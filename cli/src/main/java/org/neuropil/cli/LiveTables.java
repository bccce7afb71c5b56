package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.live.LiveGraph;
import org.neuropil.pipeline.Dataset;
import org.neuropil.server.api.Parts;
import org.neuropil.space.InputException;
import org.neuropil.tables.dataset.Tables;
import org.neuropil.tables.live.GraphRoots;
import org.neuropil.tables.live.OpenTables;
import org.neuropil.tables.store.AnnotationStore;

/// The tables of a dataset, open, with roots of its main graph, of its flat segmentation, or without.
///
/// @param dataset that they are of
/// @param graph closed with this; null if the dataset has none, or it is not needed
/// @param tables themselves
record LiveTables(Dataset dataset, @Nullable LiveGraph graph, Tables tables) implements AutoCloseable {
    /// Opens tables, and the graph that tells roots.
    ///
    /// @param rows where live rows are: an address of a database, or empty for the dataset's folder
    /// @throws InputException if another process has them open
    static LiveTables open(Path folder, String rows) throws IOException {
        Dataset dataset = Dataset.open(folder);
        LiveGraph graph = null;
        boolean opened = false;
        try {
            List<String> graphs = OpenGraph.parts(dataset);
            Tables tables;
            if (graphs.isEmpty()) {
                Optional<String> segmentation = Parts.main(dataset, Dataset.Kind.SEGMENTATION, Parts.SEGMENTATION);
                tables = segmentation.isPresent()
                        ? OpenTables.of(folder, rows, dataset.volume(segmentation.get()))
                        : OpenTables.of(folder, rows);
            } else {
                graph = LiveGraph.open(dataset, graphs.getFirst());
                tables = graph.supervoxelVolume() != null
                        ? OpenTables.of(folder, rows, graph)
                        : OpenTables.open(folder, rows, new GraphRoots(graph), (x, _, _, _, _) -> new long[x.length]);
            }
            opened = true;
            return new LiveTables(dataset, graph, tables);
        } finally {
            if (!opened) {
                if (graph != null) {
                    graph.close();
                }
                dataset.close();
            }
        }
    }

    /// Opens rows alone, which is enough where nobody asks for roots or places.
    ///
    /// @throws InputException if another process has them open
    static LiveTables rowsOnly(Path folder, String rows) throws IOException {
        Dataset dataset = Dataset.open(folder);
        boolean opened = false;
        try {
            Tables tables = OpenTables.of(folder, rows);
            opened = true;
            return new LiveTables(dataset, null, tables);
        } finally {
            if (!opened) {
                dataset.close();
            }
        }
    }

    /// A table that stands.
    ///
    /// @throws InputException if there is none of that name
    AnnotationStore.Stored table(String name) throws IOException {
        return table(tables.store(), name);
    }

    /// A table of a store that stands.
    ///
    /// @throws InputException if there is none of that name
    static AnnotationStore.Stored table(AnnotationStore store, String name) throws IOException {
        Optional<AnnotationStore.Stored> found = store.table(name);
        if (found.isPresent() && found.get().deleted().isEmpty()) {
            return found.get();
        }
        List<String> known = store.tables().stream().filter(table -> table.deleted().isEmpty())
                .map(table -> table.info().name()).toList();
        throw new InputException(
                found.isPresent()
                        ? "the table '" + name + "' was deleted at " + found.get().deleted().get()
                        : "there is no table '" + name + "'",
                "",
                known.isEmpty()
                        ? "make one with 'neuropil table create'"
                        : Nearest.to(name, known).map(near -> "did you mean " + near + "?")
                                .orElse("there are " + String.join(", ", known)));
    }

    @Override
    public void close() throws IOException {
        try (dataset) {
            tables.close();
        } finally {
            if (graph != null) {
                graph.close();
            }
        }
    }
}
