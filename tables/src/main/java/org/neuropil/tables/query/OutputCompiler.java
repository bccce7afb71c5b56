package org.neuropil.tables.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.neuropil.space.VoxelSize;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnType;

/// Works out which columns an answer that is not grouped has, what they are called, and how they come about.
final class OutputCompiler {
    /// A column of the answer with its expression over the joined rows.
    record Output(OutputColumn column, BoundSql expression) {}

    private final Scope scope;
    private final Query query;
    private final Problems problems;

    OutputCompiler(Scope scope, Query query, Problems problems) {
        this.scope = scope;
        this.query = query;
        this.problems = problems;
    }

    /// The columns.
    ///
    /// @param joined the name of a table's column among the joined rows
    List<Output> outputs(Function<ColumnRef, String> joined, Set<String> optional) {
        Set<ColumnRef> items = new LinkedHashSet<>();
        Set<ColumnRef> chosen = chosen();
        for (ColumnRef ref : chosen) {
            String point = query.positions().split() ? null : scope.pointOf(ref.table(), ref.column());
            boolean whole = point != null && chosen.containsAll(Scope.axes(point).stream()
                    .map(axis -> new ColumnRef(ref.table(), axis)).toList());
            items.add(whole ? new ColumnRef(ref.table(), point + "_position") : ref);
        }
        Map<ColumnRef, String> names = names(items);
        List<Output> outputs = new ArrayList<>();
        for (ColumnRef item : items) {
            String name = names.getOrDefault(item, item.column());
            boolean nullable = optional.contains(item.table());
            Column column = scope.has(item.table(), item.column()) ? scope.column(item, problems) : null;
            outputs.add(column == null
                    ? place(item, name, nullable, joined)
                    : plain(item, column, name, nullable, joined));
        }
        return outputs;
    }

    /// The columns that were asked for, points as their three.
    private Set<ColumnRef> chosen() {
        Set<ColumnRef> chosen = new LinkedHashSet<>();
        if (query.columns().isEmpty()) {
            for (String use : scope.uses()) {
                scope.columns(use).forEach(column -> chosen.add(new ColumnRef(use, column.name())));
            }
        }
        for (ColumnRef ref : query.columns()) {
            String point = scope.has(ref.table(), ref.column()) || !ref.column().endsWith("_position")
                    ? null
                    : scope.point(ref.table(), ref.column());
            if (point != null) {
                Scope.axes(point).forEach(axis -> chosen.add(new ColumnRef(ref.table(), axis)));
            } else if (scope.column(ref, problems) != null) {
                chosen.add(ref);
            }
        }
        return chosen;
    }

    private Map<ColumnRef, String> names(Set<ColumnRef> items) {
        Map<String, Integer> uses = new HashMap<>();
        items.forEach(item -> uses.merge(item.column(), 1, Integer::sum));
        Map<String, String> suffixes = suffixes();
        Map<ColumnRef, String> names = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        for (ColumnRef item : items) {
            String suffix = uses.getOrDefault(item.column(), 0) > 1 ? suffixes.getOrDefault(item.table(), "") : "";
            String name = suffixed(item, suffix);
            if (!taken.add(name)) {
                problems.add("two columns of the answer are called '" + name + "'", item.toString(),
                        "give the tables other suffixes");
            }
            names.put(item, name);
        }
        return names;
    }

    /// The axis stays last: readers find the three columns of a place by it.
    private String suffixed(ColumnRef item, String suffix) {
        String name = item.column();
        int end = scope.pointOf(item.table(), name) == null ? name.length() : name.length() - 2;
        return name.substring(0, end) + suffix + name.substring(end);
    }

    private Map<String, String> suffixes() {
        Map<String, String> all = new LinkedHashMap<>();
        List<String> uses = scope.uses();
        for (int i = 0; i < uses.size(); i++) {
            String given = query.suffixes().get(uses.get(i));
            all.put(uses.get(i), given != null ? given : "xyz".substring(i % 3, i % 3 + 1).repeat(i / 3 + 1));
        }
        query.suffixes().forEach((use, suffix) -> {
            scope.index(use, "suffixes", problems);
            checkName(suffix, "suffixes." + use, true, problems);
        });
        if (uses.size() > 1 && new HashSet<>(all.values()).size() < all.size()) {
            problems.add("two tables have the same suffix: " + all, "suffixes", "give each another one");
        }
        return all;
    }

    /// Names of the answer's columns are quoted wherever they go; this keeps out what no reader can print.
    static void checkName(String name, String where, boolean empty, Problems problems) {
        if (!name.matches("[^\\p{Cntrl}\"]{" + (empty ? 0 : 1) + ",100}")) {
            problems.add("this is no name of a column", where, "use letters, digits and _, at most 100");
        }
    }

    private Output plain(ColumnRef item, Column column, String name, boolean optional,
            Function<ColumnRef, String> joined) {
        boolean nullable = column.nullable() || optional;
        String point = scope.pointOf(item.table(), item.column());
        int axis = column.name().charAt(column.name().length() - 1) - 'x';
        double factor = point == null ? 1 : factor(item.table(), axis);
        ColumnType type = factor == 1 ? column.type() : ColumnType.FLOAT64;
        return new Output(new OutputColumn(name, type, nullable, false, Optional.of(item)),
                scaled(joined.apply(item), factor));
    }

    private Output place(ColumnRef item, String name, boolean optional, Function<ColumnRef, String> joined) {
        String point = item.column().substring(0, item.column().length() - 9);
        boolean converted = factor(item.table(), 0) != 1 || factor(item.table(), 1) != 1
                || factor(item.table(), 2) != 1;
        List<BoundSql> numbers = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        boolean nullable = optional;
        for (int axis = 0; axis < 3; axis++) {
            ColumnRef ref = new ColumnRef(item.table(), Scope.axes(point).get(axis));
            Column column = scope.column(ref, problems);
            nullable |= column == null || column.nullable();
            absent.add(joined.apply(ref) + " IS NULL");
            BoundSql number = scaled(joined.apply(ref), factor(item.table(), axis));
            numbers.add(converted ? BoundSql.of("CAST(").add(number).add(" AS DOUBLE)") : number);
        }
        BoundSql list = BoundSql.of("CASE WHEN " + String.join(" OR ", absent) + " THEN NULL ELSE [")
                .add(BoundSql.join(", ", numbers))
                .add("] END");
        return new Output(new OutputColumn(name, converted ? ColumnType.FLOAT64 : ColumnType.INT32, nullable, true,
                Optional.of(item)), list);
    }

    private static BoundSql scaled(String column, double factor) {
        return factor == 1
                ? BoundSql.of(column)
                : BoundSql.of("CAST(" + column + " AS DOUBLE) * ").value(ColumnType.FLOAT64, factor);
    }

    private double factor(String use, int axis) {
        VoxelSize own = scope.source(use).info().resolution();
        return query.positions().resolution().map(wanted -> own.get(axis) / wanted.get(axis)).orElse(1.0);
    }
}
