package org.neuropil.graph.cut;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// A random graph with points, held as plainly as can be.
final class World {
    /// Units of an edge that must not be cut: more than all others together.
    static final long CUT = 1L << 40;
    private static final int UNITS = 64;

    /// Supervoxels; number `i` has the id [#id]`(i)`.
    final int n;
    final int[] left;
    final int[] right;
    /// Affinity in 1/64.
    final long[] units;
    final int[] sources;
    final int[] sinks;

    private World(int n, int[] left, int[] right, long[] units, int[] sources, int[] sinks) {
        this.n = n;
        this.left = left;
        this.right = right;
        this.units = units;
        this.sources = sources;
        this.sinks = sinks;
    }

    static World random(Random random, int most) {
        int n = 2 + random.nextInt(most - 1);
        // Few different affinities make ties, 0 among them.
        int levels = random.nextBoolean() ? 4 : UNITS;
        int glue = random.nextBoolean() ? 0 : 10;
        List<int[]> ends = new ArrayList<>();
        for (int b = 1; b < n; b++) {
            // Mostly connected, with some edges more; also parallel ones.
            for (int more = random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(4); more > 0; more--) {
                ends.add(new int[]{b, b - 1 - random.nextInt(Math.min(b, 6))});
            }
        }
        int m = ends.size();
        long[] units = new long[m];
        for (int e = 0; e < m; e++) {
            units[e] = random.nextInt(100) < glue ? CUT : random.nextInt(levels + 1) * (long) (UNITS / levels);
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        int points = Math.min(n, 2 + random.nextInt(4));
        int split = 1 + random.nextInt(points - 1);
        return new World(n, ends.stream().mapToInt(end -> end[0]).toArray(),
                ends.stream().mapToInt(end -> end[1]).toArray(), units, ints(order.subList(0, split)),
                ints(order.subList(split, points)));
    }

    /// The same with edges, their ends and points in another order, and points repeated.
    World shuffled(Random random) {
        List<Integer> order = new ArrayList<>();
        for (int e = 0; e < edges(); e++) {
            order.add(e);
        }
        Collections.shuffle(order, random);
        int[] a = new int[edges()];
        int[] b = new int[edges()];
        long[] shuffled = new long[edges()];
        for (int e = 0; e < edges(); e++) {
            int from = order.get(e);
            boolean turned = random.nextBoolean();
            a[e] = turned ? right[from] : left[from];
            b[e] = turned ? left[from] : right[from];
            shuffled[e] = units[from];
        }
        return new World(n, a, b, shuffled, mixed(sources, random), mixed(sinks, random));
    }

    private static int[] mixed(int[] points, Random random) {
        List<Integer> mixed = new ArrayList<>();
        for (int point : points) {
            mixed.addAll(Collections.nCopies(1 + random.nextInt(2), point));
        }
        Collections.shuffle(mixed, random);
        return ints(mixed);
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(i -> i).toArray();
    }

    int edges() {
        return left.length;
    }

    /// Many of the ids are negative as signed numbers.
    static long id(int supervoxel) {
        return (supervoxel + 1L) * 0x0600_0000_0000_0001L;
    }

    long[] ids(int[] supervoxels) {
        return Arrays.stream(supervoxels).mapToLong(World::id).toArray();
    }

    float affinity(int e) {
        return units[e] == CUT ? Float.POSITIVE_INFINITY : units[e] / (float) UNITS;
    }

    LocalGraph graph() {
        float[] affinity = new float[edges()];
        for (int e = 0; e < affinity.length; e++) {
            affinity[e] = affinity(e);
        }
        return LocalGraph.of(ids(left), ids(right), affinity);
    }

    /// Supervoxels that are fixed on a side. Which paths that are, `multicut.json` judges.
    BitSet fixed(boolean onSourceSide) {
        LocalGraph graph = graph();
        Contraction contraction = new Contraction(graph);
        Cores cores = Cores.find(contraction, Labels.of(contraction, ids(sources), ids(sinks)));
        boolean[] core = onSourceSide ? cores.source() : cores.sink();
        BitSet fixed = new BitSet();
        for (int i = 0; i < n; i++) {
            int known = graph.find(id(i));
            fixed.set(i, known >= 0 && core[contraction.group[known]]);
        }
        return fixed;
    }

    /// Ids that are joined to a supervoxel without some edges, ascending (unsigned).
    long[] reached(int from, BitSet without) {
        BitSet seen = new BitSet();
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        seen.set(from);
        queue.add(from);
        while (!queue.isEmpty()) {
            int at = queue.remove();
            for (int e = 0; e < edges(); e++) {
                int into = left[e] == at ? right[e] : right[e] == at ? left[e] : at;
                if (!without.get(e) && !seen.get(into)) {
                    seen.set(into);
                    queue.add(into);
                }
            }
        }
        return seen.stream().mapToLong(World::id).toArray();
    }
}
