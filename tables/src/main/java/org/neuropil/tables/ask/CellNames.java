package org.neuropil.tables.ask;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.neuropil.space.InputException;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.dataset.Nuclei;
import org.neuropil.tables.published.PublicDataset;
import org.neuropil.tables.published.Published;
import org.neuropil.tables.query.Engine;

/// The tables that are meant where none is named: those that a published dataset names for the part.
public final class CellNames {
    private static final String SYNAPSES = "synapses";

    private CellNames() {}

    /// The table of synapses: the one that is named, or where none is of the usual name, that of the published dataset.
    ///
    /// @param dataset its folder
    public static String synapses(Path dataset, Moment moment, String table) throws IOException {
        List<String> there = moment.tables();
        return there.contains(table) || !table.equals(SYNAPSES)
                ? table
                : Published.of(dataset).flatMap(one -> one.dataset().role(SYNAPSES)).filter(there::contains)
                        .orElse(table);
    }

    /// Where nuclei are looked up.
    ///
    /// @param dataset its folder
    /// @param nuclei table of nuclei; empty for the one that there is
    /// @throws InputException if there is no such table
    public static Nuclei nuclei(Path dataset, Engine engine, Moment moment, Optional<String> nuclei)
            throws IOException {
        if (nuclei.isPresent()) {
            if (!moment.tables().contains(nuclei.get())) {
                throw new InputException("there is no table '" + nuclei.get() + "'", "--nuclei",
                        "there are " + String.join(", ", moment.tables()));
            }
            return new Nuclei(engine, moment, new Nuclei.Names(nuclei.get(), Optional.empty()));
        }
        Optional<PublicDataset> published = Published.of(dataset).map(Published::dataset);
        return new Nuclei(engine, moment, Nuclei.Names.of(moment,
                published.flatMap(one -> one.role("nucleus_lookup")), published.flatMap(one -> one.role("nuclei")),
                published.flatMap(one -> one.role("nucleus_alternatives"))));
    }
}
