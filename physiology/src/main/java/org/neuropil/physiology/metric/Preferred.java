package org.neuropil.physiology.metric;

import java.util.Optional;
import java.util.function.ToDoubleBiFunction;

import org.neuropil.physiology.Condition;
import org.neuropil.physiology.Condition.Grating;
import org.neuropil.physiology.Responses;

/// The condition that a cell answers to most, and figures there. Whoever chooses the largest of noisy means and then measures
/// it on the same trials measures too much; so each has a second form, which chooses on one half of the trials and measures on
/// the other.
public final class Preferred {
    static final String TIES = "missing trials are skipped; of equal means the first counts, by direction, spatial, then "
            + "temporal frequency; NaN if no trial has a response";
    static final String HALVES = "NaN if one of the two ways is";
    static final String SPLIT = "2 trials of each condition that it uses";
    private static final String WORD = "preferred condition";

    private Preferred() {}

    /// A figure at the preferred grating; NaN if it is not a grating.
    ///
    /// @param figure of the responses and the grating
    static double atGrating(Responses responses, ToDoubleBiFunction<Responses, Grating> figure) {
        return grating(responses).map(chosen -> figure.applyAsDouble(responses, chosen)).orElse(Double.NaN);
    }

    /// What is added to a quotient for one way of cross-validation.
    @FunctionalInterface
    interface Crossing {
        /// @param way trials that chose a grating, and those that it is measured on
        void add(JackknifedQuotient quotient, CrossValidated.Way way, Grating chosen);
    }

    /// The mean of the quotients of both ways, at the gratings that they prefer; NaN if one prefers none.
    static double crossed(CrossValidated.Way one, CrossValidated.Way other, Crossing crossing) {
        return (crossed(one, crossing) + crossed(other, crossing)) / 2;
    }

    private static double crossed(CrossValidated.Way way, Crossing crossing) {
        return grating(way.choose()).map(chosen -> {
            JackknifedQuotient quotient = new JackknifedQuotient();
            crossing.add(quotient, way, chosen);
            return quotient.value();
        }).orElse(Double.NaN);
    }

    /// The preferred condition, if it is a grating.
    static Optional<Grating> grating(Responses responses) {
        int best = responses.preferred();
        return best >= 0 && responses.conditions().get(best) instanceof Grating found
                ? Optional.of(found)
                : Optional.empty();
    }

    /// The mean response to a condition; NaN if it was not shown.
    static double meanOf(Responses responses, Condition condition) {
        int found = responses.conditions().indexOf(condition);
        return found < 0 ? Double.NaN : responses.mean(found);
    }

    /// `preferred_response`.
    public record Response() implements Metric.OfTrials {
        @Override
        public About about() {
            return About.of("preferred_response", "response to the preferred condition")
                    .word(WORD, "chosen and measured on the same trials")
                    .formula("R_p = max over c of R(c), R(c) = mean over the trials of condition c")
                    .trace("events, or dF/F").missing(TIES)
                    .bias("too large when trials are few: the largest of noisy means")
                    .source("V1DD");
        }

        @Override
        public double of(Responses responses) {
            int best = responses.preferred();
            return best < 0 ? Double.NaN : responses.mean(best);
        }
    }

    /// `preferred_response_cv`.
    public record CrossedResponse() implements CrossValidated {
        @Override
        public About about() {
            return About.of("preferred_response_cv", "response to the preferred condition, cross-validated")
                    .word(WORD, "chosen on one half of the trials, measured on the other")
                    .formula("mean of R_B(argmax R_A) and R_A(argmax R_B); A, B: every second trial of each condition")
                    .trace("events, or dF/F").least(SPLIT).missing(TIES + "; " + HALVES)
                    .bias("none: on average the true response to the condition that half of the trials chooses, which lies below that to the "
                            + "best one where noise chose another")
                    .source("V1DD's definition, cross-validated by halves");
        }

        @Override
        public double of(Way one, Way other) {
            return (of(one) + of(other)) / 2;
        }

        private static double of(Way way) {
            int chosen = way.choose().preferred();
            return chosen < 0 ? Double.NaN : meanOf(way.measure(), way.choose().conditions().get(chosen));
        }
    }

    /// `preferred_direction`.
    public record Direction() implements Metric.OfTrials {
        @Override
        public About about() {
            return About.of("preferred_direction", "preferred direction")
                    .word("preferred direction", "that of the largest mean response, one of those shown")
                    .formula("theta* of (theta*, s*) = argmax R, degrees").shown(About.Shown.GRATINGS)
                    .trace("events, or dF/F").missing(TIES).bias("none on average; arbitrary for cells without tuning")
                    .source("V1DD");
        }

        @Override
        public double of(Responses responses) {
            return atGrating(responses, (_, chosen) -> chosen.direction());
        }
    }

    /// `preferred_spatial_frequency`.
    public record SpatialFrequency() implements Metric.OfTrials {
        @Override
        public About about() {
            return About.of("preferred_spatial_frequency", "preferred spatial frequency")
                    .formula("s* of (theta*, s*) = argmax R, cycles per degree").shown(About.Shown.GRATINGS)
                    .trace("events, or dF/F").missing(TIES).bias("none on average; arbitrary for cells without tuning")
                    .source("V1DD");
        }

        @Override
        public double of(Responses responses) {
            return atGrating(responses, (_, chosen) -> chosen.spatialFrequency());
        }
    }
}
