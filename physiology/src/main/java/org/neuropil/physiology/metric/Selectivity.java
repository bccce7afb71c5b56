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
    public record CrossedOsi() implements Metric.OfTrials {
        @Override
        public About about() {
            return entry("osi_cv", "orientation selectivity index, cross-validated")
                    .word(ORIENTATION,
                            "as osi, with (theta*, s*) chosen on one half of the trials, measured on the other")
                    .formula("mean of OSI of half B at the (theta*, s*) of half A, and the reverse")
                    .least(Preferred.SPLIT).missing(AT_POINTS + "; " + Preferred.HALVES)
                    .bias("none of the choice; a little downwards when trials are few, since R_p is noisier than R_o, the mean of two; "
                            + "more often NaN")
                    .source("V1DD's definition, cross-validated by halves");
        }

        @Override
        public double of(Responses responses) {
            return Preferred.crossed(responses, Selectivity::osi);
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
    public record CrossedDsi() implements Metric.OfTrials {
        @Override
        public About about() {
            return entry("dsi_cv", "direction selectivity index, cross-validated")
                    .word(DIRECTION,
                            "as dsi, with (theta*, s*) chosen on one half of the trials, measured on the other")
                    .formula("mean of DSI of half B at the (theta*, s*) of half A, and the reverse")
                    .least(Preferred.SPLIT).missing(AT_POINTS + "; " + Preferred.HALVES)
                    .bias("none of the choice; a quotient of few trials is noisy, and more often NaN")
                    .source("V1DD's definition, cross-validated by halves");
        }

        @Override
        public double of(Responses responses) {
            return Preferred.crossed(responses, Selectivity::dsi);
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
    public record CrossedGosi() implements Metric.OfTrials {
        @Override
        public About about() {
            return entry("gosi_cv", "global orientation selectivity index, s* cross-validated")
                    .word(ORIENTATION, "as gosi, with s* chosen on one half of the trials, measured on the other")
                    .formula("mean of gOSI of half B at the s* of half A, and the reverse").least(Preferred.SPLIT)
                    .missing(AROUND + "; " + Preferred.HALVES)
                    .bias("upwards, more than gosi: each half has fewer trials, and a length is never negative")
                    .source("V1DD's definition, cross-validated by halves");
        }

        @Override
        public double of(Responses responses) {
            return Preferred.crossed(responses, (half, chosen) -> DirectionTuning.at(half, chosen).strength(2));
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
    public record CrossedGdsi() implements Metric.OfTrials {
        @Override
        public About about() {
            return entry("gdsi_cv", "global direction selectivity index, s* cross-validated")
                    .word(DIRECTION, "as gdsi, with s* chosen on one half of the trials, measured on the other")
                    .formula("mean of gDSI of half B at the s* of half A, and the reverse").least(Preferred.SPLIT)
                    .missing(AROUND + "; " + Preferred.HALVES)
                    .bias("upwards, more than gdsi: each half has fewer trials, and a length is never negative")
                    .source("V1DD's definition, cross-validated by halves");
        }

        @Override
        public double of(Responses responses) {
            return Preferred.crossed(responses, (half, chosen) -> DirectionTuning.at(half, chosen).strength(1));
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
