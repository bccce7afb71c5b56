package org.neuropil.circuits.graph;

/// For each vertex those that it is connected with in any direction, and how. Eight bytes and two for each edge at most.
///
/// @param starts where the neighbours of each vertex begin, and their number at the end
/// @param others ascending for each vertex
/// @param kinds [#OUT], [#IN] or both
record Neighbours(int[] starts, int[] others, byte[] kinds) {
    /// The vertex leads to the other.
    static final int OUT = 1;
    /// The other leads to the vertex.
    static final int IN = 2;
    /// Both.
    static final int MUTUAL = OUT | IN;

    static Neighbours of(DirectedGraph graph) {
        DirectedGraph back = graph.reversed();
        int n = graph.vertices();
        int[] starts = new int[n + 1];
        int[] others = new int[2 * graph.edges()];
        byte[] kinds = new byte[2 * graph.edges()];
        int at = 0;
        for (int v = 0; v < n; v++) {
            int out = graph.start(v);
            int in = back.start(v);
            int outEnd = graph.start(v + 1);
            int inEnd = back.start(v + 1);
            while (out < outEnd || in < inEnd) {
                int target = out < outEnd ? graph.target(out) : Integer.MAX_VALUE;
                int source = in < inEnd ? back.target(in) : Integer.MAX_VALUE;
                others[at] = Math.min(target, source);
                kinds[at++] = (byte) (target < source ? OUT : target > source ? IN : MUTUAL);
                out += target <= source ? 1 : 0;
                in += source <= target ? 1 : 0;
            }
            starts[v + 1] = at;
        }
        return new Neighbours(starts, others, kinds);
    }
}
