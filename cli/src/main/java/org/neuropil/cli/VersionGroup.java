package org.neuropil.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `neuropil version`: frozen states of all tables.
@Command(name = "version", mixinStandardHelpOptions = true, header = "Freezes the tables of a dataset into versions, which never expire.", description = {
    "",
    "A version is sorted Parquet. It is asked for as @NUMBER behind a table's name, also while a server has the "
            + "dataset open."}, synopsisSubcommandLabel = "VERB", commandListHeading = "%nVerbs:%n", footerHeading = "%nExamples:%n", footer = {
                "  neuropil version create neuropil-demo --description 'first release'",
                "  neuropil version list neuropil-demo"}, subcommands = {VersionCreateVerb.class,
                    VersionListVerb.class, VersionExportVerb.class, VersionDropCacheVerb.class})
final class VersionGroup implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which verb on versions is not said; there are "
                + String.join(", ", spec.subcommands().keySet()));
    }
}
