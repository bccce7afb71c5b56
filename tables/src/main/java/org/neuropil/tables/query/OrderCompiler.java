package org.neuropil.tables.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnType;

/// Works out by what an answer is ordered: by what was asked for, then by what tells its rows apart.
final class OrderCompiler {
    private record Key(String name, ColumnType type, boolean descending, boolean nullable) {}

    private final Scope scope;
    private final Query query;
    private final Problems problems;
    private final List<OutputCompiler.Output> outputs;
    private final List<Key> keys = new ArrayList<>();
    private final Map<String, String> hidden = new LinkedHashMap<>();

    OrderCompiler(Scope scope, Query query, Problems problems, List<OutputCompiler.Output> outputs) {
        this.scope = scope;
        this.query = query;
        this.problems = problems;
        this.outputs = outputs;
    }

    void compile(Function<ColumnRef, String> joined, Set<String> optional) {
        boolean rows = query.grouping().isEmpty() && !query.distinct();
        for (Query.Order order : query.order()) {
            ColumnRef ref = order.column();
            int index = output(ref, !rows);
            if (index >= 0) {
                addOutput(index, order.descending());
                continue;
            }
            ColumnRef column = ref.table().isEmpty() ? new ColumnRef(scope.uses().getFirst(), ref.column()) : ref;
            if (!rows) {
                problems.addUnknown("column of the answer", ref.toString(), "order_by",
                        outputs.stream().map(output -> output.column().name()).toList());
            } else {
                Column known = scope.column(column, problems);
                if (known != null) {
                    addHidden(column, known, order.descending(), joined, optional);
                }
            }
        }
        if (rows) {
            for (String use : scope.uses()) {
                for (Column column : scope.key(use)) {
                    addHidden(new ColumnRef(use, column.name()), column, false, joined, optional);
                }
            }
        } else {
            for (int i = 0; i < outputs.size(); i++) {
                // Groups differ in what they are grouped by.
                if (query.grouping().isEmpty() || outputs.get(i).column().origin().isPresent()) {
                    addOutput(i, false);
                }
            }
        }
    }

    private int output(ColumnRef ref, boolean byOrigin) {
        for (int i = 0; i < outputs.size(); i++) {
            OutputColumn column = outputs.get(i).column();
            if (ref.table().isEmpty()
                    ? column.name().equals(ref.column())
                    : byOrigin && column.origin().filter(ref::equals).isPresent()) {
                return i;
            }
        }
        return -1;
    }

    private void addOutput(int index, boolean descending) {
        OutputColumn column = outputs.get(index).column();
        if (column.place()) {
            if (query.distinct()) {
                // A list is compared number by number, which is an order too, but no page can begin within it.
                problems.add("places are given as lists, by which nothing is ordered", "split_positions",
                        "ask for three columns");
            } else {
                problems.add("'" + column.name() + "' is a place, by which nothing is ordered", "order_by",
                        "order by its coordinates");
            }
            return;
        }
        add(new Key("o" + index, column.type(), descending, column.nullable()));
    }

    private void addHidden(ColumnRef ref, Column column, boolean descending, Function<ColumnRef, String> joined,
            Set<String> optional) {
        String expression = joined.apply(ref);
        String name = "k" + expression;
        add(new Key(name, column.type(), descending, column.nullable() || optional.contains(ref.table())));
        hidden.put(name, expression);
    }

    private void add(Key key) {
        if (keys.stream().noneMatch(known -> known.name().equals(key.name()))) {
            keys.add(key);
        }
    }

    /// Columns beside those of the answer, with their expressions.
    Map<String, String> hidden() {
        return hidden;
    }

    List<ColumnType> types() {
        return keys.stream().map(Key::type).toList();
    }

    /// Whether no two rows have the same values of all.
    boolean tellsRowsApart() {
        return query.grouping().isPresent() || query.distinct()
                || scope.uses().stream().allMatch(scope::hasKey);
    }

    /// Expressions of the values, moments as microseconds.
    List<String> read() {
        return keys.isEmpty()
                ? List.of("1")
                : keys.stream()
                        .map(key -> key.type() == ColumnType.TIMESTAMP ? "epoch_us(" + key.name() + ")" : key.name())
                        .toList();
    }

    /// `ORDER BY …`, or nothing if there is one row.
    String orderBy() {
        return keys.isEmpty()
                ? ""
                : " ORDER BY " + String.join(", ", keys.stream()
                        .map(key -> key.name() + (key.descending() ? " DESC" : " ASC") + " NULLS LAST").toList());
    }

    /// The condition that a row comes after one with these values.
    BoundSql after(List<@Nullable Object> values) {
        List<BoundSql> cases = new ArrayList<>();
        BoundSql same = new BoundSql();
        for (int i = 0; i < keys.size(); i++) {
            Key key = keys.get(i);
            Object value = values.get(i);
            if (value != null) {
                BoundSql later = new BoundSql().add(same).add("(" + key.name() + (key.descending() ? " < " : " > "))
                        .value(key.type(), value).add(key.nullable() ? " OR " + key.name() + " IS NULL)" : ")");
                cases.add(later);
                same.add(key.name() + " = ").value(key.type(), value).add(" AND ");
            } else {
                same.add(key.name() + " IS NULL AND ");
            }
        }
        return cases.isEmpty() ? BoundSql.of("FALSE") : BoundSql.of("((").add(BoundSql.join(") OR (", cases)).add("))");
    }
}
