package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.neuropil.graph.live.GraphBackup;
import org.neuropil.pipeline.Dataset;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil graph restore`: a backup becomes a graph.
@Command(name = "restore", header = "Makes a backup a graph of a dataset.", description = "The dataset must have the supervoxels that the graph was made of. A graph that is there is replaced only with --force.", footer = {
    "  neuropil graph restore neuropil-demo graph-backup --out restored",
    "  neuropil graph restore neuropil-demo graph-backup --force"})
final class GraphRestoreVerb extends NamedVerb {
    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = GraphVerb.DATASET
            + " FOLDER", description = "Dataset, and the folder that 'neuropil graph backup' made.")
    private List<String> words = List.of();

    @Option(names = {"-o",
        "--out"}, paramLabel = "PART", defaultValue = OpenGraph.MAIN, description = "Name of the part to be made; graph if left out.")
    private String out = OpenGraph.MAIN;

    @Override
    List<String> words() {
        return words;
    }

    @Override
    void run() throws IOException {
        Path backup = Path.of(thing("backup"));
        try (Dataset dataset = Dataset.open(folder())) {
            new Stage(this, false).runAndPrint("graph restore",
                    options -> GraphBackup.restore(backup, dataset, out, options));
        }
    }
}
