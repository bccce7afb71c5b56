package org.neuropil.cli;

import java.io.IOException;
import java.util.List;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `neuropil graph split`: a cell becomes several.
@Command(name = "split", header = "Cuts a cell between points.", description = "Where the cheapest cut between the points would go through a supervoxel that spans both sides, that is cut too.", footer = {
    "  neuropil graph split neuropil-demo --source 60,120,60 --sink 120,160,60",
    "  neuropil graph split neuropil-demo --source 60,120,60 --source 60,160,60 --sink 120,160,60"})
final class GraphSplitVerb extends EditVerb {
    @Parameters(arity = "0..1", paramLabel = "DATASET", description = "Folder that holds dataset.json; the current one if left out.")
    private List<String> words = List.of();

    @Mixin
    private CutOptions cut = new CutOptions();

    @Override
    List<String> words() {
        return words;
    }

    @Override
    void check(Asked asked) {
        super.check(asked);
        cut.check(this, unit());
    }

    @Override
    void run(OpenGraph open, Asked asked) throws IOException {
        print(open, open.graph().split(cut.request(this, open, user(), unit())));
    }
}
