package org.neuropil.graph.ingest;

import java.util.Arrays;

import org.neuropil.graph.NodeIds;
import org.neuropil.graph.base.EdgeTable;
import org.neuropil.volume.kernel.DisjointSets;

/// The layer-2 nodes of a chunk.
///
/// @param supervoxels numbers, ascending
/// @param node layer-2 number of each of them, from 1, in the order of their smallest supervoxel
/// @param count how many layer-2 nodes there are
/// @param edges as they were given, with those inside active where both ends have one node
/// @param open the nodes that active edges leave
record Level2(long[] supervoxels, int[] node, int count, EdgeTable edges, OpenNodes open) {
    /// Finds them.
    ///
    /// @param chunkId of layer 2
    static Level2 of(NodeIds ids, long chunkId, ChunkInput input) {
        long[] supervoxels = input.supervoxels();
        EdgeTable edges = input.edges();
        int[] indexOfRow = new int[edges.numbers().length];
        for (int row = 0, i = 0; row < indexOfRow.length; row++) {
            while (supervoxels[i] != edges.numbers()[row]) {
                i++;
            }
            indexOfRow[row] = i;
        }
        long own = chunkId ^ 3L << 56;
        long inChunk = (1L << ids.numberBits(1)) - 1;
        int[] target = new int[edges.size()];
        DisjointSets sets = new DisjointSets(supervoxels.length);
        boolean dense = supervoxels.length > 0 && supervoxels[supervoxels.length - 1] == supervoxels.length;
        for (int row = 0; row < indexOfRow.length; row++) {
            for (int e = edges.first()[row]; e < edges.first()[row + 1]; e++) {
                long far = edges.far()[e];
                if ((far & ~inChunk) != own) {
                    target[e] = -1;
                    continue;
                }
                long number = far & inChunk;
                target[e] = dense ? (int) number - 1 : Arrays.binarySearch(supervoxels, number);
                if (edges.active()[e]) {
                    sets.unite(indexOfRow[row], target[e]);
                }
            }
        }
        int[] node = new int[supervoxels.length];
        int count = 0;
        for (int i = 0; i < node.length; i++) {
            int smallest = sets.smallest(i);
            node[i] = smallest == i ? ++count : node[smallest];
        }
        boolean[] active = edges.active().clone();
        int[] leaving = new int[count + 2];
        for (int row = 0; row < indexOfRow.length; row++) {
            int m = node[indexOfRow[row]];
            for (int e = edges.first()[row]; e < edges.first()[row + 1]; e++) {
                if (target[e] >= 0) {
                    active[e] = node[target[e]] == m;
                } else if (active[e]) {
                    leaving[m + 1]++;
                }
            }
        }
        EdgeTable table = new EdgeTable(edges.numbers(), edges.first(), edges.far(), edges.affinity(), edges.area(),
                active);
        return new Level2(supervoxels, node, count, table,
                open(chunkId, table, indexOfRow, node, target, count, leaving));
    }

    private static OpenNodes open(long chunkId, EdgeTable edges, int[] indexOfRow, int[] node, int[] target, int count,
            int[] leaving) {
        int nodes = 0;
        for (int m = 1; m <= count; m++) {
            nodes += leaving[m + 1] > 0 ? 1 : 0;
        }
        long[] top = new long[nodes];
        int[] first = new int[nodes + 1];
        int[] next = new int[count + 1];
        int total = 0;
        for (int m = 1, i = 0; m <= count; m++) {
            next[m] = total;
            if (leaving[m + 1] > 0) {
                top[i] = chunkId | m;
                first[i++] = total;
                total += leaving[m + 1];
            }
        }
        first[nodes] = total;
        long[] own = new long[total];
        long[] far = new long[total];
        long supervoxel = chunkId ^ 3L << 56;
        // Rows ascend, and the far ends in them: so do the edges of each node.
        for (int row = 0; row < indexOfRow.length; row++) {
            int m = node[indexOfRow[row]];
            for (int e = edges.first()[row]; e < edges.first()[row + 1]; e++) {
                if (target[e] < 0 && edges.active()[e]) {
                    own[next[m]] = supervoxel | edges.numbers()[row];
                    far[next[m]++] = edges.far()[e];
                }
            }
        }
        return new OpenNodes(top, top.clone(), first, own, far);
    }
}
