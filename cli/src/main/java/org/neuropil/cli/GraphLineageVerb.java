package org.neuropil.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Lineage;
import org.neuropil.graph.history.Lineages;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil graph lineage`: from which roots roots came, and which replaced them.
@Command(name = "lineage", header = "Tells from which roots a root came, and which replaced it.", description = "As a tree, oldest first; JSON is the node-link form that networkx reads, as CAVE gives it; CSV is a row for each link.", footer = {
    "  neuropil graph lineage neuropil-demo 288230376151711746",
    "  neuropil graph lineage neuropil-demo 288230376151711746 --dot | dot -Tsvg > lineage.svg"})
final class GraphLineageVerb extends GraphVerb {
    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = DATASET
            + " ROOT...", description = "Dataset, and roots of any time.")
    private List<String> words = List.of();

    @Option(names = "--from", paramLabel = "@TIME", description = "How far to look back.")
    private @Nullable GivenMoment from;

    @Option(names = "--to", paramLabel = "@TIME", description = "How far to look ahead.")
    private GivenMoment to = GivenMoment.NOW;

    @Option(names = "--dot", description = "Print it for Graphviz instead.")
    private boolean dot;

    @Override
    List<String> words() {
        return words;
    }

    @Override
    void check(Asked asked) {
        checkNone(asked, false, true, true);
        checkIds(asked, "root");
        if (dot && common().format() != Format.text) {
            throw usage("--dot and --format " + common().format() + " are two formats; leave one of them out");
        }
    }

    @Override
    void run(OpenGraph open, Asked asked) throws IOException {
        Lineage lineage = Lineages.of(open.graph(), asked.nodes(), from == null ? Instant.MIN : from.instant(),
                to.instant());
        LineageText text = new LineageText(lineage, asked.ids());
        if (common().format() == Format.text) {
            out().print(dot ? text.dot() : text.tree());
            out().flush();
        } else {
            print(text.links(), text.nodeLink());
        }
        total(lineage.roots().size(), lineage.roots().size(), "roots");
    }
}
