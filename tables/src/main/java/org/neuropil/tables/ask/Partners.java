package org.neuropil.tables.ask;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.query.Answer;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.query.Filter.Comparison;
import org.neuropil.tables.query.Queries;
import org.neuropil.tables.query.Query;
import org.neuropil.tables.query.QueryBuilder;
import org.neuropil.tables.query.Source;

/// Asks for the cells that a cell gets synapses from, or makes them onto. Synapses of the cell onto itself, and those whose
/// other side belongs to no cell, are left out and counted.
///
/// @param synapses a table with `pre_pt_root_id`, `post_pt_root_id`, and perhaps `size`
/// @param types tells types of cells by its column `cell_type`
/// @param somata of nuclei or somata: tells how many a partner has
public record Partners(String synapses, Optional<String> types, Optional<String> somata) {
    private static final String PRE = "pre_pt_root_id";
    private static final String POST = "post_pt_root_id";

    /// A partner.
    ///
    /// @param partner its root
    /// @param synapses how many
    /// @param sumSize of these; null if they have no sizes
    /// @param meanSize likewise
    /// @param type several of a cell that was typed several times, `; ` between them; empty if none
    /// @param nuclei how many it has
    public record Partner(long partner, long synapses, @Nullable Number sumSize, @Nullable Number meanSize, String type,
            long nuclei) {}

    /// The partners on a side, most synapses first.
    ///
    /// @param sized whether synapses have sizes
    /// @param synapses with all of them
    /// @param self synapses of the cell onto itself
    /// @param none synapses whose other side belongs to no cell
    public record Side(List<Partner> partners, boolean sized, long synapses, long self, long none) {}

    /// The tables that are read.
    public Set<String> tables(Moment moment) throws IOException {
        Set<String> names = new LinkedHashSet<>(List.of(synapses));
        for (Optional<String> table : List.of(types, somata)) {
            if (table.isPresent()) {
                names.addAll(CellTable.names(moment, table.get()));
            }
        }
        return names;
    }

    /// Asks for one side.
    ///
    /// @param inputs true for the cells that make synapses onto the cell
    /// @throws InputException if there is no such table, or it has not the columns
    public Side of(Engine engine, Moment moment, long cell, boolean inputs) throws IOException {
        Source source = moment.source(synapses);
        CellTable.check(source, synapses, "--table", List.of(PRE, POST));
        boolean sized = source.columns().stream().anyMatch(column -> column.name().equals("size"));
        Queries queries = new Queries(engine, Map.of("s", source));
        String own = inputs ? POST : PRE;
        String other = inputs ? PRE : POST;
        QueryBuilder query = QueryBuilder.from("s").equal(own, cell).where(other, Comparison.NOT_EQUAL, cell)
                .where(other, Comparison.NOT_EQUAL, 0L).groupBy(other).count("synapses");
        if (sized) {
            query.aggregate(Query.Function.SUM, "size", "sum_size").aggregate(Query.Function.MEAN, "size", "mean_size");
        }
        Rows rows = ask(queries, query.orderBy("synapses", true).orderBy(other, false));
        long[] partners = rows.longs(other);
        long[] counts = rows.longs("synapses");
        Map<Long, String> typed = types.isEmpty()
                ? Map.of()
                : types(engine, CellTable.of(engine, moment, types.get(), "--types", List.of("cell_type")), partners);
        Map<Long, Long> nuclei = somata.isEmpty()
                ? Map.of()
                : nuclei(engine, CellTable.of(engine, moment, somata.get(), "--somata", List.of()), partners);
        List<Partner> found = new ArrayList<>();
        for (int i = 0; i < partners.length; i++) {
            found.add(new Partner(partners[i], counts[i], sized ? number(rows, "sum_size", i) : null,
                    sized ? number(rows, "mean_size", i) : null, typed.getOrDefault(partners[i], ""),
                    nuclei.getOrDefault(partners[i], 0L)));
        }
        long self = count(queries, QueryBuilder.from("s").equal(own, cell).equal(other, cell));
        long all = count(queries, QueryBuilder.from("s").equal(own, cell));
        long listed = Arrays.stream(counts).sum();
        return new Side(List.copyOf(found), sized, listed, self, all - listed - self);
    }

    private static Rows ask(Queries queries, QueryBuilder query) throws IOException {
        try (Answer answer = queries.ask(query.build())) {
            return answer.rows();
        }
    }

    private static long count(Queries queries, QueryBuilder query) throws IOException {
        return ask(queries, query.groupBy().count("rows")).longs("rows")[0];
    }

    private static @Nullable Number number(Rows rows, String column, int row) {
        ColumnData data = rows.data().get(rows.index(column));
        if (data.isAbsent(row)) {
            return null;
        }
        return switch (data) {
            case ColumnData.Longs longs -> (Number) longs.values()[row];
            case ColumnData.Doubles doubles -> doubles.values()[row];
            default -> throw new IllegalStateException("a sum or mean in " + data);
        };
    }

    /// By cell, its types in order.
    private static Map<Long, String> types(Engine engine, Source table, long[] cells) throws IOException {
        Rows rows = ask(new Queries(engine, Map.of("t", table)),
                QueryBuilder.from("t").in(CellTable.ROOT, cells).groupBy(CellTable.ROOT, "cell_type").count("n"));
        long[] roots = rows.longs(CellTable.ROOT);
        Map<Long, TreeSet<String>> all = new LinkedHashMap<>();
        ColumnData data = rows.data().get(rows.index("cell_type"));
        for (int i = 0; i < roots.length; i++) {
            String type = data instanceof ColumnData.Texts texts && !data.isAbsent(i) ? texts.values()[i] : null;
            if (type != null) {
                all.computeIfAbsent(roots[i], key -> new TreeSet<>()).add(type);
            }
        }
        Map<Long, String> typed = new LinkedHashMap<>();
        all.forEach((root, names) -> typed.put(root, String.join("; ", names)));
        return typed;
    }

    private static Map<Long, Long> nuclei(Engine engine, Source table, long[] cells) throws IOException {
        Rows rows = ask(new Queries(engine, Map.of("t", table)),
                QueryBuilder.from("t").in(CellTable.ROOT, cells).groupBy(CellTable.ROOT).count("n"));
        long[] roots = rows.longs(CellTable.ROOT);
        long[] counts = rows.longs("n");
        Map<Long, Long> nuclei = new LinkedHashMap<>();
        for (int i = 0; i < roots.length; i++) {
            nuclei.put(roots[i], counts[i]);
        }
        return nuclei;
    }
}
