package org.neuropil.graph.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.neuropil.graph.Edge;
import org.neuropil.graph.EditPoint;
import org.neuropil.graph.EditResult;
import org.neuropil.graph.Graph;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.Operation;
import org.neuropil.graph.SplitRequest;
import org.neuropil.graph.base.StoredBase;
import org.neuropil.graph.ingest.BaseBuilder;
import org.neuropil.graph.ingest.EdgeRows;
import org.neuropil.graph.ingest.GraphPlan;
import org.neuropil.graph.store.MemoryStore;
import org.neuropil.graph.voxels.SupervoxelVolume;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;

/// A supervoxel is cut in chunks of the size that CAVE's graphs have, which are never looked at as a whole.
class LargeChunkTest {
    private static final VoxelSize SIZE = new VoxelSize(8, 8, 40);
    private static final GraphPlan PLAN = GraphPlan.of(Box.ofSize(256, 256, 1024), new Int3(256, 256, 512), SIZE,
            Instant.ofEpochMilli(1_700_000_000_000L));
    /// Two neurites that touch at a neck.
    private static final long MERGED = PLAN.ids().id(1, Int3.ZERO, 1);
    /// A piece that touches both.
    private static final long BESIDE = PLAN.ids().id(1, Int3.ZERO, 2);
    /// Where one of them goes on.
    private static final long ONWARD = PLAN.ids().id(1, new Int3(0, 0, 1), 1);
    private static final Box ONE = box(20, 20, 0, 28, 28, 512);
    private static final Box NECK = box(28, 23, 250, 30, 25, 252);
    private static final Box OTHER = box(30, 20, 10, 38, 28, 500);
    private static final Box FAR_PIECE = box(250, 250, 3, 256, 256, 4);
    private static final Map<Box, Long> LABELS = new LinkedHashMap<>();
    private long largest;

    static {
        for (Box part : List.of(ONE, NECK, OTHER, FAR_PIECE)) {
            LABELS.put(part, MERGED);
        }
        LABELS.put(box(20, 28, 100, 38, 30, 120), BESIDE);
        LABELS.put(box(20, 20, 512, 28, 28, 600), ONWARD);
    }

    private final SupervoxelVolume volume = new SupervoxelVolume() {
        @Override
        public Box bounds() {
            return PLAN.grid().bounds();
        }

        @Override
        public VoxelSize voxelSize() {
            return SIZE;
        }

        @Override
        public Block.Longs read(Box box) {
            largest = Math.max(largest, box.volume());
            Block.Longs block = new Block.Longs(box, new long[box.voxels()]);
            LABELS.forEach((where, id) -> SplitWorld.voxels(where.intersect(box))
                    .forEach(v -> block.data()[box.index(v.x(), v.y(), v.z())] = id));
            return block;
        }
    };

    private static Box box(int x, int y, int z, int endX, int endY, int endZ) {
        return new Box(new Int3(x, y, z), new Int3(endX, endY, endZ));
    }

    private LiveGraph open() throws IOException {
        MemoryStore store = new MemoryStore();
        GraphInfo info = BaseBuilder.build(PLAN, chunk -> {
            boolean first = chunk.equals(Int3.ZERO);
            EdgeRows rows = new EdgeRows(PLAN.ids(), PLAN.grid(), PLAN.ids().id(2, chunk, 0), "world");
            if (first) {
                rows.add(MERGED, BESIDE, 0.5f, 2 * 8 * 20, true);
                rows.add(MERGED, ONWARD, Float.POSITIVE_INFINITY, 64, true);
            } else {
                rows.add(ONWARD, MERGED, Float.POSITIVE_INFINITY, 64, true);
            }
            return rows.with(first ? new long[]{1, 2} : new long[]{1});
        }, store);
        return LiveGraph.open(info, store, new StoredBase(info, store, 1 << 20), volume, Clock.systemUTC(), 1 << 20);
    }

    private static EditPoint point(int x, int y, int z) {
        return new EditPoint(MERGED, (x + 0.5) * SIZE.x(), (y + 0.5) * SIZE.y(), (z + 0.5) * SIZE.z());
    }

    private static long at(Block.Longs labels, Int3 voxel) {
        return labels.data()[labels.box().index(voxel.x(), voxel.y(), voxel.z())];
    }

    @Test
    void aSupervoxelIsCutInAChunkOfTheUsualSize() throws IOException {
        LiveGraph graph = open();
        EditResult result = graph
                .split(SplitRequest.of("u", List.of(point(24, 24, 240)), List.of(point(34, 24, 260))));

        assertThat(result.newRoots()).hasSize(2);
        // A part of the chunk with a voxel more on each side.
        assertThat(largest).isLessThanOrEqualTo(258 * 258 * 66);
        Operation operation = Objects.requireNonNull(graph.operation(result.operation().orElseThrow()));
        assertThat(operation.supervoxelSplits()).singleElement()
                .satisfies(split -> assertThat(split.whole()).isEqualTo(MERGED));
        SupervoxelVolume after = Objects.requireNonNull(graph.supervoxelVolume());
        Block.Longs now = after.read(box(18, 18, 0, 40, 31, 601));
        long one = at(now, new Int3(24, 24, 240));
        long other = at(now, new Int3(34, 24, 260));
        Set<Long> parts = new TreeSet<>();
        for (Int3 v : SplitWorld.voxels(now.box())) {
            long before = LABELS.entrySet().stream().filter(e -> e.getKey().contains(v.x(), v.y(), v.z()))
                    .mapToLong(Map.Entry::getValue).findFirst().orElse(0);
            if (before != MERGED) {
                assertThat(at(now, v)).isEqualTo(before);
            } else {
                parts.add(at(now, v));
                if (v.x() < 28 || v.x() >= 30) {
                    assertThat(at(now, v)).isEqualTo(v.x() < 28 ? one : other);
                }
            }
        }
        assertThat(parts).containsExactlyInAnyOrder(one, other);
        // What hangs together with nothing is cut off as a piece of its own, however far away in the chunk.
        Block.Longs piece = after.read(FAR_PIECE);
        assertThat(Arrays.stream(piece.data()).distinct().toArray()).hasSize(1).doesNotContain(MERGED, one, other);

        assertThat(graph.root(ONWARD, Graph.NOW)).isEqualTo(graph.root(one, Graph.NOW))
                .isNotEqualTo(graph.root(other, Graph.NOW));
        assertThat(graph.root(piece.data()[0], Graph.NOW)).isEqualTo(graph.root(other, Graph.NOW));
        List<Edge> edges = List.of(result.newRoots()[0], result.newRoots()[1]).stream()
                .flatMap(root -> subgraph(graph, root).stream()).distinct().toList();
        assertThat(edges.stream().filter(e -> e.a() == BESIDE || e.b() == BESIDE)).hasSize(2)
                .allSatisfy(e -> assertThat(e.area()).isEqualTo(8 * 20));
        assertThat(edges).contains(new Edge(one, ONWARD, Float.POSITIVE_INFINITY, 64));

        EditResult undone = graph.undo("u", operation.id());
        assertThat(undone.newRoots()).hasSize(1);
    }

    private static List<Edge> subgraph(LiveGraph graph, long root) {
        List<Edge> edges = new java.util.ArrayList<>();
        SplitWorld.unchecked(() -> edges.addAll(graph.subgraph(root, null, false)));
        return edges;
    }
}
