package org.neuropil.tables.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.query.Filter.Comparison;

/// Builds a [Query]. A column is named `column`, of the first table, or `table.column`. Names and values are checked when
/// the query is answered.
///
/// ```
/// Query inputs = QueryBuilder.from("synapses").equal("post_pt_root_id", cell)
///         .join("cell_types", "pre_pt_root_id", "pt_root_id", Join.Cardinality.MANY_TO_ONE)
///         .groupBy("cell_types.cell_type").count("synapses").build();
/// ```
public final class QueryBuilder {
    private final List<Query.Use> uses = new ArrayList<>();
    private final List<Join> joins = new ArrayList<>();
    private final List<Filter> filters = new ArrayList<>();
    private final List<ColumnRef> columns = new ArrayList<>();
    private final Map<String, String> suffixes = new LinkedHashMap<>();
    private final List<ColumnRef> by = new ArrayList<>();
    private final List<Query.Aggregate> aggregates = new ArrayList<>();
    private final List<Query.Having> having = new ArrayList<>();
    private final List<Query.Order> order = new ArrayList<>();
    private Query.Positions positions = Query.Positions.PLAIN;
    private OptionalLong limit = OptionalLong.empty();
    private long offset;
    private Optional<String> page = Optional.empty();
    private Optional<Query.Sample> sample = Optional.empty();
    private boolean distinct;
    private boolean grouped;

    private QueryBuilder(Query.Use first) {
        uses.add(first);
    }

    /// Begins with a table, under its own name.
    public static QueryBuilder from(String table) {
        return from(table, table);
    }

    /// Begins with a table, under another name.
    public static QueryBuilder from(String table, String name) {
        return new QueryBuilder(new Query.Use(name, table));
    }

    /// Joins a table by equal values; rows that meet none are left out.
    ///
    /// @param left column of a table before it
    /// @param right column of the table, without its name
    public QueryBuilder join(String table, String left, String right, Join.Cardinality cardinality) {
        return join(table, table, left, right, Join.Kind.INNER, cardinality);
    }

    /// Joins a table under a name.
    public QueryBuilder join(String table, String name, String left, String right, Join.Kind kind,
            Join.Cardinality cardinality) {
        uses.add(new Query.Use(name, table));
        joins.add(new Join(ref(left), new ColumnRef(name, right), kind, cardinality));
        return this;
    }

    /// Keeps rows that meet a filter.
    public QueryBuilder where(Filter filter) {
        filters.add(filter);
        return this;
    }

    /// Keeps rows whose value compares so.
    public QueryBuilder where(String column, Comparison comparison, @Nullable Object value) {
        return where(new Filter.Compare(ref(column), comparison, value));
    }

    /// Keeps rows with this value.
    public QueryBuilder equal(String column, @Nullable Object value) {
        return where(column, Comparison.EQUAL, value);
    }

    /// Keeps rows with one of these ids or whole numbers.
    public QueryBuilder in(String column, long... values) {
        return where(new Filter.In(ref(column), new Values.Longs(values), false));
    }

    /// Keeps rows with one of these values.
    public QueryBuilder in(String column, List<@Nullable Object> values) {
        return where(new Filter.In(ref(column), new Values.Any(values), false));
    }

    /// Keeps rows with none of these ids or whole numbers.
    public QueryBuilder notIn(String column, long... values) {
        return where(new Filter.In(ref(column), new Values.Longs(values), true));
    }

    /// Keeps rows with none of these values.
    public QueryBuilder notIn(String column, List<@Nullable Object> values) {
        return where(new Filter.In(ref(column), new Values.Any(values), true));
    }

    /// Keeps rows whose value is absent.
    public QueryBuilder isNull(String column) {
        return where(new Filter.Null(ref(column), false));
    }

    /// Keeps rows whose value is not absent.
    public QueryBuilder notNull(String column) {
        return where(new Filter.Null(ref(column), true));
    }

    /// Keeps rows with text that matches in part.
    public QueryBuilder regex(String column, String pattern) {
        return where(new Filter.Regex(ref(column), pattern));
    }

    /// Keeps rows whose point lies in a box, borders included.
    public QueryBuilder inside(String point, double[] min, double[] max, Filter.Unit unit) {
        ColumnRef ref = ref(point);
        return where(new Filter.Inside(ref.table(), ref.column(), boxed(min), boxed(max), unit));
    }

    /// Adds columns to the answer; without any, it has all.
    public QueryBuilder select(String... names) {
        for (String name : names) {
            columns.add(ref(name));
        }
        return this;
    }

    /// Says what is put behind names that several tables have.
    public QueryBuilder suffix(String table, String suffix) {
        suffixes.put(table, suffix);
        return this;
    }

    /// Says how places are given.
    public QueryBuilder positions(Optional<VoxelSize> resolution, boolean split) {
        positions = new Query.Positions(resolution, split);
        return this;
    }

    /// Makes one row of those with the same values; without columns, one of all.
    public QueryBuilder groupBy(String... names) {
        grouped = true;
        for (String name : names) {
            by.add(ref(name));
        }
        return this;
    }

    /// Tells something of each group.
    public QueryBuilder aggregate(Query.Function function, String column, String name) {
        grouped = true;
        aggregates.add(new Query.Aggregate(function, Optional.of(ref(column)), name));
        return this;
    }

    /// Counts the rows of each group.
    public QueryBuilder count(String name) {
        grouped = true;
        aggregates.add(new Query.Aggregate(Query.Function.COUNT, Optional.empty(), name));
        return this;
    }

    /// Keeps groups of which an aggregate compares so.
    public QueryBuilder having(String aggregate, Comparison comparison, Number value) {
        having.add(new Query.Having(aggregate, comparison, value));
        return this;
    }

    /// Orders by a column: of a table as `table.column`; else of the answer, or of the first table if the answer has none
    /// of that name.
    public QueryBuilder orderBy(String column, boolean descending) {
        int dot = column.indexOf('.');
        order.add(new Query.Order(dot < 0 ? ColumnRef.ofAnswer(column) : ref(column), descending));
        return this;
    }

    /// At most so many rows.
    public QueryBuilder limit(long rows) {
        limit = OptionalLong.of(rows);
        return this;
    }

    /// Leaves rows out first.
    public QueryBuilder offset(long rows) {
        offset = rows;
        return this;
    }

    /// Goes on after another answer to this query.
    public QueryBuilder page(String token) {
        page = Optional.of(token);
        return this;
    }

    /// Takes a random sample of the rows that meet everything.
    public QueryBuilder sample(long rows, long seed) {
        return sample(rows, seed, false);
    }

    /// Takes a random sample.
    public QueryBuilder sample(long rows, long seed, boolean beforeFilters) {
        sample = Optional.of(new Query.Sample(rows, seed, beforeFilters));
        return this;
    }

    /// Has each row of the answer once.
    public QueryBuilder distinct() {
        distinct = true;
        return this;
    }

    /// The query.
    public Query build() {
        return new Query(uses, joins, filters, columns, suffixes, positions,
                grouped ? Optional.of(new Query.Grouping(by, aggregates, having)) : Optional.empty(), order, limit,
                offset, page, sample, distinct);
    }

    private ColumnRef ref(String name) {
        int dot = name.indexOf('.');
        return dot < 0
                ? new ColumnRef(uses.getFirst().name(), name)
                : new ColumnRef(name.substring(0, dot), name.substring(dot + 1));
    }

    private static List<Double> boxed(double[] values) {
        List<Double> list = new ArrayList<>();
        for (double value : values) {
            list.add(value);
        }
        return list;
    }
}
