package org.neuropil.physiology.metric;

import org.neuropil.physiology.Responses;
import org.neuropil.physiology.TrialTraces;
import org.neuropil.physiology.stat.Correlation;
import org.neuropil.physiology.stat.Values;

/// How alike a cell's trials are: one word, different quantities. A further one is [Responsiveness.SignificantTrials].
public final class Reliability {
    static final String WORD = "reliability";

    private Reliability() {}

    /// `reliability_v1dd`.
    public record V1dd() implements Metric.OfTrialTraces {
        private static final int TRIALS = 3;

        @Override
        public About about() {
            return About.of("reliability_v1dd", "reliability (V1DD)")
                    .word(WORD, "correlation of trials within a condition, averaged over all conditions")
                    .formula(
                            "mean over conditions of mean over pairs of trials of Pearson(x_i(t), x_j(t)), t within the window")
                    .trace("dF/F; also of events").window("stimulus")
                    .least("3 whole trials of a condition; others are skipped")
                    .missing("trials that lack a frame are left out, then constant ones; NaN if no condition is left")
                    .bias("none of the number of trials; low for cells that answer to few conditions")
                    .source("V1DD");
        }

        @Override
        public double of(TrialTraces traces) {
            double[] each = new double[traces.responses().conditions().size()];
            for (int c = 0; c < each.length; c++) {
                double[][] trials = traces.wholeTrials(c);
                each[c] = trials.length < TRIALS
                        ? Double.NaN
                        : Correlation.meanPairwise(trials,
                                traces.wholeSources(c));
            }
            return Values.mean(each);
        }
    }

    /// `reliability_allensdk_pairwise`.
    public record AllenPairwise() implements Metric.OfTrialTraces {
        @Override
        public About about() {
            return About.of("reliability_allensdk_pairwise", "reliability (AllenSDK, correlation)")
                    .word(WORD, "correlation of trials at the preferred condition alone")
                    .formula(
                            "mean over pairs of trials of the preferred condition of Pearson(x_i(t), x_j(t)), t in frames 30 to "
                                    + "89 of AllenSDK's sweeps: the 2 s of the stimulus")
                    .trace("dF/F").window("stimulus").least("2 whole trials of the preferred condition")
                    .missing(Preferred.TIES + "; trials that lack a frame and constant ones are left out")
                    .bias("upwards: the preferred condition is the largest of noisy means")
                    .source("AllenSDK");
        }

        @Override
        public double of(TrialTraces traces) {
            int best = traces.responses().preferred();
            return best < 0
                    ? Double.NaN
                    : Correlation.meanPairwise(traces.wholeTrials(best), traces.wholeSources(best));
        }
    }

    /// `reliability_movie_share`.
    public record MovieShare() implements Metric.OfTrials {
        @Override
        public About about() {
            return About.of("reliability_movie_share", "reliability (natural movie)").shown(About.Shown.PICTURES)
                    .word(WORD, "a share of repeats with any response, not a correlation")
                    .formula("share of the repeats of the preferred frame with response > 0")
                    .window("3 frames from the movie's "
                            + "frame on")
                    .missing(Preferred.TIES).bias("upwards: the preferred frame is the largest of noisy means")
                    .source("V1DD");
        }

        @Override
        public double of(Responses responses) {
            int best = responses.preferred();
            if (best < 0) {
                return Double.NaN;
            }
            double[] values = responses.valuesOf(best);
            int above = 0;
            for (double value : values) {
                above += value > 0 ? 1 : 0;
            }
            return above / (double) values.length;
        }
    }
}
