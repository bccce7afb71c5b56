package org.neuropil.graph.base;

/// Active edges that leave the chunk of a node: edge `i` joins `own[i]`, a supervoxel below the node, and `far[i]`, one
/// outside of the node's chunk. Sorted by (own, far), unsigned; no edge twice. Nobody changes the arrays.
public record CrossEdges(long[] own, long[] far) {
    /// No edges.
    public static final CrossEdges NONE = new CrossEdges(new long[0], new long[0]);

    /// How many.
    public int size() {
        return own.length;
    }
}
