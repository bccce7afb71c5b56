package org.neuropil.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.query.Answer;
import org.neuropil.tables.query.Filter.Comparison;
import org.neuropil.tables.query.Queries;
import org.neuropil.tables.query.Query;
import org.neuropil.tables.query.QueryBuilder;
import org.neuropil.tables.query.Source;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil partners`.
@Command(name = "partners", header = "Lists the cells that a cell gets synapses from, or makes them onto.", description = "With number of synapses, their summed and mean size, most synapses first. Synapses of the cell onto itself, and those whose other side belongs to no cell, are left out and counted.", footer = {
    "  neuropil partners neuropil-demo 864691135000000001 --in",
    "  neuropil partners neuropil-demo nucleus:7@1 --out --types cell_types --somata nuclei"})
final class PartnersVerb extends TablesVerb {
    private static final String PRE = "pre_pt_root_id";
    private static final String POST = "post_pt_root_id";
    private static final String ROOT = "pt_root_id";

    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = GraphVerb.DATASET
            + " CELL[@MOMENT]", description = "Dataset, the cell (its root, or nucleus:ID), and the moment that is meant.")
    private List<String> words = List.of();

    @Option(names = "--table", paramLabel = "TABLE", defaultValue = "synapses", description = "Of synapses; synapses, or that of the published dataset, if left out.")
    private String synapses = "synapses";

    @Option(names = "--in", description = "Cells that make synapses onto it.")
    private boolean in;

    @Option(names = "--out", description = "Cells that it makes synapses onto; both if neither is given.")
    private boolean out;

    @Option(names = "--types", paramLabel = "TABLE", description = "Tells the partners' types by its column cell_type.")
    private @Nullable String types;

    @Option(names = "--somata", paramLabel = "TABLE", description = "Of nuclei or somata: tells how many a partner has.")
    private @Nullable String somata;

    @Option(names = "--nuclei", paramLabel = "TABLE", description = "In which nucleus:ID is looked up; the one that there is if left out.")
    private @Nullable String nuclei;

    @Override
    List<String> words() {
        return words;
    }

    @Override
    List<String> things() {
        return List.of("cell");
    }

    @Override
    void run() throws IOException {
        String word = thing(0);
        GivenCell given;
        TableMoment at;
        try {
            TableMoment.Named named = TableMoment.named(word);
            given = GivenCell.parse(named.name());
            at = named.at();
        } catch (InputException e) {
            throw usage(e.sentence());
        }
        try (OpenMoment open = OpenMoment.open(folder(), rows(), at)) {
            synapses = GivenCell.synapses(folder(), open.moment(), synapses);
            List<String> names = new ArrayList<>(List.of(synapses));
            if (types != null) {
                names.add(types);
            }
            if (somata != null) {
                names.add(somata);
            }
            Map<String, Source> sources = open.sources(names);
            long cell = given.root(folder(), open.engine(), open.moment(), nuclei);
            if (given.nucleus()) {
                say("nucleus:" + Ids.text(given.number()) + " is root " + Ids.text(cell));
            }
            boolean sized = has(sources, synapses, "size");
            boolean both = in == out;
            List<String> header = new ArrayList<>(both ? List.of("direction") : List.of());
            header.addAll(sized
                    ? List.of("partner", "synapses", "sum_size", "mean_size")
                    : List.of("partner", "synapses"));
            if (types != null) {
                header.add("type");
            }
            if (somata != null) {
                header.add("nuclei");
            }
            Table table = new Table(header.toArray(String[]::new));
            List<Map<String, @Nullable Object>> json = new ArrayList<>();
            Queries queries = new Queries(open.engine(), sources);
            for (boolean inputs : both ? new boolean[]{true, false} : new boolean[]{in}) {
                List<@Nullable Object[]> found = partners(queries, cell, inputs, both, sized);
                for (@Nullable
                Object[] row : found) {
                    table.add(row);
                    Map<String, @Nullable Object> one = new LinkedHashMap<>();
                    for (int i = 0; i < row.length; i++) {
                        one.put(header.get(i), row[i]);
                    }
                    json.add(one);
                }
            }
            print(table, json);
        }
    }

    private static boolean has(Map<String, Source> sources, String table, String column) {
        Source source = sources.get(table);
        return source != null && source.columns().stream().anyMatch(one -> one.name().equals(column));
    }

    private List<@Nullable Object[]> partners(Queries queries, long cell, boolean inputs, boolean both, boolean sized)
            throws IOException {
        String own = inputs ? POST : PRE;
        String other = inputs ? PRE : POST;
        QueryBuilder query = QueryBuilder.from(synapses).equal(own, cell).where(other, Comparison.NOT_EQUAL, cell)
                .where(other, Comparison.NOT_EQUAL, 0L).groupBy(other).count("synapses");
        if (sized) {
            query.aggregate(Query.Function.SUM, "size", "sum_size").aggregate(Query.Function.MEAN, "size", "mean_size");
        }
        Rows rows = ask(queries, query.orderBy("synapses", true).orderBy(other, false));
        long[] partners = rows.longs(other);
        long[] counts = rows.longs("synapses");
        Map<Long, String> typed = types == null ? Map.of() : types(queries, types, partners);
        Map<Long, Long> nuclei = somata == null ? Map.of() : nuclei(queries, somata, partners);
        List<@Nullable Object[]> found = new ArrayList<>();
        for (int i = 0; i < partners.length; i++) {
            List<@Nullable Object> row = new ArrayList<>();
            if (both) {
                row.add(inputs ? "in" : "out");
            }
            row.add(Ids.text(partners[i]));
            row.add(counts[i]);
            if (sized) {
                row.add(number(rows, "sum_size", i));
                row.add(number(rows, "mean_size", i));
            }
            if (types != null) {
                row.add(typed.getOrDefault(partners[i], ""));
            }
            if (somata != null) {
                row.add(nuclei.getOrDefault(partners[i], 0L));
            }
            found.add(row.toArray());
        }
        long self = count(queries, QueryBuilder.from(synapses).equal(own, cell).equal(other, cell));
        long all = count(queries, QueryBuilder.from(synapses).equal(own, cell));
        long listed = Arrays.stream(counts).sum();
        say(String.format(Locale.ROOT,
                "%s: %,d synapses with %,d cells; left out: %,d of the cell onto itself, %,d whose "
                        + "other side is of no cell",
                inputs ? "in" : "out", listed, partners.length, self, all - listed - self));
        return found;
    }

    private static Rows ask(Queries queries, QueryBuilder query) throws IOException {
        try (Answer answer = queries.ask(query.build())) {
            return answer.rows();
        }
    }

    private static long count(Queries queries, QueryBuilder query) throws IOException {
        return ask(queries, query.groupBy().count("rows")).longs("rows")[0];
    }

    private static @Nullable Object number(Rows rows, String column, int row) {
        ColumnData data = rows.data().get(rows.index(column));
        if (data.isAbsent(row)) {
            return null;
        }
        return switch (data) {
            case ColumnData.Longs longs -> longs.values()[row];
            case ColumnData.Doubles doubles -> doubles.values()[row];
            default -> throw new IllegalStateException("a sum or mean in " + data);
        };
    }

    /// By cell, its types in order; several of a cell that was typed several times.
    private static Map<Long, String> types(Queries queries, String table, long[] cells) throws IOException {
        Rows rows = ask(queries, QueryBuilder.from(table).in(ROOT, cells).groupBy(ROOT, "cell_type").count("n"));
        long[] roots = rows.longs(ROOT);
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

    private static Map<Long, Long> nuclei(Queries queries, String table, long[] cells) throws IOException {
        Rows rows = ask(queries, QueryBuilder.from(table).in(ROOT, cells).groupBy(ROOT).count("n"));
        long[] roots = rows.longs(ROOT);
        long[] counts = rows.longs("n");
        Map<Long, Long> nuclei = new LinkedHashMap<>();
        for (int i = 0; i < roots.length; i++) {
            nuclei.put(roots[i], counts[i]);
        }
        return nuclei;
    }
}
