package org.neuropil.physiology.metric;

import org.neuropil.physiology.ResponsePair;
import org.neuropil.physiology.Responses;
import org.neuropil.physiology.stat.Correlation;
import org.neuropil.physiology.stat.Values;

/// What the responses of two cells share: the tuning (signal) and what varies from trial to trial (noise).
public final class TrialCorrelation {
    private static final int CONDITIONS = 3;
    private static final int TRIALS = 3;
    private static final String SIGNAL = "signal correlation";
    private static final String NOISE = "noise correlation";
    private static final String BOTH = "trials in which one cell has no response are left out for both";
    private static final String FLAT = "; NaN if the means of one cell are constant";
    private static final String MIXED = "towards the noise correlation when trials are few: both means hold the noise of the "
            + "same trials";

    private TrialCorrelation() {}

    private static double signal(Responses first, Responses second) {
        return Correlation.pearson(first.means(), second.means(), CONDITIONS);
    }

    /// The mean of the two correlations across halves.
    private static double split(ResponsePair a, ResponsePair b) {
        return (signal(a.first(), b.second()) + signal(b.first(), a.second())) / 2;
    }

    private static double noise(ResponsePair pair) {
        double[] each = new double[pair.first().conditions().size()];
        for (int c = 0; c < each.length; c++) {
            each[c] = Correlation.pearson(pair.first().valuesOf(c), pair.second().valuesOf(c), TRIALS);
        }
        return Values.mean(each);
    }

    private static About.Entry entry(String id, String name) {
        return About.of(id, name).trace("dF/F; also of events");
    }

    /// `signal_correlation_pearson`.
    public record SignalPearson() implements Metric.OfPair {
        @Override
        public About about() {
            return entry("signal_correlation_pearson", "signal correlation (Pearson)")
                    .word(SIGNAL, "Pearson of mean responses, as Ding 2025 in vivo and in silico")
                    .formula("Pearson over conditions c of R_1(c), R_2(c)").least("3 conditions").missing(BOTH + FLAT)
                    .bias(MIXED).source("Ding 2025");
        }

        @Override
        public double of(ResponsePair pair) {
            return signal(pair.first(), pair.second());
        }
    }

    /// `signal_correlation_spearman`.
    public record SignalSpearman() implements Metric.OfPair {
        @Override
        public About about() {
            return entry("signal_correlation_spearman", "signal correlation (Spearman)")
                    .word(SIGNAL, "Spearman of mean responses, AllenSDK's default, without the blank")
                    .formula("Spearman over conditions c of R_1(c), R_2(c); equal values have the mean of their ranks")
                    .least("3 conditions").missing(BOTH + FLAT).bias(MIXED).source("AllenSDK");
        }

        @Override
        public double of(ResponsePair pair) {
            return Correlation.spearman(pair.first().means(), pair.second().means(), CONDITIONS);
        }
    }

    /// `signal_correlation_split`.
    public record SignalSplit() implements Metric.OfPair {
        @Override
        public About about() {
            return entry("signal_correlation_split", "signal correlation across halves")
                    .word(SIGNAL, "each cell's means from other trials, so that no noise is shared")
                    .formula(
                            "mean of Pearson(R_1A(c), R_2B(c)) and Pearson(R_1B(c), R_2A(c)); A, B: every second trial of each "
                                    + "condition")
                    .least("3 conditions with 2 trials").missing(BOTH + FLAT + " in a half")
                    .bias("none of noise correlation: the covariance of the means is unbiased. Towards 0 when trials are few, for the deviations "
                            + "that it is divided by hold the noise of the means: by the factor sqrt(r_1 r_2), r = variance of the true "
                            + "means / (that + trial variance / trials of a half); signal_correlation_disattenuated takes it off")
                    .source("the common definition, on disjoint halves of the trials");
        }

        @Override
        public double of(ResponsePair pair) {
            return split(pair.half(0), pair.half(1));
        }
    }

    /// `signal_correlation_disattenuated`.
    public record SignalDisattenuated() implements Metric.OfPair {
        @Override
        public About about() {
            return entry("signal_correlation_disattenuated",
                    "signal correlation across halves, corrected for attenuation")
                    .word(SIGNAL,
                            "as signal_correlation_split, over what noise leaves of the correlation of each cell with itself")
                    .formula(
                            "S / sqrt(r_1 r_2), S = signal_correlation_split, r_i = Pearson(R_iA(c), R_iB(c)) of cell i; A, B: every second "
                                    + "trial of each condition")
                    .least("3 conditions with 2 trials")
                    .missing(BOTH + FLAT + " in a half, or r_1 or r_2 is not above 1e-12")
                    .bias("little where both cells are reliable; else noisy, beyond -1 and 1, and too far from 0: cells whose halves agree by "
                            + "chance alone are divided by a small number")
                    .source("Spearman 1904, on disjoint halves of the trials");
        }

        @Override
        public double of(ResponsePair pair) {
            ResponsePair a = pair.half(0);
            ResponsePair b = pair.half(1);
            double first = signal(a.first(), b.first());
            double second = signal(a.second(), b.second());
            // NaN is not above 0 either.
            return first > Values.ROUNDING && second > Values.ROUNDING
                    ? split(a, b) / Math.sqrt(first * second)
                    : Double.NaN;
        }
    }

    /// `signal_correlation_first_half`.
    public record SignalFirstHalf() implements Metric.OfPair {
        @Override
        public About about() {
            return entry("signal_correlation_first_half", "signal correlation of one half of the trials")
                    .word(SIGNAL, "of other trials than noise_correlation_second_half, to compare the two")
                    .formula(
                            "Pearson over conditions of R_1A(c), R_2A(c); A: the first, third, fifth ... trial of each condition")
                    .least("3 conditions").missing(BOTH + FLAT).bias(MIXED)
                    .source("the common definition, on disjoint halves of the trials");
        }

        @Override
        public double of(ResponsePair pair) {
            ResponsePair half = pair.half(0);
            return signal(half.first(), half.second());
        }
    }

    /// `noise_correlation`.
    public record Noise() implements Metric.OfPair {
        @Override
        public About about() {
            return entry("noise_correlation", "noise correlation").word(NOISE, "of all trials")
                    .formula("mean over conditions of Pearson over trials k of x_1k, x_2k")
                    .least("3 trials of a condition; others are skipped")
                    .missing(BOTH + "; conditions in which one cell is constant are skipped; NaN if none is left")
                    .bias("none on average; slow drifts of both cells count as noise")
                    .source("AllenSDK, averaged");
        }

        @Override
        public double of(ResponsePair pair) {
            return noise(pair);
        }
    }

    /// `noise_correlation_second_half`.
    public record NoiseSecondHalf() implements Metric.OfPair {
        @Override
        public About about() {
            return entry("noise_correlation_second_half", "noise correlation of one half of the trials")
                    .word(NOISE, "of other trials than signal_correlation_first_half, to compare the two")
                    .formula(
                            "mean over conditions of Pearson over trials k of x_1k, x_2k; k: the second, fourth ... trial of each "
                                    + "condition")
                    .least("6 trials of a condition; others are skipped")
                    .missing(BOTH + "; conditions in which one cell is constant are skipped; NaN if none is left")
                    .bias("none on average; slow drifts of both cells count as noise")
                    .source("the common definition, on disjoint halves of the trials");
        }

        @Override
        public double of(ResponsePair pair) {
            return noise(pair.half(1));
        }
    }
}
