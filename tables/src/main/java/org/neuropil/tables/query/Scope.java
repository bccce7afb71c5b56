package org.neuropil.tables.query;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnType;

/// The tables that a query uses, by the names that it gives them.
final class Scope {
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final Map<String, Map<String, Column>> columns = new LinkedHashMap<>();

    /// @throws org.neuropil.space.InputException if a table is unknown, or a name given twice
    Scope(List<Query.Use> uses, Map<String, Source> known) {
        Problems problems = new Problems();
        for (Query.Use use : uses) {
            Source source = known.get(use.table());
            if (use.name().isEmpty()) {
                problems.add("a table has an empty name", use.table(), "");
            } else if (source == null) {
                problems.addUnknown("table", use.table(), "tables", known.keySet());
            } else if (sources.putIfAbsent(use.name(), source) != null) {
                problems.add("table '" + use.name() + "' is used twice", "tables",
                        "give the second one another name in the query");
            } else {
                Map<String, Column> byName = new LinkedHashMap<>();
                source.columns().forEach(column -> byName.put(column.name(), column));
                columns.put(use.name(), byName);
            }
        }
        problems.check();
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("a query without tables");
        }
    }

    List<String> uses() {
        return List.copyOf(sources.keySet());
    }

    Source source(String use) {
        Source source = sources.get(use);
        if (source == null) {
            throw new IllegalArgumentException("no table " + use);
        }
        return source;
    }

    /// Where a table stands; -1 if the query has none of that name, of which the problems then tell.
    int index(String use, String where, Problems problems) {
        int index = uses().indexOf(use);
        if (index < 0) {
            problems.addUnknown("table", use, where, sources.keySet());
        }
        return index;
    }

    /// All columns of a table.
    List<Column> columns(String use) {
        return source(use).columns();
    }

    /// Whether it has a column.
    boolean has(String use, String column) {
        Map<String, Column> known = columns.get(use);
        return known != null && known.containsKey(column);
    }

    /// A column; null if there is none, of which the problems then tell.
    @Nullable
    Column column(ColumnRef ref, Problems problems) {
        Map<String, Column> known = columns.get(ref.table());
        if (known == null) {
            problems.addUnknown("table", ref.table(), ref.toString(), sources.keySet());
            return null;
        }
        Column column = known.get(ref.column());
        if (column == null) {
            problems.addUnknown("column", ref.column(), ref.toString(), known.keySet());
        }
        return column;
    }

    /// The name of a point without `_position`, if the table has one of the name; else null.
    @Nullable
    String point(String use, String name) {
        String base = name.endsWith("_position") ? name.substring(0, name.length() - 9) : name;
        return isPoint(use, base) ? base : null;
    }

    private boolean isPoint(String use, String base) {
        return axes(base).stream().allMatch(axis -> {
            Map<String, Column> known = columns.getOrDefault(use, Map.of());
            Column column = known.get(axis);
            return column != null && column.type() == ColumnType.INT32;
        });
    }

    /// The three columns of a point.
    static List<String> axes(String point) {
        return List.of(point + "_position_x", point + "_position_y", point + "_position_z");
    }

    /// The point that a column is a coordinate of; null if it is none.
    @Nullable
    String pointOf(String use, String column) {
        if (!column.matches("(?s).*_position_[xyz]")) {
            return null;
        }
        String base = column.substring(0, column.length() - 11);
        return isPoint(use, base) ? base : null;
    }

    /// Whether a table's rows have ids of their own.
    boolean hasKey(String use) {
        return source(use).hasKey();
    }

    /// The columns whose values tell a table's rows apart: `id`, or all if it has none.
    List<Column> key(String use) {
        List<Column> all = columns(use);
        return hasKey(use) ? all.stream().filter(column -> column.name().equals("id")).toList() : all;
    }
}
