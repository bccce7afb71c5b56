package org.neuropil.graph.live;

/// Disjoint sets of the numbers 0 to n - 1. The root of a set is its smallest number.
final class Disjoint {
    private final int[] up;

    Disjoint(int n) {
        up = new int[n];
        for (int i = 0; i < n; i++) {
            up[i] = i;
        }
    }

    int find(int i) {
        int at = i;
        while (up[at] != at) {
            up[at] = up[up[at]];
            at = up[at];
        }
        return at;
    }

    void join(int i, int j) {
        int a = find(i);
        int b = find(j);
        up[Math.max(a, b)] = Math.min(a, b);
    }

    /// The root of each.
    int[] roots() {
        int[] roots = new int[up.length];
        for (int i = 0; i < roots.length; i++) {
            roots[i] = find(i);
        }
        return roots;
    }
}
