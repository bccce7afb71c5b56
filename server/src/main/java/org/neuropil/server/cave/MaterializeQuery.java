package org.neuropil.server.cave;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import org.neuropil.server.http.Call;
import org.neuropil.server.http.Problem;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.query.ColumnRef;
import org.neuropil.tables.query.Filter;
import org.neuropil.tables.query.Query;
import org.neuropil.tables.query.Source;

/// Makes a query of what a client asks.
final class MaterializeQuery {
    private static final String ROOT = "root_id";
    private static final String SUPERVOXEL = "supervoxel_id";
    private static final long MOST_SAMPLED = Long.MAX_VALUE;

    private final CaveQuery parameters;
    private final MaterializeBody body;
    private final MaterializeBody.Joined joined;
    private final Map<String, Source> sources;
    private final Map<String, String> suffixes;

    /// @param sources its tables by their names
    MaterializeQuery(Call call, MaterializeBody body, MaterializeBody.Joined joined, Map<String, Source> sources) {
        this.parameters = new CaveQuery(call);
        this.body = body;
        this.joined = joined;
        this.sources = sources;
        this.suffixes = body.suffixes(joined.tables());
    }

    /// Whether only the number of rows is asked for.
    boolean isCount() {
        return parameters.flag("count", false);
    }

    /// The query.
    ///
    /// @param filters that it has
    /// @param supervoxels true to have the supervoxels too where roots are asked for, by which clients follow these
    Query query(List<Filter> filters, boolean supervoxels) throws IOException {
        List<Query.Use> uses = joined.tables().stream().map(name -> new Query.Use(name, name)).toList();
        // A view need not have ids.
        String first = joined.tables().getFirst();
        List<Query.Order> order = has(first, "id")
                ? List.of(new Query.Order(new ColumnRef(first, "id"), false))
                : List.of();
        return new Query(uses, joined.joins(), filters, columns(supervoxels), suffixes,
                new Query.Positions(body.resolution(), parameters.flag("split_positions", false)), Optional.empty(),
                order, body.number("limit"), body.number("offset").orElse(0),
                Optional.empty(), sample(), false);
    }

    /// How many rows a query has, as a table of one column `count`.
    static Query count(Query query) {
        return new Query(query.uses(), query.joins(), query.filters(), List.of(), query.suffixes(), query.positions(),
                Optional.of(new Query.Grouping(List.of(),
                        List.of(new Query.Aggregate(Query.Function.COUNT, Optional.empty(), "count")), List.of())),
                List.of(), OptionalLong.empty(), 0, Optional.empty(), query.sample(), false);
    }

    /// The same query with rows as they come.
    static Query unordered(Query query) {
        return new Query(query.uses(), query.joins(), query.filters(), query.columns(), query.suffixes(),
                query.positions(), query.grouping(), List.of(), query.limit(), query.offset(), query.page(),
                query.sample(), query.distinct());
    }

    /// Whether it asks for all rows of a table.
    static boolean isWhole(Query query) {
        return query.uses().size() == 1 && query.filters().isEmpty() && query.limit().isEmpty() && query.offset() == 0
                && query.sample().isEmpty();
    }

    private Optional<Query.Sample> sample() {
        return number("random_sample").filter(rows -> rows > 0)
                .map(rows -> new Query.Sample(rows, number("random_seed").orElse(0L), true));
    }

    private Optional<Long> number(String name) {
        return parameters.call().parameter(name).filter(text -> !text.isEmpty()).map(text -> {
            if (!text.matches("[0-9]{1,18}")) {
                throw Problem.parameter(name, "'" + MaterializeFilters.shown(text) + "' is not a whole number",
                        "write 0 to " + MOST_SAMPLED);
            }
            return Long.parseLong(text);
        });
    }

    private List<ColumnRef> columns(boolean supervoxels) {
        Set<ColumnRef> columns = new LinkedHashSet<>();
        Map<String, List<String>> chosen = body.columns(joined.tables(), this::find);
        for (String table : joined.tables()) {
            List<String> names = chosen.getOrDefault(table, List.of());
            for (String name : names) {
                if (supervoxels && name.endsWith(ROOT)) {
                    String beside = name.substring(0, name.length() - ROOT.length()) + SUPERVOXEL;
                    if (has(table, beside) && !names.contains(beside)) {
                        columns.add(new ColumnRef(table, beside));
                    }
                }
                columns.add(new ColumnRef(table, name));
            }
        }
        return List.copyOf(columns);
    }

    /// Which columns a name means: those of all tables that have one of it, or that which has it with its table's suffix.
    private List<ColumnRef> find(String name) {
        List<ColumnRef> found = new ArrayList<>();
        for (String table : joined.tables()) {
            if (has(table, name)) {
                found.add(new ColumnRef(table, name));
            }
        }
        for (String table : joined.tables()) {
            String suffix = suffixes.getOrDefault(table, "");
            if (found.isEmpty() && !suffix.isEmpty() && name.endsWith(suffix)) {
                String plain = name.substring(0, name.length() - suffix.length());
                if (has(table, plain)) {
                    return List.of(new ColumnRef(table, plain));
                }
            }
        }
        // Whoever answers the query tells that there is no such column.
        return found.isEmpty() ? List.of(new ColumnRef(joined.tables().getFirst(), name)) : found;
    }

    private boolean has(String table, String name) {
        Source source = sources.get(table);
        return source != null && source.columns().stream().map(Column::name)
                .anyMatch(column -> column.equals(name) || column.equals(name + "_x") && name.endsWith("_position"));
    }
}
