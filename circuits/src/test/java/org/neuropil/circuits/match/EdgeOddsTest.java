package org.neuropil.circuits.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class EdgeOddsTest {
    @Test
    void oddsAreThoseOfTheJointCounts() {
        int n = 30;
        SplittableRandom random = new SplittableRandom(2);
        double[][] a = SideWorlds.random(n, n, 0.3, random);
        double[][] b = new double[n][n];
        double[][] x = SideWorlds.random(n, n, 0.2, random);
        double[][] y = SideWorlds.random(n, n, 0.2, random);
        int[] rightOf = SideWorlds.permutation(n, random);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                b[rightOf[i]][rightOf[j]] = random.nextDouble() < 0.8 ? a[i][j] : random.nextInt(4);
            }
        }
        Sides sides = new Sides(SideWorlds.edges(a, n), SideWorlds.edges(b, n), SideWorlds.edges(x, n),
                SideWorlds.edges(y, n));
        WeightClasses classes = WeightClasses.of(sides.left(), sides.right(), sides.leftToRight(), sides.rightToLeft());
        EdgeOdds odds = EdgeOdds.learn(sides, classes, rightOf);
        int size = classes.count() + 1;
        double[][] within = new double[size][size];
        double[][] across = new double[size][size];
        int[] leftOf = new int[n];
        for (int i = 0; i < n; i++) {
            leftOf[rightOf[i]] = i;
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                within[of(classes, a[i][j])][of(classes, b[rightOf[i]][rightOf[j]])]++;
                across[of(classes, x[i][j])][of(classes, y[rightOf[i]][leftOf[j]])]++;
            }
        }
        same(odds.within(), within);
        same(odds.across(), across);
    }

    private static int of(WeightClasses classes, double weight) {
        return weight > 0 ? 1 + classes.of(weight) : 0;
    }

    /// The odds ratio of the counts, where they are large enough that the prior does not matter much.
    private static void same(double[][] odds, double[][] counts) {
        for (int k = 1; k < counts.length; k++) {
            for (int l = 1; l < counts.length; l++) {
                if (counts[k][l] >= 8 && counts[k][0] >= 8 && counts[0][l] >= 8) {
                    double ratio = Math.log(counts[k][l] * counts[0][0] / (counts[k][0] * counts[0][l]));
                    assertThat(odds[k - 1][l - 1]).isCloseTo(ratio, within(0.15 + 0.1 * Math.abs(ratio)));
                }
            }
        }
    }
}
