package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.neuropil.pipeline.Dataset;
import org.neuropil.space.InputException;
import org.neuropil.tables.dataset.FrozenTables;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.live.OpenTables;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.query.Source;
import org.neuropil.tables.query.SqlQuery;

/// All tables at a moment, open. Of a version, neither live rows nor the graph are opened, so a server may have them.
///
/// @param engine answers queries
/// @param moment of the tables
/// @param closing what to close at the end
record OpenMoment(Engine engine, Moment moment, AutoCloseable closing) implements AutoCloseable {
    /// Opens them.
    ///
    /// @param rows where live rows are
    /// @throws InputException if there is no such version, or another process has live rows open
    static OpenMoment open(Path folder, String rows, TableMoment at) throws IOException {
        if (at.version().isPresent()) {
            Dataset.open(folder).close();
            FrozenTables frozen = OpenTables.frozen(folder);
            return new OpenMoment(frozen.engine(), moment(frozen, () -> frozen.version(at.version().getAsInt())),
                    frozen);
        }
        LiveTables live = LiveTables.open(folder, rows);
        return new OpenMoment(live.tables().engine(), moment(live,
                () -> at.time().isNow() ? live.tables().now() : live.tables().at(at.time().instant())), live);
    }

    private interface Opener {
        Moment open() throws IOException;
    }

    private static Moment moment(AutoCloseable closing, Opener opener) throws IOException {
        try {
            return opener.open();
        } catch (IOException | RuntimeException e) {
            try {
                closing.close();
            } catch (Exception also) {
                e.addSuppressed(also);
            }
            throw e;
        }
    }

    /// The tables and views that a statement reads.
    ///
    /// @throws InputException if the statement is wrong
    Map<String, Source> sources(SqlQuery query) throws IOException {
        List<String> known = new ArrayList<>(moment.tables());
        known.addAll(moment.views());
        return sources(List.copyOf(query.tables(engine, known)));
    }

    /// Some tables and views by their names.
    ///
    /// @throws InputException if one is not there
    Map<String, Source> sources(List<String> tables) throws IOException {
        check(tables);
        Map<String, Source> sources = new HashMap<>();
        for (String table : tables) {
            sources.put(table, moment.source(table));
        }
        return sources;
    }

    /// @throws InputException if a table or view is not there
    void check(Collection<String> tables) throws IOException {
        List<String> known = moment.tables();
        for (String table : tables) {
            if (!known.contains(table) && moment.view(table).isEmpty()) {
                throw new InputException("there is no table '" + table + "'", "", known.isEmpty()
                        ? "make one with 'neuropil table create'"
                        : Nearest.to(table, known).map(near -> "did you mean " + near + "?")
                                .orElse("there are " + String.join(", ", known)));
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            moment.close();
        } finally {
            try {
                closing.close();
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
