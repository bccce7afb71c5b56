package org.neuropil.bench.graph;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

import org.neuropil.graph.Graph;

/// Times how roots of random supervoxels are looked up by one thread.
final class RootTimes {
    private static final int BATCH = 10_000;
    private static final int LARGE = 1_000_000;
    private static final int ONES = 20_000;
    private static final double SECONDS = 4;
    private static final int FORGOTTEN = 1_000;
    /// More than caches of processors hold, in numbers of 8 bytes.
    private static final int CACHES = 96 << 17;

    private RootTimes() {}

    static void run(Path folder, World world) throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        try (GraphBench.Opened opened = GraphBench.open(folder)) {
            Graph graph = opened.graph();
            GraphBench.figure("roots.first_batch_per_s", BATCH / seconds(graph, random(world, random, BATCH)),
                    "roots/s");
            GraphBench.figure("roots.cold_million_per_s", LARGE / seconds(graph, random(world, random, LARGE)),
                    "roots/s");
            // What is in memory now stays there if it fits.
            rate(graph, world, random, LARGE, 1);
            GraphBench.figure("roots.per_s_core", rate(graph, world, random, BATCH, SECONDS), "roots/s");
            GraphBench.figure("roots.million_per_s", rate(graph, world, random, LARGE, SECONDS), "roots/s");
            GraphBench.figure("roots.hundred_per_s", rate(graph, world, random, 100, SECONDS), "roots/s");
            one(graph, world, random);
            GraphBench.figure("roots.single_us", one(graph, world, random) * 1e6, "us");
            GraphBench.figure("roots.forgotten_us", forgotten(graph, world, random) * 1e6, "us");
            if (graph.head().equals(graph.info().ingested())) {
                check(graph, world, random);
            }
            opened.base().figures()
                    .forEach((name, value) -> GraphBench.figure("roots." + name, value,
                            name.endsWith("bytes") ? "B" : "1"));
            GraphBench.figure("roots.peak_mib", GraphBench.peakMib(), "MiB");
        }
    }

    private static long[] random(World world, SplittableRandom random, int count) {
        long[] ids = new long[count];
        for (int i = 0; i < count; i++) {
            ids[i] = world.supervoxel(random.nextInt(world.shape.x() * World.SIDE),
                    random.nextInt(world.shape.y() * World.SIDE), random.nextInt(world.shape.z() * World.SIDE));
        }
        return ids;
    }

    private static double seconds(Graph graph, long[] ids) throws IOException {
        long start = System.nanoTime();
        long[] roots = graph.roots(ids, Graph.NOW, graph.info().layers());
        double seconds = (System.nanoTime() - start) / 1e9;
        for (long root : roots) {
            if (root == 0) {
                throw new IllegalStateException("a supervoxel has no root");
            }
        }
        return seconds;
    }

    /// Roots a second, over batches that take some seconds, at least three.
    private static double rate(Graph graph, World world, SplittableRandom random, int batch, double least)
            throws IOException {
        double sum = 0;
        long roots = 0;
        for (int i = 0; i < 3 || sum < least; i++) {
            sum += seconds(graph, random(world, random, batch));
            roots += batch;
        }
        return roots / sum;
    }

    /// Mean seconds of a lookup of one root.
    private static double one(Graph graph, World world, SplittableRandom random) throws IOException {
        long[] ids = random(world, random, ONES);
        long start = System.nanoTime();
        for (long id : ids) {
            graph.root(id, Graph.NOW);
        }
        return (System.nanoTime() - start) / 1e9 / ONES;
    }

    /// Median seconds of a lookup of one root by a processor that has done something else since the last, so that all it
    /// reads comes from memory, whatever the size of the graph.
    private static double forgotten(Graph graph, World world, SplittableRandom random) throws IOException {
        long[] ids = random(world, random, FORGOTTEN);
        long[] other = new long[CACHES];
        double[] seconds = new double[FORGOTTEN];
        long sum = 0;
        for (int i = 0; i < FORGOTTEN; i++) {
            for (int k = 0; k < CACHES; k += Long.BYTES) {
                other[k] += i;
                sum += other[k];
            }
            long start = System.nanoTime();
            sum += graph.root(ids[i], Graph.NOW);
            seconds[i] = (System.nanoTime() - start) / 1e9;
        }
        if (sum == 0) {
            throw new IllegalStateException("nothing was read");
        }
        Arrays.sort(seconds);
        return seconds[FORGOTTEN / 2];
    }

    /// Neurons have one root each, and not that of the next.
    private static void check(Graph graph, World world, SplittableRandom random) throws IOException {
        for (int i = 0; i < 20; i++) {
            int[] pieces = world.neurons.pieces(1 + random.nextInt(world.neurons.count()));
            int[] others = world.neurons.pieces(1 + random.nextInt(world.neurons.count()));
            long root = root(graph, world, random, pieces);
            if (root != root(graph, world, random, pieces)
                    || !Arrays.equals(pieces, others) && root == root(graph, world, random, others)) {
                throw new IllegalStateException("roots are not those of the neurons");
            }
        }
    }

    private static long root(Graph graph, World world, SplittableRandom random, int[] pieces) throws IOException {
        return graph.root(world.point(pieces[random.nextInt(pieces.length)], random.nextInt(World.SIDE)).node(),
                Graph.NOW);
    }
}
