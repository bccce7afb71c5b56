package org.neuropil.tables.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.neuropil.space.InputException;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.query.Source;
import org.neuropil.tables.query.SqlQuery;
import org.neuropil.tables.query.SqlView;
import org.neuropil.tables.version.TableState;

/// The views of a dataset over the tables of a moment.
///
/// @param views of the dataset
/// @param engine that tables are read by
/// @param moment of the tables
record MomentViews(Views views, Engine engine, Moment moment) {
    /// Names of those whose tables are all there.
    List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        for (String name : views.names()) {
            try {
                if (find(name, false).isPresent()) {
                    names.add(name);
                }
            } catch (InputException _) {
                // Who asks for it is told why.
            }
        }
        return names;
    }

    /// One by its name; empty if there is none, or a table of the name.
    ///
    /// @param rows false to look at columns only
    /// @throws InputException if a table that it reads is not there
    Optional<SqlView> find(String name, boolean rows) throws IOException {
        Set<String> tables = new TreeSet<>(moment.tables());
        Optional<View> view = tables.contains(name) ? Optional.empty() : views.find(name);
        return view.isPresent() ? Optional.of(open(view.get(), tables, rows, new LinkedHashSet<>())) : Optional.empty();
    }

    /// Looks at the columns of one that is not stored yet.
    SqlView describe(View view) throws IOException {
        return open(view, new TreeSet<>(moment.tables()), false, new LinkedHashSet<>());
    }

    /// @param above views that this one is read by
    private SqlView open(View view, Set<String> tables, boolean rows, Set<String> above) throws IOException {
        if (!above.add(view.name())) {
            throw new InputException("the view '" + view.name() + "' reads itself, through "
                    + String.join(", ", above), "view", "change one of them");
        }
        try {
            Set<String> known = new TreeSet<>(tables);
            known.addAll(views.names());
            Map<String, Source> sources = new HashMap<>();
            for (String name : SqlQuery.of(view.sql()).tables(engine, known)) {
                Optional<View> other = tables.contains(name) ? Optional.empty() : views.find(name);
                if (other.isPresent()) {
                    sources.put(name, open(other.get(), tables, rows, above));
                } else {
                    sources.put(name, rows
                            ? moment.source(name)
                            : new TableState(moment.info(name), moment.schema(name), null, null));
                }
            }
            return SqlView.of(engine, view.info(), view.sql(), sources);
        } catch (InputException e) {
            String mark = "the view '";
            throw e.what().startsWith(mark)
                    ? e
                    : new InputException(mark + view.name() + "' cannot be read: " + e.what(), e.where(), e.hint(), e);
        } finally {
            above.remove(view.name());
        }
    }
}
