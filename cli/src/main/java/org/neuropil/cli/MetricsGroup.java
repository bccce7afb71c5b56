package org.neuropil.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `neuropil metrics`: what imaged cells did, in figures.
@Command(name = "metrics", mixinStandardHelpOptions = true, header = "Lists, explains and computes metrics of imaged cells: tuning, reliability, correlations.", description = {
    "",
    "Each metric is one definition with an id of its own. Where publications call several quantities by one word, all of "
            + "them are there, and 'explain' says how they differ."}, synopsisSubcommandLabel = "VERB", commandListHeading = "%nVerbs:%n", footerHeading = "%nExamples:%n", footer = {
                "  neuropil metrics list",
                "  neuropil metrics explain osi_cv",
                "  neuropil metrics compute trials.csv --samples 1000"}, subcommands = {
                    MetricsListVerb.class, MetricsExplainVerb.class, MetricsComputeVerb.class})
final class MetricsGroup implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which verb on metrics is not said; there are "
                + String.join(", ", spec.subcommands().keySet()));
    }
}
