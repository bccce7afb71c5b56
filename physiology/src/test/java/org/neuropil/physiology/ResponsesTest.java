package org.neuropil.physiology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

import org.junit.jupiter.api.Test;
import org.neuropil.physiology.Condition.Grating;
import org.neuropil.physiology.Condition.Picture;
import org.neuropil.physiology.metric.Oracle;
import org.neuropil.physiology.metric.Preferred;
import org.neuropil.physiology.metric.Reliability;
import org.neuropil.physiology.stat.Values;
import org.neuropil.space.InputException;

class ResponsesTest {
    private static final double NAN = Double.NaN;

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    @Test
    void conditionsAreSortedAndTiesGoToTheFirst() {
        Responses responses = Responses.of(List.of(new Grating(330, 0.08, 1), new Grating(-330, 0.08, 1),
                new Grating(390, 0.04, 1), new Grating(30, 0.08, 1)), new double[]{5, 3, 5, 7});
        assertThat(responses.conditions()).containsExactly(new Grating(30, 0.04, 1), new Grating(30, 0.08, 1),
                new Grating(330, 0.08, 1));
        assertThat(responses.means()).containsExactly(5, 5, 5);
        assertThat(responses.preferred()).isZero();
    }

    @Test
    void missingTrialsCountNowhere() {
        Responses responses = Tunings.trials(3, 1, NAN, 4, 3, NAN, 5, NAN, NAN, 6);
        assertThat(responses.means()).containsExactly(2, NAN, 5);
        assertThat(responses.valuesOf(0)).containsExactly(1, 3);
        assertThat(responses.preferred()).isEqualTo(2);
        assertThat(Tunings.trials(1, NAN, NAN).preferred()).isEqualTo(-1);
        // Every second of those that are there.
        assertThat(responses.half(0).means()).containsExactly(1, NAN, 5);
        assertThat(responses.half(1).means()).containsExactly(3, NAN, 5);
        assertThat(responses.half(0).valuesOf(2)).containsExactly(4, 6);
    }

    @Test
    void whatCannotBeIsRefused() {
        List<Picture> one = List.of(new Picture(1));
        assertThatThrownBy(() -> Responses.of(one, new double[2])).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Responses.of(one, new double[]{Double.POSITIVE_INFINITY}))
                .isInstanceOf(InputException.class).hasMessageContaining("trial 0");
        assertThatThrownBy(() -> new ResponsePair(Tunings.trials(1, 1, 2), Tunings.trials(2, 1, 2)))
                .isInstanceOf(InputException.class);
    }

    @Test
    void aPairHoldsTheTrialsThatBothHave() {
        ResponsePair pair = new ResponsePair(Tunings.trials(2, 1, NAN, 3, 4), Tunings.trials(2, 5, 6, NAN, 8));
        assertThat(pair.first().values()).containsExactly(1, 4);
        assertThat(pair.second().values()).containsExactly(5, 8);
    }

    @Test
    void drawnTrialsStayWithTheirConditionAndAreThoseThatAreThere() {
        Responses responses = Tunings.trials(4, 1, 10, 2, NAN, 3, 30, NAN, 40);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 50; i++) {
            Responses drawn = responses.resample(random);
            assertThat(drawn.conditions()).isEqualTo(responses.conditions());
            assertThat(list(drawn.valuesOf(0))).hasSize(3).isSubsetOf(1.0, 2.0, 3.0);
            assertThat(list(drawn.valuesOf(1))).hasSize(3).isSubsetOf(10.0, 30.0, 40.0);
        }
    }

    @Test
    void halvesOfDrawnTrialsShareNoTrial() {
        Responses responses = Tunings.trials(6, 1, 10, 2, NAN, 3, 30, 4, 40, 5, 50, 6, 60);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 50; i++) {
            Responses drawn = responses.resample(random).resample(random);
            assertThat(list(drawn.half(0).values())).isSubsetOf(1.0, 3.0, 5.0, 10.0, 40.0, 60.0);
            assertThat(list(drawn.half(1).values())).isSubsetOf(2.0, 4.0, 6.0, 30.0, 50.0);
            assertThat(drawn.half(0).trials() + drawn.half(1).trials()).isEqualTo(11);
        }
    }

    @Test
    void copiesOfATrialAreNoProofOfReliability() {
        // Noise alone: whatever compares trials has to stay at 0 when trials are drawn anew.
        SplittableRandom random = new SplittableRandom(8);
        double reliability = 0;
        double oracle = 0;
        double crossed = 0;
        int cells = 40;
        for (int cell = 0; cell < cells; cell++) {
            double[][] frames = new double[8][];
            for (int t = 0; t < frames.length; t++) {
                frames[t] = random.doubles(40, -1, 1).toArray();
            }
            List<Picture> shown = Collections.nCopies(8, new Picture(0));
            reliability += middle(TrialTraces.of(shown, frames), new Reliability.V1dd()::of) / cells;
            oracle += middle(new Repeats(frames), new Oracle.Score()::of) / cells;
            crossed += middle(Tunings.trials(8, random.doubles(96, -1, 1).toArray()),
                    new Preferred.CrossedResponse()::of) / cells;
        }
        assertThat(reliability).isCloseTo(0, within(0.02));
        assertThat(oracle).isCloseTo(0, within(0.03));
        assertThat(crossed).isCloseTo(0, within(0.08));
    }

    private static <T extends Resampled<T>> double middle(T trials, ToDoubleFunction<T> figure) {
        Bootstrap spread = Bootstrap.of(trials, figure, 100, 0.02, 1);
        return (spread.low() + spread.high()) / 2;
    }

    @Test
    void theRandomBitsAreThoseOfSplitMix64() {
        // The published reference implementation, seeded with 1234567.
        SplittableRandom random = new SplittableRandom(1234567);
        assertThat(random.nextLong()).isEqualTo(6457827717110365317L);
        assertThat(random.nextLong()).isEqualTo(3203168211198807973L);
        assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("9817491932198370423");
    }

    @Test
    void theErrorOfAMeanIsItsDeviationOverTheRootOfTheNumber() {
        double[] values = new double[40];
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(100);
        }
        Responses responses = Tunings.trials(40, values);
        Bootstrap spread = Bootstrap.of(responses, drawn -> drawn.mean(0), 4000, 0.95, 5);
        double expected = Values.deviation(values, 0) / Math.sqrt(40);
        assertThat(spread.estimate()).isEqualTo(Values.mean(values));
        assertThat(spread.standardError()).isEqualTo(expected, within(0.05 * expected));
        assertThat(spread.high() - spread.low()).isEqualTo(2 * 1.96 * expected, within(0.2 * expected));
        assertThat(spread.defined()).isEqualTo(4000);
        assertThat(Bootstrap.of(responses, drawn -> drawn.mean(0), 50, 0.95, 5))
                .isEqualTo(Bootstrap.of(responses, drawn -> drawn.mean(0), 50, 0.95, 5))
                .isNotEqualTo(Bootstrap.of(responses, drawn -> drawn.mean(0), 50, 0.95, 6));
    }

    @Test
    void chanceIsDrawnFromTheWindowsOfTheEpoch() {
        Trace trace = new Trace(new Clock(new double[]{0, 1, 2, 3, 4}), new double[]{1, 3, 5, NAN, NAN});
        SpontaneousNull chance = SpontaneousNull.of(trace, 0, 4, 2, 3000, 7);
        double[] means = chance.means(1);
        // Windows: 2, 4, 5; the one without any value is never drawn.
        assertThat(list(means)).hasSize(3000).isSubsetOf(2.0, 4.0, 5.0);
        assertThat(chance.above(1)).isEqualTo(1);
        assertThat(chance.above(5)).isZero();
        assertThat(chance.above(2)).isEqualTo(2 / 3.0, within(0.05));
        double above = 0;
        for (double mean : means) {
            above += mean > 4 ? 1 : 0;
        }
        assertThat(chance.above(4)).isEqualTo(above / 3000);
        assertThat(Values.mean(chance.means(10))).isEqualTo(11 / 3.0, within(0.05));
        assertThat(SpontaneousNull.of(trace, 0, 4, 2, 3000, 7).means(1)).isEqualTo(means);
        assertThat(SpontaneousNull.of(trace, 0, 4, 2, 3000, 8).means(1)).isNotEqualTo(means);
        assertThat(SpontaneousNull.of(trace, 0, 4, 6, 100, 1).means(1)).isEmpty();
        assertThat(SpontaneousNull.of(trace, 0, 4, 6, 100, 1).above(0)).isNaN();
    }
}
