package org.neuropil.cli;

import java.io.IOException;
import java.util.List;

import org.neuropil.graph.SplitRequest;

import picocli.CommandLine.Option;

/// Where a cell is to be cut; of the verbs `split` and `preview`.
final class CutOptions {
    @Option(names = "--source", paramLabel = "POINT", required = true, description = "On the one side: x,y,z for the supervoxel there, the id of a supervoxel, or id:x,y,z for what of that node is nearest. Can be given several times.")
    private List<String> sources = List.of();

    @Option(names = "--sink", paramLabel = "POINT", required = true, description = "On the other side, likewise.")
    private List<String> sinks = List.of();

    @Option(names = "--pairs", description = "Remove exactly the edges between the first source and the first sink, the second and the second and so on, in place of the cheapest cut.")
    private boolean pairs;

    void check(Verb verb, GivenBox.Unit unit) {
        EditPoints.check(verb, sources, unit);
        EditPoints.check(verb, sinks, unit);
        if (pairs && sources.size() != sinks.size()) {
            throw verb.usage("--pairs wants as many sources as sinks, and there are " + sources.size() + " and "
                    + sinks.size());
        }
    }

    SplitRequest request(Verb verb, OpenGraph open, String user, GivenBox.Unit unit) throws IOException {
        return new SplitRequest(user, EditPoints.of(verb, open, "source", sources, unit),
                EditPoints.of(verb, open, "sink", sinks, unit), !pairs);
    }
}
