package org.neuropil.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.ask.Condition;
import org.neuropil.tables.ask.QueryText;
import org.neuropil.tables.query.Answer;
import org.neuropil.tables.query.Filter;
import org.neuropil.tables.query.Queries;
import org.neuropil.tables.query.Query;
import org.neuropil.tables.query.Source;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil query`.
@Command(name = "query", header = "Asks a table: filters, boxes, joins, groups, at any moment.", description = "TABLE@1300 is the table in version 1300, TABLE@2025-01-13T10:10:00Z at that time, TABLE now. Conditions are COLUMN OP VALUE with OP of =, !=, <, <=, >, >=, in, not in, is null, not null, and ~ for a regular expression; columns of joined tables are TABLE.COLUMN.", footer = {
    "  neuropil query neuropil-demo synapses --where 'size > 100' --order-by -size --limit 10",
    "  neuropil query neuropil-demo synapses@1 --box ctr_pt=0,0,0:900,900,900 --unit nm --out box.parquet",
    "  neuropil query neuropil-demo synapses --join 'types on pre_pt_root_id=pt_root_id many-to-one' \\",
    "      --group-by types.cell_type --count --sum size"})
final class QueryVerb extends AnswerVerb {
    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = GraphVerb.DATASET
            + " TABLE[@MOMENT]", description = "Dataset, the table, and the moment that is meant.")
    private List<String> words = List.of();

    @Option(names = "--where", paramLabel = "CONDITION", description = "Rows have to meet it. May be given several times.")
    private List<String> where = List.of();

    @Option(names = "--join", paramLabel = "JOIN", description = "TABLE on LEFT=RIGHT, perhaps with many-to-one behind. May be given several times.")
    private List<String> join = List.of();

    @Option(names = "--select", paramLabel = "COLUMNS", split = ",", description = "Columns of the answer; all if left out. pt_position stands for its three.")
    private List<String> select = List.of();

    @Option(names = "--box", paramLabel = "POINT=BOX", description = "Points inside or on the border of x0,y0,z0:x1,y1,z1. May be given several times.")
    private Map<String, String> boxes = new LinkedHashMap<>();

    @Option(names = "--unit", paramLabel = "UNIT", defaultValue = "nm", description = "Of boxes: voxel (of the table), nm, um; nm if left out.")
    private GivenBox.Unit unit = GivenBox.Unit.NM;

    @Option(names = "--group-by", paramLabel = "COLUMNS", split = ",", description = "One row for those with the same values.")
    private List<String> groups = List.of();

    @Option(names = "--count", description = "How many rows a group has.")
    private boolean count;

    @Option(names = "--count-distinct", paramLabel = "COLUMNS", split = ",", description = "How many different values.")
    private List<String> distinct = List.of();

    @Option(names = "--sum", paramLabel = "COLUMNS", split = ",", description = "Their sum in each group.")
    private List<String> sum = List.of();

    @Option(names = "--mean", paramLabel = "COLUMNS", split = ",", description = "Their mean in each group.")
    private List<String> mean = List.of();

    @Option(names = "--min", paramLabel = "COLUMNS", split = ",", description = "The smallest of each group.")
    private List<String> min = List.of();

    @Option(names = "--max", paramLabel = "COLUMNS", split = ",", description = "The largest of each group.")
    private List<String> max = List.of();

    @Option(names = "--order-by", paramLabel = "COLUMNS", split = ",", description = "-COLUMN for the largest first. Absent values come last.")
    private List<String> order = List.of();

    @Option(names = "--page", paramLabel = "TOKEN", description = "Go on after another answer, which told the token.")
    private @Nullable String page;

    @Option(names = "--sample", paramLabel = "N", description = "So many rows by chance, of those that meet all.")
    private @Nullable Long sample;

    @Option(names = "--seed", paramLabel = "S", description = "Another number chooses other rows; 0 if left out.")
    private @Nullable Long seed;

    @Option(names = "--position-unit", paramLabel = "UNIT", description = "Of positions in the answer: nm, or the size of a voxel as X,Y,Z; voxels of the table if left out.")
    private @Nullable String positions;

    @Mixin
    private NucleiOption nuclei = new NucleiOption();

    @Override
    List<String> words() {
        return words;
    }

    @Override
    List<String> things() {
        return List.of("table");
    }

    @Override
    void run() throws IOException {
        String word = thing(0);
        checkOptions();
        if (seed != null && sample == null) {
            throw usage("--seed is given, and there is no --sample");
        }
        if (sample != null && sample < 0) {
            throw usage("--sample " + sample + " is below 0");
        }
        TableMoment.Named asked;
        QueryText query;
        List<String> names;
        try {
            asked = TableMoment.named(word);
            Map<String, double[]> inside = new LinkedHashMap<>();
            boxes.forEach((point, box) -> inside.put(point, GivenBox.parse(box, unit).corners()));
            where.forEach(Condition::parse);
            query = new QueryText(asked.name(), where, join, select, inside, Filter.Unit.valueOf(unit.name()), groups,
                    count,
                    aggregates(), order, positions(), limit(), Optional.ofNullable(page),
                    sample == null ? OptionalLong.empty() : OptionalLong.of(sample), seed == null ? 0 : seed);
            names = query.tables();
        } catch (InputException e) {
            throw usage(e.sentence());
        }
        try (OpenMoment open = OpenMoment.open(folder(), rows(), asked.at())) {
            Map<String, Source> sources = open.sources(names);
            boxes.keySet().forEach(point -> say("box of " + point + " in " + unit.text()));
            if (!asked.at().equals(TableMoment.NOW)) {
                say("at " + asked.at());
            }
            sayNotices(sources);
            try (Answer answer = new Queries(open.engine(), sources)
                    .ask(query.query(sources, roots(query.nuclei(), open)))) {
                print(answer);
            }
        }
    }

    private Optional<VoxelSize> positions() {
        if (positions == null) {
            return Optional.empty();
        }
        return Optional.of(positions.equals("nm")
                ? new VoxelSize(1, 1, 1)
                : VoxelSize.parse(positions, "--position-unit"));
    }

    private Map<Query.Function, List<String>> aggregates() {
        Map<Query.Function, List<String>> all = new LinkedHashMap<>();
        all.put(Query.Function.COUNT_DISTINCT, distinct);
        all.put(Query.Function.SUM, sum);
        all.put(Query.Function.MEAN, mean);
        all.put(Query.Function.MIN, min);
        all.put(Query.Function.MAX, max);
        return all;
    }

    /// What stands for nuclei in conditions.
    private Map<Long, Long> roots(long[] named, OpenMoment open) throws IOException {
        return named.length == 0
                ? Map.of()
                : nuclei.names(folder(), open).sureRoots(named);
    }

    private void sayNotices(Map<String, Source> sources) {
        sources.forEach((name, source) -> {
            if (!source.info().notice().isEmpty()) {
                say(name + ": " + source.info().notice());
            }
        });
    }
}
