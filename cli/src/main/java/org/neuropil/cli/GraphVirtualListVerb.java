package org.neuropil.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.neuropil.graph.VirtualGraphs;
import org.neuropil.pipeline.Dataset;

import picocli.CommandLine.Command;

/// `neuropil graph virtual list`.
@Command(name = "list", header = "Lists the past states that have names.", footer = {
    "  neuropil graph virtual list neuropil-demo", "  neuropil graph virtual list neuropil-demo --format json"})
final class GraphVirtualListVerb extends DatasetVerb {
    @Override
    void run() throws IOException {
        try (Dataset dataset = Dataset.open(folder())) {
            Table table = new Table("name", "graph", "moment", "note");
            List<Map<String, Object>> json = new ArrayList<>();
            for (String part : OpenGraph.parts(dataset)) {
                VirtualGraphs.read(dataset.path(part)).forEach((name, one) -> {
                    table.add(name, part, one.moment().toString(), one.note());
                    json.add(Map.of("name", name, "graph", part, "moment", one.moment().toString(), "note",
                            one.note()));
                });
            }
            print(table, json);
        }
    }
}
