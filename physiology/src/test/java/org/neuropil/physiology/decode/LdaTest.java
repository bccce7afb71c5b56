package org.neuropil.physiology.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.neuropil.space.InputException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LdaTest {
    private static final Lda LDA = new Lda();

    @Test
    void twoGaussiansAreToldAsWellAsCanBe() {
        // d' = 2: the best accuracy is Phi(1) = 0.8413. Of 20,000 trials the standard error is 0.0026.
        double[][] means = {{0, 0, 0, 0}, {1, 1, 1, 1}};
        double[][] seen = Worlds.gaussian(means, 4_000, 1);
        Decoder.Trained trained = LDA.train(seen, Worlds.labels(4_000, 2), 2);
        double[][] asked = Worlds.gaussian(means, 20_000, 2);
        int right = 0;
        for (int t = 0; t < asked.length; t++) {
            right += trained.predict(asked[t]) == t % 2 ? 1 : 0;
        }
        assertThat(right / 20_000.0).isCloseTo(0.8413, within(0.01));
    }

    @Test
    void oneCellIsDecidedByHand() {
        // Class means 1 and 6, variances 2/3 and 8/3 with shares 1/2: S = 5/3, no shrinkage.
        Decoder.Trained trained = LDA.train(new double[][]{{0}, {1}, {2}, {4}, {6}, {8}}, new int[]{0, 0, 0, 1, 1, 1},
                2);
        double[] scores = trained.scores(new double[]{3});
        assertThat(scores[0]).isCloseTo(3 / (5 / 3.0) - 0.5 / (5 / 3.0) + Math.log(0.5), within(1e-12));
        assertThat(scores[1]).isCloseTo(18 / (5 / 3.0) - 18 / (5 / 3.0) + Math.log(0.5), within(1e-12));
        assertThat(trained.predict(new double[]{3.4})).isZero();
        assertThat(trained.predict(new double[]{3.6})).isEqualTo(1);
    }

    @Test
    void shrinkageIsLedoitAndWolfsByHand() {
        // C = diag(4, 1) / 2, mu = 5/4; distance |C - mu I|^2 / 2 = 9/16; error = mean |x x' - C|^2 / 2 / n
        // = (2 |diag(4,0) - C|^2 + 2 |diag(0,1) - C|^2) / 4 / 2 / 4 = (17/4) / 8.
        double[][] rows = {{2, 0}, {-2, 0}, {0, 1}, {0, -1}};
        assertThat(Lda.level(rows)).isEqualTo(1.25);
        assertThat(Lda.shrinkage(rows, 1.25)).isCloseTo(17 / 32.0 / (9 / 16.0), within(1e-12));
        // Two trials of one class are all that their covariance is made of.
        assertThat(Lda.shrinkage(new double[][]{{1, 1, -1}, {-1, -1, 1}}, 1)).isZero();
    }

    @Test
    void bothFormsSolveTheSame() {
        int n = 12;
        int p = 30;
        double[][] spread = Worlds.gaussian(new double[1][p], n, 3);
        double[] diagonal = new double[p];
        for (int j = 0; j < p; j++) {
            diagonal[j] = 0.1 + 0.05 * j;
        }
        double[] right = Worlds.gaussian(new double[1][p], 1, 4)[0];
        double[] solved = Covariance.solve(diagonal, spread, new double[][]{right})[0];
        // More trials that are 0 ask for the other form.
        double[][] longer = Arrays.copyOf(spread, p + 1);
        Arrays.fill(longer, n, p + 1, new double[p]);
        double[] other = Covariance.solve(diagonal, longer, new double[][]{right})[0];
        for (int i = 0; i < p; i++) {
            double back = diagonal[i] * solved[i];
            for (double[] row : spread) {
                back += row[i] * Linear.dot(row, solved);
            }
            assertThat(back).isCloseTo(right[i], within(1e-10));
            assertThat(solved[i]).isCloseTo(other[i], within(1e-10));
        }
    }

    @Test
    void withoutAnInverseTheShortestSolutionIsTaken() {
        // Of rows (3, 4, 0) the inverse of 25 along (0.6, 0.8, 0), and 0 across.
        double[][] right = {{3, 4, 7}};
        assertThat(Covariance.solve(new double[3], new double[][]{{3, 4, 0}}, right)[0]).containsExactly(
                new double[]{3 / 25.0, 4 / 25.0, 0}, within(1e-12));
        assertThat(Covariance.solve(new double[3], new double[][]{{3, 4, 0}, {0, 0, 0}, {0, 0, 0}}, right)[0])
                .containsExactly(new double[]{3 / 25.0, 4 / 25.0, 0}, within(1e-12));
    }

    @Test
    void aSingleTrialOfEachClassIsRefused() {
        assertThatThrownBy(() -> LDA.train(new double[][]{{1}, {2}}, new int[]{0, 1}, 2))
                .isInstanceOf(InputException.class).hasMessageContaining("no class has two trials");
    }

    @Test
    void aClassThatWasNotSeenIsNeverTold() {
        Decoder.Trained trained = LDA.train(new double[][]{{0}, {1}, {5}, {6}}, new int[]{0, 0, 2, 2}, 3);
        assertThat(trained.scores(new double[]{3})[1]).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Property(tries = 40)
    void theOrderOfCellsDoesNotMatter(@ForAll @IntRange(min = 1, max = 30) int cells, @ForAll long seed) {
        int trials = 24;
        double[][] rows = Worlds.gaussian(Worlds.means(4, cells, 1, seed), trials, seed + 1);
        int[] order = Draws.order(cells, new SplittableRandom(seed));
        double[][] moved = Arrays.stream(rows).map(row -> Arrays.stream(order).mapToDouble(j -> row[j]).toArray())
                .toArray(double[][]::new);
        int[] labels = Worlds.labels(trials, 4);
        Decoder.Trained one = LDA.train(rows, labels, 4);
        Decoder.Trained other = LDA.train(moved, labels, 4);
        for (int t = 0; t < trials; t++) {
            double[] scores = one.scores(rows[t]);
            double size = 1 + Arrays.stream(scores).map(Math::abs).max().orElse(0);
            assertThat(other.scores(moved[t])).containsExactly(scores, within(1e-7 * size));
        }
    }
}
