package org.neuropil.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `neuropil completion`: lets a shell complete verbs and options.
@Command(name = "completion", mixinStandardHelpOptions = true, header = "Prints a script that completes verbs and "
        + "options in bash and zsh.", footerHeading = "%nExamples:%n", footer = {"  source <(./neuropil completion)",
            "  ./neuropil completion > ~/.neuropil-completion"})
final class CompletionVerb implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().getOut().print(AutoComplete.bash("neuropil", spec.root().commandLine()));
        spec.commandLine().getOut().flush();
    }
}
