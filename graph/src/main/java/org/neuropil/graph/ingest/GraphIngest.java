package org.neuropil.graph.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.graph.store.StoreAddress;
import org.neuropil.pipeline.BlockJob;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.Provenance;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.pipeline.Software;
import org.neuropil.pipeline.StageRun;
import org.neuropil.pipeline.WorkRun;
import org.neuropil.space.InputException;
import org.neuropil.volume.store.FileStore;

/// The verb `graph ingest`: supervoxels and edges become a proofreading graph, a part of kind [Dataset.Kind#GRAPH]; see
/// [GraphFolder].
///
/// Layer 2 is made chunk by chunk, then each chunk of each layer above from those below it, then the rows of each chunk;
/// all these are block jobs whose memory is bounded by a chunk and, above, by the edges that leave one. Last the rows are
/// loaded into the store, by the process that was started.
public final class GraphIngest {
    private static final String VERB = "graph-ingest";
    private static final String BEGUN = "begun.json";

    private GraphIngest() {}

    /// What becomes a graph.
    ///
    /// @param out name of the part
    /// @param input supervoxels and edges
    /// @param ingested moment of the graph's beginning; empty for the moment when the run began, of which only `graph.json`
    ///        tells
    /// @param rows where the rows are kept: empty for the part's folder, or an address in Bigtable
    public record Parameters(String out, GraphInput input, Optional<Instant> ingested, Optional<String> rows) {
        /// @throws InputException if the moment is not in whole milliseconds, or the address is none
        public Parameters {
            rows.ifPresent(StoreAddress::parse);
            if (ingested.isPresent() && !ingested.get().equals(ingested.get().truncatedTo(ChronoUnit.MILLIS))) {
                throw new InputException("moment " + ingested.get() + " is not in whole milliseconds", "--time", "");
            }
        }

        /// The part `graph`, beginning now, in the dataset's folder.
        public static Parameters of(GraphInput input) {
            return new Parameters("graph", input, Optional.empty(), Optional.empty());
        }
    }

    /// Makes the graph. Does nothing if the part exists and the same input made it.
    ///
    /// @throws InputException if the input cannot be used, names file, row or voxel; if the moment is in the future; or if
    ///         a graph is to be replaced that somebody has open: nobody can open it until it is
    /// @throws IOException if something cannot be read or written
    public static Provenance run(Dataset dataset, Parameters parameters, RunOptions options) throws IOException {
        Instant now = Instant.now();
        if (parameters.ingested().filter(now::isBefore).isPresent()) {
            throw new InputException("moment " + parameters.ingested().get() + " is in the future", "--time",
                    "a graph's history begins now, at " + now.truncatedTo(ChronoUnit.MILLIS) + ", or earlier");
        }
        IngestSource source = IngestSource.of(dataset, parameters.input());
        Map<String, Object> map = new TreeMap<>(source.parameters());
        map.put("part", parameters.out());
        map.put("rows", parameters.rows().orElse(GraphFolder.EMBEDDED));
        parameters.ingested().ifPresent(moment -> map.put("ingested", moment.toString()));
        Recipe recipe = new Recipe(VERB, Software.NAME, 0, map, source.inputs());
        Map<String, Dataset.Kind> parts = new TreeMap<>(source.parts());
        if (parts.put(parameters.out(), Dataset.Kind.GRAPH) != null) {
            throw new InputException("'" + parameters.out() + "' is the name of two parts to be made", "--out", "");
        }
        for (String part : parts.keySet()) {
            GraphFolder.checkNotPublished(dataset, part);
        }
        try (GraphFolder.Held _ = options.force() ? GraphFolder.hold(dataset, parameters.out()) : () -> {};
                StageRun run = StageRun.open(dataset, recipe, parts, options)) {
            if (run.finished().isPresent()) {
                return run.finished().get();
            }
            Map<String, Object> figures = make(run, recipe, parameters, source);
            GraphFolder.deleteCaches(dataset, parameters.out());
            return run.commit(figures);
        }
    }

    private static Map<String, Object> make(StageRun run, Recipe recipe, Parameters parameters, IngestSource source)
            throws IOException {
        Instant moment = parameters.ingested().isPresent() ? parameters.ingested().get() : begun(run);
        GraphPlan plan = source.plan(moment);
        Map<String, Object> figures = new TreeMap<>();
        ChunkSource chunks = source.prepare(run, parameters.out(), plan, figures);
        GraphSteps steps = new GraphSteps(plan, chunks, new FileStore(run.scratch()));
        run.run(steps.level2Job());
        run.run(steps.bordersJob());
        GraphInfo info = steps.info();
        for (int layer = 3; layer <= info.layers(); layer++) {
            BlockJob job = steps.joinJob(layer, info.anchorBits());
            run.run(job);
        }
        for (int layer = info.layers(); layer >= 3; layer--) {
            run.run(steps.rootsJob(layer));
        }
        run.run(steps.rowsJob(info.anchorBits()));
        Path folder = run.folder(parameters.out());
        Files.createDirectories(folder);
        String rows = parameters.rows().orElse(GraphFolder.EMBEDDED);
        if (rows.equals(GraphFolder.EMBEDDED)) {
            WorkRun.delete(folder.resolve(GraphFolder.EMBEDDED));
        }
        try (GraphStore store = GraphFolder.openStore(folder, rows)) {
            StoreClaim claim = new StoreClaim(store, info, recipe.digest(), rows);
            claim.begin();
            long[] bytes = steps.load(store);
            figures.put("hierarchy_bytes", bytes[0]);
            figures.put("edge_bytes", bytes[1]);
            figures.put("cross_bytes", bytes[2]);
            claim.end();
        }
        GraphFolder.write(folder, info, rows, source.supervoxels());
        figures.put("supervoxels", info.supervoxels());
        figures.put("edges", info.edges());
        figures.put("chunks", plan.grid().count());
        figures.put("layers", info.layers());
        figures.put("spatial_bits", info.spatialBits());
        return figures;
    }

    private record Begun(Instant at) {}

    /// When the run began, also if it was cut off since.
    private static Instant begun(StageRun run) throws IOException {
        Path file = run.scratch().resolve(BEGUN);
        if (!Files.exists(file)) {
            Json.write(file, new Begun(Instant.now().truncatedTo(ChronoUnit.MILLIS)), true);
        }
        return Json.read(file, Begun.class).at();
    }
}
