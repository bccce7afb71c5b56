package org.neuropil.graph.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Edge;
import org.neuropil.graph.EditPoint;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.base.StoredBase;
import org.neuropil.graph.ingest.BaseBuilder;
import org.neuropil.graph.ingest.ChunkInput;
import org.neuropil.graph.ingest.EdgeRows;
import org.neuropil.graph.ingest.GraphPlan;
import org.neuropil.graph.store.MemoryStore;
import org.neuropil.graph.voxels.SupervoxelVolume;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;

/// A graph of a volume of basins that a function gives. Chunk borders cut them into supervoxels, which are joined by edges
/// of infinite affinity; all others that share faces have an edge, too.
final class SplitWorld {
    /// Ascending.
    private static final java.util.Comparator<Pair> BY_IDS = java.util.Comparator.comparingLong(Pair::a)
            .thenComparingLong(Pair::b);

    final Grid grid;
    final VoxelSize size;
    final GraphPlan plan;
    final Block.Longs labels;
    final Map<Pair, Edge> edges = new TreeMap<>(BY_IDS);
    final Set<Pair> active = new TreeSet<>(BY_IDS);
    final GraphInfo info;
    private final Map<Long, Integer> basinOf = new HashMap<>();
    final MemoryStore store = new MemoryStore();
    final StoredBase base;
    private long millis = 1_700_000_001_000L;
    /// Runs once, when voxels are read next.
    @Nullable
    Runnable hook;
    int reads;
    /// What is read at once, where voxels are read part by part.
    Int3 part = new Int3(5, 4, 3);

    /// @param basin of a voxel, 0 for background
    /// @param affinity between two basins, the smaller first
    /// @param joined which pairs of basins are of one object where they touch
    SplitWorld(Box bounds, Int3 chunk, VoxelSize size, ToIntFunction<Int3> basin, ToDoubleFunction<int[]> affinity,
            Predicate<int[]> joined) throws IOException {
        this.size = size;
        this.plan = GraphPlan.of(bounds, chunk, size, Instant.ofEpochMilli(1_700_000_000_000L));
        this.grid = plan.grid();
        this.labels = new Block.Longs(bounds, new long[bounds.voxels()]);
        Map<List<Integer>, Long> known = new HashMap<>();
        Map<Integer, Integer> counts = new HashMap<>();
        List<Int3> voxels = voxels(bounds);
        for (int i = 0; i < labels.data().length; i++) {
            int b = basin.applyAsInt(voxels.get(i));
            if (b != 0) {
                Int3 at = grid.positionOf(voxels.get(i));
                int index = grid.index(at);
                labels.data()[i] = known.computeIfAbsent(List.of(index, b),
                        any -> plan.ids().id(1, at, counts.merge(index, 1, Integer::sum)));
                basinOf.put(labels.data()[i], b);
            }
        }
        faces(labels.box(), labels.data()).forEach((pair, area) -> {
            int a = basin(pair.a());
            int b = basin(pair.b());
            int[] ends = {Math.min(a, b), Math.max(a, b)};
            edges.put(pair, new Edge(pair.a(), pair.b(),
                    a == b ? Float.POSITIVE_INFINITY : (float) affinity.applyAsDouble(ends), area));
            if (a == b || joined.test(ends)) {
                active.add(pair);
            }
        });
        info = BaseBuilder.build(plan, this::input, store);
        base = new StoredBase(info, store, 1 << 22);
    }

    private int basin(long supervoxel) {
        return Objects.requireNonNull(basinOf.get(supervoxel));
    }

    private ChunkInput input(Int3 chunk) {
        long own = plan.ids().id(1, chunk, 0);
        EdgeRows rows = new EdgeRows(plan.ids(), grid, plan.ids().id(2, chunk, 0), "world");
        edges.forEach((pair, edge) -> {
            if (plan.ids().chunkId(pair.a()) == own) {
                rows.add(pair.a(), pair.b(), edge.affinity(), edge.area(), active.contains(pair));
            } else if (plan.ids().chunkId(pair.b()) == own) {
                rows.add(pair.b(), pair.a(), edge.affinity(), edge.area(), active.contains(pair));
            }
        });
        return rows.with(basinOf.keySet().stream().filter(id -> plan.ids().chunkId(id) == own)
                .mapToLong(id -> plan.ids().number(id)).sorted().toArray());
    }

    /// Its voxels.
    SupervoxelVolume volume() {
        return new SupervoxelVolume() {
            @Override
            public Box bounds() {
                return labels.box();
            }

            @Override
            public VoxelSize voxelSize() {
                return size;
            }

            @Override
            public Int3 part() {
                return part;
            }

            @Override
            public Block.Longs read(Box box) {
                reads++;
                Runnable now = hook;
                hook = null;
                if (now != null) {
                    now.run();
                }
                Block.Longs block = new Block.Longs(box, new long[box.voxels()]);
                block.copyFrom(labels);
                return block;
            }
        };
    }

    /// The graph, as whoever opens it next sees it.
    LiveGraph open() throws IOException {
        return LiveGraph.open(info, store, base, volume(), new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneId.of("UTC");
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                millis += 10;
                return Instant.ofEpochMilli(millis);
            }
        }, 1 << 22);
    }

    /// The state of ingest, without a graph around it.
    Snapshot snapshot() {
        return new Snapshot(new Overlay(info, base, store, 1 << 20), info.ingested().toEpochMilli());
    }

    NodeIds ids() {
        return plan.ids();
    }

    /// Supervoxels of ingest.
    Set<Long> supervoxels() {
        return new HashSet<>(basinOf.keySet());
    }

    /// The supervoxel of ingest at a voxel.
    long at(int x, int y, int z) {
        return labels.data()[labels.box().index(x, y, z)];
    }

    /// A point in the middle of a voxel.
    EditPoint point(long node, int x, int y, int z) {
        return new EditPoint(node, (x + 0.5) * size.x(), (y + 0.5) * size.y(), (z + 0.5) * size.z());
    }

    /// A point where the supervoxel of ingest was clicked.
    EditPoint point(int x, int y, int z) {
        return point(at(x, y, z), x, y, z);
    }

    static void unchecked(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    interface Step {
        void run() throws IOException;
    }

    /// All voxels of a box, x fastest.
    static List<Int3> voxels(Box box) {
        List<Int3> voxels = new ArrayList<>();
        for (int z = box.min().z(); z < box.max().z(); z++) {
            for (int y = box.min().y(); y < box.max().y(); y++) {
                for (int x = box.min().x(); x < box.max().x(); x++) {
                    voxels.add(new Int3(x, y, z));
                }
            }
        }
        return voxels;
    }

    /// Faces that each two labels have in common.
    static Map<Pair, Long> faces(Box box, long[] data) {
        Map<Pair, Long> faces = new TreeMap<>(BY_IDS);
        int nx = box.size().x();
        int ny = box.size().y();
        for (int i = 0; i < data.length; i++) {
            int x = i % nx;
            int y = i / nx % ny;
            long[] next = {x + 1 < nx ? data[i + 1] : 0, y + 1 < ny ? data[i + nx] : 0,
                i + nx * ny < data.length ? data[i + nx * ny] : 0};
            for (long other : next) {
                if (data[i] != 0 && other != 0 && other != data[i]) {
                    faces.merge(Pair.of(data[i], other), 1L, Long::sum);
                }
            }
        }
        return faces;
    }
}
