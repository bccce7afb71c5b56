package org.neuropil.physiology.metric;

import org.neuropil.physiology.session.Signal;
import org.neuropil.physiology.stat.Correlation;

/// How a trace follows what the animal does, frame by frame.
public final class Behaviour {
    private static final int FRAMES = 60;
    private static final String MISSING = "frames that trace or signal lacks are left out; NaN if one is constant";
    private static final String SLOW = "both are slow: chance correlations of neighbouring frames are far from independent; stimuli "
            + "that rouse the animal raise it";

    private Behaviour() {}

    private static About.Entry entry(String id, String name) {
        return About.of(id, name).trace("dF/F").window("all frames of one stimulus' epoch").least("60 frames")
                .missing(MISSING).bias(SLOW);
    }

    /// `run_correlation`.
    public record Running() implements Metric.OfTraceAndBehaviour {
        @Override
        public About about() {
            return entry("run_correlation", "correlation with running speed")
                    .formula(
                            "Pearson over frames t of x(t), speed(t), the speed linear between its samples at frame times")
                    .source("V1DD; the common definition");
        }

        @Override
        public String signal() {
            return Signal.RUNNING;
        }

        @Override
        public double of(double[] trace, double[] behaviour) {
            return Correlation.pearson(trace, behaviour, FRAMES);
        }
    }

    /// `pupil_correlation`.
    public record Pupil() implements Metric.OfTraceAndBehaviour {
        @Override
        public About about() {
            return entry("pupil_correlation", "correlation with pupil area")
                    .formula(
                            "Pearson over frames t of x(t), area(t), the area linear between its samples at frame times; blinks "
                                    + "and the frames beside them are missing")
                    .source("V1DD; the common definition");
        }

        @Override
        public String signal() {
            return Signal.PUPIL;
        }

        @Override
        public double of(double[] trace, double[] behaviour) {
            return Correlation.pearson(trace, behaviour, FRAMES);
        }
    }
}
