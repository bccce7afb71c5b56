package org.neuropil.graph.base;

import java.util.Arrays;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import org.neuropil.graph.NodeIds;
import org.neuropil.space.Int3;

/// What pages are made of, at random.
final class RandomPages {
    static final NodeIds IDS = new NodeIds(5, 10);
    static final Anchors ANCHORS = new Anchors(IDS, 6);
    static final Int3 CHUNK = new Int3(5, 2, 7);
    static final long CHUNK_ID = IDS.id(2, CHUNK, 0);

    private RandomPages() {}

    static Hierarchy hierarchy(Random random) {
        long[] numbers = numbers(random, random.nextInt(40));
        int[] level2 = new int[numbers.length];
        int nodes = 0;
        for (int i = 0; i < level2.length; i++) {
            level2[i] = nodes == 0 || random.nextBoolean() ? ++nodes : 1 + random.nextInt(nodes);
        }
        long[] parents = new long[nodes];
        long[] roots = new long[nodes];
        int[] higherFirst = new int[nodes + 1];
        byte[] layers = new byte[3 * nodes];
        long[] higherParents = new long[3 * nodes];
        int[] childFirst = new int[3 * nodes + 1];
        long[] children = new long[9 * nodes];
        int k = 0;
        int c = 0;
        for (int m = 1; m <= nodes; m++) {
            parents[m - 1] = above(random, 2);
            roots[m - 1] = above(random, 4);
            for (int layer = 3; layer <= 5; layer++) {
                if (random.nextInt(3) == 0) {
                    layers[k] = (byte) layer;
                    higherParents[k] = layer == 5 ? 0 : above(random, layer);
                    TreeSet<Long> below = new TreeSet<>();
                    for (int i = random.nextInt(3); i >= 0; i--) {
                        int of = random.nextInt(2, layer);
                        below.add((long) of << 56 | random.nextLong() >>> 8);
                    }
                    for (long child : below) {
                        children[c++] = child;
                    }
                    childFirst[++k] = c;
                }
            }
            higherFirst[m] = k;
        }
        return new Hierarchy(numbers, level2, parents, roots, higherFirst, Arrays.copyOf(layers, k),
                Arrays.copyOf(higherParents, k), Arrays.copyOf(childFirst, k + 1), Arrays.copyOf(children, c));
    }

    private static long above(Random random, int layer) {
        return (long) random.nextInt(layer + 1, 6) << 56 | random.nextLong() >>> 8;
    }

    static long[] numbers(Random random, int n) {
        long[] numbers = new long[n];
        long number = 0;
        int step = random.nextInt(4) == 0 ? 1 << 20 : 2;
        for (int i = 0; i < n; i++) {
            number += random.nextInt(1, step);
            numbers[i] = number;
        }
        return numbers;
    }

    static EdgeTable edges(Random random) {
        long[] numbers = numbers(random, random.nextInt(30));
        int[] first = new int[numbers.length + 1];
        long[] far = new long[4 * numbers.length];
        int n = 0;
        for (int i = 0; i < numbers.length; i++) {
            TreeSet<Long> ends = new TreeSet<>();
            for (int k = random.nextInt(5); k > 0; k--) {
                ends.add(random.nextBoolean() && i + 1 < numbers.length
                        ? IDS.id(1, CHUNK, numbers[random.nextInt(i + 1, numbers.length)])
                        : IDS.id(1, CHUNK.with(random.nextInt(3), random.nextInt(1024)).with(0, 4),
                                1 + random.nextInt(1 << 26 - 1)));
            }
            for (long end : ends) {
                far[n++] = end;
            }
            first[i + 1] = n;
        }
        float[] affinity = new float[n];
        long[] area = new long[n];
        boolean[] active = new boolean[n];
        for (int i = 0; i < n; i++) {
            affinity[i] = random.nextInt(5) == 0 ? Float.POSITIVE_INFINITY : random.nextFloat() * 100;
            area[i] = random.nextLong() >>> random.nextInt(1, 64);
            active[i] = random.nextBoolean();
        }
        return new EdgeTable(numbers, first, Arrays.copyOf(far, n), affinity, area, active);
    }

    static CrossTable cross(Random random) {
        long[] anchors = numbers(random, random.nextInt(1, 20));
        int[] first = new int[anchors.length + 1];
        long[] own = new long[4 * anchors.length];
        long[] far = new long[own.length];
        int n = 0;
        for (int i = 0; i < anchors.length; i++) {
            TreeMap<Long, TreeSet<Long>> edges = new TreeMap<>();
            for (int k = random.nextInt(4); k >= 0; k--) {
                edges.computeIfAbsent(id(random), _ -> new TreeSet<>()).add(id(random));
            }
            for (var row : edges.entrySet()) {
                for (long end : row.getValue()) {
                    own[n] = row.getKey();
                    far[n++] = end;
                }
            }
            first[i + 1] = n;
        }
        return new CrossTable(anchors, first, Arrays.copyOf(own, n), Arrays.copyOf(far, n));
    }

    private static long id(Random random) {
        return IDS.id(1, new Int3(random.nextInt(3), random.nextInt(1024), 1), 1 + random.nextInt(1000));
    }

    static SortedMap<Integer, CrossTable> layers(Random random) {
        SortedMap<Integer, CrossTable> tables = new TreeMap<>();
        for (int layer = 2; layer < 5; layer++) {
            if (random.nextInt(3) > 0) {
                tables.put(layer, cross(random));
            }
        }
        return tables;
    }
}
