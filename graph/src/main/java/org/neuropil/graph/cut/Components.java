package org.neuropil.graph.cut;

/// Disjoint sets in an array of parents; the root of a set is its smallest element.
final class Components {
    private Components() {}

    static int find(int[] parent, int node) {
        while (parent[node] != node) {
            parent[node] = parent[parent[node]];
            node = parent[node];
        }
        return node;
    }

    static void join(int[] parent, int a, int b) {
        int rootA = find(parent, a);
        int rootB = find(parent, b);
        parent[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
    }
}
