package org.neuropil.bench.tables;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

import org.neuropil.tables.dataset.FrozenTables;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.query.Answer;
import org.neuropil.tables.query.Queries;
import org.neuropil.tables.query.Query;
import org.neuropil.tables.query.Source;

/// Questions to the version, from its folder to the last row, as a server answers them.
final class Asked {
    private Asked() {}

    /// Asks, and takes all rows as an Arrow stream.
    ///
    /// @return how many
    static long write(FrozenTables tables, Query query, OutputStream out) throws IOException {
        try (Moment moment = tables.version(MadeTables.VERSION)) {
            return write(tables, moment, query, out);
        }
    }

    static long write(FrozenTables tables, Moment moment, Query query, OutputStream out) throws IOException {
        Map<String, Source> sources = new HashMap<>();
        for (Query.Use use : query.uses()) {
            sources.put(use.table(), moment.source(use.table()));
        }
        return write(new Queries(tables.engine(), sources), query, out);
    }

    static long write(Queries queries, Query query, OutputStream out) throws IOException {
        try (Answer answer = queries.ask(query)) {
            answer.writeArrow(out, Answer.Compression.NONE, Map.of());
            return answer.returned();
        }
    }
}
