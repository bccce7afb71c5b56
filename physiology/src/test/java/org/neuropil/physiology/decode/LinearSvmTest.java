package org.neuropil.physiology.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;

import org.junit.jupiter.api.Test;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class LinearSvmTest {
    @Test
    void twoTrialsAreDecidedByHand() {
        // x = 1 and -1, y alike: b = 0, and w minimises w^2 / 2 + 2 C (1 - w)^2: w = 4 C / (1 + 4 C).
        double[] solved = SquaredHinge.of(new double[][]{{1}, {-1}}, 0.5).solve(new double[]{1, -1});
        assertThat(solved).containsExactly(new double[]{2 / 3.0, 0}, within(1e-10));
    }

    @Test
    void ofTwoClassesTheSecondNeedsMoreThanZero() {
        Decoder.Trained trained = new LinearSvm(1).train(new double[][]{{1}, {-1}}, new int[]{1, 0}, 2);
        assertThat(trained.predict(new double[]{0})).isZero();
        assertThat(trained.predict(new double[]{0.1})).isEqualTo(1);
        assertThat(trained.scores(new double[]{0.5})[0]).isEqualTo(-trained.scores(new double[]{0.5})[1]);
    }

    @Test
    void aCostIsAboveZero() {
        assertThatThrownBy(() -> new LinearSvm(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 80)
    void theSlopeIsZeroAtTheLeast(@ForAll @IntRange(min = 2, max = 60) int trials,
            @ForAll @IntRange(min = 1, max = 40) int cells, @ForAll @DoubleRange(min = 0.01, max = 20) double cost,
            @ForAll @IntRange(min = 0, max = 3) int ties, @ForAll long seed) {
        double[][] rows = Worlds.gaussian(Worlds.means(2, cells, 0.5, seed), trials, seed + 1);
        for (double[] row : rows) {
            for (int j = 0; ties > 0 && j < cells; j++) {
                row[j] = Math.rint(row[j] * ties) / ties;
            }
        }
        double[] signs = new double[trials];
        Random random = new Random(seed);
        for (int t = 0; t < trials; t++) {
            signs[t] = random.nextInt(4) == 0 ? 1 : -1;
        }
        double[] solved = SquaredHinge.of(rows, cost).solve(signs);
        // The function is strictly convex: where its slope is 0 it is least.
        double[] slope = solved.clone();
        for (int t = 0; t < trials; t++) {
            double value = solved[cells];
            for (int j = 0; j < cells; j++) {
                value += solved[j] * rows[t][j];
            }
            double pull = 2 * cost * Math.max(0, 1 - signs[t] * value) * signs[t];
            for (int j = 0; j < cells; j++) {
                slope[j] -= pull * rows[t][j];
            }
            slope[cells] -= pull;
        }
        assertThat(slope).containsExactly(new double[cells + 1], within(1e-6));
    }
}
