package org.neuropil.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.ingest.GraphIngest;
import org.neuropil.graph.ingest.GraphInput;
import org.neuropil.graph.ingest.IngestPlan;
import org.neuropil.graph.store.StoreAddress;
import org.neuropil.pipeline.Dataset;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `neuropil graph ingest`: supervoxels and edges become a graph.
@Command(name = "ingest", header = "Makes a proofreading graph of supervoxels and edges.", description = {
    "Takes what 'neuropil segment' left in the dataset: supervoxels that are in one segment are joined where they touch. "
            + "Or labels of any kind (--labels), which are cut at the borders of chunks, with a file of edges, a file "
            + "that maps labels to segments, or both."}, footer = {"  neuropil graph ingest neuropil-demo",
                "  neuropil graph ingest neuropil-demo --threshold 0.6 --out stricter",
                "  neuropil graph ingest neuropil-demo --labels neuropil-demo/labels \\",
                "      --supervoxels label-pieces --out of-labels"})
final class GraphIngestVerb extends DatasetVerb {
    @Option(names = "--graph", paramLabel = "NAME", description = "Name of the part to be made, graph if left out; or the address bigtable://project/instance/table, where the rows are kept instead of in the part's folder.")
    private @Nullable String graph;

    @Option(names = {"-o",
        "--out"}, paramLabel = "PART", description = "Name of the part to be made; needed only beside an address.")
    private @Nullable String out;

    @Mixin
    private IngestOptions input = new IngestOptions();

    @Option(names = "--time", paramLabel = "@TIME", description = "When the graph's history begins, not in the future; the present moment if left out.")
    private @Nullable GivenMoment time;

    @Option(names = "--dry-run", description = "Print the plan, with blocks, memory and disk, and write nothing.")
    private boolean dryRun;

    @Override
    void run() throws IOException {
        input.check(this);
        boolean address = graph != null && graph.contains("://");
        if (graph != null && out != null && !address && !graph.equals(out)) {
            throw usage("--graph " + graph + " and --out " + out + " are two names of one part");
        }
        String part = out != null ? out : graph != null && !address ? graph : OpenGraph.MAIN;
        Optional<String> rows = address && graph != null
                ? Optional.of(StoreAddress.parse(graph).toString())
                : Optional.empty();
        try (Dataset dataset = Dataset.open(folder())) {
            GraphInput given = input.input(this, dataset);
            GraphIngest.Parameters parameters = new GraphIngest.Parameters(part, given,
                    Optional.ofNullable(time).map(GivenMoment::instant), rows);
            if (dryRun) {
                print(IngestPlan.of(dataset, parameters));
                return;
            }
            new Stage(this, false).runAndPrint("graph ingest",
                    options -> GraphIngest.run(dataset, parameters, options));
        }
    }

    private void print(IngestPlan plan) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("size_voxels", Plans.numbers(plan.graph().bounds().size()));
        json.put("chunk_voxels", Plans.numbers(plan.graph().chunk()));
        json.put("chunks", plan.graph().grid().count());
        json.put("layers", plan.graph().ids().layers());
        json.put("spatial_bits", plan.graph().ids().bits());
        json.put("blocks", plan.blocks());
        json.put("mib_per_thread", Plans.mib(plan.blockBytes()));
        json.put("mib_beside_the_heap", Plans.mib(plan.storeBytes()));
        json.put("mib_on_disk_about", Plans.mib(plan.diskBytes()));
        Plans.print(this, json);
    }
}
