package org.neuropil.circuits.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What the wiring tells of pairs of a left and a right cell if the partners of both are matched: a row of numbers for each pair.
///
/// Of each of four kinds of edges (to and from cells of the own side, to and from those of the other) and for edges of both cells
/// to matched partners, summed with weights g that fall with the number of edges of the partners as their power 0, -1/2 and -1:
/// how many there are; the product of their log1p(weight), plain and over the root of both cells' own sums; how many levels of
/// weights both reach; minus the square of the difference of their logs. Then, of each kind: minus the difference of the roots of
/// the cells' sums of weights and numbers of edges, and those sums and numbers of either cell, which tell how many partners a
/// cell has by chance; and whether the two cells are connected with each other.
/// Before the last one stand cosines of the roots of weights, over all kinds of edges and some of them together, whose partners
/// weigh less the more edges they have.
final class PairFeatures {
    private static final double[] POWERS = {0, -0.5, -1};
    private static final double[] LEVELS = {2, 4, 9, 22};
    /// Powers of the partners' sums of weights in cosines.
    private static final double[] COSINES = {-0.3, -1};
    /// Kinds of edges that a cosine is of: all, from the cells, to them, within a side, across.
    private static final int[][] GROUPS = {{0, 1, 2, 3}, {0, 2}, {1, 3}, {0, 1}, {2, 3}};
    private static final int OF_A_POWER = 5;
    private static final int OF_A_CELL = 6;
    private static final int OF_A_KIND = POWERS.length * OF_A_POWER + OF_A_CELL;

    private final int n;
    private final List<Kind> kinds = new ArrayList<>();
    private final WeightedEdges leftToRight;
    private final WeightedEdges rightFromLeft;

    /// One kind of edges.
    ///
    /// @param left edges of left cells
    /// @param partner of each column of the left cells' edges: the column of the right cells' edges that it corresponds to
    /// @param right edges of right cells, a row for each column of them
    /// @param degree number of edges of each partner on both sides together, by column of the left cells' edges, half of it
    /// @param leftSelf for each power and left cell the root of the sum of its squared log weights
    /// @param rightSelf likewise
    /// @param leftSums sums of weights, then numbers of edges, of the left cells
    /// @param rightSums likewise
    /// @param strength sum of weights of each partner on both sides together
    /// @param leftNorm for each cosine and left cell the sum of its weights times those powers of the partners' strengths
    /// @param rightNorm likewise
    /// @param leftLog log1p of the weights of the edges
    /// @param rightLog likewise
    private record Kind(WeightedEdges left, int[] partner, WeightedEdges right, double[] degree, double[][] leftSelf,
            double[][] rightSelf, double[][] leftSums, double[][] rightSums, double[] strength, double[][] leftNorm,
            double[][] rightNorm, double[] leftLog, double[] rightLog) {}

    /// @param rightOf the right cell of each left one, both sides filled up to the same size
    PairFeatures(Sides sides, int[] rightOf) {
        n = rightOf.length;
        int[] leftOf = new int[n];
        for (int i = 0; i < n; i++) {
            leftOf[rightOf[i]] = i;
        }
        leftToRight = sides.leftToRight();
        rightFromLeft = sides.rightToLeft().transposed();
        kinds.add(kind(sides.left(), rightOf, sides.right()));
        kinds.add(kind(sides.left().transposed(), rightOf, sides.right().transposed()));
        kinds.add(kind(sides.leftToRight(), leftOf, sides.rightToLeft()));
        kinds.add(kind(sides.rightToLeft().transposed(), leftOf, sides.leftToRight().transposed()));
    }

    private Kind kind(WeightedEdges left, int[] partner, WeightedEdges right) {
        int[] degrees = new int[n];
        int[] column = new int[n];
        for (int k = 0; k < n; k++) {
            column[partner[k]] = k;
        }
        double[] strength = new double[n];
        for (int e = 0; e < left.edges(); e++) {
            degrees[left.target(e)]++;
            strength[left.target(e)] += left.weight(e);
        }
        for (int e = 0; e < right.edges(); e++) {
            degrees[column[right.target(e)]]++;
            strength[column[right.target(e)]] += right.weight(e);
        }
        double[] degree = new double[n];
        double[] turned = new double[n];
        double[] turnedStrength = new double[n];
        for (int k = 0; k < n; k++) {
            degree[k] = Math.max(degrees[k], 2) / 2.0;
            turned[partner[k]] = degree[k];
            turnedStrength[partner[k]] = strength[k];
        }
        return new Kind(left, partner, right.transposed(), degree, selves(left, degree), selves(right, turned),
                sums(left), sums(right), strength, norms(left, strength), norms(right, turnedStrength), logs(left),
                logs(right.transposed()));
    }

    private double[][] selves(WeightedEdges edges, double[] degree) {
        double[][] selves = new double[POWERS.length][n];
        for (int p = 0; p < POWERS.length; p++) {
            for (int i = 0; i < edges.rows(); i++) {
                for (int e = edges.start(i); e < edges.start(i + 1); e++) {
                    double log = StrictMath.log1p(edges.weight(e));
                    selves[p][i] += StrictMath.pow(degree[edges.target(e)], POWERS[p]) * log * log;
                }
                selves[p][i] = Math.sqrt(selves[p][i]);
            }
        }
        return selves;
    }

    private static double[] logs(WeightedEdges edges) {
        double[] logs = new double[edges.edges()];
        for (int e = 0; e < logs.length; e++) {
            logs[e] = StrictMath.log1p(edges.weight(e));
        }
        return logs;
    }

    private double[][] norms(WeightedEdges edges, double[] strength) {
        double[][] norms = new double[COSINES.length][n];
        for (int p = 0; p < COSINES.length; p++) {
            for (int i = 0; i < edges.rows(); i++) {
                for (int e = edges.start(i); e < edges.start(i + 1); e++) {
                    norms[p][i] += StrictMath.pow(strength[edges.target(e)], COSINES[p]) * edges.weight(e);
                }
            }
        }
        return norms;
    }

    /// Sums of weights and numbers of edges of each cell.
    private double[][] sums(WeightedEdges edges) {
        double[][] sums = new double[2][n];
        for (int i = 0; i < edges.rows(); i++) {
            for (int e = edges.start(i); e < edges.start(i + 1); e++) {
                sums[0][i] += edges.weight(e);
                sums[1][i]++;
            }
        }
        return sums;
    }

    private int cosines() {
        return kinds.size() * OF_A_KIND;
    }

    /// How many numbers there are of a pair.
    int count() {
        return cosines() + COSINES.length * GROUPS.length + 1;
    }

    /// Those numbers whose sum tells how alike two cells are before anything is learnt.
    int[] likenesses() {
        return new int[]{cosines()};
    }

    /// Tells of a left cell and all right ones.
    ///
    /// @param room takes the numbers: those of one feature for all right cells, then those of the next
    void row(int i, double[] room) {
        Arrays.fill(room, 0);
        for (int q = 0; q < kinds.size(); q++) {
            Kind kind = kinds.get(q);
            if (i < kind.left.rows()) {
                edges(kind, i, q * OF_A_KIND * n, room);
            }
            cells(kind, i, (q * OF_A_KIND + POWERS.length * OF_A_POWER) * n, room);
        }
        cosines(i, room);
        int last = (count() - 1) * n;
        for (WeightedEdges edges : List.of(leftToRight, rightFromLeft)) {
            for (int e = i < edges.rows() ? edges.start(i) : 0; i < edges.rows() && e < edges.start(i + 1); e++) {
                room[last + edges.target(e)] += StrictMath.log1p(edges.weight(e));
            }
        }
    }

    private void edges(Kind kind, int i, int begin, double[] room) {
        WeightedEdges left = kind.left;
        WeightedEdges right = kind.right;
        for (int e = left.start(i); e < left.start(i + 1); e++) {
            int k = left.target(e);
            if (kind.partner[k] >= right.rows()) {
                continue;
            }
            double one = kind.leftLog[e];
            double[] g = new double[POWERS.length];
            for (int p = 0; p < POWERS.length; p++) {
                g[p] = StrictMath.pow(kind.degree[k], POWERS[p]);
            }
            for (int f = right.start(kind.partner[k]); f < right.start(kind.partner[k] + 1); f++) {
                int at = begin + right.target(f);
                double other = kind.rightLog[f];
                double least = Math.min(left.weight(e), right.weight(f));
                int levels = 0;
                for (double level : LEVELS) {
                    levels += least >= level ? 1 : 0;
                }
                for (int p = 0; p < POWERS.length; p++, at += OF_A_POWER * n) {
                    room[at] += g[p];
                    room[at + n] += g[p] * one * other;
                    room[at + 3 * n] += g[p] * levels;
                    room[at + 4 * n] -= g[p] * (one - other) * (one - other);
                }
            }
        }
        for (int p = 0; p < POWERS.length; p++) {
            int at = begin + p * OF_A_POWER * n;
            for (int j = 0; j < n; j++) {
                double root = kind.leftSelf[p][i] * kind.rightSelf[p][j];
                room[at + 2 * n + j] = root > 0 ? room[at + n + j] / root : 0;
            }
        }
    }

    /// Cosines of the roots of the weights of edges to corresponding partners.
    private void cosines(int i, double[] room) {
        double[][] products = new double[kinds.size()][n];
        for (int p = 0; p < COSINES.length; p++) {
            for (int q = 0; q < kinds.size(); q++) {
                Arrays.fill(products[q], 0);
                products(kinds.get(q), i, COSINES[p], products[q]);
            }
            for (int g = 0; g < GROUPS.length; g++) {
                int at = (cosines() + p * GROUPS.length + g) * n;
                for (int j = 0; j < n; j++) {
                    double product = 0;
                    double left = 0;
                    double right = 0;
                    for (int q : GROUPS[g]) {
                        product += products[q][j];
                        left += kinds.get(q).leftNorm[p][i];
                        right += kinds.get(q).rightNorm[p][j];
                    }
                    room[at + j] = product > 0 ? product / Math.sqrt(left * right) : 0;
                }
            }
        }
    }

    private static void products(Kind kind, int i, double power, double[] products) {
        WeightedEdges left = kind.left;
        for (int e = i < left.rows() ? left.start(i) : 0; i < left.rows() && e < left.start(i + 1); e++) {
            int k = left.target(e);
            if (kind.partner[k] < kind.right.rows()) {
                double g = StrictMath.pow(kind.strength[k], power);
                for (int f = kind.right.start(kind.partner[k]); f < kind.right.start(kind.partner[k] + 1); f++) {
                    products[kind.right.target(f)] += g * Math.sqrt(left.weight(e) * kind.right.weight(f));
                }
            }
        }
    }

    private void cells(Kind kind, int i, int begin, double[] room) {
        for (int s = 0; s < 2; s++) {
            double left = kind.leftSums[s][i];
            int at = begin + s * 3 * n;
            for (int j = 0; j < n; j++) {
                double right = kind.rightSums[s][j];
                room[at + j] = -Math.abs(Math.sqrt(left) - Math.sqrt(right));
                room[at + n + j] = left;
                room[at + 2 * n + j] = right;
            }
        }
    }
}
