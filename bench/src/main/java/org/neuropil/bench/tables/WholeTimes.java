package org.neuropil.bench.tables;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Random;

import org.neuropil.space.Int3;
import org.neuropil.tables.dataset.FrozenTables;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.query.Filter;
import org.neuropil.tables.query.Join;
import org.neuropil.tables.query.Query;
import org.neuropil.tables.query.QueryBuilder;

/// Questions that many cells have a part in: a box, and how many synapses each type makes onto each.
final class WholeTimes {
    private static final int BOXES = 5;
    private static final double[] NM = {4, 4, 40};
    /// Edge of a box of 100,000 rows.
    private static final double EDGE = 69_300;

    private final FrozenTables tables;
    private final MadeSynapses world;
    private final Path folder;

    WholeTimes(Path folder, MadeSynapses world, Engine engine) {
        this.folder = folder;
        this.tables = new FrozenTables(folder, engine);
        this.world = world;
    }

    void run() throws IOException, SQLException {
        Path base = folder.resolve("versions").resolve(Integer.toString(MadeTables.VERSION));
        try (PlainDuck duck = new PlainDuck(base.resolve(MadeTables.SYNAPSES), 4L << 30)) {
            boxes(duck);
            matrix(duck, base);
        }
    }

    private void boxes(PlainDuck duck) throws IOException, SQLException {
        Random random = new Random(3);
        double[] ours = new double[BOXES];
        double[] theirs = new double[BOXES];
        long rows = 0;
        for (int i = 0; i < BOXES; i++) {
            Int3 at = world.nucleus(random.nextInt(world.cells()));
            double[] min = {at.x() * NM[0], at.y() * NM[1], at.z() * NM[2]};
            double[] max = {min[0] + EDGE, min[1] + EDGE, min[2] + EDGE};
            Query query = QueryBuilder.from(MadeTables.SYNAPSES).inside("ctr_pt", min, max, Filter.Unit.NM).build();
            String sql = "SELECT * FROM " + duck.copy("by_place") + " WHERE ctr_pt_position_x BETWEEN " + voxel(min, 0)
                    + " AND " + voxel(max, 0) + " AND ctr_pt_position_y BETWEEN " + voxel(min, 1) + " AND "
                    + voxel(max, 1) + " AND ctr_pt_position_z BETWEEN " + voxel(min, 2) + " AND " + voxel(max, 2);
            for (int turn = 0; turn < 2; turn++) {
                long begun = System.nanoTime();
                long mine = Asked.write(tables, query, new TableBench.Counting());
                ours[i] = TableBench.seconds(begun);
                begun = System.nanoTime();
                long others = duck.write(sql, new TableBench.Counting());
                theirs[i] = TableBench.seconds(begun);
                same(mine, others);
                rows += turn * mine;
            }
        }
        TableBench.figure("box.rows", (double) rows / BOXES, "rows");
        TableBench.figure("box.seconds", CellTimes.median(ours), "s");
        TableBench.figure("box.duckdb_ratio", CellTimes.median(ours) / CellTimes.median(theirs), "1");
    }

    private static long voxel(double[] nm, int axis) {
        return (long) Math.floor(nm[axis] / NM[axis]);
    }

    private static void same(long mine, long others) {
        if (mine != others) {
            throw new IllegalStateException(mine + " rows, DuckDB has " + others);
        }
    }

    private void matrix(PlainDuck duck, Path base) throws IOException, SQLException {
        Query query = QueryBuilder.from(MadeTables.SYNAPSES)
                .join(MadeTables.NUCLEI, "pre", MadeTables.SYNAPSES + ".pre_pt_root_id", "pt_root_id", Join.Kind.INNER,
                        Join.Cardinality.MANY_TO_ONE)
                .join(MadeTables.TYPES, "pre_type", "pre.id", "target_id", Join.Kind.INNER,
                        Join.Cardinality.MANY_TO_ONE)
                .join(MadeTables.NUCLEI, "post", MadeTables.SYNAPSES + ".post_pt_root_id", "pt_root_id",
                        Join.Kind.INNER, Join.Cardinality.MANY_TO_ONE)
                .join(MadeTables.TYPES, "post_type", "post.id", "target_id", Join.Kind.INNER,
                        Join.Cardinality.MANY_TO_ONE)
                .groupBy("pre_type.cell_type", "post_type.cell_type").count("synapses")
                .aggregate(Query.Function.SUM, MadeTables.SYNAPSES + ".size", "size").build();
        String types = "read_parquet('" + base.resolve(MadeTables.TYPES) + "/*/*.parquet')";
        String nuclei = "read_parquet('" + base.resolve(MadeTables.NUCLEI) + "/*/*.parquet')";
        String sql = "SELECT a.cell_type, b.cell_type, count(*), sum(size) FROM " + duck.copy("by_post_pt_root_id")
                + " s JOIN " + nuclei + " p ON s.pre_pt_root_id = p.pt_root_id JOIN " + types
                + " a ON p.id = a.target_id JOIN " + nuclei + " q ON s.post_pt_root_id = q.pt_root_id JOIN " + types
                + " b ON q.id = b.target_id GROUP BY 1, 2 ORDER BY 1, 2";
        double ours = 0;
        double theirs = 0;
        // The disk is read once before.
        for (int turn = 0; turn < 2; turn++) {
            long begun = System.nanoTime();
            long mine = Asked.write(tables, query, new TableBench.Counting());
            ours = TableBench.seconds(begun);
            begun = System.nanoTime();
            long others = duck.write(sql, new TableBench.Counting());
            theirs = TableBench.seconds(begun);
            same(mine, others);
        }
        TableBench.figure("matrix.seconds", ours, "s");
        TableBench.figure("matrix.duckdb_ratio", ours / theirs, "1");
    }
}
