package org.neuropil.physiology.metric;

import java.util.function.DoublePredicate;
import java.util.function.IntPredicate;

import org.neuropil.physiology.Responses;

/// What running does to responses. Three publications call three quotients by one name, and a fourth is in older code.
public final class Running {
    /// Speed in cm/s above which the animal runs.
    static final double SPEED = 1;
    private static final int TRIALS = 3;
    private static final String WORD = "run modulation";
    private static final String LEAST = "3 running and 3 still trials with a response";
    private static final String SKIPPED = "trials without a response or a speed are skipped; NaN if ";

    private Running() {}

    /// Mean responses while running and still; NaN if there are fewer than three trials of it.
    private record States(double running, double still) {
        /// @param which trials
        /// @param runs whether a speed is one of running; no speed is neither
        static States of(Responses responses, IntPredicate which, DoublePredicate runs) {
            double[] sums = new double[2];
            int[] counts = new int[2];
            for (int t = 0; t < responses.trials(); t++) {
                double value = responses.value(t);
                double speed = responses.speed(t);
                if (which.test(t) && !Double.isNaN(value) && !Double.isNaN(speed)) {
                    int state = runs.test(speed) ? 0 : 1;
                    sums[state] += value;
                    counts[state]++;
                }
            }
            return new States(counts[0] < TRIALS ? Double.NaN : sums[0] / counts[0],
                    counts[1] < TRIALS ? Double.NaN : sums[1] / counts[1]);
        }

        static States atPreferred(Responses responses, DoublePredicate runs) {
            int best = responses.preferred();
            return of(responses, t -> responses.condition(t) == best, runs);
        }

        boolean isKnown() {
            return !Double.isNaN(running) && !Double.isNaN(still);
        }
    }

    /// `run_mod_v1dd`.
    public record V1dd() implements Metric.OfTrials {
        @Override
        public About about() {
            return About.of("run_mod_v1dd", "run modulation (V1DD)")
                    .word(WORD, "a contrast, over the trials of all conditions")
                    .formula(
                            "(R_run - R_still) / (R_run + R_still), means over trials of all conditions; running: mean speed "
                                    + "> 1 cm/s")
                    .window("stimulus; speed over the same with 0.1 s before and after").least(LEAST)
                    .missing(SKIPPED + "R_run + R_still is not above 0")
                    .bias("by chance if the states saw different conditions").source("V1DD");
        }

        @Override
        public double of(Responses responses) {
            States states = States.of(responses, _ -> true, speed -> speed > SPEED);
            return Ratios.contrast(states.running(), states.still());
        }
    }

    /// `run_mod_white_paper`.
    public record WhitePaper() implements Metric.OfTrials {
        @Override
        public About about() {
            return About.of("run_mod_white_paper", "run modulation (white paper)")
                    .word(WORD, "a share of the larger mean, with the sign of running, at the preferred condition")
                    .formula(
                            "C (R_max - R_min) / R_max at the preferred condition, R_max, R_min = larger and smaller of R_run, "
                                    + "R_still; C = 1 if R_run is larger, else -1; running: mean speed > 1 cm/s")
                    .least(LEAST + ", at the preferred condition").missing(SKIPPED + "R_max is not above 0")
                    .bias("towards 1 or -1 when trials are few").source("Allen white paper");
        }

        @Override
        public double of(Responses responses) {
            States states = States.atPreferred(responses, speed -> speed > SPEED);
            double high = Math.max(states.running(), states.still());
            double low = Math.min(states.running(), states.still());
            return Ratios.over(states.running() > states.still() ? high - low : low - high, high);
        }
    }

    /// `run_mod_allensdk_ratio`.
    public record AllenRatio() implements Metric.OfTrials {
        @Override
        public About about() {
            return About.of("run_mod_allensdk_ratio", "run modulation (AllenSDK)")
                    .word(WORD, "a plain quotient, 1 without effect, at the preferred condition")
                    .formula("R_run / R_still at the preferred condition; running: mean speed > 1 cm/s")
                    .least(LEAST + ", at the preferred condition").missing(SKIPPED + "R_still is not above 0")
                    .bias("upwards when trials are few: a quotient of noisy means").source("AllenSDK");
        }

        @Override
        public double of(Responses responses) {
            States states = States.atPreferred(responses, speed -> speed > SPEED);
            return Ratios.over(states.running(), states.still());
        }
    }

    /// `run_mod_allensdk_difference`.
    public record AllenDifference() implements Metric.OfTrials {
        @Override
        public About about() {
            return About.of("run_mod_allensdk_difference", "run modulation (older AllenSDK)")
                    .word(WORD, "as run_mod_white_paper, but over |larger|, and 1 cm/s counts as running")
                    .formula(
                            "(R_run - R_still) / |larger of R_run, R_still| at the preferred condition; running: mean speed "
                                    + ">= 1 cm/s")
                    .least(LEAST + ", at the preferred condition").missing(SKIPPED + "the larger one is 0")
                    .bias("towards 1 or -1 when trials are few").source("older AllenSDK");
        }

        @Override
        public double of(Responses responses) {
            States states = States.atPreferred(responses, speed -> speed >= SPEED);
            return states.isKnown()
                    ? Ratios.over(states.running() - states.still(),
                            Math.abs(Math.max(states.running(), states.still())))
                    : Double.NaN;
        }
    }

    /// `run_fraction`.
    public record Fraction() implements Metric.OfSpeed {
        @Override
        public About about() {
            return About.of("run_fraction", "share of time that the animal runs")
                    .formula("share of frames with speed > 1 cm/s").trace("running speed, at even times")
                    .window("the whole session, or an epoch").least("1 frame").missing("missing frames are skipped")
                    .bias("none").source("V1DD");
        }

        @Override
        public double of(double[] speed) {
            int known = 0;
            int runs = 0;
            for (double value : speed) {
                known += Double.isNaN(value) ? 0 : 1;
                runs += value > SPEED ? 1 : 0;
            }
            return known == 0 ? Double.NaN : runs / (double) known;
        }
    }
}
