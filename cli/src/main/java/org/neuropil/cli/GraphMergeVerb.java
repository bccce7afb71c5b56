package org.neuropil.cli;

import java.io.IOException;
import java.util.List;

import org.neuropil.graph.EditPoint;
import org.neuropil.graph.MergeRequest;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil graph merge`: two cells become one.
@Command(name = "merge", header = "Joins two cells at two points.", footer = {
    "  neuropil graph merge neuropil-demo --source 120,120,60 --sink 140,120,60",
    "  neuropil graph merge neuropil-demo --source 0.8,1.2,0.6 --sink 1.0,1.2,0.6 --unit um"})
final class GraphMergeVerb extends EditVerb {
    @Parameters(arity = "0..1", paramLabel = "DATASET", description = "Folder that holds dataset.json; the current one if left out.")
    private List<String> words = List.of();

    @Option(names = "--source", paramLabel = "POINT", required = true, description = "On the one cell: x,y,z for the supervoxel there, the id of a supervoxel, or id:x,y,z for what of that node is nearest.")
    @SuppressWarnings("NullAway.Init") // required
    private String source;

    @Option(names = "--sink", paramLabel = "POINT", required = true, description = "On the other cell, likewise.")
    @SuppressWarnings("NullAway.Init") // required
    private String sink;

    @Option(names = "--farthest", paramLabel = "CHUNKS", description = "How far apart the supervoxels may be along an axis; 3 chunks if left out.")
    private int farthest = MergeRequest.DEFAULT_FARTHEST;

    @Option(names = "--within", description = "Allow both points in one cell, which then gets an edge more.")
    private boolean within;

    @Override
    List<String> words() {
        return words;
    }

    @Override
    void check(Asked asked) {
        super.check(asked);
        EditPoints.check(this, List.of(source, sink), unit());
        if (farthest < 0) {
            throw usage("--farthest " + farthest + " is less than 0");
        }
    }

    @Override
    void run(OpenGraph open, Asked asked) throws IOException {
        EditPoint from = EditPoints.of(this, open, "source", List.of(source), unit()).getFirst();
        EditPoint to = EditPoints.of(this, open, "sink", List.of(sink), unit()).getFirst();
        print(open, open.graph().merge(new MergeRequest(user(), from, to, farthest, within)));
    }
}
