package org.neuropil.tables.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.sql.Sql;

/// Checks a query against the columns of its tables, and turns it into SQL of three layers: the joined rows (columns `c0`,
/// `c1`, …), the answer's columns (`o0`, …) with those that order it (`k0`, …), and the part of it that was asked for.
final class QueryCompiler {
    private static final Set<ColumnType> WHOLE = Set.of(ColumnType.ID, ColumnType.INT64, ColumnType.INT32);

    private final Query query;
    private final Scope scope;
    private final Problems problems = new Problems();
    private final Map<ColumnRef, String> joined = new LinkedHashMap<>();
    private final Map<String, List<BoundSql>> conditions = new HashMap<>();
    private final Hints hints = new Hints();
    private final FilterCompiler filters;

    private QueryCompiler(Query query, Map<String, Source> sources, Supplier<String> names) {
        this.query = query;
        this.scope = new Scope(query.uses(), sources);
        this.filters = new FilterCompiler(scope, problems, names);
    }

    /// Compiles a query.
    ///
    /// @param sources tables by their names
    /// @param names gives a new name for a table of values each time
    /// @throws org.neuropil.space.InputException if something in the query is wrong; it names up to five things
    static Compiled compile(Query query, Map<String, Source> sources, Supplier<String> names) {
        return new QueryCompiler(query, sources, names).compile();
    }

    private Compiled compile() {
        checkJoins();
        checkNumbers();
        for (Filter filter : query.filters()) {
            BoundSql condition = filters.compile(filter, hints);
            if (condition != null) {
                conditions.computeIfAbsent(filter.table(), _ -> new ArrayList<>()).add(condition);
            }
        }
        List<OutputCompiler.Output> outputs = query.grouping().isPresent()
                ? new GroupCompiler(scope, query, problems).outputs(this::use, optional())
                : new OutputCompiler(scope, query, problems).outputs(this::use, optional());
        OrderCompiler order = new OrderCompiler(scope, query, problems, outputs);
        order.compile(this::use, optional());
        List<@Nullable Object> page = problems.none() && query.page().isPresent()
                ? PageToken.read(query, query.page().get(), order.types())
                : List.of();
        problems.check();

        BoundSql rows = new BoundSql();
        BoundSql joinedRows = joinedRows();
        BoundSql inner = layer(outputs, order, joinedRows);
        rows.add("SELECT " + String.join(", ", Stream.iterate(0, i -> i < outputs.size(), i -> i + 1)
                .map(i -> "o" + i + " AS " + Sql.name(outputs.get(i).column().name())).toList()));
        BoundSql part = BoundSql.of(" FROM (").add(inner).add(") AS q");
        if (!page.isEmpty()) {
            part.add(" WHERE ").add(order.after(page));
        }
        boolean total = query.uses().size() > 1 || !filters.lists().isEmpty() || query.limit().isPresent()
                || query.offset() > 0 || query.page().isPresent() || query.sample().isPresent() || query.distinct()
                || query.grouping().isPresent() || !query.order().isEmpty();
        if (total) {
            part.add(order.orderBy());
        }
        rows.add(part);
        query.limit().ifPresent(limit -> rows.add(" LIMIT " + limit));
        if (query.offset() > 0) {
            rows.add(" OFFSET " + query.offset());
        }
        return new Compiled(outputs.stream().map(OutputCompiler.Output::column).toList(), rows,
                BoundSql.of("SELECT count(*) FROM (").add(inner).add(")"),
                BoundSql.of("SELECT " + String.join(", ", order.read())).add(part), order.types(),
                !order.types().isEmpty() && order.tellsRowsApart(), checks(), filters.lists(), filters.patterns());
    }

    /// The name of a table's column among the joined rows.
    private String use(ColumnRef ref) {
        return joined.computeIfAbsent(ref, _ -> "c" + joined.size());
    }

    /// Tables of which a row may be missing.
    private Set<String> optional() {
        Set<String> optional = new HashSet<>();
        query.joins().stream().filter(join -> join.kind() == Join.Kind.LEFT)
                .forEach(join -> optional.add(join.right().table()));
        return optional;
    }

    private void checkJoins() {
        if (query.joins().size() != query.uses().size() - 1) {
            throw new IllegalArgumentException(query.uses().size() + " tables, " + query.joins().size() + " joins");
        }
        for (int i = 0; i < query.joins().size(); i++) {
            Join join = query.joins().get(i);
            Column left = scope.column(join.left(), problems);
            Column right = scope.column(join.right(), problems);
            int place = scope.uses().indexOf(join.left().table());
            if (place > i || scope.uses().indexOf(join.right().table()) != i + 1) {
                problems.add("'" + join.left() + "' = '" + join.right() + "' does not join table " + (i + 2)
                        + " to one before it", "joins", "name a column of a table before it first");
            }
            if (left != null && right != null && left.type() != right.type()
                    && !(WHOLE.contains(left.type()) && WHOLE.contains(right.type()))) {
                problems.add("'" + join.left() + "' is " + left.type() + ", '" + join.right() + "' is " + right.type(),
                        "joins", "join columns of the same type");
            }
        }
    }

    private void checkNumbers() {
        if (query.limit().orElse(0) < 0) {
            problems.add(query.limit().orElse(0) + " is below 0", "limit", "");
        }
        if (query.offset() < 0) {
            problems.add(query.offset() + " is below 0", "offset", "");
        }
        if (query.offset() > 0 && query.page().isPresent()) {
            problems.add("a page begins where the one before it ended", "offset", "leave one of offset and page out");
        }
        query.sample().filter(sample -> sample.rows() < 0)
                .ifPresent(sample -> problems.add(sample.rows() + " is below 0", "random_sample", ""));
    }

    private BoundSql joinedRows() {
        Hints known = hints
                .through(query.joins().stream().filter(join -> isId(join.left()) && isId(join.right())).toList());
        BoundSql from = new BoundSql();
        for (int i = 0; i < scope.uses().size(); i++) {
            String use = scope.uses().get(i);
            if (i > 0) {
                Join join = query.joins().get(i - 1);
                from.add(join.kind() == Join.Kind.LEFT ? " LEFT JOIN " : " JOIN ");
            }
            from.add(table(use, known.of(use).by(keys(use)))).add(" AS t" + i);
            if (i > 0) {
                Join join = query.joins().get(i - 1);
                from.add(" ON " + place(join.left()) + " = " + place(join.right()));
            }
        }
        String sampling = query.sample().filter(sample -> !sample.beforeFilters())
                .map(sample -> sampling(scope.uses().stream().flatMap(
                        use -> scope.key(use).stream().map(column -> place(new ColumnRef(use, column.name()))))
                        .toList(),
                        sample))
                .orElse("");
        List<String> columns = new ArrayList<>();
        joined.forEach((ref, name) -> columns.add(place(ref) + " AS " + name));
        return BoundSql.of("SELECT " + (columns.isEmpty() ? "1 AS c" : String.join(", ", columns)) + " FROM ").add(from)
                .add(sampling);
    }

    /// Columns of ids that a table's rows are joined or grouped by.
    private List<String> keys(String use) {
        return Stream
                .concat(query.joins().stream().flatMap(join -> Stream.of(join.left(), join.right())),
                        query.grouping().stream().flatMap(grouping -> grouping.by().stream()))
                .filter(ref -> ref.table().equals(use) && isId(ref)).map(ColumnRef::column)
                .distinct().toList();
    }

    private boolean isId(ColumnRef ref) {
        return scope.columns(ref.table()).stream()
                .anyMatch(column -> column.name().equals(ref.column()) && column.type() == ColumnType.ID);
    }

    private String place(ColumnRef ref) {
        return "t" + scope.uses().indexOf(ref.table()) + "." + Sql.name(ref.column());
    }

    /// Rows of a table that meet its filters.
    private BoundSql table(String use, Hint hint) {
        Source source = scope.source(use);
        Query.Sample sample = use.equals(scope.uses().getFirst())
                ? query.sample().filter(Query.Sample::beforeFilters).orElse(null)
                : null;
        String rows = sample == null ? source.relation(hint) : sampled(source, sample, scope.key(use));
        BoundSql sql = BoundSql.of("(SELECT * FROM " + rows + " AS r");
        List<BoundSql> all = conditions.getOrDefault(use, List.of());
        if (!all.isEmpty()) {
            sql.add(" WHERE (").add(BoundSql.join(") AND (", all)).add(")");
        }
        return sql.add(")");
    }

    private static String sampled(Source source, Query.Sample sample, List<Column> key) {
        String all = source.relation(Hint.NONE);
        String sampling = sampling(key.stream().map(column -> Sql.name(column.name())).toList(), sample);
        if (key.size() != 1) {
            return "(SELECT * FROM " + all + " AS s" + sampling + ")";
        }
        String id = Sql.name(key.getFirst().name());
        return "(SELECT * FROM " + all + " AS s WHERE " + id + " IN (SELECT " + id + " FROM " + all + " AS n" + sampling
                + "))";
    }

    /// The rows whose ids have the smallest hashes. Hashed twice, since the inner hash only xors the seed in.
    private static String sampling(List<String> keys, Query.Sample sample) {
        String all = String.join(", ", keys);
        return " ORDER BY hash(hash(" + all + ", CAST(" + sample.seed() + " AS BIGINT))), " + all + " LIMIT "
                + sample.rows();
    }

    private BoundSql layer(List<OutputCompiler.Output> outputs, OrderCompiler order, BoundSql from) {
        BoundSql sql = BoundSql.of(query.distinct() ? "SELECT DISTINCT " : "SELECT ");
        for (int i = 0; i < outputs.size(); i++) {
            sql.add(i == 0 ? "" : ", ").add(outputs.get(i).expression()).add(" AS o" + i);
        }
        order.hidden().forEach((name, expression) -> sql.add(", " + expression + " AS " + name));
        sql.add(" FROM (").add(from).add(") AS j");
        Query.Grouping grouping = query.grouping().orElse(null);
        if (grouping == null) {
            return sql;
        }
        if (!grouping.by().isEmpty()) {
            sql.add(" GROUP BY " + String.join(", ", grouping.by().stream().map(this::use).toList()));
        }
        List<BoundSql> having = new GroupCompiler(scope, query, problems).having(outputs);
        return having.isEmpty()
                ? sql
                : BoundSql.of("SELECT * FROM (").add(sql).add(") AS g WHERE ").add(BoundSql.join(" AND ", having));
    }

    private List<Compiled.Check> checks() {
        List<Compiled.Check> checks = new ArrayList<>();
        for (Join join : query.joins()) {
            if (join.cardinality().oneLeft()) {
                addCheck(checks, join, join.left());
            }
            if (join.cardinality().oneRight()) {
                addCheck(checks, join, join.right());
            }
        }
        return checks;
    }

    private void addCheck(List<Compiled.Check> checks, Join join, ColumnRef column) {
        if (!column.column().equals("id") || !scope.hasKey(column.table())) {
            String name = Sql.name(column.column());
            checks.add(new Compiled.Check(join, column,
                    BoundSql.of("SELECT CAST(" + name + " AS VARCHAR), count(*) FROM ")
                            .add(table(column.table(), hints.of(column.table()))).add(" AS t WHERE " + name
                                    + " IS NOT NULL GROUP BY " + name + " HAVING count(*) > 1 ORDER BY " + name
                                    + " LIMIT 1")));
        }
    }
}
