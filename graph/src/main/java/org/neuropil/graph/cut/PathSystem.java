package org.neuropil.graph.cut;

import java.util.Arrays;

import org.neuropil.volume.kernel.DisjointSets;

import org.jspecify.annotations.Nullable;

/// The paths between every two labels of one side.
///
/// @param paths groups along each path, both ends included; none for a single label
/// @param lengths of the paths
/// @param from if two labels have no path: one of them, else -1
/// @param to the other
record PathSystem(int[][] paths, double[] lengths, int from, int to) {
    static PathSystem complete(int[][] paths, double[] lengths) {
        return new PathSystem(paths, lengths, -1, -1);
    }

    static PathSystem broken(int from, int to) {
        return new PathSystem(new int[0][], new double[0], from, to);
    }

    boolean isComplete() {
        return from < 0;
    }

    /// The groups that paths pass.
    boolean[] touched(int groups) {
        boolean[] touched = new boolean[groups];
        for (int[] path : paths) {
            for (int node : path) {
                touched[node] = true;
            }
        }
        return touched;
    }

    /// Logarithm of the geometric mean of the lengths: smaller where the cell is surer. There must be a path.
    double meanLogLength() {
        double[] sorted = lengths.clone();
        // Equal lengths in another order must have an equal mean.
        Arrays.sort(sorted);
        double sum = 0;
        for (double length : sorted) {
            sum += StrictMath.log(length);
        }
        return sum / sorted.length;
    }

    /// What holds the labels together: they and the groups that are joined to them by steps of the paths.
    ///
    /// @param labels at least one
    /// @param shared groups whose steps do not count
    /// @return true for each such group; null if the steps that count do not join all labels
    boolean @Nullable [] core(int[] labels, boolean[] shared) {
        DisjointSets sets = new DisjointSets(shared.length);
        for (int[] path : paths) {
            for (int i = 1; i < path.length; i++) {
                if (!shared[path[i - 1]] && !shared[path[i]]) {
                    sets.unite(path[i - 1], path[i]);
                }
            }
        }
        int root = sets.smallest(labels[0]);
        for (int label : labels) {
            if (sets.smallest(label) != root) {
                return null;
            }
        }
        boolean[] core = new boolean[shared.length];
        for (int g = 0; g < core.length; g++) {
            core[g] = sets.smallest(g) == root;
        }
        return core;
    }
}
