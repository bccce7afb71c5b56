package org.neuropil.physiology.metric;

import org.neuropil.physiology.Condition.Grating;
import org.neuropil.physiology.Responses;

/// How much a cell prefers one direction or orientation of gratings.
public final class Selectivity {
    static final String ORIENTATION = "orientation selectivity";
    static final String DIRECTION = "direction selectivity";
    private static final String TWO_POINT = "1 trial of each of the directions that it uses";
    private static final String CIRCLE = "1 trial of each direction at s*; 3 directions that cover the circle evenly";
    private static final String AT_POINTS = Preferred.TIES
            + "; NaN if a direction that it uses was not shown, or the sum below the line is not above 0";
    private static final String AROUND = Preferred.TIES
            + "; NaN if a direction at s* has no response, or the sum is not above 0";
    private static final String MAXIMUM = "upwards, strongly when trials are few: R_p is the largest of noisy means; "
            + "leaves -1 to 1 if responses are negative";
    private static final String LENGTH = "upwards when trials are few: the length of a vector is never negative; none of the "
            + "choice of theta*, a little of that of s*";

    private static final String BOTH = "mean of J over both ways; A chooses, B measures: ";
    private static final String CROSSED_POINTS = Preferred.TIES
            + "; NaN if a half lacks a response to a direction that it is asked "
            + "for, or D is not above 0; " + JackknifedQuotient.ALONE;
    private static final String CROSSED_CIRCLE = "2 trials of each direction at s*; 3 directions that cover the circle evenly";
    private static final String CROSSED_AROUND = Preferred.TIES
            + "; NaN if a half lacks a response to a direction at s*, or D is not "
            + "above 0; N is 0 if the vector of A is shorter than 1e-12 of sum |R_j|, and so has no direction; "
            + JackknifedQuotient.ALONE;
    private static final String UNBIASED = "none beyond the second order in 1 / trials: on average the index at the condition that half of the "
            + "trials chooses, 0 without tuning; that is less than the index at the best one, the more often noise chooses another. Can leave -1 to 1";
    private static final String UNBIASED_LENGTH = "none beyond the second order in 1 / trials: on average the vector along the direction "
            + "that half of the trials tells, 0 without tuning; that is less than its length, the more noise turns the direction. Can leave -1 to 1";

    private Selectivity() {}

    private static About.Entry entry(String id, String name) {
        return About.of(id, name).shown(About.Shown.GRATINGS);
    }

    static double osi(Responses responses, Grating chosen) {
        DirectionTuning tuning = DirectionTuning.at(responses, chosen);
        double direction = chosen.direction();
        return Ratios.contrast(tuning.mean(direction), (tuning.mean(direction + 90) + tuning.mean(direction - 90)) / 2);
    }

    static double dsi(Responses responses, Grating chosen) {
        DirectionTuning tuning = DirectionTuning.at(responses, chosen);
        return Ratios.contrast(tuning.mean(chosen.direction()), tuning.mean(chosen.direction() + 180));
    }

    private static void crossedOsi(JackknifedQuotient quotient, CrossValidated.Way way, Grating chosen) {
        DirectionTuning tuning = DirectionTuning.at(way.measure(), chosen);
        double direction = chosen.direction();
        quotient.add(way.measure(), tuning.condition(direction), 1, 1);
        quotient.add(way.measure(), tuning.condition(direction + 90), -0.5, 0.5);
        quotient.add(way.measure(), tuning.condition(direction - 90), -0.5, 0.5);
    }

    private static void crossedDsi(JackknifedQuotient quotient, CrossValidated.Way way, Grating chosen) {
        DirectionTuning tuning = DirectionTuning.at(way.measure(), chosen);
        quotient.add(way.measure(), tuning.condition(chosen.direction()), 1, 1);
        quotient.add(way.measure(), tuning.condition(chosen.direction() + 180), -1, 1);
    }

    private static void crossedVector(int k, JackknifedQuotient quotient, CrossValidated.Way way, Grating chosen) {
        DirectionTuning tuning = DirectionTuning.at(way.choose(), chosen);
        DirectionTuning other = DirectionTuning.at(way.measure(), chosen);
        double[] directions = tuning.directions();
        double[] cosines = tuning.cosines(k);
        for (int i = 0; i < cosines.length; i++) {
            quotient.add(way.measure(), other.condition(directions[i]), cosines[i], 1);
        }
    }

    /// `osi`.
    public record Osi() implements Metric.OfTrials {
        @Override
        public About about() {
            return entry("osi", "orientation selectivity index")
                    .word(ORIENTATION, "of two points of the tuning curve, chosen and measured on the same trials")
                    .formula(
                            "(R_p - R_o) / (R_p + R_o), R_p = R(theta*, s*), R_o = (R(theta* + 90) + R(theta* - 90)) / 2 "
                                    + "at s*")
                    .least(TWO_POINT).missing(AT_POINTS).bias(MAXIMUM).source("V1DD");
        }

        @Override
        public double of(Responses responses) {
            return Preferred.atGrating(responses, Selectivity::osi);
        }
    }

    /// `osi_cv`.
    public record CrossedOsi() implements CrossValidated {
        @Override
        public About about() {
            return entry("osi_cv", "orientation selectivity index, cross-validated")
                    .word(ORIENTATION,
                            "as osi, with (theta*, s*) chosen on one half of the trials, measured on the other")
                    .formula(BOTH
                            + "N = R_p - R_o, D = R_p + R_o of B at the (theta*, s*) of A, with R_p and R_o as in osi; "
                            + JackknifedQuotient.FORMULA)
                    .least(Preferred.SPLIT).missing(CROSSED_POINTS).bias(UNBIASED).source(JackknifedQuotient.SOURCE);
        }

        @Override
        public double of(Way one, Way other) {
            return Preferred.crossed(one, other, Selectivity::crossedOsi);
        }
    }

    /// `dsi`.
    public record Dsi() implements Metric.OfTrials {
        @Override
        public About about() {
            return entry("dsi", "direction selectivity index")
                    .word(DIRECTION, "of two points of the tuning curve, chosen and measured on the same trials")
                    .formula("(R_p - R_n) / (R_p + R_n), R_p = R(theta*, s*), R_n = R(theta* + 180, s*)")
                    .least(TWO_POINT).missing(AT_POINTS).bias(MAXIMUM).source("V1DD");
        }

        @Override
        public double of(Responses responses) {
            return Preferred.atGrating(responses, Selectivity::dsi);
        }
    }

    /// `dsi_cv`.
    public record CrossedDsi() implements CrossValidated {
        @Override
        public About about() {
            return entry("dsi_cv", "direction selectivity index, cross-validated")
                    .word(DIRECTION,
                            "as dsi, with (theta*, s*) chosen on one half of the trials, measured on the other")
                    .formula(BOTH
                            + "N = R_p - R_n, D = R_p + R_n of B at the (theta*, s*) of A, with R_p and R_n as in dsi; "
                            + JackknifedQuotient.FORMULA)
                    .least(Preferred.SPLIT).missing(CROSSED_POINTS).bias(UNBIASED).source(JackknifedQuotient.SOURCE);
        }

        @Override
        public double of(Way one, Way other) {
            return Preferred.crossed(one, other, Selectivity::crossedDsi);
        }
    }

    /// `gosi`.
    public record Gosi() implements Metric.OfTrials {
        @Override
        public About about() {
            return entry("gosi", "global orientation selectivity index")
                    .word(ORIENTATION, "of the whole tuning curve: 1 - circular variance of orientation")
                    .formula("|sum_j R_j exp(2 i theta_j)| / sum_j R_j over directions at s*").least(CIRCLE)
                    .missing(AROUND).bias(LENGTH).source("V1DD");
        }

        @Override
        public double of(Responses responses) {
            return Preferred.atGrating(responses, (all, chosen) -> DirectionTuning.at(all, chosen).strength(2));
        }
    }

    /// `gosi_cv`.
    public record CrossedGosi() implements CrossValidated {
        @Override
        public About about() {
            return entry("gosi_cv", "global orientation selectivity index, cross-validated")
                    .word(ORIENTATION,
                            "as gosi, with s* and the direction of the vector from one half of the trials, the vector's length in that "
                                    + "direction from the other")
                    .formula(BOTH
                            + "N = sum_j R_j cos(2 theta_j - phi), D = sum_j R_j of B over directions at the s* of A, "
                            + "phi = arg sum_j R_j exp(2 i theta_j) of A; " + JackknifedQuotient.FORMULA)
                    .least(CROSSED_CIRCLE).missing(CROSSED_AROUND).bias(UNBIASED_LENGTH)
                    .source(JackknifedQuotient.SOURCE);
        }

        @Override
        public double of(Way one, Way other) {
            return Preferred.crossed(one, other, (quotient, way, chosen) -> crossedVector(2, quotient, way, chosen));
        }
    }

    /// `gdsi`.
    public record Gdsi() implements Metric.OfTrials {
        @Override
        public About about() {
            return entry("gdsi", "global direction selectivity index")
                    .word(DIRECTION, "of the whole tuning curve: 1 - circular variance of direction")
                    .formula("|sum_j R_j exp(i theta_j)| / sum_j R_j over directions at s*").least(CIRCLE)
                    .missing(AROUND)
                    .bias(LENGTH).source("V1DD");
        }

        @Override
        public double of(Responses responses) {
            return Preferred.atGrating(responses, (all, chosen) -> DirectionTuning.at(all, chosen).strength(1));
        }
    }

    /// `gdsi_cv`.
    public record CrossedGdsi() implements CrossValidated {
        @Override
        public About about() {
            return entry("gdsi_cv", "global direction selectivity index, cross-validated")
                    .word(DIRECTION,
                            "as gdsi, with s* and the direction of the vector from one half of the trials, the vector's length in that "
                                    + "direction from the other")
                    .formula(BOTH
                            + "N = sum_j R_j cos(theta_j - phi), D = sum_j R_j of B over directions at the s* of A, "
                            + "phi = arg sum_j R_j exp(i theta_j) of A; " + JackknifedQuotient.FORMULA)
                    .least(CROSSED_CIRCLE).missing(CROSSED_AROUND).bias(UNBIASED_LENGTH)
                    .source(JackknifedQuotient.SOURCE);
        }

        @Override
        public double of(Way one, Way other) {
            return Preferred.crossed(one, other, (quotient, way, chosen) -> crossedVector(1, quotient, way, chosen));
        }
    }

    /// `cv_os_allensdk`.
    public record CvOsAllen() implements Metric.OfTrials {
        @Override
        public About about() {
            return entry("cv_os_allensdk", "orientation selectivity of AllenSDK's cv_os")
                    .word(ORIENTATION,
                            "the real part only: it changes when all directions are turned; for comparison with "
                                    + "published tables alone, use gosi")
                    .formula("|Re sum_j R_j exp(2 i theta_j)| / sum_j R_j over directions at s*").least(CIRCLE)
                    .missing(AROUND).bias("0 for cells that prefer 45 or 135 degrees, whatever their tuning")
                    .source("AllenSDK");
        }

        @Override
        public double of(Responses responses) {
            return Preferred.atGrating(responses, (all, chosen) -> {
                double[] vector = DirectionTuning.at(all, chosen).vector(2);
                return Ratios.over(Math.abs(vector[0]), vector[2]);
            });
        }
    }

    /// `mean_preferred_direction`.
    public record MeanDirection() implements Metric.OfTrials {
        @Override
        public About about() {
            return entry("mean_preferred_direction", "mean preferred direction")
                    .word("preferred direction", "that of the summed vector, between those shown")
                    .formula("arg sum_j R_j exp(i theta_j) over directions at s*, degrees, 0 <= x < 360").least(CIRCLE)
                    .missing(Preferred.TIES
                            + "; NaN if a direction at s* has no response, or the vector is shorter than "
                            + "1e-12 of sum |R_j|")
                    .bias("none on average; arbitrary for cells without tuning").source("V1DD");
        }

        @Override
        public double of(Responses responses) {
            return Preferred.atGrating(responses, (all, chosen) -> DirectionTuning.at(all, chosen).angle(1));
        }
    }

    /// `mean_preferred_orientation`.
    public record MeanOrientation() implements Metric.OfTrials {
        @Override
        public About about() {
            return entry("mean_preferred_orientation", "mean preferred orientation")
                    .formula("arg(sum_j R_j exp(2 i theta_j)) / 2 over directions at s*, degrees, 0 <= x < 180")
                    .least(CIRCLE)
                    .missing(Preferred.TIES
                            + "; NaN if a direction at s* has no response, or the vector is shorter than "
                            + "1e-12 of sum |R_j|")
                    .bias("none on average; arbitrary for cells without tuning").source("V1DD");
        }

        @Override
        public double of(Responses responses) {
            return Preferred.atGrating(responses, (all, chosen) -> DirectionTuning.at(all, chosen).angle(2));
        }
    }
}
