package org.neuropil.bench.tables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.neuropil.tables.column.Rows;
import org.neuropil.tables.dataset.FrozenTables;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.query.Answer;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.query.Queries;
import org.neuropil.tables.query.QueryBuilder;

/// All inputs, and all outputs, of cells that have some 5,000 of them.
final class CellTimes {
    /// Cells that are asked for, of which so many are found by counting as many others.
    private static final int CELLS = 60;
    private static final int COUNTED = 6_000;
    private static final int LEAST = 4_000;
    private static final int MOST = 6_500;

    private final FrozenTables tables;
    private final MadeSynapses world;
    private final Path folder;

    CellTimes(Path folder, MadeSynapses world, Engine engine) {
        this.folder = folder;
        this.tables = new FrozenTables(folder, engine);
        this.world = world;
    }

    /// Times both sides: first of cells whose rows nobody has read, as far as the caller saw to that; then of the same
    /// cells again, by turns with plain DuckDB.
    void run() throws IOException, SQLException {
        Path table = folder
                .resolve(MadeTables.synapses(tables.versions().find(MadeTables.VERSION)).base());
        try (PlainDuck duck = new PlainDuck(table, 1L << 30)) {
            time("inputs", "post_pt_root_id", duck);
            time("outputs", "pre_pt_root_id", duck);
        }
    }

    /// Notes down cells to be asked for.
    void choose() throws IOException {
        for (String column : List.of("post_pt_root_id", "pre_pt_root_id")) {
            Files.write(list(column), Arrays.stream(choose(column)).mapToObj(Long::toString).toList());
        }
    }

    private Path list(String column) {
        return folder.resolve(column + ".txt");
    }

    /// Cells with as many synapses as wanted, or those that come nearest.
    private long[] choose(String column) throws IOException {
        Random random = new Random(7);
        long[] some = random.ints(0, world.cells()).distinct().limit(Math.min(COUNTED, world.cells()))
                .mapToLong(MadeSynapses::root).toArray();
        try (Moment moment = tables.version(MadeTables.VERSION);
                Answer answer = new Queries(tables.engine(), Map.of(MadeTables.SYNAPSES,
                        moment.source(MadeTables.SYNAPSES))).ask(QueryBuilder.from(MadeTables.SYNAPSES)
                                .in(column, some).groupBy(column).count("n").build())) {
            Rows rows = answer.rows();
            long[] roots = rows.longs(column);
            long[] counts = rows.longs("n");
            Integer[] order = new Integer[roots.length];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, (a, b) -> Long.compare(away(counts[a]), away(counts[b])));
            return Arrays.stream(order).limit(CELLS).mapToLong(i -> roots[i]).toArray();
        }
    }

    private static long away(long count) {
        return count < LEAST ? LEAST - count : Math.max(0, count - MOST);
    }

    private void time(String name, String column, PlainDuck duck) throws IOException, SQLException {
        long[] cells = Files.readAllLines(list(column)).stream().mapToLong(Long::parseLong).toArray();
        double[] first = new double[cells.length];
        double[] ours = new double[cells.length];
        double[] theirs = new double[cells.length];
        long rows = 0;
        for (int i = 0; i < cells.length; i++) {
            long begun = System.nanoTime();
            rows += ask(column, cells[i]);
            first[i] = TableBench.seconds(begun);
        }
        for (int i = 0; i < cells.length; i++) {
            long begun = System.nanoTime();
            long mine = ask(column, cells[i]);
            ours[i] = TableBench.seconds(begun);
            begun = System.nanoTime();
            long others = duck.write(
                    "SELECT * FROM " + duck.copy("by_" + column) + " WHERE " + column + " = " + cells[i],
                    new TableBench.Counting());
            theirs[i] = TableBench.seconds(begun);
            if (mine != others) {
                throw new IllegalStateException(mine + " rows of " + cells[i] + ", DuckDB has " + others);
            }
        }
        TableBench.figure(name + ".rows", (double) rows / cells.length, "rows");
        TableBench.figure(name + ".cold_ms", 1e3 * median(first), "ms");
        TableBench.figure(name + ".warm_ms", 1e3 * median(ours), "ms");
        TableBench.figure(name + ".warm_p90_ms", 1e3 * sorted(ours)[ours.length * 9 / 10], "ms");
        TableBench.figure(name + ".duckdb_ratio", median(ours) / median(theirs), "1");
    }

    private long ask(String column, long cell) throws IOException {
        return Asked.write(tables, QueryBuilder.from(MadeTables.SYNAPSES).equal(column, cell).build(),
                new TableBench.Counting());
    }

    static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    static double median(double[] values) {
        return sorted(values)[values.length / 2];
    }
}
