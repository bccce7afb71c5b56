package org.neuropil.circuits.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a matching finds to be the same on both sides, and what varies: edges of both sides whose both ends are matched, each
/// looked for on the other side. An edge from left to right has its counterpart from right to left.
///
/// @param within edges within a side
/// @param across edges that cross
/// @param byWeight all edges by class of their own weight
/// @param byClass all edges by class of the cell that they come from; empty if there are no classes
public record Conserved(Share within, Share across, List<Weights> byWeight, SortedMap<String, Share> byClass) {
    /// Some edges.
    ///
    /// @param edges their number, of both sides together
    /// @param found how many have a counterpart
    /// @param chance how many would have one if edges of the other side led anywhere
    public record Share(long edges, long found, double chance) {
        private static final Share NONE = new Share(0, 0, 0);

        /// Share that has a counterpart; NaN if there are no edges.
        public double share() {
            return edges == 0 ? Double.NaN : (double) found / edges;
        }

        /// Share that would have one by chance; NaN if there are no edges.
        public double chanceShare() {
            return edges == 0 ? Double.NaN : chance / edges;
        }

        private Share and(boolean isFound, double density) {
            return new Share(edges + 1, found + (isFound ? 1 : 0), chance + density);
        }
    }

    /// Edges of a class of weights.
    ///
    /// @param least the smallest weight of the class
    /// @param below all weights of the class are below this
    /// @param share of them
    /// @param counterpart mean weight of the counterparts that are there
    public record Weights(double least, double below, Share share, double counterpart) {}

    /// Compares both sides.
    ///
    /// @param leftClasses of the left cells; a matched right cell has that of its partner; empty if there are none
    public static Conserved of(Sides sides, Matching matching, List<String> leftClasses) {
        if (!leftClasses.isEmpty() && leftClasses.size() != matching.leftCells()) {
            throw new IllegalArgumentException(
                    leftClasses.size() + " classes, " + matching.leftCells() + " left cells");
        }
        int[] rightOf = matching.rightOf();
        int[] leftOf = new int[matching.rightCells()];
        List<String> rightClasses = new ArrayList<>();
        for (int j = 0; j < leftOf.length; j++) {
            leftOf[j] = -1;
            rightClasses.add("");
        }
        for (Matching.Pair pair : matching.pairs()) {
            leftOf[pair.right()] = pair.left();
            if (!leftClasses.isEmpty()) {
                rightClasses.set(pair.right(), leftClasses.get(pair.left()));
            }
        }
        Tally tally = new Tally(
                WeightClasses.of(sides.left(), sides.right(), sides.leftToRight(), sides.rightToLeft()));
        List<String> classes = leftClasses.isEmpty() ? List.of() : rightClasses;
        Share within = tally.add(sides.left(), sides.right(), rightOf, rightOf, leftClasses, Share.NONE);
        within = tally.add(sides.right(), sides.left(), leftOf, leftOf, classes, within);
        Share across = tally.add(sides.leftToRight(), sides.rightToLeft(), rightOf, leftOf, leftClasses, Share.NONE);
        across = tally.add(sides.rightToLeft(), sides.leftToRight(), leftOf, rightOf, classes, across);
        return new Conserved(within, across, tally.weights(), tally.byClass);
    }

    /// Counts by weight and class.
    private static final class Tally {
        private final WeightClasses weightClasses;
        private final Share[] byWeight;
        private final double[] counterparts;
        private final SortedMap<String, Share> byClass = new TreeMap<>();

        Tally(WeightClasses weightClasses) {
            this.weightClasses = weightClasses;
            byWeight = new Share[weightClasses.count()];
            Arrays.fill(byWeight, Share.NONE);
            counterparts = new double[weightClasses.count()];
        }

        /// @param rowOf the row of `there` for each of `here`, or -1
        /// @param columnOf likewise
        /// @param classes of the rows of `here`; empty if there are none
        Share add(WeightedEdges here, WeightedEdges there, int[] rowOf, int[] columnOf, List<String> classes,
                Share sum) {
            double density = there.rows() == 0 || there.columns() == 0
                    ? 0
                    : there.edges() / ((double) there.rows() * there.columns());
            Share all = sum;
            for (int i = 0; i < here.rows(); i++) {
                for (int e = here.start(i); e < here.start(i + 1); e++) {
                    if (rowOf[i] < 0 || columnOf[here.target(e)] < 0) {
                        continue;
                    }
                    int place = there.find(rowOf[i], columnOf[here.target(e)]);
                    all = all.and(place >= 0, density);
                    int k = weightClasses.of(here.weight(e));
                    byWeight[k] = byWeight[k].and(place >= 0, density);
                    counterparts[k] += place >= 0 ? there.weight(place) : 0;
                    if (!classes.isEmpty()) {
                        byClass.put(classes.get(i),
                                byClass.getOrDefault(classes.get(i), Share.NONE).and(place >= 0, density));
                    }
                }
            }
            return all;
        }

        List<Weights> weights() {
            List<Weights> all = new ArrayList<>();
            for (int k = 0; k < byWeight.length; k++) {
                double below = k + 1 < byWeight.length ? weightClasses.bounds()[k + 1] : Double.POSITIVE_INFINITY;
                all.add(new Weights(weightClasses.bounds()[k], below, byWeight[k],
                        byWeight[k].found == 0 ? Double.NaN : counterparts[k] / byWeight[k].found));
            }
            return all;
        }
    }
}
