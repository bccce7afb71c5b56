package org.neuropil.physiology.metric;

import java.util.function.DoublePredicate;

import org.neuropil.physiology.TracePair;
import org.neuropil.physiology.stat.Correlation;

/// How alike two traces are, frame by frame: signal and noise together.
public final class TotalCorrelation {
    private static final int FRAMES = 60;
    private static final double SHARE = 0.15;
    private static final String WORD = "total correlation";
    private static final String MISSING = "frames that one trace lacks are left out; NaN if one is constant";

    private TotalCorrelation() {}

    private static About.Entry entry(String id, String name) {
        return About.of(id, name).trace("dF/F, all planes brought to the times of plane 0")
                .window("all frames of one stimulus' epoch")
                .bias("common drifts and movement raise it");
    }

    /// The correlation in one state; NaN unless either has its share of the frames whose speed is known.
    private static double inState(TracePair pair, DoublePredicate state) {
        double[] chosen = pair.first().clone();
        int known = 0;
        int inside = 0;
        for (int f = 0; f < chosen.length; f++) {
            boolean whole = !Double.isNaN(chosen[f]) && !Double.isNaN(pair.second()[f])
                    && !Double.isNaN(pair.speed()[f]);
            boolean in = whole && state.test(pair.speed()[f]);
            known += whole ? 1 : 0;
            inside += in ? 1 : 0;
            if (!in) {
                chosen[f] = Double.NaN;
            }
        }
        return inside < SHARE * known || known - inside < SHARE * known
                ? Double.NaN
                : Correlation.pearson(chosen, pair.second(), FRAMES);
    }

    /// `total_correlation`.
    public record All() implements Metric.OfTraces {
        @Override
        public About about() {
            return entry("total_correlation", "total correlation").word(WORD, "of all frames")
                    .formula("Pearson over frames t of x_1(t), x_2(t)").least("60 frames").missing(MISSING)
                    .source("V1DD course");
        }

        @Override
        public double of(TracePair pair) {
            return Correlation.pearson(pair.first(), pair.second(), FRAMES);
        }
    }

    /// `total_correlation_running`.
    public record WhileRunning() implements Metric.OfTraces {
        @Override
        public About about() {
            return entry("total_correlation_running", "total correlation while running")
                    .word(WORD, "of frames with speed > 1 cm/s")
                    .formula("Pearson over frames t with speed > 1 cm/s of x_1(t), x_2(t)")
                    .least("60 frames, and 15 % of the frames in each state").missing(MISSING)
                    .source("V1DD course");
        }

        @Override
        public double of(TracePair pair) {
            return inState(pair, speed -> speed > Running.SPEED);
        }
    }

    /// `total_correlation_resting`.
    public record WhileResting() implements Metric.OfTraces {
        @Override
        public About about() {
            return entry("total_correlation_resting", "total correlation at rest")
                    .word(WORD, "of frames with speed <= 1 cm/s")
                    .formula("Pearson over frames t with speed <= 1 cm/s of x_1(t), x_2(t)")
                    .least("60 frames, and 15 % of the frames in each state").missing(MISSING)
                    .source("V1DD course");
        }

        @Override
        public double of(TracePair pair) {
            return inState(pair, speed -> speed <= Running.SPEED);
        }
    }
}
