package org.neuropil.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `neuropil graph virtual`: past states under names of their own.
@Command(name = "virtual", mixinStandardHelpOptions = true, header = "Gives past states of a graph names of their own.", description = {
    "",
    "A virtual graph is a graph as it was at a moment, read-only. Its name can be given wherever --graph is, and "
            + "programs ask the server for it by that name."}, synopsisSubcommandLabel = "VERB", commandListHeading = "%nVerbs:%n", footerHeading = "%nExamples:%n", footer = {
                "  neuropil graph virtual add neuropil-demo first-release --note 'as sent to the reviewers'",
                "  neuropil graph virtual list neuropil-demo"}, subcommands = {GraphVirtualAddVerb.class,
                    GraphVirtualListVerb.class, GraphVirtualRemoveVerb.class})
final class GraphVirtualGroup implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which verb on virtual graphs is not said; there are "
                + String.join(", ", spec.subcommands().keySet()));
    }
}
