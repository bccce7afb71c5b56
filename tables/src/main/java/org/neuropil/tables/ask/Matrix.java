package org.neuropil.tables.ask;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.query.Answer;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.query.Source;
import org.neuropil.tables.query.SqlQuery;

/// Asks for synapses from type to type. Those of a cell onto itself and those of cells without a type are left out.
///
/// @param synapses a table with `pre_pt_root_id`, `post_pt_root_id`, and perhaps `size`
/// @param types tells types of cells by its column `cell_type`; each cell once
/// @param value what is told of the synapses from a type to another
public record Matrix(String synapses, String types, Value value) {
    /// What is told of synapses.
    public enum Value {
        /// How many there are.
        COUNT,
        /// Their summed size.
        SUM,
        /// Their mean size.
        MEAN
    }

    /// The tables that are read.
    public Set<String> tables(Moment moment) throws IOException {
        Set<String> names = new LinkedHashSet<>(List.of(synapses));
        names.addAll(CellTable.names(moment, types));
        return names;
    }

    /// By the type that makes synapses, by the type that gets them.
    ///
    /// @throws InputException if there is no such table, it has not the columns, or a cell has several types
    public SortedMap<String, SortedMap<String, Double>> of(Engine engine, Moment moment) throws IOException {
        Map<String, Source> sources = new LinkedHashMap<>();
        Source made = moment.source(synapses);
        CellTable.check(made, synapses, "--table", List.of("pre_pt_root_id", "post_pt_root_id"));
        // Names that are none of the user's, so that nothing of theirs becomes SQL.
        sources.put("s", made);
        sources.put("t", CellTable.of(engine, moment, types, "--types", List.of("cell_type")));
        if (value != Value.COUNT && made.columns().stream().noneMatch(column -> column.name().equals("size"))) {
            throw new InputException("the table '" + synapses + "' has no sizes", "--value", "ask for count");
        }
        checkOnce(engine, sources);
        String told = switch (value) {
            case COUNT -> "CAST(count(*) AS DOUBLE)";
            case SUM -> "CAST(sum(s.size) AS DOUBLE)";
            case MEAN -> "CAST(avg(s.size) AS DOUBLE)";
        };
        return matrix(ask(engine, sources, "SELECT a.cell_type AS pre, b.cell_type AS post, " + told
                + " AS told FROM s JOIN t AS a ON s.pre_pt_root_id = a.pt_root_id "
                + "JOIN t AS b ON s.post_pt_root_id = b.pt_root_id "
                + "WHERE s.pre_pt_root_id <> s.post_pt_root_id AND a.pt_root_id <> 0 AND b.pt_root_id <> 0 "
                + "AND a.cell_type IS NOT NULL AND b.cell_type IS NOT NULL GROUP BY a.cell_type, b.cell_type"));
    }

    /// @throws InputException if a cell has several types
    private void checkOnce(Engine engine, Map<String, Source> sources) throws IOException {
        Rows twice = ask(engine, sources, "SELECT pt_root_id, count(*) AS n FROM t WHERE pt_root_id <> 0 "
                + "AND cell_type IS NOT NULL GROUP BY pt_root_id HAVING count(*) > 1 ORDER BY pt_root_id LIMIT 1");
        if (twice.size() > 0) {
            throw new InputException("cell " + Long.toUnsignedString(twice.longs("pt_root_id")[0]) + " is "
                    + twice.longs("n")[0] + " times in the table '" + types + "', so its type is not known", "--types",
                    "take a table that has each cell once");
        }
    }

    private static Rows ask(Engine engine, Map<String, Source> sources, String sql) throws IOException {
        try (Answer answer = SqlQuery.of(sql).ask(engine, sources)) {
            return answer.rows();
        }
    }

    private static SortedMap<String, SortedMap<String, Double>> matrix(Rows rows) {
        SortedMap<String, SortedMap<String, Double>> matrix = new TreeMap<>();
        @Nullable
        String[] pre = ((ColumnData.Texts) rows.data().get(0)).values();
        @Nullable
        String[] post = ((ColumnData.Texts) rows.data().get(1)).values();
        double[] told = ((ColumnData.Doubles) rows.data().get(2)).values();
        for (int i = 0; i < rows.size(); i++) {
            if (!rows.data().get(2).isAbsent(i)) {
                matrix.computeIfAbsent(Objects.requireNonNull(pre[i]), key -> new TreeMap<>())
                        .put(Objects.requireNonNull(post[i]), told[i]);
            }
        }
        return matrix;
    }
}
