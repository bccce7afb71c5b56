package org.neuropil.physiology.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;

import org.junit.jupiter.api.Test;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.Condition.Grating;
import org.neuropil.physiology.Responses;
import org.neuropil.physiology.SurroundPair;
import org.neuropil.physiology.stat.Values;

/// A cross-validated metric measures at conditions that the other half of the trials chose: over many made cells it is, within
/// four standard errors, the truth at these conditions; the plain metric is not.
class CrossValidationTest {
    private static final int CELLS = 600;
    private static final int REPEATS = 8;

    /// Rates of 12 directions at 2 spatial frequencies.
    private static double rate(Grating shown, boolean tuned) {
        double bump = tuned ? 8 * Math.exp(2 * (Math.cos(Math.toRadians(shown.direction() - 60)) - 1)) : 0;
        return (4 + bump) * (shown.spatialFrequency() < 0.06 ? 1 : 0.7);
    }

    private static Responses responses(boolean tuned, double gain, SplittableRandom random) {
        List<Condition> shown = new ArrayList<>();
        double[] values = new double[24 * REPEATS];
        for (int t = 0; t < values.length; t++) {
            Grating grating = new Grating(30 * (t % 12), t / 12 % 2 == 0 ? 0.04 : 0.08, 1);
            shown.add(grating);
            values[t] = events(gain * rate(grating, tuned), random);
        }
        return Responses.of(shown, values);
    }

    private static Responses truth(boolean tuned) {
        List<Condition> shown = new ArrayList<>();
        double[] values = new double[24];
        for (int t = 0; t < values.length; t++) {
            Grating grating = new Grating(30 * (t % 12), t / 12 == 0 ? 0.04 : 0.08, 1);
            shown.add(grating);
            values[t] = rate(grating, tuned);
        }
        return Responses.of(shown, values);
    }

    /// A sum of sizes with mean 1, of a number that is Poisson.
    private static double events(double rate, SplittableRandom random) {
        double sum = 0;
        for (double at = -Math.log(1 - random.nextDouble()); at < rate; at -= Math.log(1 - random.nextDouble())) {
            sum -= Math.log(1 - random.nextDouble());
        }
        return sum;
    }

    private static Grating chosen(Responses half) {
        return Preferred.grating(half).orElseThrow();
    }

    /// Mean difference from the truth over its standard error.
    private static double errors(double[] differences) {
        return Values.mean(differences) / (Values.deviation(differences, 1) / Math.sqrt(differences.length));
    }

    private static void check(Metric.OfTrials crossed, Metric.OfTrials plain,
            ToDoubleBiFunction<Responses, Grating> figure) {
        for (boolean tuned : new boolean[]{false, true}) {
            SplittableRandom random = new SplittableRandom(12);
            Responses truth = truth(tuned);
            double[] ofCrossed = new double[CELLS];
            double[] ofPlain = new double[CELLS];
            for (int i = 0; i < CELLS; i++) {
                Responses cell = responses(tuned, 1, random);
                ofCrossed[i] = crossed.of(cell) - (figure.applyAsDouble(truth, chosen(cell.half(0)))
                        + figure.applyAsDouble(truth, chosen(cell.half(1)))) / 2;
                ofPlain[i] = plain.of(cell) - figure.applyAsDouble(truth, chosen(cell));
            }
            assertThat(Math.abs(errors(ofCrossed))).as(crossed.about().id() + tuned).isLessThan(4);
            assertThat(errors(ofPlain)).as(plain.about().id() + tuned).isGreaterThan(4);
        }
    }

    @Test
    void theResponseIsThatAtTheChosenCondition() {
        check(new Preferred.CrossedResponse(), new Preferred.Response(),
                (responses, chosen) -> Preferred.meanOf(responses, chosen));
    }

    @Test
    void selectivityIsThatAtTheChosenCondition() {
        check(new Selectivity.CrossedOsi(), new Selectivity.Osi(), Selectivity::osi);
        check(new Selectivity.CrossedDsi(), new Selectivity.Dsi(), Selectivity::dsi);
    }

    /// A gain of 1 - s on the full field gives s / (2 - s), whatever condition is chosen.
    @Test
    void suppressionIsThatOfTheGain() {
        double s = 0.4;
        SplittableRandom random = new SplittableRandom(3);
        double[] ofCrossed = new double[CELLS];
        double[] ofPlain = new double[CELLS];
        for (int i = 0; i < CELLS; i++) {
            SurroundPair pair = new SurroundPair(responses(true, 1, random), responses(true, 1 - s, random));
            ofCrossed[i] = new Surround.Crossed().of(pair) - s / (2 - s);
            ofPlain[i] = new Surround.Index().of(pair) - s / (2 - s);
        }
        assertThat(Math.abs(errors(ofCrossed))).isLessThan(4);
        assertThat(errors(ofPlain)).isGreaterThan(4);
    }
}
