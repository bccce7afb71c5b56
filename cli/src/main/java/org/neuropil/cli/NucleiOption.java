package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.ask.CellNames;
import org.neuropil.tables.dataset.Nuclei;

import picocli.CommandLine.Option;

/// `--nuclei`, of verbs to which `nucleus:ID` stands for a root.
final class NucleiOption {
    @Option(names = "--nuclei", paramLabel = "TABLE", description = "In which nucleus:ID is looked up; the one that there is if left out.")
    private @Nullable String table;

    /// By which names of cells are looked up.
    ///
    /// @param dataset its folder
    /// @throws org.neuropil.space.InputException if there is no such table, or there are several and none is named
    Nuclei names(Path dataset, OpenMoment open) throws IOException {
        return CellNames.nuclei(dataset, open.engine(), open.moment(), Optional.ofNullable(table));
    }

    /// The root of a cell.
    ///
    /// @throws org.neuropil.space.InputException if there is no such nucleus, or its root is not its own
    long root(GivenCell cell, Path dataset, OpenMoment open) throws IOException {
        return cell.nucleus() ? names(dataset, open).root(cell.number()) : cell.number();
    }
}
