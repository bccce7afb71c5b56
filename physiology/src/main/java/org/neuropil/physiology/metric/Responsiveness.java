package org.neuropil.physiology.metric;

import org.neuropil.physiology.Responses;
import org.neuropil.physiology.SpontaneousNull;
import org.neuropil.physiology.stat.Values;

/// Whether a cell answers at all, against what chance gives in spontaneous activity.
public final class Responsiveness {
    private static final String WORD = "responsive";
    private static final double ALPHA = 0.05;
    private static final String NULL = "p_k = P(null > x_k), null = means over windows as long as a trial at random times of the "
            + "spontaneous epoch (2,500 for gratings, 10,000 for other stimuli; seeded)";
    private static final String EDGES = Preferred.TIES + ", or the spontaneous epoch holds no window";
    private static final String COARSE = "upwards: the preferred condition is the largest of noisy means; coarse when trials are "
            + "few (8 trials: steps of 0.125)";

    private Responsiveness() {}

    /// The share of the trials of the preferred condition whose response chance exceeds with less than a probability.
    private static double share(Responses responses, SpontaneousNull chance, double alpha) {
        int best = responses.preferred();
        if (best < 0 || Double.isNaN(chance.above(0))) {
            return Double.NaN;
        }
        double[] values = responses.valuesOf(best);
        return count(values, chance, alpha) / (double) values.length;
    }

    private static int count(double[] values, SpontaneousNull chance, double alpha) {
        int significant = 0;
        for (double value : values) {
            significant += chance.above(value) < alpha ? 1 : 0;
        }
        return significant;
    }

    /// 1 if a share is reached, 0 if not, NaN if it is not known.
    private static double reached(double share, double least) {
        return Double.isNaN(share) ? Double.NaN : share >= least ? 1 : 0;
    }

    /// `frac_responsive_trials`.
    public record Fraction() implements Metric.OfTrialsAndNull {
        @Override
        public About about() {
            return About.of("frac_responsive_trials", "fraction of responsive trials")
                    .word(WORD, "a share of trials")
                    .formula("share of the trials k of the preferred condition with p_k < 0.05; "
                            + NULL)
                    .trace("events, or dF/F: that of the null").missing(EDGES).bias(COARSE).source("V1DD");
        }

        @Override
        public double of(Responses responses, SpontaneousNull chance) {
            return share(responses, chance, ALPHA);
        }
    }

    /// `is_responsive_gratings`.
    public record OnGratings() implements Metric.OfTrialsAndNull {
        @Override
        public About about() {
            return About.of("is_responsive_gratings", "responsive to gratings").shown(About.Shown.GRATINGS)
                    .word(WORD, "a decision; half of the trials are asked for")
                    .formula("1 if frac_responsive_trials >= 0.50, else 0").trace("events, or dF/F: that of the null")
                    .missing(EDGES).bias(COARSE).source("V1DD");
        }

        @Override
        public double of(Responses responses, SpontaneousNull chance) {
            return reached(share(responses, chance, ALPHA), 0.5);
        }
    }

    /// `is_responsive_images`.
    public record OnImages() implements Metric.OfTrialsAndNull {
        @Override
        public About about() {
            return About.of("is_responsive_images", "responsive to natural images").shown(About.Shown.PICTURES)
                    .word(WORD, "a decision; a quarter of the trials is asked for")
                    .formula("1 if frac_responsive_trials >= 0.25, else 0").trace("events, or dF/F: that of the null")
                    .window("2 frames of images (about 0.33 s)").missing(EDGES).bias(COARSE).source("V1DD");
        }

        @Override
        public double of(Responses responses, SpontaneousNull chance) {
            return reached(share(responses, chance, ALPHA), 0.25);
        }
    }

    /// `z_score_preferred`.
    public record ZScore() implements Metric.OfTrialsAndNull {
        @Override
        public About about() {
            return About.of("z_score_preferred", "z score of the preferred condition")
                    .word(WORD, "a distance from chance in standard deviations")
                    .formula(
                            "(R_p - mean null_n) / sd null_n, null_n = means of n windows as of frac_responsive_trials, n = "
                                    + "trials of the preferred condition; sd with divisor N")
                    .trace("events, or dF/F: that of the null").missing(EDGES + ", or null_n is constant")
                    .bias("upwards: the preferred condition is the largest of noisy means").source("V1DD");
        }

        @Override
        public double of(Responses responses, SpontaneousNull chance) {
            int best = responses.preferred();
            if (best < 0) {
                return Double.NaN;
            }
            double[] means = chance.means(responses.valuesOf(best).length);
            return Values.isConstant(means)
                    ? Double.NaN
                    : (responses.mean(best) - Values.mean(means)) / Values.deviation(means, 0);
        }
    }

    /// `reliability_allensdk_significant`.
    public record SignificantTrials() implements Metric.OfTrialsAndNull {
        private static final double TRIALS = 15;
        private static final double CONDITIONS = 40;

        @Override
        public About about() {
            return About.of("reliability_allensdk_significant", "reliability (AllenSDK, significant trials)")
                    .word(Reliability.WORD, "a count of significant trials over a fixed 15, not a correlation")
                    .formula("number of trials k of the preferred condition with p_k < 0.05 / 40, over 15; p_k as of "
                            + "frac_responsive_trials")
                    .trace("dF/F").missing(EDGES)
                    .bias("above 1 if there are more than 15 trials; a null of n draws tells no p between 0 and 1/n")
                    .source("AllenSDK");
        }

        @Override
        public double of(Responses responses, SpontaneousNull chance) {
            int best = responses.preferred();
            return best < 0 || Double.isNaN(chance.above(0))
                    ? Double.NaN
                    : count(responses.valuesOf(best), chance, ALPHA / CONDITIONS) / TRIALS;
        }
    }
}
