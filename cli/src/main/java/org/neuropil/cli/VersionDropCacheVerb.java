package org.neuropil.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `neuropil version drop-cache`.
@Command(name = "drop-cache", header = "Deletes the files of a version that can be made again.", description = "They are made again first, beside: only what comes out the same, byte by byte, is deleted. The version stays; 'neuropil version create --number N --again' gives it its files back. A version that others stand on keeps its files.", footer = {
    "  neuropil version drop-cache neuropil-demo 3", "  neuropil version create neuropil-demo --number 3 --again"})
final class VersionDropCacheVerb extends TablesVerb {
    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = GraphVerb.DATASET
            + " N", description = "Dataset, and the number of the version.")
    private List<String> words = List.of();

    @Override
    List<String> words() {
        return words;
    }

    @Override
    List<String> things() {
        return List.of("number");
    }

    @Override
    void run() throws IOException {
        int number = VersionExportVerb.number(this, thing(0));
        try (LiveTables live = LiveTables.open(folder(), rows())) {
            long bytes = live.tables().drop(number);
            print(new Table("version", "bytes").add(number, bytes), Map.of("version", number, "bytes", bytes));
        }
    }
}
