package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.neuropil.graph.live.GraphBackup;
import org.neuropil.pipeline.Dataset;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil graph backup`: a copy of a graph.
@Command(name = "backup", header = "Copies a graph with all its history.", description = "The supervoxels are not copied: no edit changes them. An earlier backup is replaced only with --force.", footer = {
    "  neuropil graph backup neuropil-demo graph-backup",
    "  neuropil graph backup neuropil-demo /mnt/backup/graph --force"})
final class GraphBackupVerb extends NamedVerb {
    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = GraphVerb.DATASET
            + " FOLDER", description = "Dataset, and the folder to be made.")
    private List<String> words = List.of();

    @Option(names = "--graph", paramLabel = "NAME", defaultValue = "", description = "Which graph; the dataset's graph if left out.")
    private String name = "";

    @Override
    List<String> words() {
        return words;
    }

    @Override
    void run() throws IOException {
        Path folder = Path.of(thing("folder for the backup"));
        try (Dataset dataset = Dataset.open(folder()); OpenGraph open = OpenGraph.open(dataset, name)) {
            GraphBackup.write(dataset, open.part(), open.live(), folder, common().force());
            long operations = GraphFacts.operations(open.live());
            print(new Table("backup", "graph", "operations").add(folder.toString(), open.part(), operations),
                    Map.of("backup", folder.toString(), "graph", open.part(), "operations", operations));
        }
    }
}
