package org.neuropil.tables.query;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.neuropil.space.InputException;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.sql.Sql;

/// A table that is made of others when it is read, by one SELECT as [SqlQuery] allows it. Its columns have the names and
/// types of that one's answer, and may all be absent; three whole numbers `NAME_position_x`, `_y`, `_z` are a point. What a
/// query asks of it, DuckDB asks of the tables.
public final class SqlView implements Source {
    /// DuckDB looks at a view of views anew wherever it is named. Where tables are reached in more ways than this, what
    /// several read is computed once, though all of it then.
    private static final long MOST_WAYS = 32;

    private final TableInfo info;
    private final String select;
    private final List<Column> columns;
    private final Map<String, Source> sources;
    /// How often it names each of them.
    private final Map<String, Integer> named;
    /// In how many ways it reaches tables.
    private final long ways;

    private SqlView(TableInfo info, String select, List<Column> columns, Map<String, Source> sources,
            Map<String, Integer> named) {
        this.info = info;
        this.select = select;
        this.columns = columns;
        this.sources = sources;
        this.named = named;
        long sum = 0;
        for (Map.Entry<String, Source> source : sources.entrySet()) {
            long each = source.getValue() instanceof SqlView view ? view.ways : 1;
            sum = Math.min(Integer.MAX_VALUE, sum + each * named.getOrDefault(source.getKey(), 1));
        }
        ways = sum;
    }

    /// Makes one. Nothing is read yet.
    ///
    /// @param info its name, resolution of its points, and what else is said of it
    /// @param sql one SELECT
    /// @param sources the tables that it reads by their names
    /// @throws InputException if the statement is wrong, does more than read the tables, or has columns whose names are none
    public static SqlView of(Engine engine, TableInfo info, String sql, Map<String, Source> sources)
            throws IOException {
        Map<String, Source> known = new TreeMap<>();
        sources.forEach((name, source) -> known.put(name.toLowerCase(Locale.ROOT), source));
        try (Engine.Lease lease = engine.lease()) {
            return engine.calls().run(() -> of(lease, info, sql, known), () -> {});
        }
    }

    private static SqlView of(Engine.Lease lease, TableInfo info, String sql, Map<String, Source> known)
            throws SQLException {
        SqlQuery.Checked checked = SqlQuery.of(sql).checked(lease, known.keySet());
        Map<String, Source> used = new LinkedHashMap<>();
        for (String table : checked.tables().keySet()) {
            Source source = Objects.requireNonNull(known.get(table));
            used.put(table, source);
            lease.execute("CREATE TEMP VIEW " + Sql.name(table) + " AS SELECT * FROM " + source.relation(Hint.NONE)
                    + " AS s");
        }
        // As it stands: of what is selected from it, DuckDB would give a second column of a name another one.
        List<OutputColumn> described = SqlQuery.describe(lease, checked.text());
        StringBuilder select = new StringBuilder("SELECT ");
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < described.size(); i++) {
            OutputColumn column = described.get(i);
            TableInfo.checkName(column.name(), "sql, column " + (i + 1));
            columns.add(Column.nullable(column.name(), column.type()));
            select.append(i == 0 ? "" : ", ").append("CAST(c").append(i).append(" AS ").append(Sql.type(column.type()))
                    .append(") AS ").append(Sql.name(column.name()));
        }
        select.append(" FROM (").append(checked.text()).append(") AS q(").append(SqlQuery.places(described.size()))
                .append(")");
        return new SqlView(info, select.toString(), List.copyOf(columns), used, checked.tables());
    }

    /// All that is read, each once, and what it reads itself before it.
    ///
    /// @return false if a name stands for several, as it never does in one moment of a dataset
    private boolean collect(Map<String, Source> all) {
        for (Map.Entry<String, Source> source : sources.entrySet()) {
            if (Objects.equals(all.get(source.getKey()), source.getValue())) {
                continue;
            }
            if (source.getValue() instanceof SqlView view && !view.collect(all)
                    || all.putIfAbsent(source.getKey(), source.getValue()) != null) {
                return false;
            }
        }
        return true;
    }

    /// How often each of these is named by the others and by this.
    private Map<String, Integer> uses(Map<String, Source> all) {
        Map<String, Integer> uses = new HashMap<>(named);
        all.values().forEach(source -> {
            if (source instanceof SqlView view) {
                view.named.forEach((name, times) -> uses.merge(name, times, Integer::sum));
            }
        });
        return uses;
    }

    @Override
    public TableInfo info() {
        return info;
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    /// A row of a table may come several times.
    @Override
    public boolean hasKey() {
        return false;
    }

    /// The tables that it reads by their names; also those that are views themselves.
    public Map<String, Source> sources() {
        return Map.copyOf(sources);
    }

    /// Names of the tables that it reads, through other views too, but not of these.
    public Set<String> tables() {
        Set<String> tables = new TreeSet<>();
        addTables(tables, new HashSet<>());
        return tables;
    }

    private void addTables(Set<String> tables, Set<SqlView> seen) {
        sources.forEach((name, source) -> {
            if (!(source instanceof SqlView view)) {
                tables.add(name);
            } else if (seen.add(view)) {
                view.addTables(tables, seen);
            }
        });
    }

    @Override
    public String relation(Hint hint) {
        Map<String, Source> all = new LinkedHashMap<>();
        boolean flat = collect(all);
        Map<String, Source> parts = flat ? all : sources;
        Map<String, Integer> uses = uses(parts);
        StringBuilder sql = new StringBuilder();
        parts.forEach((name, source) -> {
            boolean once = flat && ways > MOST_WAYS && source instanceof SqlView && uses.getOrDefault(name, 0) > 1;
            sql.append(sql.isEmpty() ? "WITH " : ", ").append(Sql.name(name))
                    .append(once ? " AS MATERIALIZED (" : " AS NOT MATERIALIZED (")
                    .append(flat && source instanceof SqlView view
                            ? view.select
                            : "SELECT * FROM " + source.relation(Hint.NONE) + " AS s")
                    .append(')');
        });
        return "(" + sql + " " + select + ")";
    }
}
