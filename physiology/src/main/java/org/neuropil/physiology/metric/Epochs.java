package org.neuropil.physiology.metric;

import org.neuropil.physiology.stat.Values;

/// What a cell did in a part of the session, whatever was shown.
public final class Epochs {
    private static final String WORD = "activity in an epoch";

    private Epochs() {}

    private static About.Entry entry(String id, String name) {
        return About.of(id, name).trace("events, or dF/F").window("all frames of one stimulus' epoch")
                .missing("missing frames are skipped").bias("none of the number of frames");
    }

    /// `epoch_mean`.
    public record Mean() implements Metric.OfTrace {
        @Override
        public About about() {
            return entry("epoch_mean", "mean activity in an epoch").word(WORD, "the mean")
                    .formula("mean over frames t of x(t)").least("1 frame").source("the common definition");
        }

        @Override
        public double of(double[] trace) {
            return Values.mean(trace);
        }
    }

    /// `epoch_deviation`.
    public record Deviation() implements Metric.OfTrace {
        @Override
        public About about() {
            return entry("epoch_deviation", "standard deviation of the activity in an epoch")
                    .word(WORD, "the spread over frames")
                    .formula("standard deviation over frames t of x(t), divisor N - 1").least("2 frames")
                    .source("the common definition");
        }

        @Override
        public double of(double[] trace) {
            return Values.deviation(trace, 1);
        }
    }
}
