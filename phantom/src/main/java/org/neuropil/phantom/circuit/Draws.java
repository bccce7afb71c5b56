package org.neuropil.phantom.circuit;

/// Random numbers of one stream (SplitMix64). Streams begin from any numbers, all of which are mixed, so that neighbours
/// have nothing in common; the same on every machine.
public final class Draws {
    private static final long STEP = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1p-53;
    /// Poisson numbers of larger means are drawn in halves, so that the chance of zero does not underflow.
    private static final double LARGE = 30;

    private long state;
    private double spare = Double.NaN;

    /// @param names which stream it is
    public Draws(long... names) {
        long mixed = 0;
        for (long name : names) {
            mixed = mix(mixed + STEP + name);
        }
        state = mixed;
    }

    /// Bits that have nothing to do with those of other numbers.
    static long mix(long z) {
        long a = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ a >>> 27) * 0x94D049BB133111EBL;
        return b ^ b >>> 31;
    }

    /// Bits of two numbers in a stream, as of a pair of cells: what is needed for each pair must cost no object.
    static long pair(long stream, int first, int second) {
        return mix(mix(stream + STEP * (first + 1L)) + STEP * (second + 1L));
    }

    /// From 0 (inclusive) to 1 (exclusive).
    static double uniform(long bits) {
        return (bits >>> 11) * UNIT;
    }

    /// Of mean 0 and variance 1, nearly normal: the sum of four uniform numbers.
    static double nearlyNormal(long bits) {
        double sum = (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48) + 2;
        return (sum * 0x1p-16 - 2) * 1.7320508075688772;
    }

    /// log of the mean of exp(sigma * [#nearlyNormal]).
    static double logMean(double sigma) {
        double half = sigma * 1.7320508075688772 / 2;
        return half == 0 ? 0 : 4 * StrictMath.log(StrictMath.sinh(half) / half);
    }

    long bits() {
        state += STEP;
        return mix(state);
    }

    /// From 0 (inclusive) to 1 (exclusive).
    public double uniform() {
        return uniform(bits());
    }

    double uniform(double from, double to) {
        return from + (to - from) * uniform();
    }

    boolean chance(double probability) {
        return uniform() < probability;
    }

    int below(int bound) {
        return (int) Math.unsignedMultiplyHigh(bits(), bound);
    }

    /// Of mean 0 and variance 1 (Box and Muller).
    double normal() {
        if (!Double.isNaN(spare)) {
            double value = spare;
            spare = Double.NaN;
            return value;
        }
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
        double angle = 2 * Math.PI * uniform();
        spare = radius * StrictMath.sin(angle);
        return radius * StrictMath.cos(angle);
    }

    /// exp of a normal number, of mean 1.
    double logNormal(double sigma) {
        return StrictMath.exp(sigma * normal() - sigma * sigma / 2);
    }

    /// A Poisson number.
    ///
    /// @param mean at least 0
    public int poisson(double mean) {
        return mean > LARGE ? poisson(mean / 2) + poisson(mean / 2) : poisson(mean, uniform());
    }

    /// By inversion.
    ///
    /// @param mean small enough that exp(-mean) is not 0
    /// @param uniform a uniform number
    static int poisson(double mean, double uniform) {
        // Most means are so small that nothing has to be computed: exp(-mean) >= 1 - mean.
        if (uniform < 1 - mean) {
            return 0;
        }
        double chance = StrictMath.exp(-mean);
        double sum = chance;
        int number = 0;
        while (uniform >= sum && chance > 0) {
            number++;
            chance *= mean / number;
            sum += chance;
        }
        return number;
    }

    /// How many failures come before a success.
    int geometric(double success) {
        int number = 0;
        while (!chance(success)) {
            number++;
        }
        return number;
    }

    /// Numbers from 0 in a random order.
    public int[] order(int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int other = below(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }
}
