package org.neuropil.graph.cut;

import java.util.Arrays;

/// Shortest paths between groups (Dijkstra 1959). An edge is `1 / (affinity + 2^-52)` long, so paths keep to where the
/// cell is surest. Groups are visited in the order of their distance, then of their numbers, and of equal ways to a
/// group the one from the first visited counts; so the order of edges does not.
final class ShortestPaths {
    /// Keeps an edge of affinity 0 passable, if as a last resort.
    private static final double EPSILON = 0x1p-52;

    private static final int NONE = -1;
    /// Places in the heap of those that are not in it.
    private static final int UNSEEN = -1;
    private static final int DONE = -2;

    private final Contraction graph;
    private final double[] length;
    private final int[] before;
    private final int[] place;
    private final int[] heap;
    private int size;

    ShortestPaths(Contraction graph) {
        this.graph = graph;
        length = new double[graph.groups];
        before = new int[graph.groups];
        place = new int[graph.groups];
        heap = new int[graph.groups];
    }

    /// Finds a path between every two of some groups.
    ///
    /// @param ends groups, ascending
    /// @param closed groups that no path may pass
    PathSystem between(int[] ends, boolean[] closed) {
        int pairs = ends.length * (ends.length - 1) / 2;
        int[][] paths = new int[pairs][];
        double[] lengths = new double[pairs];
        int next = 0;
        for (int i = 0; i < ends.length - 1; i++) {
            search(ends, i, closed);
            for (int j = i + 1; j < ends.length; j++) {
                if (place[ends[j]] != DONE) {
                    return PathSystem.broken(ends[i], ends[j]);
                }
                lengths[next] = length[ends[j]];
                paths[next++] = trace(ends[j]);
            }
        }
        return PathSystem.complete(paths, lengths);
    }

    /// Searches from one end until the ends after it are found.
    private void search(int[] ends, int from, boolean[] closed) {
        Arrays.fill(length, Double.POSITIVE_INFINITY);
        Arrays.fill(place, UNSEEN);
        boolean[] wanted = new boolean[graph.groups];
        int missing = 0;
        for (int j = from + 1; j < ends.length; j++) {
            wanted[ends[j]] = true;
            missing++;
        }
        size = 0;
        reach(ends[from], 0, NONE);
        while (size > 0 && missing > 0) {
            int node = pop();
            if (wanted[node]) {
                missing--;
            }
            for (int arc = graph.first[node]; arc < graph.first[node + 1]; arc++) {
                int into = graph.to[arc];
                if (place[into] != DONE && !closed[into]) {
                    double step = 1 / (graph.graph.affinity(graph.edge[arc]) + EPSILON);
                    reach(into, length[node] + step, node);
                }
            }
        }
    }

    private void reach(int node, double found, int from) {
        if (found < length[node]) {
            length[node] = found;
            before[node] = from;
            if (place[node] == UNSEEN) {
                place[node] = size;
                heap[size++] = node;
            }
            up(place[node]);
        }
    }

    private int[] trace(int end) {
        int count = 0;
        for (int node = end; node != NONE; node = before[node]) {
            count++;
        }
        int[] path = new int[count];
        for (int node = end; node != NONE; node = before[node]) {
            path[--count] = node;
        }
        return path;
    }

    private int pop() {
        int top = heap[0];
        place[top] = DONE;
        int last = heap[--size];
        if (size > 0) {
            heap[0] = last;
            place[last] = 0;
            down(0);
        }
        return top;
    }

    private void up(int at) {
        int node = heap[at];
        while (at > 0 && isBefore(node, heap[(at - 1) / 2])) {
            put(heap[(at - 1) / 2], at);
            at = (at - 1) / 2;
        }
        put(node, at);
    }

    private void down(int at) {
        int node = heap[at];
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isBefore(heap[child], node)) {
                break;
            }
            put(heap[child], at);
            at = child;
        }
        put(node, at);
    }

    private void put(int node, int at) {
        heap[at] = node;
        place[node] = at;
    }

    private boolean isBefore(int a, int b) {
        return length[a] < length[b] || (length[a] == length[b] && a < b);
    }
}
