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

/// Asks for synapses from type to type. Those of a cell onto itself and those of cells without a type are left out, and so
/// are those of cells that have several types, as cells that are merged do.
///
/// @param synapses a table with `pre_pt_root_id`, `post_pt_root_id`, and perhaps `size`
/// @param types tells types of cells by its column `cell_type`
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

    /// What was found.
    ///
    /// @param values by the type that makes synapses, by the type that gets them
    /// @param leftOut how many cells have several types
    public record Found(SortedMap<String, SortedMap<String, Double>> values, long leftOut) {}

    private static final String TYPED = "FROM t WHERE pt_root_id <> 0 AND cell_type IS NOT NULL GROUP BY pt_root_id "
            + "HAVING count(DISTINCT cell_type) ";

    /// Asks.
    ///
    /// @throws InputException if there is no such table, or it has not the columns
    public Found of(Engine engine, Moment moment) throws IOException {
        Map<String, Source> sources = new LinkedHashMap<>();
        Source made = moment.source(synapses);
        CellTable.check(made, synapses, "--table", List.of("pre_pt_root_id", "post_pt_root_id"));
        // Names that are none of the user's, so that nothing of theirs becomes SQL.
        sources.put("s", made);
        sources.put("t", CellTable.of(engine, moment, types, "--types", List.of("cell_type")));
        if (value != Value.COUNT && made.columns().stream().noneMatch(column -> column.name().equals("size"))) {
            throw new InputException("the table '" + synapses + "' has no sizes", "--value", "ask for count");
        }
        String told = switch (value) {
            case COUNT -> "CAST(count(*) AS DOUBLE)";
            case SUM -> "CAST(sum(s.size) AS DOUBLE)";
            case MEAN -> "CAST(avg(s.size) AS DOUBLE)";
        };
        SortedMap<String, SortedMap<String, Double>> values = matrix(ask(engine, sources,
                "WITH c AS (SELECT pt_root_id, min(cell_type) AS cell_type " + TYPED + "= 1) "
                        + "SELECT a.cell_type AS pre, b.cell_type AS post, " + told
                        + " AS told FROM s JOIN c AS a ON s.pre_pt_root_id = a.pt_root_id "
                        + "JOIN c AS b ON s.post_pt_root_id = b.pt_root_id "
                        + "WHERE s.pre_pt_root_id <> s.post_pt_root_id GROUP BY a.cell_type, b.cell_type"));
        long several = ask(engine, sources, "SELECT count(*) AS n FROM (SELECT pt_root_id " + TYPED + "> 1)")
                .longs("n")[0];
        return new Found(values, several);
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
