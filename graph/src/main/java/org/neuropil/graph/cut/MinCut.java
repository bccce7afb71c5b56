package org.neuropil.graph.cut;

import java.util.Arrays;

/// The minimum cut between two sets of nodes of an undirected graph, by push-relabel from the highest label (Cherkassky
/// and Goldberg 1997), with labels made exact by a search now and then, and the gap heuristic. The time is bounded by
/// `nodes^2 sqrt(edges)` whatever the capacities; what is common takes time near linear.
///
/// Capacities are whole numbers, so that flow adds up exactly. Flow is pushed from the sink to the source: what can
/// still send to the source when no more arrives is then the smallest source side of all minimum cuts, and the flow that
/// got stuck on the way need not be brought back.
final class MinCut {
    private static final int SOURCE = 0;
    private static final int SINK = 1;
    private static final int NONE = -1;

    private final int nodes;
    /// The arcs that leave node `v` are `first[v]` to `first[v + 1] - 1`.
    private final int[] first;
    private final int[] to;
    /// The same edge's arc in the other direction.
    private final int[] twin;
    /// What can still be pushed along an arc.
    private final long[] rest;

    private final long[] excess;
    /// At most the number of arcs to the source along which something can be pushed; `nodes` if there is no way.
    private final int[] label;
    /// The arc to look at next.
    private final int[] current;
    /// Nodes of each label below `nodes`, in doubly linked lists.
    private final int[] layer;
    private final int[] layerNext;
    private final int[] layerBefore;
    /// Those of them that hold excess, in stacks.
    private final int[] active;
    private final int[] activeNext;
    private int highest;
    private final int[] queue;
    private long work;

    /// @param nodes number of nodes; 0 is the source, 1 the sink
    /// @param left end of each edge
    /// @param right other end
    /// @param capacity of each edge, in either direction, at least 1; the sum must be less than 2^62
    MinCut(int nodes, int[] left, int[] right, long[] capacity) {
        this.nodes = nodes;
        int edges = left.length;
        first = new int[nodes + 1];
        for (int e = 0; e < edges; e++) {
            first[left[e]]++;
            first[right[e]]++;
        }
        int sum = 0;
        for (int v = 0; v <= nodes; v++) {
            sum += first[v];
            first[v] = sum;
        }
        to = new int[sum];
        twin = new int[sum];
        rest = new long[sum];
        for (int e = 0; e < edges; e++) {
            int out = --first[left[e]];
            int back = --first[right[e]];
            to[out] = right[e];
            to[back] = left[e];
            twin[out] = back;
            twin[back] = out;
            rest[out] = capacity[e];
            rest[back] = capacity[e];
        }
        excess = new long[nodes];
        label = new int[nodes];
        current = new int[nodes];
        layer = new int[nodes];
        layerNext = new int[nodes];
        layerBefore = new int[nodes];
        active = new int[nodes];
        activeNext = new int[nodes];
        queue = new int[nodes];
    }

    /// Finds the cut.
    ///
    /// @return true for each node on the source's side
    boolean[] sourceSide() {
        for (int arc = first[SINK]; arc < first[SINK + 1]; arc++) {
            excess[to[arc]] += rest[arc];
            rest[twin[arc]] += rest[arc];
            rest[arc] = 0;
        }
        measure();
        long budget = 12L * nodes;
        while (highest >= 0) {
            int node = active[highest];
            if (node == NONE) {
                highest--;
                continue;
            }
            active[highest] = activeNext[node];
            discharge(node);
            if (work > budget) {
                work = 0;
                measure();
            }
        }
        measure();
        boolean[] side = new boolean[nodes];
        for (int v = 0; v < nodes; v++) {
            side[v] = label[v] < nodes;
        }
        return side;
    }

    /// The value of the cut, after [#sourceSide].
    long value() {
        return excess[SOURCE];
    }

    /// Makes all labels exact, by a search from the source against the arcs.
    private void measure() {
        Arrays.fill(label, nodes);
        Arrays.fill(layer, NONE);
        Arrays.fill(active, NONE);
        System.arraycopy(first, 0, current, 0, nodes);
        highest = -1;
        int head = 0;
        int tail = 0;
        queue[tail++] = SOURCE;
        label[SOURCE] = 0;
        while (head < tail) {
            int node = queue[head++];
            for (int arc = first[node]; arc < first[node + 1]; arc++) {
                int from = to[arc];
                if (label[from] == nodes && rest[twin[arc]] > 0 && from != SINK) {
                    place(from, label[node] + 1);
                    queue[tail++] = from;
                }
            }
        }
    }

    /// Gives a node that is in no list a label below `nodes`.
    private void place(int node, int at) {
        label[node] = at;
        int next = layer[at];
        layer[at] = node;
        layerNext[node] = next;
        layerBefore[node] = NONE;
        if (next != NONE) {
            layerBefore[next] = node;
        }
        if (excess[node] > 0) {
            activate(node);
        }
    }

    private void activate(int node) {
        int at = label[node];
        activeNext[node] = active[at];
        active[at] = node;
        highest = Math.max(highest, at);
    }

    private void discharge(int node) {
        while (true) {
            int last = first[node + 1];
            for (int arc = current[node]; arc < last; arc++) {
                int into = to[arc];
                if (rest[arc] > 0 && label[into] == label[node] - 1) {
                    push(node, arc, into);
                    if (excess[node] == 0) {
                        current[node] = arc;
                        return;
                    }
                }
            }
            if (!relabel(node)) {
                return;
            }
        }
    }

    private void push(int node, int arc, int into) {
        long amount = Math.min(excess[node], rest[arc]);
        rest[arc] -= amount;
        rest[twin[arc]] += amount;
        excess[node] -= amount;
        boolean wakes = excess[into] == 0 && into != SOURCE;
        excess[into] += amount;
        if (wakes) {
            activate(into);
        }
    }

    /// Lifts a node above the lowest that it can push to. It is in the list of its layer and in no stack.
    ///
    /// @return false if the source is out of its reach
    private boolean relabel(int node) {
        int old = label[node];
        int lowest = nodes;
        work += 12;
        for (int arc = first[node]; arc < first[node + 1]; arc++) {
            work++;
            if (rest[arc] > 0 && label[to[arc]] < lowest) {
                lowest = label[to[arc]];
                current[node] = arc;
            }
        }
        if (layer[old] == node && layerNext[node] == NONE) {
            // The layer would be empty: nothing at or above it can reach the source.
            liftFrom(old);
            return false;
        }
        unlink(node, old);
        label[node] = nodes;
        if (lowest + 1 >= nodes) {
            return false;
        }
        long held = excess[node];
        // Discharged right away: it must not get on the stack.
        excess[node] = 0;
        place(node, lowest + 1);
        excess[node] = held;
        highest = Math.max(highest, lowest + 1);
        return true;
    }

    private void unlink(int node, int at) {
        int next = layerNext[node];
        int earlier = layerBefore[node];
        if (earlier == NONE) {
            layer[at] = next;
        } else {
            layerNext[earlier] = next;
        }
        if (next != NONE) {
            layerBefore[next] = earlier;
        }
    }

    private void liftFrom(int from) {
        // Layers are contiguous: an empty one would have been a gap.
        for (int at = from; at < nodes && layer[at] != NONE; at++) {
            for (int node = layer[at]; node != NONE; node = layerNext[node]) {
                label[node] = nodes;
            }
            layer[at] = NONE;
            active[at] = NONE;
        }
    }
}
