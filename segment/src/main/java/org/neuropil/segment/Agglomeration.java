package org.neuropil.segment;

import java.util.Arrays;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;

/// Mean-affinity agglomeration of a region graph: again and again the two regions whose common boundary has the highest
/// mean affinity become one, down to a threshold (average linkage weighted by area).
///
/// It can be done in parts with exactly the result of the whole. Average linkage is *reducible*: the boundary of a
/// merged region is never better than the better of the two that it came from. So two regions that are each other's
/// best neighbour can be merged at once, whatever happens elsewhere (Bruynooghe 1978; Müllner 2011, section 2). A part
/// of the volume knows all neighbours of the regions inside it, but not those of regions that touch its border; these
/// are *frozen*. A region whose best neighbour is frozen waits. What remains is given to the part above, where fewer
/// regions are frozen; at the top none is. Equal affinities are put in order by the supervoxels of the boundary's
/// largest edge, an order that merging can only worsen, so that ties are reducible too.
///
/// Sums are whole numbers (affinities in units of 1/65,536), so they do not depend on the order of adding.
///
/// Layout: node `i` has id `ids[i]`; edge `e` joins the nodes `left[e]` and `right[e]`; the edges of a node are a doubly
/// linked list over edge ends, where end `2 e` belongs to `left[e]` and end `2 e + 1` to `right[e]`.
final class Agglomeration {
    /// Affinity 1 in whole numbers.
    static final int UNIT = 1 << 16;

    private final RegionGraph graph;
    private final double threshold;
    private final boolean[] waiting;
    private final int[] head;
    private final int[] degree;
    private final int[] next;
    private final int[] previous;
    private final int[] stamp;
    private final Long2IntOpenHashMap edgeOf;
    private final EdgeHeap heap;

    private Agglomeration(RegionGraph graph, double threshold) {
        this.graph = graph;
        this.threshold = threshold;
        int nodes = graph.nodes();
        int edges = graph.edges();
        waiting = graph.frozen.clone();
        head = new int[nodes];
        Arrays.fill(head, -1);
        degree = new int[nodes];
        next = new int[2 * edges];
        previous = new int[2 * edges];
        stamp = new int[edges];
        edgeOf = new Long2IntOpenHashMap(edges);
        edgeOf.defaultReturnValue(-1);
        heap = new EdgeHeap(Math.max(16, edges));
        for (int e = 0; e < edges; e++) {
            link(2 * e, graph.left[e]);
            link(2 * e + 1, graph.right[e]);
            edgeOf.put(pair(graph.left[e], graph.right[e]), e);
            offer(e);
        }
    }

    /// Merges in place all that can be merged with what the graph knows: afterwards `graph.parent` tells of each node
    /// the node that it became part of, and the edges of regions that remain are the region graph of these.
    ///
    /// @param graph no two edges may join the same nodes
    /// @param threshold mean affinity from which on boundaries are kept, 0 to 1
    /// @return of each node whether it must be given to the part above: it is frozen, or waits for one that is
    static boolean[] run(RegionGraph graph, double threshold) {
        Agglomeration agglomeration = new Agglomeration(graph, threshold);
        agglomeration.run();
        return agglomeration.waiting;
    }

    private void run() {
        while (heap.pop()) {
            int e = heap.edge();
            if (heap.stamp() != stamp[e] || graph.isDead(e)) {
                continue;
            }
            int a = graph.left[e];
            int b = graph.right[e];
            if (waiting[a] || waiting[b]) {
                // The best of the one is waiting for something outside, so the one must wait as well.
                waiting[a] = true;
                waiting[b] = true;
            } else {
                merge(a, b, e);
            }
        }
    }

    private void merge(int a, int b, int e) {
        int kept = degree[a] >= degree[b] ? a : b;
        int gone = kept == a ? b : a;
        graph.parent[gone] = kept;
        remove(e);
        for (int end = head[gone]; end >= 0;) {
            int following = next[end];
            int edge = end >> 1;
            int other = (end & 1) == 0 ? graph.right[edge] : graph.left[edge];
            edgeOf.remove(pair(gone, other));
            int same = edgeOf.get(pair(kept, other));
            unlink(end, gone);
            if (same < 0) {
                graph.setEnd(end, kept);
                link(end, kept);
                edgeOf.put(pair(kept, other), edge);
            } else {
                unlink(end ^ 1, other);
                graph.fold(edge, same);
                stamp[same]++;
                offer(same);
            }
            end = following;
        }
        head[gone] = -1;
    }

    private void offer(int e) {
        double affinity = graph.affinity(e);
        if (affinity >= threshold) {
            heap.push(affinity, graph.high[e], graph.low[e], e, stamp[e]);
        }
    }

    private void remove(int e) {
        edgeOf.remove(pair(graph.left[e], graph.right[e]));
        unlink(2 * e, graph.left[e]);
        unlink(2 * e + 1, graph.right[e]);
        graph.kill(e);
    }

    private void link(int end, int node) {
        next[end] = head[node];
        previous[end] = -1;
        if (head[node] >= 0) {
            previous[head[node]] = end;
        }
        head[node] = end;
        degree[node]++;
    }

    private void unlink(int end, int node) {
        if (previous[end] >= 0) {
            next[previous[end]] = next[end];
        } else {
            head[node] = next[end];
        }
        if (next[end] >= 0) {
            previous[next[end]] = previous[end];
        }
        degree[node]--;
    }

    private static long pair(int a, int b) {
        return a < b ? (long) a << 32 | b : (long) b << 32 | a;
    }
}
