package org.neuropil.graph.trial;

/// Disjoint sets of the numbers 0 to n - 1; each is known by its smallest number.
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
        int u = find(i);
        int v = find(j);
        up[Math.max(u, v)] = Math.min(u, v);
    }

    /// The smallest number of the set of each.
    int[] all() {
        int[] all = new int[up.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = find(i);
        }
        return all;
    }
}
