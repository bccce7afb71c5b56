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
    /// Views that may be read one through another.
    private static final int DEEPEST = 16;

    /// Names of those whose tables are all there.
    List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        Opening opening = new Opening(new TreeSet<>(moment.tables()), false);
        for (String name : views.names()) {
            try {
                if (find(name, opening).isPresent()) {
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
        return find(name, new Opening(new TreeSet<>(moment.tables()), rows));
    }

    private Optional<SqlView> find(String name, Opening opening) throws IOException {
        Optional<View> view = opening.tables.contains(name) ? Optional.empty() : views.find(name);
        return view.isPresent() ? Optional.of(open(view.get(), opening)) : Optional.empty();
    }

    /// Looks at the columns of one that is not stored yet.
    SqlView describe(View view) throws IOException {
        return open(view, new Opening(new TreeSet<>(moment.tables()), false));
    }

    /// What was opened already: each view is opened once, however many read it.
    private static final class Opening {
        private final Set<String> tables;
        private final boolean rows;
        /// Views that the one is read by that is being opened.
        private final Set<String> above = new LinkedHashSet<>();
        private final Map<String, Opened> done = new HashMap<>();
        private final Map<String, Source> sources = new HashMap<>();

        /// @param tables of the moment
        /// @param rows false to look at columns only
        Opening(Set<String> tables, boolean rows) {
            this.tables = tables;
            this.rows = rows;
        }
    }

    /// @param chain its name, and those of the longest row of views that it is read through
    private record Opened(SqlView view, List<String> chain) {}

    private SqlView open(View view, Opening opening) throws IOException {
        return opened(view, opening).view();
    }

    private static void checkDepth(Set<String> above, List<String> below) {
        if (above.size() + below.size() > DEEPEST) {
            List<String> chain = new ArrayList<>(above);
            chain.addAll(below);
            throw new InputException("the view '" + chain.getFirst() + "' is read through more than " + (DEEPEST - 1)
                    + " others: " + String.join(" > ", chain), "view", "read tables, or views that are nearer to them");
        }
    }

    private Opened opened(View view, Opening opening) throws IOException {
        Set<String> above = opening.above;
        Opened before = opening.done.get(view.name());
        if (before != null) {
            checkDepth(above, before.chain());
            return before;
        }
        if (!above.contains(view.name())) {
            checkDepth(above, List.of(view.name()));
        }
        if (!above.add(view.name())) {
            throw new InputException("the view '" + view.name() + "' reads itself, through "
                    + String.join(", ", above), "view", "change one of them");
        }
        try {
            Set<String> known = new TreeSet<>(opening.tables);
            known.addAll(views.names());
            Map<String, Source> sources = new HashMap<>();
            List<String> below = List.of();
            for (String name : SqlQuery.of(view.sql()).tables(engine, known)) {
                Optional<View> other = opening.tables.contains(name) ? Optional.empty() : views.find(name);
                if (other.isPresent()) {
                    Opened read = opened(other.get(), opening);
                    sources.put(name, read.view());
                    below = read.chain().size() > below.size() ? read.chain() : below;
                } else {
                    sources.put(name, table(name, opening));
                }
            }
            List<String> chain = new ArrayList<>(List.of(view.name()));
            chain.addAll(below);
            Opened opened = new Opened(SqlView.of(engine, view.info(), view.sql(), sources), List.copyOf(chain));
            opening.done.put(view.name(), opened);
            return opened;
        } catch (InputException e) {
            String mark = "the view '";
            throw e.what().startsWith(mark)
                    ? e
                    : new InputException(mark + view.name() + "' cannot be read: " + e.what(), e.where(), e.hint(), e);
        } finally {
            above.remove(view.name());
        }
    }

    private Source table(String name, Opening opening) throws IOException {
        Source before = opening.sources.get(name);
        if (before != null) {
            return before;
        }
        Source source = opening.rows
                ? moment.source(name)
                : new TableState(moment.info(name), moment.schema(name), null, null);
        opening.sources.put(name, source);
        return source;
    }
}
