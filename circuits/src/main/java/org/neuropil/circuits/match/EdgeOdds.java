package org.neuropil.circuits.match;

/// How much likelier it is that edges of two classes stand in corresponding places of both sides than by chance, learnt from a
/// matching: log P(k, l) / (P(k) P(l)), where "no edge" is a class, too. From each is taken what the sum over a matching does not
/// depend on, so that the odds are 0 if either edge is missing:
///
/// `s(k, l) - s(k, none) - s(none, l) + s(none, none)`
///
/// Both sides are taken to be alike: which of two edges is on the left says nothing.
///
/// @param within odds for edges within a side: a row for each class on the left
/// @param across odds for an edge from left to right and one from right to left
record EdgeOdds(double[][] within, double[][] across) {
    /// Weight of chance in the counts.
    private static final double PRIOR = 0.02;
    /// Added to each count, so that none is 0.
    private static final double LEAST = 0.01;

    /// Learns from a matching.
    ///
    /// @param rightOf the right cell of each left one; of cells that fill up a side, any
    static EdgeOdds learn(Sides sides, WeightClasses classes, int[] rightOf) {
        return new EdgeOdds(odds(together(sides.left(), sides.right(), classes, rightOf, rightOf)),
                odds(crossed(sides, classes, rightOf)));
    }

    /// Products of the mean log1p(weight) of each class: what edges are worth before anything is learnt.
    static double[][] products(Sides sides, WeightClasses classes) {
        double[] sum = new double[classes.count()];
        int[] number = new int[classes.count()];
        for (WeightedEdges edges : new WeightedEdges[]{sides.left(), sides.right(), sides.leftToRight(),
            sides.rightToLeft()}) {
            for (int e = 0; e < edges.edges(); e++) {
                int k = classes.of(edges.weight(e));
                sum[k] += StrictMath.log1p(edges.weight(e));
                number[k]++;
            }
        }
        double[][] table = new double[sum.length][sum.length];
        for (int k = 0; k < sum.length; k++) {
            for (int l = 0; l < sum.length; l++) {
                table[k][l] = number[k] == 0 || number[l] == 0 ? 0 : sum[k] / number[k] * (sum[l] / number[l]);
            }
        }
        return table;
    }

    /// How many corresponding places hold edges of each two classes; class 0 is none.
    ///
    /// @param rowOf the row of `b` for each of `a`; there may be more than rows
    /// @param columnOf the column of `b` for each of `a`
    private static double[][] together(WeightedEdges a, WeightedEdges b, WeightClasses classes, int[] rowOf,
            int[] columnOf) {
        double[][] counts = new double[classes.count() + 1][classes.count() + 1];
        for (int e = 0; e < b.edges(); e++) {
            counts[0][1 + classes.of(b.weight(e))]++;
        }
        double all = b.edges();
        for (int i = 0; i < a.rows(); i++) {
            for (int e = a.start(i); e < a.start(i + 1); e++) {
                int k = 1 + classes.of(a.weight(e));
                int column = columnOf[a.target(e)];
                int found = rowOf[i] < b.rows() && column < b.columns() ? b.find(rowOf[i], column) : -1;
                int l = found < 0 ? 0 : 1 + classes.of(b.weight(found));
                counts[k][l]++;
                if (l > 0) {
                    counts[0][l]--;
                } else {
                    all++;
                }
            }
        }
        counts[0][0] = (double) rowOf.length * columnOf.length - all;
        return counts;
    }

    private static double[][] crossed(Sides sides, WeightClasses classes, int[] rightOf) {
        // X(i, l) stands where Y(right of i, left of l) does.
        int[] leftOf = new int[rightOf.length];
        for (int i = 0; i < rightOf.length; i++) {
            leftOf[rightOf[i]] = i;
        }
        return together(sides.leftToRight(), sides.rightToLeft(), classes, rightOf, leftOf);
    }

    private static double[][] odds(double[][] counts) {
        int size = counts.length;
        double[] row = new double[size];
        double[] column = new double[size];
        double all = 0;
        for (int k = 0; k < size; k++) {
            for (int l = 0; l < size; l++) {
                row[k] += counts[k][l];
                column[l] += counts[k][l];
                all += counts[k][l];
            }
        }
        double[][] smooth = new double[size][size];
        double[] rowSum = new double[size];
        double[] columnSum = new double[size];
        double sum = 0;
        for (int k = 0; k < size; k++) {
            for (int l = 0; l < size; l++) {
                double value = (counts[k][l] + counts[l][k]) / 2
                        + PRIOR * (row[k] + column[k]) / 2 * (row[l] + column[l]) / 2 / all + LEAST;
                smooth[k][l] = value;
                rowSum[k] += value;
                columnSum[l] += value;
                sum += value;
            }
        }
        double[][] log = new double[size][size];
        for (int k = 0; k < size; k++) {
            for (int l = 0; l < size; l++) {
                log[k][l] = StrictMath.log(smooth[k][l] * sum / (rowSum[k] * columnSum[l]));
            }
        }
        double[][] odds = new double[size - 1][size - 1];
        for (int k = 1; k < size; k++) {
            for (int l = 1; l < size; l++) {
                odds[k - 1][l - 1] = log[k][l] - log[k][0] - log[0][l] + log[0][0];
            }
        }
        return odds;
    }
}
