package org.neuropil.physiology.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.neuropil.physiology.Condition.Picture;
import org.neuropil.physiology.Repeats;
import org.neuropil.physiology.ResponsePair;
import org.neuropil.physiology.TracePair;
import org.neuropil.physiology.TrialTraces;
import org.neuropil.physiology.Tunings;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Reliability, oracle, twins, correlations.
class LikenessTest {
    private static final double NAN = Double.NaN;

    private static double of(String id, TrialTraces traces) {
        return ((Metric.OfTrialTraces) Catalogue.find(id).orElseThrow()).of(traces);
    }

    private static double of(String id, Repeats repeats) {
        return ((Metric.OfRepeats) Catalogue.find(id).orElseThrow()).of(repeats);
    }

    private static double of(String id, double[] model, Repeats repeats) {
        return ((Metric.OfModel) Catalogue.find(id).orElseThrow()).of(model, repeats);
    }

    private static double of(String id, ResponsePair pair) {
        return ((Metric.OfPair) Catalogue.find(id).orElseThrow()).of(pair);
    }

    private static double of(String id, TracePair pair) {
        return ((Metric.OfTraces) Catalogue.find(id).orElseThrow()).of(pair);
    }

    @Test
    void theTwoReliabilitiesAverageOverDifferentConditions() {
        Picture first = new Picture(1);
        Picture second = new Picture(2);
        TrialTraces traces = TrialTraces.of(List.of(first, first, first, first, first, second, second, second),
                new double[][]{
                    {1, 2, 3}, {2, 4, 6}, {3, 2, 1}, {5, 5, 5}, {1, NAN, 9}, {9, 0, 9}, {9, 1, 9}, {8, 0, 8}});
        // Pairs of the first: 1, -1, -1; the constant trial and the one that lacks a frame are left out.
        assertThat(of("reliability_v1dd", traces)).isEqualTo((-1 / 3.0 + 1) / 2, within(1e-14));
        assertThat(of("reliability_allensdk_pairwise", traces)).isEqualTo(1, within(1e-14));
        TrialTraces two = TrialTraces.of(List.of(first, first), new double[][]{{1, 2, 3}, {2, 4, 7}});
        assertThat(of("reliability_v1dd", two)).isNaN();
        assertThat(of("reliability_allensdk_pairwise", two)).isGreaterThan(0.9);
        assertThat(of("reliability_v1dd", TrialTraces.of(List.of(), new double[0][]))).isNaN();
    }

    @Test
    void repeatsWithoutNoiseHaveFullScores() {
        Repeats same = new Repeats(new double[][]{{1, 4, 2, 8}, {1, 4, 2, 8}, {1, 4, 2, 8}});
        assertThat(of("oracle_score", same)).isEqualTo(1, within(1e-14));
        assertThat(of("cc_max", same)).isEqualTo(1, within(1e-14));
        double[] model = {10, 40, 20, 80};
        assertThat(of("cc_abs", model, same)).isEqualTo(1, within(1e-14));
        assertThat(of("cc_norm", model, same)).isEqualTo(1, within(1e-14));
    }

    @Test
    void oppositeRepeatsHaveNoSignal() {
        Repeats opposite = new Repeats(new double[][]{{1, 2, 3}, {3, 2, 1.5}});
        assertThat(of("oracle_score", opposite)).isLessThan(-0.9);
        assertThat(of("cc_max", opposite)).isNaN();
        assertThat(of("cc_norm", new double[]{1, 2, 3}, opposite)).isNaN();
        assertThat(of("oracle_score", new Repeats(new double[][]{{1, 2, 3}}))).isNaN();
        assertThat(of("cc_max", new Repeats(new double[0][]))).isNaN();
    }

    @Property(tries = 10)
    void theCeilingIsTheShareOfSignalInTheMean(@ForAll long seed) {
        // Signal of variance 1, noise of variance 4 in each of 10 repeats: SP / (SP + 4 / 10).
        Random random = new Random(seed);
        double[][] repeats = new double[10][20_000];
        for (int f = 0; f < 20_000; f++) {
            double signal = random.nextGaussian();
            for (double[] repeat : repeats) {
                repeat[f] = signal + 2 * random.nextGaussian();
            }
        }
        assertThat(of("cc_max", new Repeats(repeats))).isEqualTo(Math.sqrt(1 / 1.4), within(0.02));
    }

    @Test
    void framesThatOneRepeatLacksAreLeftOutOfTheCeiling() {
        Repeats lacking = new Repeats(new double[][]{{1, 4, NAN, 2, 8}, {1, 4, 7, 2, 8}, {1, 4, 9, 2, 8}});
        assertThat(of("cc_max", lacking)).isEqualTo(1, within(1e-14));
        assertThat(of("oracle_score", lacking)).isGreaterThan(0.9).isLessThan(1);
    }

    @Test
    void sharedTuningIsSignalAndSharedTrialsAreNoise() {
        // Three conditions, four trials each; the second cell's tuning is the mirror, its noise the same.
        double[] first = {1, 5, 3, 2, 6, 4, 3, 7, 5, 2, 6, 4};
        double[] second = new double[12];
        for (int i = 0; i < 12; i++) {
            double mean = new double[]{2, 6, 4}[i % 3];
            second[i] = 8 - mean + (first[i] - mean);
        }
        ResponsePair pair = new ResponsePair(Tunings.trials(4, first), Tunings.trials(4, second));
        for (String id : new String[]{"signal_correlation_pearson", "signal_correlation_spearman",
            "signal_correlation_first_half", "signal_correlation_split", "signal_correlation_disattenuated"}) {
            assertThat(of(id, pair)).as(id).isEqualTo(-1, within(1e-12));
        }
        assertThat(of("noise_correlation", pair)).isEqualTo(1, within(1e-12));
        // Two trials a condition are left in a half: too few.
        assertThat(of("noise_correlation_second_half", pair)).isNaN();
    }

    @Test
    void halvesShareNoNoise() {
        // No tuning, all noise shared: plain signal correlation is 1, across halves it is about 0.
        Random random = new Random(4);
        double plain = 0;
        double split = 0;
        int cells = 200;
        for (int k = 0; k < cells; k++) {
            double[] noise = random.doubles(48).toArray();
            ResponsePair pair = new ResponsePair(Tunings.trials(4, noise), Tunings.trials(4, noise));
            plain += of("signal_correlation_pearson", pair) / cells;
            split += of("signal_correlation_split", pair) / cells;
            assertThat(of("noise_correlation", pair)).isEqualTo(1, within(1e-12));
        }
        assertThat(plain).isEqualTo(1, within(1e-12));
        // One cell's spread is at most 1 / sqrt(12 - 1).
        assertThat(split).isEqualTo(0, within(4 / Math.sqrt(11.0 * cells)));
    }

    @Test
    void attenuationIsTakenOff() {
        // Halves of the first: 1, 2, 3 and 1, 3, 2; of the second: 1, 2, 3 twice. Across: 1 and 1/2; within: 1/2 and 1.
        ResponsePair pair = new ResponsePair(Tunings.trials(2, 1, 2, 3, 1, 3, 2), Tunings.trials(2, 1, 2, 3, 1, 2, 3));
        assertThat(of("signal_correlation_split", pair)).isEqualTo(0.75, within(1e-12));
        assertThat(of("signal_correlation_disattenuated", pair)).isEqualTo(0.75 / Math.sqrt(0.5), within(1e-12));
        ResponsePair opposite = new ResponsePair(Tunings.trials(2, 1, 2, 3, 3, 2, 1),
                Tunings.trials(2, 1, 2, 3, 1, 2, 3));
        assertThat(of("signal_correlation_split", opposite)).isEqualTo(0, within(1e-12));
        assertThat(of("signal_correlation_disattenuated", opposite)).isNaN();
        // One tuning, noise of its own for each cell, as strong as the tuning in the mean of a half.
        Random random = new Random(5);
        double split = 0;
        double corrected = 0;
        int cells = 100;
        for (int k = 0; k < cells; k++) {
            double[][] values = new double[2][200];
            for (int c = 0; c < 50; c++) {
                double tuning = random.nextGaussian();
                for (int t = 0; t < 4; t++) {
                    values[0][50 * t + c] = tuning + Math.sqrt(2) * random.nextGaussian();
                    values[1][50 * t + c] = tuning + Math.sqrt(2) * random.nextGaussian();
                }
            }
            ResponsePair noisy = new ResponsePair(Tunings.trials(4, values[0]), Tunings.trials(4, values[1]));
            split += of("signal_correlation_split", noisy) / cells;
            corrected += of("signal_correlation_disattenuated", noisy) / cells;
        }
        assertThat(split).isEqualTo(0.5, within(0.03));
        assertThat(corrected).isEqualTo(1, within(0.05));
    }

    @Test
    void fewConditionsHaveNoSignalCorrelation() {
        ResponsePair two = new ResponsePair(Tunings.trials(1, 1, 2), Tunings.trials(1, 1, 2));
        assertThat(of("signal_correlation_pearson", two)).isNaN();
        ResponsePair flat = new ResponsePair(Tunings.trials(1, 1, 2, 3), Tunings.trials(1, 4, 4, 4));
        assertThat(of("signal_correlation_spearman", flat)).isNaN();
    }

    @Test
    void tracesNeedSixtyFramesAndBothStates() {
        double[] first = new double[200];
        double[] second = new double[200];
        double[] speed = new double[200];
        for (int f = 0; f < 200; f++) {
            first[f] = Math.sin(f);
            speed[f] = f < 70 ? 5 : 0;
            second[f] = f < 70 ? first[f] : -2 * first[f];
        }
        TracePair pair = new TracePair(first, second, speed);
        assertThat(of("total_correlation_running", pair)).isEqualTo(1, within(1e-12));
        assertThat(of("total_correlation_resting", pair)).isEqualTo(-1, within(1e-12));
        assertThat(of("total_correlation", pair)).isBetween(-0.9, 0.0);
        assertThat(of("total_correlation", new TracePair(second, first, speed)))
                .isEqualTo(of("total_correlation", pair), within(1e-14));
        double[] seldom = speed.clone();
        Arrays.fill(seldom, 20, 70, 0);
        assertThat(of("total_correlation_resting", new TracePair(first, second, seldom))).isNaN();
        Arrays.fill(first, 59, 200, NAN);
        assertThat(of("total_correlation", new TracePair(first, second, speed))).isNaN();
    }
}
