package org.neuropil.tables.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.sql.Sql;

/// Checks filters, and turns each into a condition over its table alone.
final class FilterCompiler {
    /// Longer lists become tables.
    private static final int PARAMETERS = 32;
    /// Part of a voxel within which a length means the voxel.
    private static final double NEAR = 1e-6;

    private final Scope scope;
    private final Problems problems;
    private final Supplier<String> names;
    private final List<InList> lists = new ArrayList<>();
    private final List<String> patterns = new ArrayList<>();

    FilterCompiler(Scope scope, Problems problems, Supplier<String> names) {
        this.scope = scope;
        this.problems = problems;
        this.names = names;
    }

    /// Tables that have to be there before a condition is evaluated.
    List<InList> lists() {
        return lists;
    }

    /// Regular expressions, of which only DuckDB knows whether they are any.
    List<String> patterns() {
        return patterns;
    }

    /// The condition, and what it says of the rows; null if something is wrong.
    @Nullable
    BoundSql compile(Filter filter, Hints hints) {
        return switch (filter) {
            case Filter.Compare compare -> compare(compare, hints);
            case Filter.In in -> in(in, hints);
            case Filter.Null isNull -> {
                Column column = scope.column(isNull.column(), problems);
                yield column == null
                        ? null
                        : BoundSql.of(Sql.name(column.name()) + (isNull.negated() ? " IS NOT NULL" : " IS NULL"));
            }
            case Filter.Regex regex -> regex(regex);
            case Filter.Inside inside -> inside(inside, hints);
        };
    }

    private @Nullable BoundSql compare(Filter.Compare filter, Hints hints) {
        Column column = scope.column(filter.column(), problems);
        if (column == null) {
            return null;
        }
        String where = filter.column().toString();
        if (column.type() == ColumnType.BOOLEAN && filter.comparison().isOrder()) {
            problems.add("true and false have no order", where, "use equal");
            return null;
        }
        Object value = TypedValue.of(column.type(), filter.value(), where, problems);
        if (value == null) {
            return null;
        }
        if (filter.comparison() == Filter.Comparison.EQUAL && column.type() == ColumnType.ID) {
            hints.ids(filter.column(), new long[]{(Long) value});
        }
        return BoundSql.of(Sql.name(column.name()) + " " + filter.comparison().sql() + " ").value(column.type(), value);
    }

    private @Nullable BoundSql in(Filter.In filter, Hints hints) {
        Column column = scope.column(filter.column(), problems);
        if (column == null) {
            return null;
        }
        Values values = typed(column.type(), filter.values(), filter.column().toString());
        if (values == null) {
            return null;
        }
        if (values.size() == 0) {
            // Not of absent values, as for any other list.
            return BoundSql.of(filter.negated() ? Sql.name(column.name()) + " IS NOT NULL" : "FALSE");
        }
        if (column.type() == ColumnType.ID && !filter.negated() && values instanceof Values.Longs(long[] ids)) {
            hints.ids(filter.column(), ids);
        }
        BoundSql sql = BoundSql.of(Sql.name(column.name()) + (filter.negated() ? " NOT IN (" : " IN ("));
        if (values.size() > PARAMETERS) {
            InList list = new InList(names.get(), column.type(), values);
            lists.add(list);
            return sql.add("SELECT v FROM main." + list.name() + ")");
        }
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            sql.add(i == 0 ? "" : ", ").value(column.type(),
                    column.type() == ColumnType.INT32 && value instanceof Long n
                            ? (Object) n.intValue()
                            : Objects.requireNonNull(value));
        }
        return sql.add(")");
    }

    /// The values as those of the column; of ids as [Values.Longs].
    private @Nullable Values typed(ColumnType type, Values values, String where) {
        if (values instanceof Values.Longs(long[] longs) && (type == ColumnType.ID || type == ColumnType.INT64)) {
            for (long value : longs) {
                if (value < 0 && type == ColumnType.ID) {
                    problems.add(value + " is no id", where, "ids are not negative, and below 2^63");
                    return null;
                }
            }
            return values;
        }
        boolean whole = type == ColumnType.ID || type == ColumnType.INT64;
        long[] longs = new long[whole ? values.size() : 0];
        List<@Nullable Object> others = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Object value = TypedValue.of(type, values.get(i), where, problems);
            if (value == null) {
                return null;
            }
            if (whole) {
                longs[i] = (Long) value;
            } else {
                others.add(value);
            }
        }
        return whole ? new Values.Longs(longs) : new Values.Any(others);
    }

    private @Nullable BoundSql regex(Filter.Regex filter) {
        Column column = scope.column(filter.column(), problems);
        if (column == null) {
            return null;
        }
        if (column.type() != ColumnType.TEXT) {
            problems.add("a column of " + column.type() + " matches no regular expression", filter.column().toString(),
                    "use equal, in or a comparison");
            return null;
        }
        patterns.add(filter.pattern());
        return BoundSql.of("regexp_matches(" + Sql.name(column.name()) + ", ").value(ColumnType.TEXT, filter.pattern())
                .add(", 's')");
    }

    private @Nullable BoundSql inside(Filter.Inside filter, Hints hints) {
        String where = filter.table() + "." + filter.point();
        if (scope.index(filter.table(), where, problems) < 0) {
            return null;
        }
        String point = scope.point(filter.table(), filter.point());
        if (point == null) {
            List<String> points = scope.columns(filter.table()).stream()
                    .filter(column -> column.name().endsWith("_position_x"))
                    .map(column -> column.name().substring(0, column.name().length() - 2)).toList();
            problems.addUnknown("point", filter.point(), where, points);
            return null;
        }
        if (filter.min().size() != 3 || filter.max().size() != 3) {
            problems.add("a box is given by two corners of three numbers", where, "write [[x, y, z], [x, y, z]]");
            return null;
        }
        VoxelSize size = scope.source(filter.table()).info().resolution();
        long[] low = new long[3];
        long[] high = new long[3];
        for (int axis = 0; axis < 3; axis++) {
            double min = filter.min().get(axis);
            double max = filter.max().get(axis);
            if (!(min < max) || Double.isInfinite(min) || Double.isInfinite(max)) {
                problems.add("a box from " + filter.min() + " to " + filter.max() + " holds nothing", where,
                        "the first corner has to be smaller on every axis");
                return null;
            }
            double voxel = switch (filter.unit()) {
                case VOXEL -> 1;
                case NM -> size.get(axis);
                case UM -> size.get(axis) / 1000;
            };
            double near = filter.unit() == Filter.Unit.VOXEL ? 0 : NEAR;
            low[axis] = clamp(Math.ceil(min / voxel - near));
            high[axis] = clamp(Math.floor(max / voxel + near));
        }
        hints.box(filter.table(), point, low, high);
        BoundSql sql = new BoundSql();
        List<String> axes = Scope.axes(point);
        for (int axis = 0; axis < 3; axis++) {
            sql.add(axis == 0 ? "" : " AND ").add(Sql.name(axes.get(axis))).add(" BETWEEN ")
                    .value(ColumnType.INT64, low[axis]).add(" AND ").value(ColumnType.INT64, high[axis]);
        }
        return sql;
    }

    /// To just outside of what a coordinate can be.
    private static long clamp(double value) {
        return (long) Math.clamp(value, Integer.MIN_VALUE - 1.0, Integer.MAX_VALUE + 1.0);
    }
}
