package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.dataset.Nuclei;
import org.neuropil.tables.published.PublicDataset;
import org.neuropil.tables.published.Published;
import org.neuropil.tables.query.Engine;

/// A cell as it is given on the command line: a root, or `nucleus:254188`, the name that it has for good.
///
/// @param nucleus whether the number is that of a nucleus
/// @param number the root or the nucleus
record GivenCell(boolean nucleus, long number) {
    private static final String NUCLEUS = "nucleus:";
    private static final String SYNAPSES = "synapses";

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
        return nucleus ? nuclei(dataset, engine, moment, nuclei).root(number) : number;
    }

    /// The table of synapses: the one that is named, or where none is of the usual name, that of the published dataset.
    static String synapses(Path dataset, Moment moment, String table) throws IOException {
        List<String> there = moment.tables();
        return there.contains(table) || !table.equals(SYNAPSES)
                ? table
                : Published.of(dataset).flatMap(one -> one.dataset().role(SYNAPSES)).filter(there::contains)
                        .orElse(table);
    }

    /// Where nuclei are looked up.
    ///
    /// @param nuclei table of nuclei; null for the one that there is
    static Nuclei nuclei(Path dataset, Engine engine, Moment moment, @Nullable String nuclei) throws IOException {
        if (nuclei != null) {
            if (!moment.tables().contains(nuclei)) {
                throw new InputException("there is no table '" + nuclei + "'", "--nuclei",
                        "there are " + String.join(", ", moment.tables()));
            }
            return new Nuclei(engine, moment, new Nuclei.Names(nuclei, Optional.empty()));
        }
        Optional<PublicDataset> published = Published.of(dataset).map(Published::dataset);
        return new Nuclei(engine, moment, Nuclei.Names.of(moment,
                published.flatMap(one -> one.role("nucleus_lookup")), published.flatMap(one -> one.role("nuclei")),
                published.flatMap(one -> one.role("nucleus_alternatives"))));
    }
}
