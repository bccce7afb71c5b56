package org.neuropil.physiology.metric;

import org.neuropil.physiology.Responses;
import org.neuropil.physiology.stat.Values;

/// How few conditions a cell answers to, or how few cells answer to a condition (Vinje and Gallant).
public final class Sparseness {
    private static final String WORD = "sparseness";
    private static final String FORMULA = "(1 - (sum R_i / N)^2 / (sum R_i^2 / N)) / (1 - 1/N), ";
    private static final String EDGES = "; NaN if N < 2 or all R_i are 0";

    private Sparseness() {}

    /// The index of some values; those that are missing are skipped. NaN if there are fewer than two, or all are 0.
    static double of(double[] values) {
        double sum = 0;
        double squares = 0;
        int n = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                sum += value;
                squares += value * value;
                n++;
            }
        }
        double mean = sum / n;
        return n < 2 || squares == 0 ? Double.NaN : (1 - mean * mean / (squares / n)) / (1 - 1.0 / n);
    }

    /// `lifetime_sparseness`.
    public record Lifetime() implements Metric.OfTrials {
        @Override
        public About about() {
            return About.of("lifetime_sparseness", "lifetime sparseness")
                    .word(WORD, "of one cell over the means of conditions")
                    .formula(FORMULA + "R_i = mean response to condition i, N conditions")
                    .least("2 conditions with a response").missing("conditions without a response are skipped" + EDGES)
                    .bias("upwards when trials are few: noise of the means looks like selectivity; in 0 to 1 if no R_i is "
                            + "negative")
                    .source("Vinje and Gallant 2000; V1DD");
        }

        @Override
        public double of(Responses responses) {
            return Sparseness.of(responses.means());
        }
    }

    /// `lifetime_sparseness_trials`.
    public record LifetimeOfTrials() implements Metric.OfTrials {
        @Override
        public About about() {
            return About.of("lifetime_sparseness_trials", "lifetime sparseness over trials")
                    .word(WORD, "of one cell over single trials, as older code had it; not comparable with "
                            + "lifetime_sparseness, since noise from trial to trial counts as sparseness")
                    .formula(FORMULA + "R_i = response of trial i, N trials of all conditions")
                    .least("2 trials with a response").missing("missing trials are skipped" + EDGES)
                    .bias("upwards: medians 0.951 instead of 0.737 for 118 images x 8")
                    .source("older V1DD code");
        }

        @Override
        public double of(Responses responses) {
            return Sparseness.of(responses.values());
        }
    }

    /// `population_sparseness`.
    public record Population() implements Metric.OfPopulation {
        @Override
        public About about() {
            return About.of("population_sparseness", "population sparseness")
                    .word(WORD, "of one condition over cells")
                    .formula(FORMULA + "R_i = mean response of cell i to the condition, N cells")
                    .least("2 cells with a response").missing("cells without a response are skipped" + EDGES)
                    .bias("upwards when trials are few; in 0 to 1 if no R_i is negative")
                    .source("Vinje and Gallant 2000; V1DD");
        }

        @Override
        public double of(double[] responses) {
            return Sparseness.of(Values.present(responses));
        }
    }
}
