package org.neuropil.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `neuropil ask`: scientific questions.
@Command(name = "ask", mixinStandardHelpOptions = true, header = "Answers a scientific question about a dataset.", description = {
    "",
    "Each question writes a folder: a page that opens without a network, tables as Parquet and CSV, figures as SVG and PNG, and a "
            + "record of everything that the answer stands on. It says first what the data can decide. Asked again, it gives "
            + "the same bytes."}, synopsisSubcommandLabel = "QUESTION", commandListHeading = "%nQuestions:%n", footerHeading = "%nExamples:%n", footer = {
                "  neuropil ask excitatory-network made-v1dd@1 --out network",
                "  neuropil ask excitatory-network --help"}, subcommands = {AskExcitatoryNetworkVerb.class})
final class AskGroup implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(),
                "which question is not said; there are " + String.join(", ", spec.subcommands().keySet()));
    }
}
