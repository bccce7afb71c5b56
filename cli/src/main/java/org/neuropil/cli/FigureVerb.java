package org.neuropil.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `neuropil figure`: pictures of a dataset.
@Command(name = "figure", mixinStandardHelpOptions = true, header = "Draws pictures of a dataset.", synopsisSubcommandLabel = "WHAT", commandListHeading = "%nWhat:%n", footerHeading = "%nExamples:%n", footer = {
    "  neuropil figure section neuropil-demo --out section.png",
    "  neuropil figure section neuropil-demo --z 100 --plain --out em.png"}, subcommands = FigureSectionVerb.class)
final class FigureVerb implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which figure is not said; there is 'section'");
    }
}
