package org.neuropil.graph.ingest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import org.neuropil.graph.NodeIds;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;

/// A small world of supervoxels and edges at random: chunks with none, with gaps in their numbers, edges between any
/// chunks.
final class RandomWorld {
    final GraphPlan plan;
    final NodeIds ids;
    /// Numbers of the supervoxels of each chunk, by its index.
    final List<long[]> supervoxels = new ArrayList<>();
    final List<Link> links = new ArrayList<>();

    /// An edge, a < b.
    record Link(long a, long b, float affinity, long area, boolean active) {}

    RandomWorld(long seed, Int3 shape) {
        Random random = new Random(seed);
        plan = GraphPlan.of(Box.of(new Int3(5, 6, 7), shape.times(Int3.all(4))), Int3.all(4), new VoxelSize(4, 4, 40),
                Instant.ofEpochMilli(1_700_000_000_123L));
        ids = plan.ids();
        Grid grid = plan.grid();
        List<Long> all = new ArrayList<>();
        int most = random.nextInt(1, 9);
        for (int i = 0; i < grid.count(); i++) {
            long[] numbers = new long[random.nextInt(5) == 0 ? 0 : random.nextInt(most + 1)];
            long number = 0;
            boolean sparse = random.nextInt(4) == 0;
            for (int k = 0; k < numbers.length; k++) {
                number += random.nextInt(3) > 0 ? 1 : random.nextInt(1, sparse ? 100_000 : 3);
                numbers[k] = number;
                all.add(ids.id(1, grid.position(i), number));
            }
            supervoxels.add(numbers);
        }
        double active = random.nextDouble();
        boolean near = random.nextBoolean();
        Set<List<Long>> taken = new HashSet<>();
        int tries = all.size() * random.nextInt(1, 4);
        for (int i = 0; i < tries && all.size() > 1; i++) {
            int p = random.nextInt(all.size());
            int q = near ? Math.floorMod(p + random.nextInt(-6, 7), all.size()) : random.nextInt(all.size());
            long a = Math.min(all.get(p), all.get(q));
            long b = Math.max(all.get(p), all.get(q));
            if (a != b && taken.add(List.of(a, b))) {
                float affinity = random.nextInt(9) == 0 ? Float.POSITIVE_INFINITY : random.nextFloat();
                links.add(new Link(a, b, affinity, random.nextInt(1, 1000), random.nextDouble() < active));
            }
        }
    }

    /// What ingest is given of a chunk.
    ChunkInput input(Int3 chunk) {
        EdgeRows rows = new EdgeRows(ids, plan.grid(), ids.id(2, chunk, 0), "world");
        long own = ids.id(1, chunk, 0);
        for (Link link : links) {
            if (ids.chunkId(link.a()) == own) {
                rows.add(link.a(), link.b(), link.affinity(), link.area(), link.active());
            } else if (ids.chunkId(link.b()) == own) {
                rows.add(link.b(), link.a(), link.affinity(), link.area(), link.active());
            }
        }
        return rows.with(supervoxels.get(plan.grid().index(chunk)));
    }

    /// All supervoxels and their chunks' positions.
    TreeMap<Long, Int3> positions() {
        TreeMap<Long, Int3> positions = new TreeMap<>();
        for (int i = 0; i < supervoxels.size(); i++) {
            Int3 position = plan.grid().position(i);
            for (long number : supervoxels.get(i)) {
                positions.put(ids.id(1, position, number), position);
            }
        }
        return positions;
    }

    /// The world with the edges active between supervoxels for which this is true.
    RandomWorld joined(java.util.function.Predicate<Link> active) {
        RandomWorld other = new RandomWorld(plan, supervoxels);
        for (Link link : links) {
            other.links.add(new Link(link.a(), link.b(), link.affinity(), link.area(), active.test(link)));
        }
        return other;
    }

    private RandomWorld(GraphPlan plan, List<long[]> supervoxels) {
        this.plan = plan;
        this.ids = plan.ids();
        this.supervoxels.addAll(supervoxels);
    }
}
