package org.neuropil.physiology.metric;

import org.neuropil.physiology.Condition.Grating;
import org.neuropil.physiology.Responses;

/// Whether a cell tells directions apart beyond what noise does. Indices as DSI are quotients: of a cell that hardly answers
/// they are large as often as small, so that ranks by them are headed by noise. These weigh the vector of the tuning curve by
/// what the same responses give in random order.
public final class DirectionTest {
    private static final String VECTOR = "V = sum_t (x_t - mean x) (u_t - mean u), u_t = exp(i theta_t), over the n trials t at "
            + "s*; E|V|^2 = sum |x_t - mean x|^2 sum |u_t - mean u|^2 / (n - 1), its mean over all orders of the responses; ";
    private static final String LEAST = "3 directions and 4 trials at s*";
    private static final String CHOSEN = "s* is chosen on the same trials: with several spatial frequencies a little too "
            + "good";

    private DirectionTest() {}

    /// `direction_vector_ratio`.
    public record VectorRatio() implements Metric.OfTrials {
        @Override
        public About about() {
            return About.of("direction_vector_ratio", "length of the direction vector over that by chance")
                    .shown(About.Shown.GRATINGS)
                    .word(Selectivity.DIRECTION,
                            "how far tuning is beyond noise, not how sharp it is: for ranks and tests")
                    .formula(VECTOR + "|V| / sqrt(E|V|^2)").trace("events, or dF/F").least(LEAST)
                    .missing(Preferred.TIES + "; NaN if all responses are equal")
                    .bias("none by trials: 1 (root mean square) without tuning, whatever their number; at most sqrt(n - 1). "
                            + CHOSEN)
                    .source("the moments of a linear permutation statistic, Wald and Wolfowitz 1944");
        }

        @Override
        public double of(Responses responses) {
            return Preferred.atGrating(responses, DirectionTest::ratio);
        }
    }

    /// `direction_p`.
    public record P() implements Metric.OfTrials {
        @Override
        public About about() {
            return About.of("direction_p", "p of direction selectivity").shown(About.Shown.GRATINGS)
                    .formula(VECTOR + "exp(-|V|^2 / E|V|^2)").trace("events, or dF/F").least(LEAST)
                    .missing(Preferred.TIES + "; NaN if all responses are equal")
                    .bias("of directions at even steps and many trials, where both parts of V have the same normal "
                            + "distribution; of few trials approximate in the tail. " + CHOSEN)
                    .source("the moments of a linear permutation statistic, Wald and Wolfowitz 1944; Rayleigh's distribution");
        }

        @Override
        public double of(Responses responses) {
            double ratio = Preferred.atGrating(responses, DirectionTest::ratio);
            return StrictMath.exp(-ratio * ratio);
        }
    }

    private static double ratio(Responses responses, Grating chosen) {
        int trials = 0;
        int directions = 0;
        double x = 0;
        double cos = 0;
        double sin = 0;
        int conditions = responses.conditions().size();
        for (int c = 0; c < conditions; c++) {
            double[] values = at(responses, c, chosen);
            double angle = angle(responses, c);
            directions += values.length > 0 ? 1 : 0;
            trials += values.length;
            cos += values.length * StrictMath.cos(angle);
            sin += values.length * StrictMath.sin(angle);
            for (double value : values) {
                x += value;
            }
        }
        if (trials < 4 || directions < 3) {
            return Double.NaN;
        }
        double meanX = x / trials;
        double meanCos = cos / trials;
        double meanSin = sin / trials;
        double largest = 0;
        double squaresX = 0;
        double squaresU = 0;
        double vectorCos = 0;
        double vectorSin = 0;
        for (int c = 0; c < conditions; c++) {
            double[] values = at(responses, c, chosen);
            double offCos = StrictMath.cos(angle(responses, c)) - meanCos;
            double offSin = StrictMath.sin(angle(responses, c)) - meanSin;
            for (double value : values) {
                double off = value - meanX;
                largest = Math.max(largest, Math.abs(value));
                squaresX += off * off;
                squaresU += offCos * offCos + offSin * offSin;
                vectorCos += off * offCos;
                vectorSin += off * offSin;
            }
        }
        // Below that it is rounding.
        if (!(Math.sqrt(squaresX / trials) > 1e-12 * largest)) {
            return Double.NaN;
        }
        return Ratios.over(StrictMath.hypot(vectorCos, vectorSin), Math.sqrt(squaresX * squaresU / (trials - 1)));
    }

    /// The responses to a condition, none if it is not at the frequencies of the chosen one.
    private static double[] at(Responses responses, int condition, Grating chosen) {
        return responses.conditions().get(condition) instanceof Grating grating && grating.hasFrequenciesOf(chosen)
                ? responses.valuesOf(condition)
                : new double[0];
    }

    private static double angle(Responses responses, int condition) {
        return responses.conditions().get(condition) instanceof Grating grating
                ? Math.toRadians(grating.direction())
                : 0;
    }
}
