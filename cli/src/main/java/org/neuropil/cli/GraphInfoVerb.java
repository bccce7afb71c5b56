package org.neuropil.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Graph;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.OperationLog;
import org.neuropil.graph.history.Moments;
import org.neuropil.graph.ingest.GraphFolder;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `neuropil graph info`: what a graph, or a node of it, is.
@Command(name = "info", header = "Tells what a graph is of; or, given ids, what these nodes are.", footer = {
    "  neuropil graph info neuropil-demo", "  neuropil graph info neuropil-demo 288230376151711746"})
final class GraphInfoVerb extends GraphVerb {
    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = DATASET
            + " [ID...] [@TIME]", description = "Dataset, ids of nodes, and the moment that is meant.")
    private List<String> words = List.of();

    @Override
    List<String> words() {
        return words;
    }

    @Override
    void check(Asked asked) {
        checkNone(asked, false, true, asked.ids().isEmpty());
    }

    @Override
    void run(OpenGraph open, Asked asked) throws IOException {
        if (asked.ids().isEmpty()) {
            graph(open);
        } else {
            sayMoment(asked);
            nodes(open, asked.nodes(), asked.at().in(open.info()));
        }
    }

    private void graph(OpenGraph open) throws IOException {
        GraphInfo info = open.info();
        long operations = OperationLog.first(open.graph(), Graph.NOW) - 1;
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("graph", open.part());
        json.put("supervoxels", info.supervoxels());
        json.put("edges", info.edges());
        json.put("layers", info.layers());
        json.put("spatial_bits", info.spatialBits());
        json.put("size_voxels", Plans.numbers(info.bounds().size()));
        json.put("from_voxel", Plans.numbers(info.bounds().min()));
        json.put("voxel_size", info.voxelSize().toString());
        json.put("chunk_voxels", Plans.numbers(info.chunk()));
        json.put("chunks", info.grid().count());
        json.put("ingested", info.ingested().toString());
        json.put("operations", operations);
        json.put("state_of", open.graph().head().toString());
        GraphFolder folder = GraphFolder.open(open.dataset(), open.part());
        json.put("supervoxel_volume", folder.contents().supervoxels());
        json.put("rows", folder.contents().rows());
        Table table = new Table("fact", "value");
        json.forEach((name, value) -> table.add(name.replace('_', ' '),
                value instanceof List<?> list ? String.join(",", list.stream().map(String::valueOf).toList()) : value));
        print(table, json);
    }

    private void nodes(OpenGraph open, long[] ids, Instant at) throws IOException {
        Graph graph = open.graph();
        Instant[] created = Moments.created(graph, ids);
        @Nullable
        Instant[] replaced = graph.replaced(ids, at);
        long[] roots = graph.roots(ids, at, open.info().layers());
        Table table = new Table("id", "layer", "chunk", "created", "replaced", "root", "children");
        List<Map<String, Object>> json = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", Ids.text(ids[i]));
            row.put("layer", NodeIds.layer(ids[i]));
            row.put("chunk", open.info().ids().chunk(ids[i]).toString());
            row.put("created", created[i].toString());
            Instant end = replaced[i];
            row.put("replaced", end == null ? "" : end.toString());
            row.put("root", roots[i] == 0 ? "" : Ids.text(roots[i]));
            row.put("children", graph.children(ids[i]).length);
            table.add(row.values().toArray());
            json.add(row);
        }
        print(table, json);
    }
}
