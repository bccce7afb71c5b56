package org.neuropil.physiology.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

import org.junit.jupiter.api.Test;
import org.neuropil.physiology.Bootstrap;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.Condition.Grating;
import org.neuropil.physiology.Resampled;
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

    private static void check(CrossValidated crossed, Metric.OfTrials plain,
            ToDoubleBiFunction<Responses, Grating> figure) {
        for (boolean tuned : new boolean[]{false, true}) {
            SplittableRandom random = new SplittableRandom(12);
            Responses truth = truth(tuned);
            double[] ofCrossed = new double[CELLS];
            double[] ofPlain = new double[CELLS];
            for (int i = 0; i < CELLS; i++) {
                Responses cell = responses(tuned, 1, random);
                ofCrossed[i] = crossed.of(cell) - crossed.expected(cell, truth);
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
        Responses cell = responses(true, 1, new SplittableRandom(8));
        Responses truth = truth(true);
        assertThat(new Selectivity.CrossedDsi().expected(cell, truth))
                .isEqualTo((Selectivity.dsi(truth, chosen(cell.half(0)))
                        + Selectivity.dsi(truth, chosen(cell.half(1)))) / 2, within(1e-15));
    }

    @Test
    void vectorsAreThoseAlongTheChosenDirection() {
        check(new Selectivity.CrossedGosi(), new Selectivity.Gosi(),
                (responses, chosen) -> DirectionTuning.at(responses, chosen).strength(2));
        check(new Selectivity.CrossedGdsi(), new Selectivity.Gdsi(),
                (responses, chosen) -> DirectionTuning.at(responses, chosen).strength(1));
    }

    /// How good intervals are.
    ///
    /// @param held share of cells in whose interval the truth lies
    /// @param width mean width of an interval, over that of 95 % of a normal distribution with the figures' own spread
    private record Intervals(double held, double width) {}

    /// Drawn trials choose anew, so that the percentile interval of 95 % is not too narrow, and often a little wide.
    @Test
    void intervalsHoldTheTruth() {
        Map<String, Intervals> intervals = new TreeMap<>();
        for (CrossValidated metric : List.of(new Preferred.CrossedResponse(), new Selectivity.CrossedOsi(),
                new Selectivity.CrossedDsi(), new Selectivity.CrossedGosi(), new Selectivity.CrossedGdsi())) {
            for (boolean tuned : new boolean[]{false, true}) {
                Responses truth = truth(tuned);
                intervals.put(metric.about().id() + (tuned ? " tuned" : " untuned"), intervals(
                        random -> responses(tuned, 1, random), metric::of, cell -> metric.expected(cell, truth)));
            }
        }
        Surround.Crossed suppression = new Surround.Crossed();
        intervals.put("ssi_cv",
                intervals(random -> new SurroundPair(responses(true, 1, random), responses(true, 0.6, random)),
                        suppression::of, _ -> 0.25));
        assertThat(intervals).allSatisfy((_, found) -> {
            assertThat(found.held()).isGreaterThan(0.93);
            assertThat(found.width()).isBetween(0.9, 1.6);
        });
    }

    private static <T extends Resampled<T>> Intervals intervals(Function<SplittableRandom, T> draw,
            ToDoubleFunction<T> figure, ToDoubleFunction<T> truth) {
        SplittableRandom random = new SplittableRandom(21);
        double[] differences = new double[100];
        double held = 0;
        double width = 0;
        for (int i = 0; i < differences.length; i++) {
            T cell = draw.apply(random);
            Bootstrap interval = Bootstrap.of(cell, figure, 100, 0.95, i);
            double expected = truth.applyAsDouble(cell);
            differences[i] = interval.estimate() - expected;
            held += interval.low() <= expected && expected <= interval.high() ? 1 : 0;
            width += interval.high() - interval.low();
        }
        return new Intervals(held / differences.length,
                width / differences.length / (2 * 1.96 * Values.deviation(differences, 1)));
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
