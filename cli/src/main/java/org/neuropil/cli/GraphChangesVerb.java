package org.neuropil.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.history.DeltaRoots;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil graph changes`: which roots came and went.
@Command(name = "changes", header = "Lists the roots that went, and those that came, between two moments.", footer = {
    "  neuropil graph changes neuropil-demo", "  neuropil graph changes neuropil-demo --from @2026-11-01 --format csv"})
final class GraphChangesVerb extends GraphVerb {
    @Parameters(arity = "0..1", paramLabel = "DATASET", description = "Folder that holds dataset.json; the current one if left out.")
    private List<String> words = List.of();

    @Option(names = "--from", paramLabel = "@TIME", description = "The one moment; the graph's beginning if left out.")
    private @Nullable GivenMoment from;

    @Option(names = "--to", paramLabel = "@TIME", description = "The other moment; now if left out.")
    private GivenMoment to = GivenMoment.NOW;

    @Option(names = "--all", description = "Also roots that came and went in between.")
    private boolean all;

    @Override
    List<String> words() {
        return words;
    }

    @Override
    void check(Asked asked) {
        checkNone(asked, true, true, true);
        if (from != null && from.instant().isAfter(to.instant())) {
            throw usage("--from " + from + " is after --to " + to);
        }
    }

    @Override
    void run(OpenGraph open, Asked asked) throws IOException {
        Instant begin = from == null ? open.info().ingested() : from.in(open.info());
        DeltaRoots delta = all
                ? DeltaRoots.reported(open.graph(), begin, to.instant())
                : DeltaRoots.reduced(open.graph(), begin, to.instant());
        say("from " + begin + " to " + to);
        Table table = new Table("change", "root");
        for (long root : delta.old()) {
            table.add("went", Ids.text(root));
        }
        for (long root : delta.made()) {
            table.add("came", Ids.text(root));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("from", begin.toString());
        json.put("to", to.toString());
        json.put("old_roots", Ids.list(delta.old()));
        json.put("new_roots", Ids.list(delta.made()));
        print(table, json);
        if (common().format() == Format.text && terminal().out()) {
            out().println(delta.old().length + " went, " + delta.made().length + " came");
        }
    }
}
