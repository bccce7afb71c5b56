package org.neuropil.segment;

import java.util.Arrays;

/// Regions and the boundaries between them, as [Agglomeration] works on them. Arrays grow; edge `e` joins the nodes
/// `left[e]` and `right[e]`.
final class RegionGraph {
    private static final int DEAD = -1;

    /// Id of each node: the smallest supervoxel id of the region.
    long[] ids;
    /// True for a region that has neighbours which this graph does not know.
    boolean[] frozen;
    /// The node that a node became part of; itself while it stands.
    int[] parent;
    int[] left = new int[16];
    int[] right = new int[16];
    /// Sum of affinities over the boundary's faces, in units of 1/65,536.
    long[] sum = new long[16];
    /// Number of faces.
    long[] area = new long[16];
    /// The larger and the smaller id of the supervoxels of the boundary's largest edge, for the order of ties.
    long[] high = new long[16];
    long[] low = new long[16];
    /// True if the boundary is a cut through a basin: affinity is infinite.
    boolean[] cut = new boolean[16];
    private int edges;

    RegionGraph(long[] ids) {
        this.ids = ids;
        frozen = new boolean[ids.length];
        parent = new int[ids.length];
        Arrays.setAll(parent, i -> i);
    }

    int nodes() {
        return ids.length;
    }

    int edges() {
        return edges;
    }

    /// Adds an edge; the nodes must not have one yet.
    int add(int a, int b, Boundary boundary) {
        if (edges == left.length) {
            int larger = 2 * edges;
            left = Arrays.copyOf(left, larger);
            right = Arrays.copyOf(right, larger);
            sum = Arrays.copyOf(sum, larger);
            area = Arrays.copyOf(area, larger);
            high = Arrays.copyOf(high, larger);
            low = Arrays.copyOf(low, larger);
            cut = Arrays.copyOf(cut, larger);
        }
        int e = edges++;
        left[e] = a;
        right[e] = b;
        sum[e] = boundary.sum();
        area[e] = boundary.area();
        high[e] = boundary.high();
        low[e] = boundary.low();
        cut[e] = boundary.cut();
        return e;
    }

    /// What an edge tells of the boundary between two regions.
    record Boundary(long sum, long area, long high, long low, boolean cut) {
        /// The boundary of one edge between supervoxels.
        static Boundary of(Edge edge) {
            boolean aIsHigh = Long.compareUnsigned(edge.a(), edge.b()) > 0;
            long sum = edge.isCut() ? 0 : Math.round((double) edge.affinity() * edge.area() * Agglomeration.UNIT);
            return new Boundary(sum, edge.area(), aIsHigh ? edge.a() : edge.b(), aIsHigh ? edge.b() : edge.a(),
                    edge.isCut());
        }
    }

    Boundary boundary(int e) {
        return new Boundary(sum[e], area[e], high[e], low[e], cut[e]);
    }

    /// Mean affinity, 0 to 1, or infinity.
    double affinity(int e) {
        return cut[e] ? Double.POSITIVE_INFINITY : (double) sum[e] / area[e] / Agglomeration.UNIT;
    }

    boolean isDead(int e) {
        return left[e] == DEAD;
    }

    void kill(int e) {
        left[e] = DEAD;
        right[e] = DEAD;
    }

    /// Sets the node at an edge's end: end `2 e` is `left[e]`, end `2 e + 1` is `right[e]`.
    void setEnd(int end, int node) {
        if ((end & 1) == 0) {
            left[end >> 1] = node;
        } else {
            right[end >> 1] = node;
        }
    }

    /// Adds the boundary `from` to the boundary `into`.
    void fold(int from, int into) {
        sum[into] += sum[from];
        area[into] += area[from];
        cut[into] |= cut[from];
        int order = Long.compareUnsigned(high[from], high[into]);
        if (order > 0 || (order == 0 && Long.compareUnsigned(low[from], low[into]) > 0)) {
            high[into] = high[from];
            low[into] = low[from];
        }
        kill(from);
    }

    /// The standing node that a node is part of.
    int find(int node) {
        int root = node;
        while (parent[root] != root) {
            root = parent[root];
        }
        while (parent[node] != root) {
            int up = parent[node];
            parent[node] = root;
            node = up;
        }
        return root;
    }
}
