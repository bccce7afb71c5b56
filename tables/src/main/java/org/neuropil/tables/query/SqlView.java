package org.neuropil.tables.query;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.neuropil.space.InputException;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.sql.Sql;

/// A table that is made of others when it is read, by one SELECT as [SqlQuery] allows it. Its columns have the names and
/// types of that one's answer, and may all be absent; three whole numbers `NAME_position_x`, `_y`, `_z` are a point. What a
/// query asks of it, DuckDB asks of the tables.
public final class SqlView implements Source {
    /// What states of tables are called in the engine; as a name of a part of WITH it would hide them.
    private static final Pattern STATE = Pattern.compile("(overlay|list)_\\d+(_\\w+)?");

    private final TableInfo info;
    private final String select;
    private final List<Column> columns;
    private final Map<String, Source> sources;

    private SqlView(TableInfo info, String select, List<Column> columns, Map<String, Source> sources) {
        this.info = info;
        this.select = select;
        this.columns = columns;
        this.sources = sources;
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
        for (String name : known.keySet()) {
            if (STATE.matcher(name).matches()) {
                throw new InputException("a view cannot read a table of the name '" + name + "'", "sql",
                        "give the table another name");
            }
        }
        try (Engine.Lease lease = engine.lease()) {
            return engine.calls().run(() -> of(lease, info, sql, known), () -> {});
        }
    }

    private static SqlView of(Engine.Lease lease, TableInfo info, String sql, Map<String, Source> known)
            throws SQLException {
        SqlQuery.Checked checked = SqlQuery.of(sql).checked(lease, known.keySet());
        Map<String, Source> used = new LinkedHashMap<>();
        for (String table : checked.tables()) {
            used.put(table, Objects.requireNonNull(known.get(table)));
        }
        List<OutputColumn> described = SqlQuery.describe(lease, with(used, whole(checked.text())));
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
        return new SqlView(info, select.toString(), List.copyOf(columns), used);
    }

    /// A statement that may stand behind WITH, of which there is one only.
    private static String whole(String select) {
        return select.strip().toLowerCase(Locale.ROOT).startsWith("with") ? "SELECT * FROM (" + select + ")" : select;
    }

    private static String with(Map<String, Source> sources, String select) {
        StringBuilder sql = new StringBuilder();
        sources.forEach((name, source) -> sql.append(sql.isEmpty() ? "WITH " : ", ").append(Sql.name(name))
                .append(" AS NOT MATERIALIZED (SELECT * FROM ").append(source.relation(Hint.NONE)).append(" AS s)"));
        return sql.append(' ').append(select).toString();
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
        Set<String> tables = new java.util.TreeSet<>();
        sources.forEach((name, source) -> {
            if (source instanceof SqlView view) {
                tables.addAll(view.tables());
            } else {
                tables.add(name);
            }
        });
        return tables;
    }

    @Override
    public String relation(Hint hint) {
        return "(" + with(sources, select) + ")";
    }
}
