package org.neuropil.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `neuropil table`: tables of annotations.
@Command(name = "table", mixinStandardHelpOptions = true, header = "Makes, fills and describes tables: synapses, nuclei, cell types, tags.", description = {
    "",
    "A row has an id, fields and points; a bound point belongs to a cell. Rows are never overwritten: each past state "
            + "can be asked for. Tables that a server has open cannot be opened by a verb."}, synopsisSubcommandLabel = "VERB", commandListHeading = "%nVerbs:%n", footerHeading = "%nExamples:%n", footer = {
                "  neuropil table list neuropil-demo",
                "  neuropil table create neuropil-demo tags --schema bound_tag --resolution 4,4,40"}, subcommands = {
                    TableCreateVerb.class, TableListVerb.class, TableDescribeVerb.class, TableInsertVerb.class,
                    TableImportVerb.class, TableDeleteVerb.class})
final class TableGroup implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which verb on tables is not said; there are "
                + String.join(", ", spec.subcommands().keySet()));
    }
}
