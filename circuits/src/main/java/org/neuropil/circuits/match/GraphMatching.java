package org.neuropil.circuits.match;

import java.util.ArrayList;
import java.util.List;

/// Matches the cells of two sides by their wiring alone, without seeds, names or places.
///
/// 1. Frank and Wolfe's method from the barycentre, with products of log weights ([FrankWolfe]).
/// 2. What an edge of one weight on one side says about an edge of another weight on the other is learnt from the matching
///    ([EdgeOdds]), the matching from that as probabilities (mean field: [PairScore], [Sinkhorn]), in turns, while it cools.
/// 3. From that matching is learnt how much each of some hundred features of a pair tells a partner from those cells that are most
///    like it ([PairFeatures], [ConditionalLogit]); cells are assigned anew by the scores, three times at most ([Refinement]).
///
/// The confidence of a pair is that of the last scores, whose exponentials are odds.
///
/// Nothing is random and threads do not matter. Numbering the cells anew numbers the answer anew, except where cells are wired
/// so alike that scores are equal to the last bits. Memory: some ten matrices of all pairs of cells, 8 bytes for each pair.
public final class GraphMatching {
    /// Temperatures of the second step, in nats. Odds of edges of one cell are not independent, so that 1 is too cold.
    private static final double[] TEMPERATURES = {8, 4};
    private static final int TURNS = 6;
    /// Odds are learnt anew after so many turns.
    private static final int LEARN = 3;

    private GraphMatching() {}

    /// Matches.
    ///
    /// @param threads at least 1
    public static Matching match(Sides sides, int threads) {
        int n = sides.most();
        if (n == 0) {
            return new Matching(List.of(), 0, 0);
        }
        WeightClasses classes = WeightClasses.of(sides.left(), sides.right(), sides.leftToRight(), sides.rightToLeft());
        PairScore score = new PairScore(sides, classes);
        double[] p = FrankWolfe.match(score, EdgeOdds.products(sides, classes), threads);
        double[] s = p;
        for (double temperature : TEMPERATURES) {
            EdgeOdds odds = EdgeOdds.learn(sides, classes, DenseAssignment.of(n, p));
            for (int turn = 0; turn < TURNS; turn++) {
                if (turn > 0 && turn % LEARN == 0) {
                    odds = EdgeOdds.learn(sides, classes, DenseAssignment.of(n, p));
                }
                s = score.of(p, odds.within(), odds.across(), threads);
                p = Sinkhorn.of(n, s, temperature);
            }
        }
        Refinement.Result best = Refinement.refine(sides, DenseAssignment.of(n, s), threads);
        return matching(sides, n, best.rightOf(), Sinkhorn.of(n, best.scores(), 1), best.scores());
    }

    private static Matching matching(Sides sides, int n, int[] rightOf, double[] p, double[] s) {
        int lefts = sides.left().rows();
        int rights = sides.right().rows();
        List<Matching.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < lefts; i++) {
            int j = rightOf[i];
            if (j >= rights) {
                continue;
            }
            double other = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < n; k++) {
                if (k != j && k < rights) {
                    other = Math.max(other, s[i * n + k]);
                }
                if (k != i && k < lefts) {
                    other = Math.max(other, s[k * n + j]);
                }
            }
            pairs.add(new Matching.Pair(i, j, Math.min(1, p[i * n + j]), s[i * n + j] - other));
        }
        return new Matching(pairs, lefts, rights);
    }
}
