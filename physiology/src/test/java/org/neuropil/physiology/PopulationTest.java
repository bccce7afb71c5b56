package org.neuropil.physiology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.neuropil.physiology.metric.Sparseness;
import org.neuropil.physiology.stat.Values;

class PopulationTest {
    private static final double NAN = Double.NaN;

    @Test
    void cellsOfTheSameTrialsAreDrawnTogether() {
        Responses one = Tunings.trials(5, 1, 10, 2, 20, 3, 30, 4, 40, 5, 50);
        Responses twice = Tunings.trials(5, 2, 20, 4, 40, 6, 60, 8, 80, 10, 100);
        Responses lacks = Tunings.trials(5, 1, 10, NAN, 20, 3, 30, 4, NAN, 5, 50);
        Population all = new Population(List.of(one, twice, lacks));
        assertThat(all.means(1)).containsExactly(30, 60, 27.5);
        SplittableRandom random = new SplittableRandom(2);
        boolean differed = false;
        for (int i = 0; i < 20; i++) {
            Population drawn = all.resample(random.split());
            double[] means = drawn.means(0);
            assertThat(means[1]).isCloseTo(2 * means[0], within(1e-12));
            differed |= means[0] != 3;
        }
        assertThat(differed).isTrue();
    }

    @Test
    void aCellOfOtherTrialsHasDrawsOfItsOwnAndLacksWhatItWasNotShown() {
        Responses one = Tunings.trials(3, 1, 10, 2, 20, 3, 30);
        Responses other = Tunings.pictures(new int[]{0, 0}, new double[]{5, 7}, new double[2]);
        Population all = new Population(List.of(one, other));
        assertThat(all.conditions()).hasSize(3);
        assertThat(all.means(0)).containsExactly(NAN, 6);
        assertThat(all.means(1)).containsExactly(2, NAN);
        double[] drawn = all.resample(new SplittableRandom(3)).means(0);
        assertThat(drawn[0]).isNaN();
        assertThat(drawn[1]).isBetween(5.0, 7.0);
    }

    /// Of many trials the error of the sparseness is that of its first-order expansion in the cells' means.
    @Test
    void theErrorOfSparsenessIsThatOfTheDeltaMethod() {
        SplittableRandom random = new SplittableRandom(6);
        int trials = 200;
        double[] truth = {1, 3, 0.5, 8};
        List<Responses> cells = new ArrayList<>();
        double[] means = new double[truth.length];
        double[] errors = new double[truth.length];
        for (int i = 0; i < truth.length; i++) {
            double[] values = new double[trials];
            for (int t = 0; t < trials; t++) {
                values[t] = truth[i] + random.nextGaussian();
            }
            means[i] = Values.mean(values);
            errors[i] = Values.deviation(values, 0) / Math.sqrt(trials);
            cells.add(Tunings.trials(trials, values));
        }
        Sparseness.Population metric = new Sparseness.Population();
        double variance = 0;
        for (int i = 0; i < means.length; i++) {
            double[] moved = means.clone();
            moved[i] += 1e-5;
            double slope = (metric.of(moved) - metric.of(means)) / 1e-5;
            variance += slope * slope * errors[i] * errors[i];
        }
        Bootstrap told = Bootstrap.of(new Population(cells), drawn -> metric.of(drawn.means(0)), 1000, 0.95, 1);
        assertThat(told.estimate()).isCloseTo(metric.of(means), within(1e-15));
        assertThat(told.standardError()).isCloseTo(Math.sqrt(variance), within(0.12 * Math.sqrt(variance)));
    }
}
