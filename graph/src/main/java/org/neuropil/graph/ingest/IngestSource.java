package org.neuropil.graph.ingest;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.StageRun;

/// What [GraphIngest] asks of a kind of input.
interface IngestSource {
    /// Opens an input.
    ///
    /// @throws org.neuropil.space.InputException if a part or file is missing or of the wrong kind
    static IngestSource of(Dataset dataset, GraphInput input) throws IOException {
        return switch (input) {
            case GraphInput.Segmented segmented -> SegmentedSource.open(dataset, segmented);
            case GraphInput.Labelled labelled -> LabelledSource.open(labelled);
        };
    }

    /// What decides the bytes besides the inputs.
    Map<String, Object> parameters();

    /// What is read.
    List<Recipe.Input> inputs();

    /// Parts that are made besides the graph.
    Map<String, Dataset.Kind> parts();

    /// Part with the volume of supervoxels.
    String supervoxels();

    /// The chunks of the graph, and its ids.
    GraphPlan plan(Instant ingested);

    /// Runs the jobs that make chunks ready to be read.
    ///
    /// @param graph name of the part that is the graph
    /// @param figures what was counted is added
    ChunkSource prepare(StageRun run, String graph, GraphPlan plan, Map<String, Object> figures) throws IOException;
}
