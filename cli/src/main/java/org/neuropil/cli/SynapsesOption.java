package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;

import org.neuropil.tables.ask.CellNames;

import picocli.CommandLine.Option;

/// `--table`, of verbs that ask for synapses.
final class SynapsesOption {
    @Option(names = "--table", paramLabel = "TABLE", defaultValue = "synapses", description = "Of synapses; synapses, or that of the published dataset, if left out.")
    private String table = "synapses";

    /// The table's name.
    ///
    /// @param dataset its folder
    String name(Path dataset, OpenMoment open) throws IOException {
        return CellNames.synapses(dataset, open.moment(), table);
    }
}
