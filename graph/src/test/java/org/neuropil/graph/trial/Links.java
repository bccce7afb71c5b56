package org.neuropil.graph.trial;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.neuropil.graph.EditPoint;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.base.Base;
import org.neuropil.graph.base.EdgeTable;
import org.neuropil.graph.ingest.BaseBuilder;
import org.neuropil.graph.ingest.ChunkInput;
import org.neuropil.graph.ingest.EdgeRows;
import org.neuropil.graph.ingest.GraphPlan;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;

/// What ingest is given: supervoxels, and edges between places in their list. Edge i joins `a[i]` and `b[i]`, `a[i] < b[i]`.
///
/// @param grid chunks
/// @param size of a voxel
/// @param ids layout
/// @param supervoxels ascending
record Links(Grid grid, VoxelSize size, NodeIds ids, long[] supervoxels, int[] a, int[] b, float[] affinity,
        boolean[] active) {
    /// So small that all chunks of a world lie near every point: a cut sees the whole object.
    private static final Int3 CHUNK = Int3.all(2);
    private static final VoxelSize SIZE = new VoxelSize(4, 4, 40);
    private static final double ACTIVE = 0.3;

    /// A made world: up to five supervoxels a chunk, each joined to some of its chunk and of the next ones.
    ///
    /// @param shape chunks along each axis
    static Links made(long seed, Int3 shape) {
        Random random = new Random(seed);
        GraphPlan plan = plan(shape);
        Grid grid = plan.grid();
        List<Long> all = new ArrayList<>();
        int[] first = new int[grid.count() + 1];
        for (int i = 0; i < grid.count(); i++) {
            for (int number = 1, count = random.nextInt(6); number <= count; number++) {
                all.add(plan.ids().id(1, grid.position(i), number));
            }
            first[i + 1] = all.size();
        }
        long[] supervoxels = all.stream().mapToLong(id -> id).sorted().toArray();
        List<int[]> edges = new ArrayList<>();
        for (int i = 0; i < grid.count(); i++) {
            List<Integer> near = new ArrayList<>(List.of(i));
            for (int axis = 0; axis < 3; axis++) {
                Int3 next = grid.position(i).with(axis, grid.position(i).get(axis) + 1);
                if (grid.contains(next)) {
                    near.add(grid.index(next));
                }
            }
            for (int other : near) {
                for (int p = first[i]; p < first[i + 1]; p++) {
                    for (int q = other == i ? p + 1 : first[other]; q < first[other + 1]; q++) {
                        if (random.nextInt(3) == 0) {
                            int u = Arrays.binarySearch(supervoxels, all.get(p));
                            int v = Arrays.binarySearch(supervoxels, all.get(q));
                            edges.add(new int[]{Math.min(u, v), Math.max(u, v)});
                        }
                    }
                }
            }
        }
        float[] affinity = new float[edges.size()];
        boolean[] active = new boolean[affinity.length];
        for (int e = 0; e < affinity.length; e++) {
            affinity[e] = (1 + random.nextInt(64)) / 64f;
            active[e] = random.nextDouble() < ACTIVE;
        }
        return new Links(grid, SIZE, plan.ids(), supervoxels, edges.stream().mapToInt(edge -> edge[0]).toArray(),
                edges.stream().mapToInt(edge -> edge[1]).toArray(), affinity, active);
    }

    private static GraphPlan plan(Int3 shape) {
        return GraphPlan.of(Box.of(Int3.ZERO, shape.times(CHUNK)), CHUNK, SIZE, Instant.parse("2026-01-01T00:00:00Z"));
    }

    /// What ingest left in a graph.
    static Links of(GraphInfo info, Base base) throws IOException {
        NodeIds ids = info.ids();
        Grid grid = info.grid();
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < grid.count(); i++) {
            long chunkId = ids.id(1, grid.position(i), 0);
            for (long number = 1, end = base.firstFree(chunkId); number < end; number++) {
                if (base.contains(chunkId + number)) {
                    all.add(chunkId + number);
                }
            }
        }
        long[] supervoxels = all.stream().mapToLong(id -> id).sorted().toArray();
        List<int[]> edges = new ArrayList<>();
        List<Float> affinities = new ArrayList<>();
        for (int i = 0; i < grid.count(); i++) {
            long chunkId = ids.id(1, grid.position(i), 0);
            EdgeTable table = base.edges(grid.position(i));
            for (int row = 0; row < table.numbers().length; row++) {
                long own = chunkId + table.numbers()[row];
                for (int e = table.first()[row]; e < table.first()[row + 1]; e++) {
                    long far = table.far()[e];
                    if (ids.chunkId(far) == chunkId || own < far) {
                        int u = Arrays.binarySearch(supervoxels, own);
                        int v = Arrays.binarySearch(supervoxels, far);
                        edges.add(new int[]{Math.min(u, v), Math.max(u, v), table.active()[e] ? 1 : 0});
                        affinities.add(table.affinity()[e]);
                    }
                }
            }
        }
        float[] affinity = new float[edges.size()];
        boolean[] active = new boolean[affinity.length];
        for (int e = 0; e < affinity.length; e++) {
            affinity[e] = affinities.get(e);
            active[e] = edges.get(e)[2] == 1;
        }
        return new Links(grid, info.voxelSize(), ids, supervoxels, edges.stream().mapToInt(edge -> edge[0]).toArray(),
                edges.stream().mapToInt(edge -> edge[1]).toArray(), affinity, active);
    }

    /// Writes a made world to a store, as ingest does.
    GraphInfo load(GraphStore store) throws IOException {
        return BaseBuilder.build(plan(grid.shape()), this::input, store);
    }

    private ChunkInput input(Int3 chunk) {
        long chunkId = ids.id(1, chunk, 0);
        EdgeRows rows = new EdgeRows(ids, grid, ids.id(2, chunk, 0), "world");
        for (int e = 0; e < a.length; e++) {
            long u = supervoxels[a[e]];
            long v = supervoxels[b[e]];
            if (ids.chunkId(u) == chunkId) {
                rows.add(u, v, affinity[e], 1, active[e]);
            } else if (ids.chunkId(v) == chunkId) {
                rows.add(v, u, affinity[e], 1, active[e]);
            }
        }
        return rows.with(Arrays.stream(supervoxels).filter(id -> ids.chunkId(id) == chunkId).map(ids::number).sorted()
                .toArray());
    }

    /// Of each edge, whether a cut can part its ends without cutting supervoxels: edges of infinite affinity do not join
    /// them.
    boolean[] partable() {
        Disjoint basins = new Disjoint(supervoxels.length);
        for (int e = 0; e < a.length; e++) {
            if (affinity[e] == Float.POSITIVE_INFINITY) {
                basins.join(a[e], b[e]);
            }
        }
        boolean[] partable = new boolean[a.length];
        for (int e = 0; e < a.length; e++) {
            partable[e] = basins.find(a[e]) != basins.find(b[e]);
        }
        return partable;
    }

    /// True if all of it lies near every point, so that a cut leaves no way round.
    boolean isSmall() {
        return grid.chunk().equals(CHUNK);
    }

    /// Place of a supervoxel, negative if it is none.
    int place(long supervoxel) {
        return Arrays.binarySearch(supervoxels, supervoxel);
    }

    /// A click on a supervoxel.
    EditPoint point(int place) {
        Box box = grid.box(ids.chunk(supervoxels[place]));
        return new EditPoint(supervoxels[place], (box.min().x() + 0.5) * size.x(), (box.min().y() + 0.5) * size.y(),
                (box.min().z() + 0.5) * size.z());
    }
}
