package org.neuropil.tables.query;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import org.jspecify.annotations.NullUnmarked;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.column.ColumnType;

/// Answers queries by looking at every combination of rows. It takes queries that are right, without samples and pages.
@NullUnmarked
final class Oracle {
    private final Query query;
    private final Map<String, TestTable> byUse = new HashMap<>();

    private Oracle(Map<String, TestTable> tables, Query query) {
        this.query = query;
        query.uses().forEach(use -> byUse.put(use.name(), tables.get(use.table())));
    }

    /// All rows, without limit and offset.
    static List<List<Object>> answer(Map<String, TestTable> tables, Query query) {
        return new Oracle(tables, query).answer();
    }

    private record Sorted(List<Object> output, List<Object> keys) {}

    private List<List<Object>> answer() {
        List<Map<String, List<Object>>> joined = new ArrayList<>();
        String first = query.uses().getFirst().name();
        for (List<Object> row : table(first).values()) {
            if (meets(first, row)) {
                Map<String, List<Object>> one = new HashMap<>();
                one.put(first, row);
                joined.add(one);
            }
        }
        for (Join join : query.joins()) {
            List<Map<String, List<Object>>> next = new ArrayList<>();
            for (Map<String, List<Object>> left : joined) {
                boolean found = false;
                for (List<Object> right : table(join.right().table()).values()) {
                    Object a = value(left, join.left());
                    Object b = value(Map.of(join.right().table(), right), join.right());
                    if (a != null && b != null && compare(a, b) == 0 && meets(join.right().table(), right)) {
                        found = true;
                        Map<String, List<Object>> both = new HashMap<>(left);
                        both.put(join.right().table(), right);
                        next.add(both);
                    }
                }
                if (!found && join.kind() == Join.Kind.LEFT) {
                    next.add(left);
                }
            }
            joined = next;
        }
        List<Sorted> rows = query.grouping().isPresent() ? grouped(joined, query.grouping().get()) : plain(joined);
        Comparator<Sorted> comparator = (_, _) -> 0;
        for (int i = 0; i < query.order().size(); i++) {
            int key = i;
            boolean descending = query.order().get(i).descending();
            comparator = comparator.thenComparing((a, b) -> order(a.keys().get(key), b.keys().get(key), descending));
        }
        int given = query.order().size();
        comparator = comparator.thenComparing((a, b) -> {
            int result = 0;
            for (int i = given; i < a.keys().size() && result == 0; i++) {
                result = order(a.keys().get(i), b.keys().get(i), false);
            }
            return result;
        });
        rows.sort(comparator);
        return rows.stream().map(Sorted::output).toList();
    }

    private List<Sorted> plain(List<Map<String, List<Object>>> joined) {
        List<Sorted> rows = new ArrayList<>();
        for (Map<String, List<Object>> row : joined) {
            List<Object> output = new ArrayList<>();
            for (ColumnRef ref : columns()) {
                output.add(output(row, ref));
            }
            List<Object> keys = new ArrayList<>();
            query.order().forEach(order -> keys.add(query.distinct()
                    ? output.get(columns().indexOf(order.column()))
                    : value(row, order.column())));
            if (query.distinct()) {
                keys.addAll(output);
            } else {
                query.uses().forEach(use -> keys.add(value(row, new ColumnRef(use.name(), "id"))));
            }
            if (!query.distinct() || rows.stream().noneMatch(other -> same(other.output(), output))) {
                rows.add(new Sorted(output, keys));
            }
        }
        return rows;
    }

    private List<ColumnRef> columns() {
        if (!query.columns().isEmpty()) {
            return query.columns();
        }
        List<ColumnRef> all = new ArrayList<>();
        query.uses().forEach(use -> table(use.name()).columns().forEach(column -> {
            String name = column.name();
            if (query.positions().split() || !name.matches(".*_position_[xyz]")) {
                all.add(new ColumnRef(use.name(), name));
            } else if (name.endsWith("_x")) {
                all.add(new ColumnRef(use.name(), name.substring(0, name.length() - 2)));
            }
        }));
        return all;
    }

    private Object output(Map<String, List<Object>> row, ColumnRef ref) {
        VoxelSize own = table(ref.table()).info().resolution();
        VoxelSize wanted = query.positions().resolution().orElse(own);
        if (ref.column().endsWith("_position")) {
            List<Object> place = new ArrayList<>();
            for (int axis = 0; axis < 3; axis++) {
                Object voxel = value(row, new ColumnRef(ref.table(), ref.column() + "_" + "xyz".charAt(axis)));
                if (voxel == null) {
                    return null;
                }
                place.add(own.equals(wanted) ? voxel : (Object) ((int) voxel * (own.get(axis) / wanted.get(axis))));
            }
            return place;
        }
        Object value = value(row, ref);
        if (value != null && ref.column().matches(".*_position_[xyz]")) {
            int axis = ref.column().charAt(ref.column().length() - 1) - 'x';
            return own.get(axis) == wanted.get(axis)
                    ? value
                    : (Object) ((int) value * (own.get(axis) / wanted.get(axis)));
        }
        return value;
    }

    private List<Sorted> grouped(List<Map<String, List<Object>>> joined, Query.Grouping grouping) {
        List<List<Object>> keys = new ArrayList<>();
        List<List<Map<String, List<Object>>>> groups = new ArrayList<>();
        if (grouping.by().isEmpty()) {
            keys.add(List.of());
            groups.add(joined);
        } else {
            for (Map<String, List<Object>> row : joined) {
                List<Object> key = Arrays.asList(grouping.by().stream().map(ref -> value(row, ref)).toArray());
                int index = 0;
                while (index < keys.size() && !same(keys.get(index), key)) {
                    index++;
                }
                if (index == keys.size()) {
                    keys.add(key);
                    groups.add(new ArrayList<>());
                }
                groups.get(index).add(row);
            }
        }
        List<Sorted> rows = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            Map<String, Object> aggregates = new LinkedHashMap<>();
            for (Query.Aggregate aggregate : grouping.aggregates()) {
                aggregates.put(aggregate.name(), aggregate(aggregate, groups.get(i)));
            }
            if (grouping.having().stream().allMatch(having -> compares(aggregates.get(having.aggregate()),
                    having.comparison(), having.value().longValue()))) {
                List<Object> output = new ArrayList<>(keys.get(i));
                output.addAll(aggregates.values());
                List<Object> order = new ArrayList<>();
                for (Query.Order by : query.order()) {
                    order.add(by.column().table().isEmpty()
                            ? aggregates.get(by.column().column())
                            : keys.get(i).get(grouping.by().indexOf(by.column())));
                }
                order.addAll(keys.get(i));
                rows.add(new Sorted(output, order));
            }
        }
        return rows;
    }

    private Object aggregate(Query.Aggregate aggregate, List<Map<String, List<Object>>> group) {
        if (aggregate.column().isEmpty()) {
            return (long) group.size();
        }
        List<Object> values = group.stream().map(row -> value(row, aggregate.column().get())).filter(Objects::nonNull)
                .toList();
        boolean whole = values.stream().allMatch(value -> value instanceof Long || value instanceof Integer);
        return switch (aggregate.function()) {
            case COUNT -> (long) values.size();
            case COUNT_DISTINCT -> {
                List<Object> different = new ArrayList<>();
                values.stream().filter(v -> different.stream().noneMatch(other -> compare(other, v) == 0))
                        .forEach(different::add);
                yield (long) different.size();
            }
            case SUM -> values.isEmpty()
                    ? null
                    : whole
                            ? (Object) values.stream().mapToLong(v -> ((Number) v).longValue()).sum()
                            : (Object) values.stream().mapToDouble(v -> ((Number) v).doubleValue()).sum();
            case MEAN -> values.isEmpty()
                    ? null
                    : whole
                            ? (Object) (values.stream().map(v -> BigInteger.valueOf(((Number) v).longValue()))
                                    .reduce(BigInteger.ZERO, BigInteger::add).doubleValue() / values.size())
                            : (Object) (values.stream().mapToDouble(v -> ((Number) v).doubleValue()).sum()
                                    / values.size());
            case MIN -> values.stream().min(Oracle::compare).orElse(null);
            case MAX -> values.stream().max(Oracle::compare).orElse(null);
        };
    }

    private boolean meets(String use, List<Object> row) {
        return query.filters().stream().filter(filter -> filter.table().equals(use))
                .allMatch(filter -> meets(filter, Map.of(use, row)));
    }

    private boolean meets(Filter filter, Map<String, List<Object>> row) {
        return switch (filter) {
            case Filter.Compare(ColumnRef ref, Filter.Comparison comparison, Object value) ->
                compares(value(row, ref), comparison, typed(ref, value));
            case Filter.In(ColumnRef ref, Values values, boolean negated) -> {
                Object value = value(row, ref);
                boolean found = false;
                for (int i = 0; i < values.size() && value != null; i++) {
                    found |= compare(value, typed(ref, values.get(i))) == 0;
                }
                yield value != null && found != negated;
            }
            case Filter.Null(ColumnRef ref, boolean negated) -> (value(row, ref) == null) != negated;
            case Filter.Regex(ColumnRef ref, String pattern) -> value(row, ref) instanceof String text
                    && Pattern.compile(pattern, Pattern.DOTALL).matcher(text).find();
            case Filter.Inside inside -> {
                boolean in = true;
                VoxelSize size = table(inside.table()).info().resolution();
                for (int axis = 0; axis < 3; axis++) {
                    String column = inside.point().replaceFirst("_position$", "") + "_position_" + "xyz".charAt(axis);
                    Object voxel = value(row, new ColumnRef(inside.table(), column));
                    double at = voxel == null ? Double.NaN : (int) voxel * switch (inside.unit()) {
                        case VOXEL -> 1;
                        case NM -> size.get(axis);
                        case UM -> size.get(axis) / 1000;
                    };
                    in &= at >= inside.min().get(axis) - 1e-9 && at <= inside.max().get(axis) + 1e-9;
                }
                yield in;
            }
        };
    }

    /// A single-precision column is compared in single precision.
    private Object typed(ColumnRef ref, Object value) {
        ColumnType type = table(ref.table()).columns().get(table(ref.table()).index(ref.column())).type();
        if (value instanceof Instant moment) {
            return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
        }
        return type == ColumnType.FLOAT32 ? (Object) ((Number) value).floatValue() : value;
    }

    private static boolean compares(Object value, Filter.Comparison comparison, Object other) {
        if (value == null) {
            return false;
        }
        int sign = compare(value, other);
        return switch (comparison) {
            case EQUAL -> sign == 0;
            case NOT_EQUAL -> sign != 0;
            case GREATER -> sign > 0;
            case GREATER_EQUAL -> sign >= 0;
            case LESS -> sign < 0;
            case LESS_EQUAL -> sign <= 0;
        };
    }

    private TestTable table(String use) {
        return byUse.get(use);
    }

    private Object value(Map<String, List<Object>> row, ColumnRef ref) {
        List<Object> values = row.get(ref.table());
        return values == null ? null : values.get(table(ref.table()).index(ref.column()));
    }

    private static boolean same(List<Object> a, List<Object> b) {
        for (int i = 0; i < a.size(); i++) {
            if (order(a.get(i), b.get(i), false) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int order(Object a, Object b, boolean descending) {
        if (a == null || b == null) {
            return Objects.equals(a, b) ? 0 : a == null ? 1 : -1;
        }
        return descending ? compare(b, a) : compare(a, b);
    }

    static int compare(Object a, Object b) {
        if (a instanceof String s && b instanceof String t) {
            return Arrays.compareUnsigned(s.getBytes(StandardCharsets.UTF_8), t.getBytes(StandardCharsets.UTF_8));
        }
        if (a instanceof Boolean s && b instanceof Boolean t) {
            return Boolean.compare(s, t);
        }
        if (a instanceof Double || a instanceof Float || b instanceof Double || b instanceof Float) {
            // Adding 0 makes -0 the same as 0.
            return Double.compare(((Number) a).doubleValue() + 0.0, ((Number) b).doubleValue() + 0.0);
        }
        return Long.compare(((Number) a).longValue(), ((Number) b).longValue());
    }
}
