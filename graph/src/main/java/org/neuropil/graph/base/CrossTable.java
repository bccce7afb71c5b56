package org.neuropil.graph.base;

import java.util.Arrays;

/// Active edges that leave the chunks of nodes of one layer that are anchored in one layer-2 chunk.
///
/// Layout: the edges of the node anchored at layer-2 node `anchors[row]` are `first[row]` to `first[row + 1] - 1`, in the
/// order of (own, far). Nodes without such edges are missing.
///
/// @param anchors numbers of layer-2 nodes, ascending
/// @param first one entry for each of them and one more
/// @param own supervoxels below the node
/// @param far supervoxels outside of its chunk
public record CrossTable(long[] anchors, int[] first, long[] own, long[] far) {
    /// No edges.
    public static final CrossTable NONE = new CrossTable(new long[0], new int[1], new long[0], new long[0]);

    /// The edges of a node.
    ///
    /// @param anchor number of the layer-2 node that it is anchored at
    CrossEdges of(long anchor) {
        int row = Arrays.binarySearch(anchors, anchor);
        if (row < 0) {
            return CrossEdges.NONE;
        }
        return new CrossEdges(Arrays.copyOfRange(own, first[row], first[row + 1]),
                Arrays.copyOfRange(far, first[row], first[row + 1]));
    }
}
