package org.neuropil.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.neuropil.graph.VirtualGraphs;
import org.neuropil.graph.ingest.GraphFolder;
import org.neuropil.pipeline.Dataset;
import org.neuropil.space.InputException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil graph virtual add`.
@Command(name = "add", header = "Gives a past state of a graph a name.", description = "The same name for the same state again is fine; what was published does not change.", footer = {
    "  neuropil graph virtual add neuropil-demo first-release",
    "  neuropil graph virtual add neuropil-demo first-release --at @2026-11-01 --note 'of the paper'"})
final class GraphVirtualAddVerb extends NamedVerb {
    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = GraphVerb.DATASET
            + " NAME", description = "Dataset, and the name.")
    private List<String> words = List.of();

    @Option(names = "--graph", paramLabel = "NAME", defaultValue = "", description = "Of which graph; of the dataset's graph if left out.")
    private String graph = "";

    @Option(names = "--at", paramLabel = "@TIME", description = "The moment; the present one if left out.")
    private GivenMoment at = GivenMoment.NOW;

    @Option(names = "--note", paramLabel = "TEXT", defaultValue = "", description = "For people; one line.")
    private String note = "";

    @Override
    List<String> words() {
        return words;
    }

    @Override
    void run() throws IOException {
        String name = thing("name");
        try (Dataset dataset = Dataset.open(folder())) {
            OpenGraph.Named named = OpenGraph.find(dataset, graph);
            if (named.virtual() != null) {
                throw new InputException("'" + graph + "' is a virtual graph", "--graph", "name the graph itself");
            }
            checkFree(dataset, name, named.part());
            GraphFolder folder = GraphFolder.open(dataset, named.part());
            Instant now = Instant.now();
            boolean main = named.part().equals(OpenGraph.parts(dataset).getFirst());
            VirtualGraphs.Definition definition = new VirtualGraphs.Definition(
                    main ? dataset.about().name() : named.part(), at.isNow() ? now : at.instant(), note);
            VirtualGraphs.add(folder.folder(), name, definition, folder.info().ingested(), now);
            print(new Table("name", "graph", "moment", "note").add(name, named.part(), definition.moment().toString(),
                    note),
                    Map.of("name", name, "graph", named.part(), "moment", definition.moment().toString(), "note",
                            note));
        }
    }

    private static void checkFree(Dataset dataset, String name, String part) throws IOException {
        boolean taken = name.equals(dataset.about().name());
        for (String other : OpenGraph.parts(dataset)) {
            taken |= name.equals(other)
                    || !other.equals(part) && VirtualGraphs.read(dataset.path(other)).containsKey(name);
        }
        if (taken) {
            throw new InputException("'" + name + "' is the name of another graph", "", "choose another name");
        }
    }
}
