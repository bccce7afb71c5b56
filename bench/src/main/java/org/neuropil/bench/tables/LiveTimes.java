package org.neuropil.bench.tables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.neuropil.pipeline.WorkRun;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.dataset.FrozenTables;
import org.neuropil.tables.query.Answer;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.query.Queries;
import org.neuropil.tables.query.Query;
import org.neuropil.tables.query.QueryBuilder;
import org.neuropil.tables.version.FrozenTable;
import org.neuropil.tables.version.Overlay;
import org.neuropil.tables.version.TableState;
import org.neuropil.tables.version.Version;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;

/// Live questions after 10,000 edits since the version, and the next version.
final class LiveTimes {
    private static final int EDITS = 10_000;
    private static final int PER_CELL = 10;
    private static final int ASKED = 40;
    private static final int NEXT = MadeTables.VERSION + 1;

    private final FrozenTables tables;
    private final MadeSynapses world;
    private final Path folder;
    private final Engine engine;

    LiveTimes(Path folder, MadeSynapses world, Engine engine) {
        this.folder = folder;
        this.tables = new FrozenTables(folder, engine);
        this.world = world;
        this.engine = engine;
    }

    void run() throws IOException, SQLException {
        Version version = tables.versions().find(MadeTables.VERSION);
        FrozenTable base = tables.versions().base(version, MadeTables.SYNAPSES);
        int count = Math.min(EDITS / PER_CELL, world.cells() / 20);
        long[] cells = new Random(11).ints(0, world.cells()).distinct().limit(2L * count)
                .mapToLong(MadeSynapses::root).toArray();
        long[] edited = Arrays.copyOf(cells, count);
        long[] others = Arrays.copyOfRange(cells, count, count + ASKED / 2);
        EditedRoots roots = new EditedRoots(version.time(), edited, PER_CELL);
        Queries frozen = queries(base);
        learn(frozen, edited, roots);
        Overlay overlay = new Overlay(base.info(), base.schema(), base, base.moment(),
                (since, until) -> new Rows(List.of(), List.of()), roots, (x, y, z, size, at) -> new long[x.length]);
        try (Engine.Lease lease = engine.lease()) {
            long begun = System.nanoTime();
            Instant half = version.time()
                    .plusMillis(roots.head().toEpochMilli() / 2 - version.time().toEpochMilli() / 2);
            overlay.move(lease.connection(), half, half);
            TableBench.figure("live.half_seconds", TableBench.seconds(begun), "s");
            begun = System.nanoTime();
            overlay.move(lease.connection(), roots.head(), roots.head());
            TableBench.figure("live.move_seconds", TableBench.seconds(begun), "s");
            compare(frozen, queries(overlay.state()), edited, others, roots);
            next(lease, overlay.state(), roots.head(), version);
            overlay.drop(lease.connection());
        }
    }

    private Queries queries(org.neuropil.tables.query.Source source) {
        return new Queries(engine, Map.of(MadeTables.SYNAPSES, source));
    }

    private static Query sides(String column, long... roots) {
        return QueryBuilder.from(MadeTables.SYNAPSES).in(column, roots)
                .select("id", "pre_pt_root_id", "pre_pt_supervoxel_id", "post_pt_root_id", "post_pt_supervoxel_id")
                .build();
    }

    /// Which supervoxels the edited cells have.
    private static void learn(Queries frozen, long[] edited, EditedRoots roots) throws IOException {
        Long2IntOpenHashMap numbers = new Long2IntOpenHashMap();
        for (int i = 0; i < edited.length; i++) {
            numbers.put(edited[i], i);
        }
        for (String side : List.of("pre", "post")) {
            try (Answer answer = frozen.ask(sides(side + "_pt_root_id", edited))) {
                Rows rows = answer.rows();
                long[] of = rows.longs(side + "_pt_root_id");
                long[] supervoxels = rows.longs(side + "_pt_supervoxel_id");
                for (int i = 0; i < of.length; i++) {
                    roots.put(supervoxels[i], numbers.get(of[i]));
                }
            }
        }
    }

    private static void compare(Queries frozen, Queries live, long[] edited, long[] others, EditedRoots roots)
            throws IOException {
        double[] before = new double[ASKED];
        double[] after = new double[ASKED];
        for (int turn = 0; turn < 2; turn++) {
            for (int i = 0; i < ASKED; i++) {
                boolean isEdited = i % 2 == 0;
                long old = isEdited ? edited[i / 2] : others[i / 2];
                long now = isEdited ? roots.roots(new long[]{rest(frozen, old, roots)}, roots.head())[0] : old;
                long begun = System.nanoTime();
                Asked.write(frozen, whole(old), new TableBench.Counting());
                before[i] = TableBench.seconds(begun);
                begun = System.nanoTime();
                Asked.write(live, whole(now), new TableBench.Counting());
                after[i] = TableBench.seconds(begun);
            }
        }
        for (int i = 0; i < ASKED / 2; i++) {
            check(frozen, live, edited[i], roots);
        }
        TableBench.figure("live.frozen_ms", 1e3 * CellTimes.median(before), "ms");
        TableBench.figure("live.ms", 1e3 * CellTimes.median(after), "ms");
        TableBench.figure("live.ratio", CellTimes.median(after) / CellTimes.median(before), "1");
    }

    private static Query whole(long root) {
        return QueryBuilder.from(MadeTables.SYNAPSES).equal("post_pt_root_id", root).build();
    }

    /// A supervoxel that stayed with its cell.
    private static long rest(Queries frozen, long cell, EditedRoots roots) throws IOException {
        try (Answer answer = frozen.ask(sides("post_pt_root_id", cell))) {
            long[] supervoxels = answer.rows().longs("post_pt_supervoxel_id");
            long[] now = roots.roots(supervoxels, roots.head());
            Long2IntOpenHashMap counts = new Long2IntOpenHashMap();
            int best = 0;
            for (int i = 0; i < now.length; i++) {
                if (counts.addTo(now[i], 1) + 1 > counts.get(now[best])) {
                    best = i;
                }
            }
            return supervoxels[best];
        }
    }

    /// The ids of a cell's inputs now are those of the frozen rows whose supervoxels have its root now.
    private static void check(Queries frozen, Queries live, long cell, EditedRoots roots) throws IOException {
        Map<Long, long[]> expected = new TreeMap<>();
        try (Answer answer = frozen.ask(sides("post_pt_root_id", cell))) {
            Rows rows = answer.rows();
            long[] now = roots.roots(rows.longs("post_pt_supervoxel_id"), roots.head());
            long[] ids = rows.longs("id");
            for (long root : Arrays.stream(now).distinct().toArray()) {
                expected.put(root, java.util.stream.IntStream.range(0, ids.length).filter(i -> now[i] == root)
                        .mapToLong(i -> ids[i]).sorted().toArray());
            }
        }
        for (Map.Entry<Long, long[]> one : expected.entrySet()) {
            try (Answer answer = live.ask(sides("post_pt_root_id", one.getKey()))) {
                long[] ids = answer.rows().longs("id");
                Arrays.sort(ids);
                if (!Arrays.equals(ids, one.getValue())) {
                    throw new IllegalStateException(one.getKey() + " has " + ids.length + " inputs rather than "
                            + one.getValue().length);
                }
            }
        }
    }

    private void next(Engine.Lease lease, TableState state, Instant at, Version before)
            throws IOException, SQLException {
        Path place = folder.resolve("versions").resolve(Integer.toString(NEXT));
        WorkRun.delete(place);
        long begun = System.nanoTime();
        Version next = tables.versions().create(lease.connection(), NEXT, at, "after edits", List.of(state));
        TableBench.figure("version.seconds", TableBench.seconds(begun), "s");
        TableBench.figure("version.disk_percent", 100.0 * bytes(place)
                / bytes(folder.resolve(MadeTables.synapses(before).base())), "%");
        if (MadeTables.synapses(next).rows() != MadeTables.synapses(before).rows()) {
            throw new IllegalStateException("the version has another number of rows");
        }
        WorkRun.delete(place);
    }

    private static long bytes(Path folder) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }
}
