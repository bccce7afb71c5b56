package org.neuropil.graph.cut;

import java.util.ArrayDeque;
import java.util.Arrays;

/// Maximum flow by Edmonds and Karp, on a matrix: the independent judge of [MinCut].
final class MaxFlow {
    private final long[][] rest;

    MaxFlow(int nodes) {
        rest = new long[nodes][nodes];
    }

    void add(int a, int b, long capacity) {
        rest[a][b] += capacity;
        rest[b][a] += capacity;
    }

    long value(int source, int sink) {
        long value = 0;
        while (true) {
            int[] before = reach(source);
            if (before[sink] < 0) {
                return value;
            }
            long amount = Long.MAX_VALUE;
            for (int v = sink; v != source; v = before[v]) {
                amount = Math.min(amount, rest[before[v]][v]);
            }
            for (int v = sink; v != source; v = before[v]) {
                rest[before[v]][v] -= amount;
                rest[v][before[v]] += amount;
            }
            value += amount;
        }
    }

    /// After [#value]: the smallest side of the source.
    boolean[] side(int source) {
        int[] before = reach(source);
        boolean[] side = new boolean[before.length];
        for (int v = 0; v < side.length; v++) {
            side[v] = before[v] >= 0;
        }
        return side;
    }

    private int[] reach(int source) {
        int[] before = new int[rest.length];
        Arrays.fill(before, -1);
        before[source] = source;
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        queue.add(source);
        while (!queue.isEmpty()) {
            int v = queue.remove();
            for (int w = 0; w < rest.length; w++) {
                if (before[w] < 0 && rest[v][w] > 0) {
                    before[w] = v;
                    queue.add(w);
                }
            }
        }
        return before;
    }
}
