package org.neuropil.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.ingest.GraphFolder;
import org.neuropil.graph.live.LiveGraph;
import org.neuropil.pipeline.Dataset;
import org.neuropil.space.InputException;

/// What can be told of a graph in a line.
///
/// @param info what it is of
/// @param operations edits so far, null if its rows cannot be looked at
/// @param lastEdit null if there was none, or that is not known
/// @param unknown why the rows cannot be looked at; empty if they can
record GraphFacts(GraphInfo info, @Nullable Long operations, @Nullable Instant lastEdit, String unknown) {
    /// Looks at a graph. One that a server has open, or whose rows are elsewhere, is not opened.
    static GraphFacts of(Dataset dataset, String part) throws IOException {
        GraphFolder folder = GraphFolder.open(dataset, part);
        if (!folder.isEmbedded()) {
            return new GraphFacts(folder.info(), null, null, "rows in " + folder.contents().rows());
        }
        try (LiveGraph graph = LiveGraph.open(dataset, part)) {
            long operations = operations(graph);
            return new GraphFacts(folder.info(), operations, operations == 0 ? null : graph.head(), "");
        } catch (InputException e) {
            return new GraphFacts(folder.info(), null, null, e.what());
        }
    }

    /// Whether a part is a graph that was edited, or may have been.
    static boolean isEdited(Dataset dataset, String part) throws IOException {
        Dataset.Part there = dataset.parts().get(part);
        if (there == null || there.kind() != Dataset.Kind.GRAPH) {
            return false;
        }
        Long operations = of(dataset, part).operations();
        return operations == null || operations > 0;
    }

    /// How many edits a graph has.
    static long operations(LiveGraph graph) throws IOException {
        graph.head();
        return graph.figures().getOrDefault("operations", 0L);
    }

    /// For programs.
    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("supervoxels", info.supervoxels());
        json.put("edges", info.edges());
        json.put("layers", info.layers());
        json.put("ingested", info.ingested().toString());
        json.put("operations", operations);
        json.put("last_edit", lastEdit == null ? null : lastEdit.toString());
        if (!unknown.isEmpty()) {
            json.put("unknown", unknown);
        }
        return json;
    }

    /// For people.
    String text() {
        String edits = operations == null
                ? "operations not known: " + unknown
                : String.format(Locale.ROOT, "%,d %s", operations, operations == 1 ? "operation" : "operations")
                        + (lastEdit == null ? "" : ", last edit " + lastEdit);
        return String.format(Locale.ROOT, "%,d supervoxels, %,d edges, %d layers, %s", info.supervoxels(), info.edges(),
                info.layers(), edits);
    }
}
