package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.tables.ask.CellNames;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.query.Engine;

/// A cell as it is given on the command line: a root, or `nucleus:254188`, the name that it has for good.
///
/// @param nucleus whether the number is that of a nucleus
/// @param number the root or the nucleus
record GivenCell(boolean nucleus, long number) {
    private static final String NUCLEUS = "nucleus:";

    /// Reads one.
    ///
    /// @throws InputException if it is none
    static GivenCell parse(String word) {
        return word.startsWith(NUCLEUS)
                ? new GivenCell(true, Asked.id(word.substring(NUCLEUS.length())))
                : new GivenCell(false, Asked.id(word));
    }

    /// Its root at a moment.
    ///
    /// @param nuclei table of nuclei; null for the one that there is
    /// @throws InputException if there is no such nucleus, or its root is not its own
    long root(Path dataset, Engine engine, Moment moment, @Nullable String nuclei) throws IOException {
        return nucleus ? CellNames.nuclei(dataset, engine, moment, Optional.ofNullable(nuclei)).root(number) : number;
    }
}
