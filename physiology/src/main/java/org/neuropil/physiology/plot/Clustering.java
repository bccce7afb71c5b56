package org.neuropil.physiology.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Puts what is alike side by side: clusters are joined two by two, the nearest first, the distance of two clusters being the
/// mean of their members' (average linkage), found by chains of nearest neighbours. No seed is needed; of equal distances the
/// first counts.
final class Clustering {
    private final int size;
    private final double[] distances;
    private final List<List<Integer>> members = new ArrayList<>();
    private final boolean[] gone;

    private Clustering(double[] correlations, int size) {
        this.size = size;
        this.distances = new double[size * size];
        this.gone = new boolean[size];
        for (int i = 0; i < size; i++) {
            members.add(new ArrayList<>(List.of(i)));
            for (int j = 0; j < size; j++) {
                double r = correlations[i * size + j];
                distances[i * size + j] = Double.isNaN(r) ? 1 : 1 - r;
            }
        }
    }

    /// An order in which clusters stand together.
    ///
    /// @param correlations a square, row by row; NaN counts as 0
    /// @param size of a side
    /// @return the numbers of rows
    static int[] order(double[] correlations, int size) {
        return size == 0 ? new int[0] : new Clustering(correlations, size).joined();
    }

    private int[] joined() {
        int[] chain = new int[size];
        int length = 0;
        for (int joins = 0; joins < size - 1;) {
            if (length == 0) {
                chain[length++] = first();
            }
            int top = chain[length - 1];
            int previous = length > 1 ? chain[length - 2] : -1;
            int nearest = nearest(top, previous);
            if (nearest == previous) {
                join(Math.min(top, previous), Math.max(top, previous));
                length -= 2;
                joins++;
            } else {
                chain[length++] = nearest;
            }
        }
        return members.get(first()).stream().mapToInt(Integer::intValue).toArray();
    }

    private int first() {
        for (int i = 0; i < size; i++) {
            if (!gone[i]) {
                return i;
            }
        }
        throw new IllegalStateException("no cluster");
    }

    /// The nearest cluster; the one before in the chain if none is nearer.
    private int nearest(int from, int previous) {
        int best = previous;
        for (int i = 0; i < size; i++) {
            if (i != from && !gone[i]
                    && (best < 0 || distances[from * size + i] < distances[from * size + best])) {
                best = i;
            }
        }
        return best;
    }

    private void join(int kept, int lost) {
        double a = members.get(kept).size();
        double b = members.get(lost).size();
        turn(kept, lost);
        for (int i = 0; i < size; i++) {
            if (!gone[i] && i != kept && i != lost) {
                double distance = (a * distances[kept * size + i] + b * distances[lost * size + i]) / (a + b);
                distances[kept * size + i] = distance;
                distances[i * size + kept] = distance;
            }
        }
        members.get(kept).addAll(members.get(lost));
        gone[lost] = true;
    }

    /// Leaves members as they are: which end meets which does not change what is a cluster. The smaller first member leads.
    private void turn(int kept, int lost) {
        if (members.get(lost).getFirst() < members.get(kept).getFirst()) {
            List<Integer> swapped = members.get(kept);
            members.set(kept, members.get(lost));
            members.set(lost, swapped);
        }
    }

    /// The matrix with its rows and columns in an order.
    static double[] ordered(double[] matrix, int[] order) {
        int n = order.length;
        double[] moved = new double[n * n];
        Arrays.setAll(moved, i -> matrix[order[i / n] * n + order[i % n]]);
        return moved;
    }
}
