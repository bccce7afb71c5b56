package org.neuropil.tables.query;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnType;

/// Works out the columns of an answer that is grouped.
final class GroupCompiler {
    private final Scope scope;
    private final Query query;
    private final Query.Grouping grouping;
    private final Problems problems;

    GroupCompiler(Scope scope, Query query, Problems problems) {
        this.scope = scope;
        this.query = query;
        this.grouping = query.grouping().orElseThrow();
        this.problems = problems;
    }

    List<OutputCompiler.Output> outputs(Function<ColumnRef, String> joined, Set<String> optional) {
        if (grouping.by().isEmpty() && grouping.aggregates().isEmpty()) {
            problems.add("groups have no columns", "group_by", "group by a column, or count");
        }
        if (!query.columns().isEmpty()) {
            problems.add("columns are chosen of an answer that is grouped", "select_columns",
                    "it has the columns that it is grouped by, and the aggregates");
        }
        checkPlaces();
        List<ColumnRef> by = grouping.by().stream().filter(ref -> scope.column(ref, problems) != null).toList();
        if (by.stream().distinct().count() < by.size()) {
            problems.add("a column is grouped by twice: " + by, "group_by", "name it once");
        }
        List<OutputCompiler.Output> outputs = by.isEmpty()
                ? new ArrayList<>()
                : new OutputCompiler(scope, columns(by), problems).outputs(joined, optional);
        Set<String> names = new HashSet<>();
        outputs.forEach(output -> names.add(output.column().name()));
        for (Query.Aggregate aggregate : grouping.aggregates()) {
            OutputCompiler.checkName(aggregate.name(), "aggregates", false, problems);
            if (!names.add(aggregate.name())) {
                problems.add("two columns of the answer are called '" + aggregate.name() + "'", "aggregates",
                        "give one another name");
            }
            Optional<Column> column = aggregate.column()
                    .flatMap(ref -> Optional.ofNullable(scope.column(ref, problems)));
            if (aggregate.column().isPresent() && column.isEmpty()) {
                continue;
            }
            OutputCompiler.Output output = aggregate(aggregate, column.orElse(null), joined);
            if (output != null) {
                outputs.add(output);
            }
        }
        if (problems.none()) {
            having(outputs);
        }
        return outputs;
    }

    private void checkPlaces() {
        boolean places = Stream
                .concat(grouping.by().stream(),
                        grouping.aggregates().stream()
                                .filter(aggregate -> aggregate.function() != Query.Function.COUNT
                                        && aggregate.function() != Query.Function.COUNT_DISTINCT)
                                .flatMap(aggregate -> aggregate.column().stream()))
                .anyMatch(ref -> scope.pointOf(ref.table(), ref.column()) != null);
        if (places && query.positions().resolution().isPresent()) {
            problems.add("positions of groups are given in voxels of their table", "desired_resolution",
                    "leave it out");
        }
    }

    /// The query for the columns that it is grouped by, with positions as they are.
    private Query columns(List<ColumnRef> columns) {
        return new Query(query.uses(), query.joins(), List.of(), columns, query.suffixes(), Query.Positions.PLAIN,
                Optional.empty(), List.of(), query.limit(), 0, Optional.empty(), Optional.empty(), false);
    }

    private OutputCompiler.@Nullable Output aggregate(Query.Aggregate aggregate, @Nullable Column column,
            Function<ColumnRef, String> joined) {
        if (column == null) {
            if (aggregate.function() != Query.Function.COUNT) {
                problems.add(aggregate.function() + " of no column", aggregate.name(), "name a column");
                return null;
            }
            return output(aggregate.name(), ColumnType.INT64, false, "count(*)");
        }
        String name = joined.apply(aggregate.column().orElseThrow());
        ColumnType type = column.type();
        boolean number = type != ColumnType.ID && type != ColumnType.BOOLEAN && type != ColumnType.TEXT
                && type != ColumnType.TIMESTAMP;
        boolean whole = type == ColumnType.INT32 || type == ColumnType.INT64;
        boolean fits = switch (aggregate.function()) {
            case COUNT, COUNT_DISTINCT -> true;
            case SUM, MEAN -> number;
            case MIN, MAX -> type != ColumnType.BOOLEAN;
        };
        if (!fits) {
            problems.add(aggregate.function() + " of a column of " + type, aggregate.column().orElseThrow().toString(),
                    "it can be counted");
            return null;
        }
        return switch (aggregate.function()) {
            case COUNT -> output(aggregate.name(), ColumnType.INT64, false, "count(" + name + ")");
            case COUNT_DISTINCT -> output(aggregate.name(), ColumnType.INT64, false, "count(DISTINCT " + name + ")");
            case SUM -> whole
                    ? output(aggregate.name(), ColumnType.INT64, true, sum(name))
                    : output(aggregate.name(), ColumnType.FLOAT64, true, "sum(CAST(" + name + " AS DOUBLE))");
            case MEAN -> output(aggregate.name(), ColumnType.FLOAT64, true,
                    whole ? "avg(" + name + ")" : "avg(CAST(" + name + " AS DOUBLE))");
            case MIN -> output(aggregate.name(), type, true, "min(" + name + ")");
            case MAX -> output(aggregate.name(), type, true, "max(" + name + ")");
        };
    }

    private static OutputCompiler.Output output(String name, ColumnType type, boolean nullable, String expression) {
        return new OutputCompiler.Output(new OutputColumn(name, type, nullable, false, Optional.empty()),
                BoundSql.of(expression));
    }

    /// By way of text, so that no optimizer reckons with how large a sum may be: DuckDB 2.0.0 estimates that from how many
    /// rows it expects, and estimates are wrong.
    private static String sum(String name) {
        return "CAST(CAST(sum(CAST(" + name + " AS HUGEINT)) AS VARCHAR) AS BIGINT)";
    }

    /// Conditions over the groups.
    List<BoundSql> having(List<OutputCompiler.Output> outputs) {
        List<BoundSql> conditions = new ArrayList<>();
        for (Query.Having having : grouping.having()) {
            int index = -1;
            for (int i = 0; i < outputs.size(); i++) {
                OutputColumn column = outputs.get(i).column();
                index = column.origin().isEmpty() && column.name().equals(having.aggregate()) ? i : index;
            }
            if (index < 0) {
                problems.addUnknown("aggregate", having.aggregate(), "having",
                        grouping.aggregates().stream().map(Query.Aggregate::name).toList());
                continue;
            }
            ColumnType type = outputs.get(index).column().type();
            Object value = TypedValue.of(type, having.value(), "having." + having.aggregate(), problems);
            if (value != null) {
                conditions.add(BoundSql.of("o" + index + " " + having.comparison().sql() + " ").value(type, value));
            }
        }
        return conditions;
    }
}
