package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.query.Answer;
import org.neuropil.tables.query.SqlQuery;
import org.neuropil.tables.query.Source;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil matrix`.
@Command(name = "matrix", header = "Counts synapses from type to type.", description = "A row for each type of the cells that make synapses, a column for each of those that get them. Synapses of a cell onto itself and those of cells without a type are left out.", footer = {
    "  neuropil matrix neuropil-demo --table synapses --types cell_types",
    "  neuropil matrix neuropil-demo@1 --table synapses --types cell_types --value sum --format csv"})
final class MatrixVerb extends TablesVerb {
    /// What is told of the synapses from a type to another.
    enum Value {
        /// How many there are.
        COUNT,
        /// Their summed size.
        SUM,
        /// Their mean size.
        MEAN
    }

    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = "[DATASET[@MOMENT]]", description = "Folder that holds dataset.json, the current one if left out, and the moment that is meant.")
    private List<String> words = List.of();

    @Option(names = "--table", paramLabel = "TABLE", defaultValue = "synapses", description = "Of synapses; synapses, or that of the published dataset, if left out.")
    private String synapses = "synapses";

    @Option(names = "--types", paramLabel = "TABLE", required = true, description = "Tells types of cells by its column cell_type; each cell once.")
    private String types = "";

    @Option(names = "--value", paramLabel = "VALUE", defaultValue = "count", description = "${COMPLETION-CANDIDATES}: of synapses, or of their sizes; count if left out.")
    private Value value = Value.COUNT;

    @Override
    List<String> words() {
        return words;
    }

    @Override
    List<String> things() {
        return List.of();
    }

    @Override
    Path folder() {
        return folder(Path.of(words.isEmpty() ? "." : SqlVerb.named(words.getFirst())));
    }

    @Override
    void run() throws IOException {
        if (words.size() > 1) {
            throw usage("'" + words.get(1) + "' is one argument too many");
        }
        TableMoment at;
        try {
            at = words.isEmpty() ? TableMoment.NOW : SqlVerb.moment(words.getFirst());
        } catch (InputException e) {
            throw usage(e.sentence());
        }
        try (OpenMoment open = OpenMoment.open(folder(), rows(), at)) {
            synapses = GivenCell.synapses(folder(), open.moment(), synapses);
            Map<String, Source> sources = new LinkedHashMap<>();
            Map<String, Source> given = open.sources(List.of(synapses, types));
            // Names that are none of the user's, so that nothing of theirs becomes SQL.
            sources.put("s", Objects.requireNonNull(given.get(synapses)));
            sources.put("t", Objects.requireNonNull(given.get(types)));
            check(given, synapses, "--table", List.of("pre_pt_root_id", "post_pt_root_id"));
            check(given, types, "--types", List.of("pt_root_id", "cell_type"));
            if (value != Value.COUNT && given.get(synapses).columns().stream().noneMatch(c -> c.name().equals("size"))) {
                throw new InputException("the table '" + synapses + "' has no sizes", "--value", "ask for count");
            }
            checkOnce(open, sources);
            String told = switch (value) {
                case COUNT -> "CAST(count(*) AS DOUBLE)";
                case SUM -> "CAST(sum(s.size) AS DOUBLE)";
                case MEAN -> "CAST(avg(s.size) AS DOUBLE)";
            };
            Rows rows = ask(open, sources, "SELECT a.cell_type AS pre, b.cell_type AS post, " + told + " AS told FROM s "
                    + "JOIN t AS a ON s.pre_pt_root_id = a.pt_root_id JOIN t AS b ON s.post_pt_root_id = b.pt_root_id "
                    + "WHERE s.pre_pt_root_id <> s.post_pt_root_id AND a.pt_root_id <> 0 AND b.pt_root_id <> 0 "
                    + "AND a.cell_type IS NOT NULL AND b.cell_type IS NOT NULL "
                    + "GROUP BY a.cell_type, b.cell_type");
            print(rows);
        }
    }

    private static void check(Map<String, Source> given, String table, String option, List<String> columns) {
        for (String column : columns) {
            if (Objects.requireNonNull(given.get(table)).columns().stream().noneMatch(c -> c.name().equals(column))) {
                throw new InputException("the table '" + table + "' has no column '" + column + "'", option,
                        "take one that has " + String.join(" and ", columns));
            }
        }
    }

    /// @throws InputException if a cell has several types
    private void checkOnce(OpenMoment open, Map<String, Source> sources) throws IOException {
        Rows twice = ask(open, sources, "SELECT pt_root_id, count(*) AS n FROM t WHERE pt_root_id <> 0 "
                + "AND cell_type IS NOT NULL GROUP BY pt_root_id HAVING count(*) > 1 ORDER BY pt_root_id LIMIT 1");
        if (twice.size() > 0) {
            throw new InputException("cell " + Ids.text(twice.longs("pt_root_id")[0]) + " is " + twice.longs("n")[0]
                    + " times in the table '" + types + "', so its type is not known", "--types",
                    "take a table that has each cell once");
        }
    }

    private static Rows ask(OpenMoment open, Map<String, Source> sources, String sql) throws IOException {
        try (Answer answer = SqlQuery.of(sql).ask(open.engine(), sources)) {
            return answer.rows();
        }
    }

    private void print(Rows rows) {
        TreeMap<String, Map<String, Double>> matrix = new TreeMap<>();
        TreeSet<String> posts = new TreeSet<>();
        @Nullable
        String[] pre = ((ColumnData.Texts) rows.data().get(0)).values();
        @Nullable
        String[] post = ((ColumnData.Texts) rows.data().get(1)).values();
        double[] told = ((ColumnData.Doubles) rows.data().get(2)).values();
        for (int i = 0; i < rows.size(); i++) {
            if (!rows.data().get(2).isAbsent(i)) {
                matrix.computeIfAbsent(Objects.requireNonNull(pre[i]), key -> new TreeMap<>())
                        .put(Objects.requireNonNull(post[i]), told[i]);
                posts.add(Objects.requireNonNull(post[i]));
            }
        }
        List<String> header = new ArrayList<>(List.of("from \\ to"));
        header.addAll(posts);
        Table table = new Table(header.toArray(String[]::new));
        matrix.forEach((from, row) -> {
            List<@Nullable Object> cells = new ArrayList<>(List.of(from));
            posts.forEach(to -> cells.add(value == Value.MEAN ? row.get(to) : row.getOrDefault(to, 0.0)));
            table.add(cells.toArray());
        });
        print(table, matrix);
    }
}
