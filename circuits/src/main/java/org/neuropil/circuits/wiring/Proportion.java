package org.neuropil.circuits.wiring;

import org.hipparchus.stat.interval.BinomialProportion;
import org.hipparchus.stat.interval.ConfidenceInterval;

/// A share of a number of pairs, with Wilson's 95 % interval, which takes pairs for independent.
///
/// @param hits how many
/// @param of how many could have been
/// @param share hits / of; NaN if of is 0
/// @param low lower end of the interval; NaN likewise
/// @param high upper end
public record Proportion(long hits, long of, double share, double low, double high) {
    private static final double CONFIDENCE = 0.95;

    /// @throws IllegalArgumentException if there are more hits than could have been, or they are negative
    public static Proportion of(long hits, long of) {
        if (hits < 0 || hits > of) {
            throw new IllegalArgumentException(hits + " of " + of);
        }
        if (of == 0) {
            return new Proportion(hits, of, Double.NaN, Double.NaN, Double.NaN);
        }
        double share = (double) hits / of;
        // The library takes counts of 32 bits; the interval is one of the share and the number.
        double scale = of > Integer.MAX_VALUE ? (double) Integer.MAX_VALUE / of : 1;
        ConfidenceInterval interval = BinomialProportion.getWilsonScoreInterval((int) (of * scale), share, CONFIDENCE);
        // At the ends rounding leaves what is not quite 0 or 1.
        return new Proportion(hits, of, share, hits == 0 ? 0 : interval.getLowerBound(),
                hits == of ? 1 : interval.getUpperBound());
    }
}
