package org.neuropil.graph.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

import org.neuropil.graph.Edge;
import org.neuropil.graph.EditPoint;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.base.EdgeTable;
import org.neuropil.graph.ingest.ChunkInput;
import org.neuropil.graph.ingest.GraphPlan;
import org.neuropil.graph.voxels.SupervoxelVolume;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;

/// A random world that ingest could have left: a few chunks of labels and all edges between those that touch.
///
/// Labels are drawn on blocks; in some worlds a block is a voxel, in others so many that what is near a point is a part
/// of the world only.
final class SmallWorld {
    private static final int MOST_CHUNKS = 24;
    /// Affinities are multiples of this fraction, so that sums are exact.
    private static final int UNITS = 64;

    /// What the graph is of.
    final GraphInfo info;
    /// The state at ingest.
    final State state;
    /// Voxels of a block.
    private final Int3 scale;
    private final Box blocks;
    /// Supervoxel of each block, x fastest; 0 is background.
    private final long[] labels;
    private final Map<Long, List<Int3>> places = new HashMap<>();

    private SmallWorld(Random random, Grid grid, int[] basins) {
        blocks = grid.bounds();
        NodeIds ids = layout(random, grid.shape());
        labels = supervoxels(random, grid, basins, ids);
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] != 0) {
                places.computeIfAbsent(labels[i], any -> new ArrayList<>()).add(place(i));
            }
        }
        SortedMap<Pair, Edge> edges = edges(random, basins);
        state = new State(ids, Ids.set(places.keySet()), edges, active(random, edges));
        boolean fine = random.nextInt(3) == 0;
        scale = fine
                ? Int3.all(1)
                : new Int3(120 + random.nextInt(180), 120 + random.nextInt(180), 12 + random.nextInt(18));
        Int3 corner = random.nextBoolean()
                ? Int3.ZERO
                : new Int3(random.nextInt(900) - 450, random.nextInt(900) - 450, random.nextInt(90) - 45);
        VoxelSize size = random.nextBoolean() ? new VoxelSize(8, 8, 40) : new VoxelSize(10.5, 4, 33);
        info = new GraphInfo(Box.of(corner, blocks.size().times(scale)), grid.chunk().times(scale), size, ids.layers(),
                ids.bits(), BaseIds.anchorBits(state),
                Instant.parse("2026-01-01T00:00:00Z").plusMillis(random.nextInt(100_000)), places.size(),
                edges.size());
    }

    /// A world of at least two supervoxels.
    static SmallWorld random(Random random) {
        while (true) {
            Int3 chunk = new Int3(2 + random.nextInt(3), 2 + random.nextInt(3), 1 + random.nextInt(2));
            Int3 shape = shape(random);
            // The last chunks may be clipped.
            Int3 size = shape.times(chunk).minus(
                    new Int3(random.nextInt(chunk.x()), random.nextInt(chunk.y()), random.nextInt(chunk.z())));
            Grid grid = new Grid(new Box(Int3.ZERO, size), chunk);
            SmallWorld world = new SmallWorld(random, grid, basins(random, grid.bounds()));
            if (world.state.supervoxels.size() > 1) {
                return world;
            }
        }
    }

    private static Int3 shape(Random random) {
        while (true) {
            int kind = random.nextInt(10);
            Int3 shape = switch (kind) {
                case 0 -> Int3.all(1);
                case 1 -> Int3.all(1 + random.nextInt(2)).with(random.nextInt(3), 5 + random.nextInt(4));
                default -> new Int3(1 + random.nextInt(4), 1 + random.nextInt(4), 1 + random.nextInt(4));
            };
            if (shape.volume() <= MOST_CHUNKS) {
                return shape;
            }
        }
    }

    private static NodeIds layout(Random random, Int3 shape) {
        int most = Math.max(shape.x(), Math.max(shape.y(), shape.z()));
        int halvings = Integer.SIZE - Integer.numberOfLeadingZeros(most - 1);
        return new NodeIds(halvings + 2, random.nextBoolean() ? 10 : Math.max(1, halvings) + random.nextInt(2));
    }

    /// Basins that grew from random seeds, one a seed; a few are background.
    private static int[] basins(Random random, Box blocks) {
        int[] basins = new int[blocks.voxels()];
        int seeds = 2 + random.nextInt(Math.min(60, Math.max(1, basins.length / 3)));
        List<int[]> border = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            border.add(new int[]{random.nextInt(basins.length), seed % 12 == 0 ? -1 : seed});
        }
        while (!border.isEmpty()) {
            int[] at = border.remove(random.nextInt(border.size()));
            if (basins[at[0]] == 0) {
                basins[at[0]] = at[1];
                for (int axis = 0; axis < 3; axis++) {
                    for (int step : new int[]{-1, 1}) {
                        Int3 next = place(blocks, at[0]);
                        next = next.with(axis, next.get(axis) + step);
                        if (blocks.contains(next.x(), next.y(), next.z())) {
                            border.add(new int[]{blocks.index(next.x(), next.y(), next.z()), at[1]});
                        }
                    }
                }
            }
        }
        return basins;
    }

    /// Cuts basins at the borders of chunks and numbers the pieces of each chunk at random, with gaps.
    private static long[] supervoxels(Random random, Grid grid, int[] basins, NodeIds ids) {
        long[] labels = new long[basins.length];
        Map<List<Integer>, Long> known = new HashMap<>();
        Map<Integer, Set<Integer>> given = new HashMap<>();
        for (int i = 0; i < basins.length; i++) {
            if (basins[i] > 0) {
                Int3 chunk = grid.positionOf(place(grid.bounds(), i));
                int index = grid.index(chunk);
                labels[i] = known.computeIfAbsent(List.of(index, basins[i]), any -> {
                    Set<Integer> taken = given.computeIfAbsent(index, none -> new HashSet<>());
                    int number = 1 + taken.size();
                    while (random.nextInt(3) == 0 || taken.contains(number)) {
                        number++;
                    }
                    taken.add(number);
                    return ids.id(1, chunk, number);
                });
            }
        }
        return labels;
    }

    /// An edge for all pairs of labels that share a face; of infinite affinity if a chunk's border cuts one basin.
    private SortedMap<Pair, Edge> edges(Random random, int[] basins) {
        int levels = random.nextBoolean() ? 4 : UNITS;
        SortedMap<Pair, Edge> edges = new TreeMap<>(Ids.PAIRS);
        for (int i = 0; i < labels.length; i++) {
            for (int axis = 0; axis < 3; axis++) {
                Int3 next = place(i);
                next = next.with(axis, next.get(axis) + 1);
                if (!blocks.contains(next.x(), next.y(), next.z())) {
                    continue;
                }
                int j = blocks.index(next.x(), next.y(), next.z());
                if (labels[i] != 0 && labels[j] != 0 && labels[i] != labels[j]) {
                    Pair pair = Pair.of(labels[i], labels[j]);
                    float affinity = basins[i] == basins[j]
                            ? Float.POSITIVE_INFINITY
                            : random.nextInt(levels + 1) / (float) levels;
                    Edge before = edges.get(pair);
                    edges.put(pair, before == null
                            ? new Edge(pair.a(), pair.b(), affinity, 1)
                            : new Edge(pair.a(), pair.b(), before.affinity(), before.area() + 1));
                }
            }
        }
        return edges;
    }

    /// Parts of one basin always; the rest by affinity or by chance.
    private static SortedSet<Pair> active(Random random, SortedMap<Pair, Edge> edges) {
        boolean byAffinity = random.nextBoolean();
        double threshold = 0.2 + 0.8 * random.nextDouble();
        SortedSet<Pair> active = Ids.pairs(List.of());
        edges.forEach((pair, edge) -> {
            double value = byAffinity ? edge.affinity() : random.nextDouble();
            if (edge.affinity() == Float.POSITIVE_INFINITY || value > threshold) {
                active.add(pair);
            }
        });
        return active;
    }

    private Int3 place(int index) {
        return place(blocks, index);
    }

    private static Int3 place(Box blocks, int index) {
        Int3 size = blocks.size();
        return new Int3(index % size.x(), index / size.x() % size.y(), index / size.x() / size.y());
    }

    /// True if its voxels are few enough to look at many of them.
    boolean isFine() {
        return scale.equals(Int3.all(1));
    }

    /// The supervoxel at a voxel of mip 0, 0 for background and outside.
    long label(int x, int y, int z) {
        if (!info.bounds().contains(x, y, z)) {
            return 0;
        }
        Int3 block = new Int3(x, y, z).minus(info.bounds().min()).floorDiv(scale);
        return labels[blocks.index(block.x(), block.y(), block.z())];
    }

    /// A random position within a supervoxel.
    ///
    /// @param node what it is said to have been clicked on
    EditPoint point(Random random, long node, long supervoxel) {
        List<Int3> all = Objects.requireNonNull(places.get(supervoxel));
        Int3 voxel = all.get(random.nextInt(all.size())).times(scale).plus(info.bounds().min()).plus(new Int3(
                random.nextInt(scale.x()), random.nextInt(scale.y()), random.nextInt(scale.z())));
        VoxelSize size = info.voxelSize();
        return new EditPoint(node, (voxel.x() + 0.1 + 0.8 * random.nextDouble()) * size.x(),
                (voxel.y() + 0.1 + 0.8 * random.nextDouble()) * size.y(),
                (voxel.z() + 0.1 + 0.8 * random.nextDouble()) * size.z());
    }

    /// Voxel of mip 0 that a point lies in.
    static Int3 voxel(GraphInfo info, EditPoint point) {
        VoxelSize size = info.voxelSize();
        return new Int3((int) Math.floor(point.x() / size.x()), (int) Math.floor(point.y() / size.y()),
                (int) Math.floor(point.z() / size.z()));
    }

    /// What ingest knows before it begins.
    GraphPlan plan() {
        return new GraphPlan(info.bounds(), info.chunk(), info.voxelSize(), info.ids(), info.ingested());
    }

    /// What ingest is given of a chunk.
    ChunkInput input(Int3 chunk) {
        return new ChunkInput(numbers(chunk), table(chunk));
    }

    private long[] numbers(Int3 chunk) {
        long chunkId = state.ids.id(1, chunk, 0);
        return state.supervoxels.stream().filter(supervoxel -> state.ids.chunkId(supervoxel) == chunkId)
                .mapToLong(state.ids::number).toArray();
    }

    /// The edges of a chunk as ingest keeps them.
    EdgeTable table(Int3 chunk) {
        NodeIds ids = state.ids;
        long chunkId = ids.id(1, chunk, 0);
        long[] numbers = numbers(chunk);
        int[] first = new int[numbers.length + 1];
        List<Edge> list = new ArrayList<>();
        List<Long> far = new ArrayList<>();
        for (int row = 0; row < numbers.length; row++) {
            long own = chunkId + numbers[row];
            SortedMap<Long, Edge> mine = new TreeMap<>(Long::compareUnsigned);
            for (Edge edge : state.edges.values()) {
                long other = edge.a() == own ? edge.b() : edge.a();
                boolean inside = ids.chunkId(other) == chunkId;
                if (edge.a() == own || (edge.b() == own && !inside)) {
                    mine.put(other, edge);
                }
            }
            list.addAll(mine.values());
            far.addAll(mine.keySet());
            first[row + 1] = list.size();
        }
        int n = list.size();
        float[] affinity = new float[n];
        long[] area = new long[n];
        boolean[] active = new boolean[n];
        for (int i = 0; i < n; i++) {
            Edge edge = list.get(i);
            affinity[i] = edge.affinity();
            area[i] = edge.area();
            active[i] = state.active.contains(new Pair(edge.a(), edge.b()));
        }
        return new EdgeTable(numbers, first, far.stream().mapToLong(id -> id).toArray(), affinity, area, active);
    }

    /// Where its supervoxels lie.
    SupervoxelVolume volume() {
        return new SupervoxelVolume() {
            @Override
            public Box bounds() {
                return info.bounds();
            }

            @Override
            public VoxelSize voxelSize() {
                return info.voxelSize();
            }

            @Override
            public Block.Longs read(Box box) {
                long[] data = new long[box.voxels()];
                for (int z = box.min().z(); z < box.max().z(); z++) {
                    for (int y = box.min().y(); y < box.max().y(); y++) {
                        for (int x = box.min().x(); x < box.max().x(); x++) {
                            data[box.index(x, y, z)] = label(x, y, z);
                        }
                    }
                }
                return new Block.Longs(box, data);
            }
        };
    }
}
