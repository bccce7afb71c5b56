package org.neuropil.tables.ask;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.query.Filter;
import org.neuropil.tables.query.Query;
import org.neuropil.tables.query.QueryBuilder;
import org.neuropil.tables.query.Source;

/// A query in words.
///
/// @param table that it begins with
/// @param where conditions, see [Condition]
/// @param join tables, see [JoinText]
/// @param select columns of the answer; all if empty
/// @param boxes by points: six numbers, lower corner first
/// @param unit of boxes
/// @param groups columns with the same values in one row
/// @param count whether to tell how many rows a group has
/// @param aggregates columns by functions; named `sum_size` in the answer
/// @param order columns, with `-` before them for the largest first
/// @param positions unit of positions in the answer; empty for voxels of the table
/// @param limit of rows
/// @param page to go on after
/// @param sample so many rows by chance
/// @param seed of the chance
public record QueryText(String table, List<String> where, List<String> join, List<String> select,
        Map<String, double[]> boxes, Filter.Unit unit, List<String> groups, boolean count,
        Map<Query.Function, List<String>> aggregates, List<String> order, Optional<VoxelSize> positions,
        OptionalLong limit, Optional<String> page, OptionalLong sample, long seed) {
    private static final String NUMBER = "[+-]?\\d{1,15}(\\.\\d{0,15})?";

    /// Reads a box, `x0,y0,z0:x1,y1,z1`.
    ///
    /// @throws InputException if it is none
    public static double[] box(String text) {
        String[] words = text.strip().split("[,:]", -1);
        double[] corners = new double[6];
        boolean fits = words.length == 6 && text.matches("[^:]*,[^:]*,[^:]*:[^:]*");
        for (int i = 0; fits && i < 6; i++) {
            fits = words[i].strip().matches(NUMBER);
            corners[i] = fits ? Double.parseDouble(words[i].strip()) : 0;
        }
        if (!fits) {
            throw new InputException("'" + text + "' is not a box", "--box", "write x0,y0,z0:x1,y1,z1");
        }
        return corners;
    }

    /// The tables that it reads.
    ///
    /// @throws InputException if a join is none
    public List<String> tables() {
        LinkedHashSet<String> names = new LinkedHashSet<>(List.of(table));
        join.forEach(one -> names.add(JoinText.parse(one).table()));
        return List.copyOf(names);
    }

    /// The nuclei that conditions name in place of roots.
    ///
    /// @throws InputException if a condition is none
    public long[] nuclei() {
        return where.stream().flatMapToLong(one -> LongStream.of(Condition.parse(one).nuclei())).distinct().toArray();
    }

    /// The query.
    ///
    /// @param sources the tables by their names
    /// @param roots of the nuclei that it names
    /// @throws InputException if a condition or a join is none
    public Query query(Map<String, Source> sources, Map<Long, Long> roots) {
        QueryBuilder query = QueryBuilder.from(table);
        Map<String, @Nullable Source> uses = new LinkedHashMap<>();
        uses.put(table, sources.get(table));
        for (String one : join) {
            JoinText parsed = JoinText.parse(one);
            parsed.add(query);
            uses.put(parsed.name(), sources.get(parsed.table()));
        }
        for (String one : where) {
            Condition parsed = Condition.parse(one);
            (parsed.nuclei().length == 0 ? parsed : parsed.withRoots(roots)).add(query, column -> type(uses, column));
        }
        boxes.forEach((point, at) -> query.inside(point, new double[]{at[0], at[1], at[2]},
                new double[]{at[3], at[4], at[5]}, unit));
        query.select(select.toArray(String[]::new)).positions(positions, true);
        if (!groups.isEmpty()) {
            query.groupBy(groups.toArray(String[]::new));
        }
        if (count) {
            query.count("count");
        }
        aggregates.forEach((function, columns) -> columns.forEach(column -> query.aggregate(function, column,
                function.name().toLowerCase(Locale.ROOT) + "_" + column)));
        for (String column : order) {
            query.orderBy(column.replaceFirst("^-", ""), column.startsWith("-"));
        }
        limit.ifPresent(query::limit);
        page.ifPresent(query::page);
        sample.ifPresent(rows -> query.sample(rows, seed));
        return query.build();
    }

    private @Nullable ColumnType type(Map<String, @Nullable Source> uses, String column) {
        int dot = column.indexOf('.');
        Source source = uses.get(dot < 0 ? table : column.substring(0, dot));
        return source == null
                ? null
                : source.columns().stream().filter(one -> one.name().equals(column.substring(dot + 1)))
                        .map(Column::type).findFirst().orElse(null);
    }
}
