package org.neuropil.graph.ingest;

/// Disjoint sets of the numbers 0 to n - 1, each told by its smallest.
final class Sets {
    private final int[] parent;

    Sets(int n) {
        parent = new int[n];
        for (int i = 0; i < n; i++) {
            parent[i] = i;
        }
    }

    void unite(int a, int b) {
        int one = smallest(a);
        int other = smallest(b);
        if (one < other) {
            parent[other] = one;
        } else {
            parent[one] = other;
        }
    }

    int smallest(int i) {
        int at = i;
        while (parent[at] != at) {
            // Halves the way for those who come after.
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }
}
