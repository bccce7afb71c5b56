package org.neuropil.volume.kernel;

/// Disjoint sets of the numbers 0 to n - 1, each told by its smallest; [UnionFind] is for ids of any size. Not safe for use
/// by several threads.
public final class DisjointSets {
    private final int[] up;

    /// Each number is a set of its own.
    public DisjointSets(int n) {
        up = new int[n];
        for (int i = 0; i < n; i++) {
            up[i] = i;
        }
    }

    /// Makes one set of two.
    public void unite(int a, int b) {
        int one = smallest(a);
        int other = smallest(b);
        up[Math.max(one, other)] = Math.min(one, other);
    }

    /// The smallest number of the set that a number is in.
    public int smallest(int i) {
        int at = i;
        while (up[at] != at) {
            // Halves the way for those who come after.
            up[at] = up[up[at]];
            at = up[at];
        }
        return at;
    }

    /// The smallest of its set, for each number.
    public int[] smallest() {
        int[] smallest = new int[up.length];
        for (int i = 0; i < smallest.length; i++) {
            smallest[i] = smallest(i);
        }
        return smallest;
    }
}
