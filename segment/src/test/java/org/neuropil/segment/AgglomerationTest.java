package org.neuropil.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.pipeline.BlockJob;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;

class AgglomerationTest {
    private static final SupervoxelIds LAYOUT = new SupervoxelIds(10);

    @Test
    void mergesByTheMeanOverTheCommonBoundary() {
        // 1-2 merge first (0.9). Then 1+2 and 3 share 0.8 x 1 + 0.2 x 3 over 4 faces = 0.35, below the threshold,
        // although 1-3 alone is above it.
        List<Edge> edges = List.of(new Edge(1, 2, 0.9f, 5), new Edge(1, 3, 0.8f, 1), new Edge(2, 3, 0.2f, 3));
        assertThat(whole(new long[]{1, 2, 3}, edges, 0.5)).isEqualTo(Map.of(1L, 1L, 2L, 1L, 3L, 3L));
        assertThat(whole(new long[]{1, 2, 3}, edges, 0.3)).isEqualTo(Map.of(1L, 1L, 2L, 1L, 3L, 1L));
    }

    @Test
    void joinsThePartsOfACutBasinAlways() {
        List<Edge> edges = List.of(new Edge(1, 2, Float.POSITIVE_INFINITY, 1));
        assertThat(whole(new long[]{1, 2}, edges, 1)).isEqualTo(Map.of(1L, 1L, 2L, 1L));
    }

    @Test
    void agreesWithBruteForce() {
        Random random = new Random(11);
        for (int world = 0; world < 300; world++) {
            int n = 2 + random.nextInt(25);
            long[] ids = new long[n];
            Arrays.setAll(ids, i -> i + 1L);
            // Few distinct affinities and areas make many ties.
            List<Edge> edges = new ArrayList<>();
            for (int a = 1; a <= n; a++) {
                for (int b = a + 1; b <= n; b++) {
                    if (random.nextInt(n) < 5) {
                        edges.add(new Edge(a, b, random.nextInt(5) / 4f, 1 + random.nextInt(2)));
                    }
                }
            }
            double threshold = random.nextInt(4) / 4.0;
            assertThat(whole(ids, edges, threshold)).as("world %d", world)
                    .isEqualTo(bruteForce(ids, edges, threshold));
        }
    }

    @Test
    void inPartsGivesExactlyTheWhole(@TempDir Path folder) throws IOException {
        Random random = new Random(5);
        for (int world = 0; world < 60; world++) {
            Int3 shape = new Int3(1 + random.nextInt(5), 1 + random.nextInt(3), 1 + random.nextInt(3));
            World made = World.random(random, shape, 2 + random.nextInt(8));
            double threshold = random.nextInt(4) / 4.0;
            Map<Long, Long> parts = made.inParts(folder.resolve("world" + world), threshold);
            assertThat(parts).as("world %d", world).isEqualTo(whole(made.ids(), made.edges, threshold))
                    .isEqualTo(bruteForce(made.ids(), made.edges, threshold));
        }
    }

    private static Map<Long, Long> whole(long[] ids, List<Edge> edges, double threshold) {
        RegionGraph graph = new RegionGraph(ids.clone());
        Map<Long, Integer> index = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            index.put(ids[i], i);
        }
        for (Edge edge : edges) {
            graph.add(index.getOrDefault(edge.a(), -1), index.getOrDefault(edge.b(), -1),
                    RegionGraph.Boundary.of(edge));
        }
        Agglomeration.run(graph, threshold);
        Map<Integer, Long> smallest = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            smallest.merge(graph.find(i), ids[i], Math::min);
        }
        Map<Long, Long> result = new TreeMap<>();
        for (int i = 0; i < ids.length; i++) {
            result.put(ids[i], smallest.getOrDefault(graph.find(i), 0L));
        }
        return result;
    }

    /// Looks at all pairs of regions each time, and at all edges between them, and merges the best.
    private static Map<Long, Long> bruteForce(long[] ids, List<Edge> edges, double threshold) {
        Map<Long, Long> region = new TreeMap<>();
        for (long id : ids) {
            region.put(id, id);
        }
        while (true) {
            Map<List<Long>, List<Edge>> boundaries = new HashMap<>();
            for (Edge edge : edges) {
                long a = region.getOrDefault(edge.a(), 0L);
                long b = region.getOrDefault(edge.b(), 0L);
                if (a != b) {
                    boundaries.computeIfAbsent(List.of(Math.min(a, b), Math.max(a, b)), _ -> new ArrayList<>())
                            .add(edge);
                }
            }
            List<Long> best = List.of();
            double bestMean = -1;
            long bestHigh = 0;
            long bestLow = 0;
            for (Map.Entry<List<Long>, List<Edge>> boundary : boundaries.entrySet()) {
                long sum = 0;
                long area = 0;
                long high = 0;
                long low = 0;
                boolean cut = false;
                for (Edge edge : boundary.getValue()) {
                    cut |= edge.isCut();
                    sum += edge.isCut() ? 0 : Math.round((double) edge.affinity() * edge.area() * 65536);
                    area += edge.area();
                    long edgeHigh = Math.max(edge.a(), edge.b());
                    long edgeLow = Math.min(edge.a(), edge.b());
                    if (edgeHigh > high || (edgeHigh == high && edgeLow > low)) {
                        high = edgeHigh;
                        low = edgeLow;
                    }
                }
                double mean = cut ? Double.POSITIVE_INFINITY : (double) sum / area / 65536;
                boolean better = mean > bestMean
                        || (mean == bestMean && (high < bestHigh || (high == bestHigh && low < bestLow)));
                if (mean >= threshold && better) {
                    best = boundary.getKey();
                    bestMean = mean;
                    bestHigh = high;
                    bestLow = low;
                }
            }
            if (best.isEmpty()) {
                return region;
            }
            long kept = best.get(0);
            long gone = best.get(1);
            region.replaceAll((_, r) -> r == gone ? kept : r);
        }
    }

    /// Supervoxels in a grid of chunks with random edges within chunks and between neighbours.
    private record World(Grid grid, Map<Int3, long[]> supervoxels, List<Edge> edges) {
        static World random(Random random, Int3 shape, int perChunk) {
            Grid grid = new Grid(new Box(Int3.ZERO, shape.times(Int3.all(8))), Int3.all(8));
            Map<Int3, long[]> supervoxels = new HashMap<>();
            for (int c = 0; c < grid.count(); c++) {
                long[] ids = new long[perChunk];
                for (int i = 0; i < perChunk; i++) {
                    ids[i] = LAYOUT.id(grid.position(c), i + 1);
                }
                supervoxels.put(grid.position(c), ids);
            }
            List<Edge> edges = new ArrayList<>();
            for (int c = 0; c < grid.count(); c++) {
                for (int d = c; d < grid.count(); d++) {
                    Int3 apart = grid.position(d).minus(grid.position(c));
                    if (Math.abs(apart.x()) > 1 || Math.abs(apart.y()) > 1 || Math.abs(apart.z()) > 1) {
                        continue;
                    }
                    for (int i = 1; i <= perChunk; i++) {
                        for (int j = c == d ? i + 1 : 1; j <= perChunk; j++) {
                            if (random.nextInt(perChunk * 2) < 3) {
                                boolean cut = c != d && random.nextInt(4) == 0;
                                edges.add(new Edge(LAYOUT.id(grid.position(c), i), LAYOUT.id(grid.position(d), j),
                                        cut ? Float.POSITIVE_INFINITY : random.nextInt(9) / 8f,
                                        1 + random.nextInt(3)));
                            }
                        }
                    }
                }
            }
            return new World(grid, supervoxels, edges);
        }

        long[] ids() {
            return supervoxels.values().stream().flatMapToLong(Arrays::stream).sorted().toArray();
        }

        Map<Long, Long> inParts(Path folder, double threshold) throws IOException {
            Path edgeFolder = Files.createDirectories(folder.resolve("edges"));
            AgglomerationTree tree = new AgglomerationTree(grid, LAYOUT, threshold, edgeFolder,
                    Files.createDirectories(folder.resolve("scratch")));
            for (int c = 0; c < grid.count(); c++) {
                Int3 chunk = grid.position(c);
                List<Edge> inside = new ArrayList<>();
                List<Edge> cut = new ArrayList<>();
                List<Edge> between = new ArrayList<>();
                for (Edge edge : edges) {
                    boolean a = LAYOUT.chunk(edge.a()).equals(chunk);
                    boolean b = LAYOUT.chunk(edge.b()).equals(chunk);
                    if (a && b) {
                        inside.add(edge);
                    } else if (a || b) {
                        (edge.isCut() ? cut : between)
                                .add(a ? edge : new Edge(edge.b(), edge.a(), edge.affinity(), edge.area()));
                    }
                }
                Files.write(edgeFolder.resolve(ChunkEdges.fileName(chunk)),
                        new ChunkEdges(inside, cut, between).toBytes());
                tree.putSupervoxels(chunk, supervoxels.getOrDefault(chunk, new long[0]));
            }
            for (BlockJob job : tree.jobs()) {
                for (int block = job.blocks() - 1; block >= 0; block--) {
                    job.run(block);
                }
            }
            Map<Long, Long> result = new TreeMap<>();
            for (int c = 0; c < grid.count(); c++) {
                result.putAll(tree.segments(grid.position(c)));
            }
            return result;
        }
    }
}
