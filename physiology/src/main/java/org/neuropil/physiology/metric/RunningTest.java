package org.neuropil.physiology.metric;

import java.util.function.DoublePredicate;

import org.hipparchus.distribution.continuous.TDistribution;
import org.neuropil.physiology.Responses;
import org.neuropil.physiology.stat.TwoSamples;
import org.neuropil.physiology.stat.Values;

/// Whether running changes responses at all: probabilities that publications report beside run modulation.
public final class RunningTest {
    private static final int TRIALS = 3;
    private static final String WORD = "significance of run modulation";
    private static final String SKIPPED = "trials without a response or a speed are skipped; NaN if there are fewer than three of "
            + "a state";
    private static final String CHOICE = "towards 1: with few trials of a state small probabilities cannot occur";

    private RunningTest() {}

    private static About.Entry entry(String id, String name) {
        return About.of(id, name).trace("dF/F; also of events")
                .least("3 running and 3 still trials of the preferred condition").bias(CHOICE);
    }

    /// The responses of running and still trials of the preferred condition; empty if one state has too few.
    private static double[][] states(Responses responses, DoublePredicate runs) {
        int best = responses.preferred();
        double[] running = values(responses, best, runs);
        double[] still = values(responses, best, runs.negate());
        return running.length < TRIALS || still.length < TRIALS ? new double[0][] : new double[][]{running, still};
    }

    private static double[] values(Responses responses, int condition, DoublePredicate state) {
        return responses.where(t -> responses.condition(t) == condition && !Double.isNaN(responses.speed(t))
                && !Double.isNaN(responses.value(t)) && state.test(responses.speed(t))).values();
    }

    /// `run_mod_p_ks`.
    public record KolmogorovSmirnov() implements Metric.OfTrials {
        @Override
        public About about() {
            return entry("run_mod_p_ks", "p of run modulation (Kolmogorov-Smirnov)")
                    .word(WORD, "of any difference between the distributions; running: mean speed > 1 cm/s")
                    .formula(
                            "p = P(D >= d) of the two-sided two-sample Kolmogorov-Smirnov test, exact for samples without ties, of "
                                    + "running (> 1 cm/s) against still trials of the preferred condition")
                    .missing(SKIPPED).source("AllenSDK");
        }

        @Override
        public double of(Responses responses) {
            double[][] states = states(responses, speed -> speed > Running.SPEED);
            if (states.length == 0) {
                return Double.NaN;
            }
            return TwoSamples.kolmogorovSmirnov(states[0], states[1]);
        }
    }

    /// `run_mod_p_welch`.
    public record Welch() implements Metric.OfTrials {
        @Override
        public About about() {
            return entry("run_mod_p_welch", "p of run modulation (Welch)")
                    .word(WORD, "of a difference between the means; 1 cm/s counts as running")
                    .formula(
                            "two-sided p of Welch's t test of running (>= 1 cm/s) against still trials of the preferred condition")
                    .missing(SKIPPED + ", or both states are constant").source("older AllenSDK");
        }

        @Override
        public double of(Responses responses) {
            double[][] states = states(responses, speed -> speed >= Running.SPEED);
            if (states.length == 0 || Values.isConstant(states[0]) && Values.isConstant(states[1])) {
                return Double.NaN;
            }
            double[] parts = new double[2];
            double freedom = 0;
            for (int i = 0; i < 2; i++) {
                int n = states[i].length;
                parts[i] = Values.squares(states[i]) / (n - 1.0) / n;
                freedom += parts[i] * parts[i] / (n - 1.0);
            }
            double error = parts[0] + parts[1];
            double t = (Values.mean(states[0]) - Values.mean(states[1])) / Math.sqrt(error);
            return 2 * new TDistribution(error * error / freedom).cumulativeProbability(-Math.abs(t));
        }
    }
}
