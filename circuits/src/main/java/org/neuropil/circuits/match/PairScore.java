package org.neuropil.circuits.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.neuropil.volume.kernel.Parallel;

/// What the wiring says for each pair of a left and a right cell, if it is known, surely or by probabilities, which of their
/// partners correspond. With probabilities P, classes of weights c, and one table of scores for edges within a side (s) and one
/// for edges that cross (t), the score of left cell i and right cell j is
///
/// `S(i, j) = Σ P(k, l) [s(A(i, k), B(j, l)) + s(A(k, i), B(l, j)) + t(X(i, l), Y(j, k)) + t(X(k, j), Y(l, i))]`
///
/// over all left cells k and right cells l, where A is the wiring of the left side, B of the right one, X from left to right,
/// Y from right to left, and a score is 0 unless both edges are there. It is linear in P and symmetric, so that the sum of
/// P · S(P) is twice the score of the whole matching. Sides of unequal size are filled up with cells that have no edges.
final class PairScore {
    private static final int ROWS_OF_A_PART = 8;

    private final int n;
    private final WeightClasses classes;
    private final List<Channel> channels;
    private final boolean crossing;

    /// Edges that lead to partners in one direction.
    ///
    /// @param left edges of the left cells
    /// @param leftClass the class of each
    /// @param right edges of the right cells
    /// @param rightClass the class of each
    /// @param crosses whether the left cells' partners are right ones
    /// @param reversed whether tables are read with the class of the right edge first
    private record Channel(WeightedEdges left, byte[] leftClass, WeightedEdges right, byte[] rightClass,
            boolean crosses,
            boolean reversed) {}

    /// @param classes of the weights of all edges
    PairScore(Sides sides, WeightClasses classes) {
        this.classes = classes;
        n = sides.most();
        List<Channel> all = new ArrayList<>();
        WeightedEdges a = sides.left();
        WeightedEdges b = sides.right();
        WeightedEdges x = sides.leftToRight();
        WeightedEdges y = sides.rightToLeft();
        add(all, a, b, false, false);
        add(all, a.transposed(), b.transposed(), false, false);
        add(all, x, y, true, false);
        add(all, y.transposed(), x.transposed(), true, true);
        channels = List.copyOf(all);
        crossing = channels.stream().anyMatch(Channel::crosses);
    }

    private void add(List<Channel> all, WeightedEdges left, WeightedEdges right, boolean crosses, boolean reversed) {
        if (left.edges() > 0 && right.edges() > 0) {
            all.add(new Channel(left, classes.ofEach(left), right, classes.ofEach(right), crosses, reversed));
        }
    }

    /// Cells of a side, filled up.
    int size() {
        return n;
    }

    /// Scores of all pairs.
    ///
    /// @param p probabilities, row-major, a row for each left cell
    /// @param within score of an edge of one class on the left side and one of another on the right side: a row for each class
    ///     of the left
    /// @param across score of an edge from left to right and one from right to left
    /// @return row-major as `p`
    double[] of(double[] p, double[][] within, double[][] across, int threads) {
        double[] turned = crossing ? turned(p, n) : p;
        double[] scores = new double[n * n];
        int count = classes.count();
        List<int[]> places = new ArrayList<>();
        for (Channel channel : channels) {
            int[] place = new int[channel.right.edges()];
            for (int e = 0; e < place.length; e++) {
                place[e] = channel.rightClass[e] * n + channel.right.target(e);
            }
            places.add(place);
        }
        Parallel.run(threads, (n + ROWS_OF_A_PART - 1) / ROWS_OF_A_PART, part -> {
            double[] reached = new double[count * n];
            double[] gain = new double[count * n];
            int end = Math.min(n, (part + 1) * ROWS_OF_A_PART);
            for (int i = part * ROWS_OF_A_PART; i < end; i++) {
                for (int c = 0; c < channels.size(); c++) {
                    Channel channel = channels.get(c);
                    add(channel, i, channel.crosses ? turned : p, channel.crosses ? across : within, reached, gain,
                            places.get(c), scores);
                }
            }
        });
        return scores;
    }

    /// Adds what one channel says about the pairs of a left cell.
    ///
    /// @param p of the partners: a row for each partner of the left cell
    /// @param reached room for how far the left cell's edges of each class reach each partner of right cells
    /// @param gain room for what an edge of a right cell of each class to each partner gains
    private void add(Channel channel, int i, double[] p, double[][] table, double[] reached, double[] gain,
            int[] places,
            double[] scores) {
        WeightedEdges left = channel.left;
        if (i >= left.rows() || left.start(i) == left.start(i + 1)) {
            return;
        }
        int count = table.length;
        boolean[] there = new boolean[count];
        for (int e = left.start(i); e < left.start(i + 1); e++) {
            int at = channel.leftClass[e] * n;
            int row = left.target(e) * n;
            if (there[channel.leftClass[e]]) {
                for (int l = 0; l < n; l++) {
                    reached[at + l] += p[row + l];
                }
            } else {
                System.arraycopy(p, row, reached, at, n);
                there[channel.leftClass[e]] = true;
            }
        }
        Arrays.fill(gain, 0);
        for (int k = 0; k < count; k++) {
            if (!there[k]) {
                continue;
            }
            for (int l = 0; l < count; l++) {
                double score = channel.reversed ? table[l][k] : table[k][l];
                int from = k * n;
                int to = l * n;
                for (int j = 0; j < n; j++) {
                    gain[to + j] += score * reached[from + j];
                }
            }
        }
        WeightedEdges right = channel.right;
        int row = i * n;
        for (int j = 0; j < right.rows(); j++) {
            double sum = 0;
            for (int e = right.start(j); e < right.start(j + 1); e++) {
                sum += gain[places[e]];
            }
            scores[row + j] += sum;
        }
    }

    /// Rows as columns.
    static double[] turned(double[] matrix, int n) {
        double[] turned = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                turned[j * n + i] = matrix[i * n + j];
            }
        }
        return turned;
    }
}
