package org.neuropil.physiology.made;

/// Random numbers for what is made: fast, the same on every machine, begun from any numbers. Not for statistics that somebody
/// publishes.
final class Draws {
    private static final long STEP = 0x9E3779B97F4A7C15L;
    private static final float UNIT = 0x1p-24F;
    private static final float SIXTEEN = 0x1p-16F;
    private static final float ROOT_3 = 1.7320508F;

    private long state;

    /// @param names which draws these are
    Draws(long... names) {
        long mixed = 0;
        for (long name : names) {
            mixed = mix(mixed + STEP + name);
        }
        state = mixed;
    }

    private static long mix(long z) {
        long a = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ a >>> 27) * 0x94D049BB133111EBL;
        return b ^ b >>> 31;
    }

    long bits() {
        state += STEP;
        return mix(state);
    }

    /// At least 0, below 1.
    float uniform() {
        return (bits() >>> 40) * UNIT;
    }

    double uniform(double from, double to) {
        return from + (to - from) * ((bits() >>> 11) * 0x1p-53);
    }

    int below(int bound) {
        return (int) Math.unsignedMultiplyHigh(bits(), bound);
    }

    /// Of mean 0 and variance 1, nearly normal: the sum of four numbers.
    float normal() {
        long bits = bits();
        float sum = (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
        return (sum * SIXTEEN - 2) * ROOT_3;
    }
}
