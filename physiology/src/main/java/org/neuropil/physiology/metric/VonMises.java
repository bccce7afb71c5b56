package org.neuropil.physiology.metric;

import org.neuropil.physiology.Condition.Grating;
import org.neuropil.physiology.Responses;
import org.neuropil.physiology.SurroundPair;
import org.neuropil.physiology.stat.VonMisesFit;

/// Figures of a smooth curve through the tuning of directions: two bumps half a turn apart, on a floor.
public final class VonMises {
    private static final String CURVE = "f(x) = s1 exp(k1 cos(x - x0)) + s2 exp(k2 cos(x - x0 - 180)) + b, fitted to R(theta, s*) "
            + "by least squares, all parameters >= 0; theta_f = x0 or x0 + 180, where f is larger; ";
    private static final String FLAT = Preferred.TIES
            + "; NaN if fewer than 6 directions at s* have a response, or all means "
            + "are equal";
    private static final String FITTED = "upwards when trials are few: the curve follows the noise of the means";
    private static final String SOURCE = "V1DD; of several starts, the published one among them, that with the smallest error";
    private static final String LEAST = "1 trial of 6 directions at s*";

    private VonMises() {}

    private static About.Entry entry(String id, String name) {
        return About.of(id, name).shown(About.Shown.GRATINGS).least(LEAST).missing(FLAT).bias(FITTED);
    }

    /// The curves of a cell: at the frequencies of the preferred grating.
    private record Curves(VonMisesFit preferred) {
        static VonMisesFit of(Responses responses) {
            return responses.once(Curves.class, all -> new Curves(Preferred.grating(all)
                    .map(chosen -> fit(all, chosen)).orElse(VonMisesFit.NONE))).preferred();
        }
    }

    private static VonMisesFit fit(Responses responses, Grating chosen) {
        DirectionTuning tuning = DirectionTuning.at(responses, chosen);
        return VonMisesFit.of(tuning.directions(), tuning.means());
    }

    private static double vector(VonMisesFit fit, int k) {
        double x = 0;
        double y = 0;
        double sum = 0;
        for (int degree = 0; degree < 360; degree++) {
            double value = fit.at(degree);
            double angle = Math.toRadians(k * degree);
            x += value * StrictMath.cos(angle);
            y += value * StrictMath.sin(angle);
            sum += value;
        }
        return Ratios.over(StrictMath.hypot(x, y), sum);
    }

    /// `preferred_direction_fit`.
    public record Direction() implements Metric.OfTrials {
        @Override
        public About about() {
            return entry("preferred_direction_fit", "preferred direction of the fitted curve")
                    .word("preferred direction", "the peak of a fitted curve, between those shown")
                    .formula(CURVE + "theta_f in degrees").trace("events, or dF/F")
                    .bias("none on average; arbitrary for cells without tuning").source(SOURCE);
        }

        @Override
        public double of(Responses responses) {
            return Curves.of(responses).peak();
        }
    }

    /// `osi_fit`.
    public record Osi() implements Metric.OfTrials {
        @Override
        public About about() {
            return entry("osi_fit", "orientation selectivity index of the fitted curve")
                    .word(Selectivity.ORIENTATION, "of two points of a fitted curve")
                    .formula(CURVE + "(f(theta_f) - f(theta_f + 90)) / (f(theta_f) + f(theta_f + 90))").source(SOURCE);
        }

        @Override
        public double of(Responses responses) {
            VonMisesFit fit = Curves.of(responses);
            return Ratios.contrast(fit.at(fit.peak()), fit.at(fit.peak() + 90));
        }
    }

    /// `dsi_fit`.
    public record Dsi() implements Metric.OfTrials {
        @Override
        public About about() {
            return entry("dsi_fit", "direction selectivity index of the fitted curve")
                    .word(Selectivity.DIRECTION, "of two points of a fitted curve")
                    .formula(CURVE + "(f(theta_f) - f(theta_f + 180)) / (f(theta_f) + f(theta_f + 180))")
                    .source(SOURCE);
        }

        @Override
        public double of(Responses responses) {
            VonMisesFit fit = Curves.of(responses);
            return Ratios.contrast(fit.at(fit.peak()), fit.at(fit.peak() + 180));
        }
    }

    /// `gosi_fit`.
    public record Gosi() implements Metric.OfTrials {
        @Override
        public About about() {
            return entry("gosi_fit", "global orientation selectivity index of the fitted curve")
                    .word(Selectivity.ORIENTATION, "of a whole fitted curve")
                    .formula(CURVE + "|sum_x f(x) exp(2 i x)| / sum_x f(x), x = 0, 1 ... 359 degrees").source(SOURCE);
        }

        @Override
        public double of(Responses responses) {
            return vector(Curves.of(responses), 2);
        }
    }

    /// `von_mises_r2`.
    public record Explained() implements Metric.OfTrials {
        @Override
        public About about() {
            return entry("von_mises_r2", "variance of the tuning that the fitted curve explains")
                    .formula(CURVE + "R2 = 1 - sum_j (R_j - f(theta_j))^2 / sum_j (R_j - mean R)^2")
                    .bias("upwards: 6 parameters follow the noise of the means").source(SOURCE);
        }

        @Override
        public double of(Responses responses) {
            return Curves.of(responses).explained();
        }
    }

    /// `ssi_fit`.
    public record SurroundIndex() implements Metric.OfSurround {
        @Override
        public About about() {
            return entry("ssi_fit", "surround suppression index of the fitted curves")
                    .word(Surround.WORD, "of curves fitted to either set, at the peak of the windowed one")
                    .formula(
                            "(W - F) / (W + F), W = f_w(theta_w), F = f_f(theta_w): f_w, f_f = curves as of osi_fit, fitted to "
                                    + "the windowed and to the full-field responses at the frequencies preferred in the windowed set; "
                                    + "theta_w = peak of f_w")
                    .missing(
                            "missing trials are skipped; NaN if fewer than 6 directions at s* have a response in one of the "
                                    + "sets, or W + F is not above 0")
                    .bias("upwards, less than ssi: the peak is that of a curve through all directions").source(SOURCE);
        }

        @Override
        public double of(SurroundPair pair) {
            return Preferred.atGrating(pair.windowed(), (windowed, chosen) -> {
                VonMisesFit inside = Curves.of(windowed);
                return Ratios.contrast(inside.at(inside.peak()), fit(pair.full(), chosen).at(inside.peak()));
            });
        }
    }
}
