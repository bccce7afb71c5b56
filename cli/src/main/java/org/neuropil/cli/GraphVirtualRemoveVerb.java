package org.neuropil.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import org.neuropil.graph.VirtualGraphs;
import org.neuropil.pipeline.Dataset;
import org.neuropil.space.InputException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `neuropil graph virtual remove`.
@Command(name = "remove", header = "Takes a past state's name away.", description = "The state itself can still be asked for by its moment.", footer = {
    "  neuropil graph virtual remove neuropil-demo first-release", "  neuropil graph virtual remove first-release"})
final class GraphVirtualRemoveVerb extends NamedVerb {
    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = GraphVerb.DATASET
            + " NAME", description = "Dataset, and the name.")
    private List<String> words = List.of();

    @Override
    List<String> words() {
        return words;
    }

    @Override
    void run() throws IOException {
        String name = thing("name");
        try (Dataset dataset = Dataset.open(folder())) {
            OpenGraph.Named named = OpenGraph.find(dataset, name);
            if (named.virtual() == null) {
                throw new InputException("'" + name + "' is a graph and no virtual one", "",
                        "'neuropil graph virtual list' lists these");
            }
            VirtualGraphs.remove(dataset.path(named.part()), name);
            print(new Table("removed").add(name), Map.of("removed", name));
        }
    }
}
