package org.neuropil.graph.cut;

import org.neuropil.volume.kernel.DisjointSets;

/// A local graph in which edges of infinite affinity are contracted: its nodes are groups of supervoxels that nothing
/// may part, numbered from 0 in the order of the smallest id in each. Only edges between different groups are left.
final class Contraction {
    final LocalGraph graph;
    /// Group of each supervoxel.
    final int[] group;
    /// Number of groups.
    final int groups;
    /// Number of edges between groups.
    final int edges;
    /// The arcs that leave group `g` are `first[g]` to `first[g + 1] - 1`; each edge is an arc at both ends.
    final int[] first;
    /// Group that an arc leads to.
    final int[] to;
    /// Edge of the local graph that an arc is.
    final int[] edge;

    Contraction(LocalGraph graph) {
        this.graph = graph;
        group = group(graph);
        int largest = -1;
        for (int g : group) {
            largest = Math.max(largest, g);
        }
        groups = largest + 1;
        first = new int[groups + 1];
        int kept = 0;
        for (int e = 0; e < graph.edges(); e++) {
            if (joinsGroups(e)) {
                first[group[graph.left(e)]]++;
                first[group[graph.right(e)]]++;
                kept++;
            }
        }
        edges = kept;
        int sum = 0;
        for (int g = 0; g <= groups; g++) {
            sum += first[g];
            first[g] = sum;
        }
        to = new int[sum];
        edge = new int[sum];
        // Filled from the back, which leaves each group's first arc where it belongs.
        for (int e = graph.edges() - 1; e >= 0; e--) {
            if (joinsGroups(e)) {
                add(group[graph.left(e)], group[graph.right(e)], e);
                add(group[graph.right(e)], group[graph.left(e)], e);
            }
        }
    }

    private void add(int from, int into, int e) {
        int arc = --first[from];
        to[arc] = into;
        edge[arc] = e;
    }

    private boolean joinsGroups(int e) {
        return group[graph.left(e)] != group[graph.right(e)];
    }

    /// Smallest supervoxel id of a group, in words.
    String name(int g) {
        int supervoxel = 0;
        while (group[supervoxel] != g) {
            supervoxel++;
        }
        return Long.toUnsignedString(graph.id(supervoxel));
    }

    private static int[] group(LocalGraph graph) {
        DisjointSets sets = new DisjointSets(graph.supervoxels());
        for (int e = 0; e < graph.edges(); e++) {
            if (graph.affinity(e) == Float.POSITIVE_INFINITY) {
                sets.unite(graph.left(e), graph.right(e));
            }
        }
        int[] group = new int[graph.supervoxels()];
        int groups = 0;
        for (int i = 0; i < group.length; i++) {
            int root = sets.smallest(i);
            // A root is the smallest of its set, so its number is known when the others ask for it.
            group[i] = root == i ? groups++ : group[root];
        }
        return group;
    }
}
