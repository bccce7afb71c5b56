package org.neuropil.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// From one value to another.
///
/// @param low smallest value
/// @param high largest value, above `low`
public record Range(double low, double high) {
    /// @throws IllegalArgumentException if the ends are not numbers, or not in order
    public Range {
        if (!(low < high) || !Double.isFinite(high - low)) {
            throw new IllegalArgumentException("range " + low + " to " + high);
        }
    }

    /// The range of some values; NaN and infinite ones are skipped. A single value gets room on both sides; 0 to 1 if there
    /// is none.
    public static Range of(double... values) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            if (Double.isFinite(value)) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        return between(low, high);
    }

    private static Range between(double low, double high) {
        if (low > high) {
            return new Range(0, 1);
        }
        double room = Math.max(Math.abs(low), Math.abs(high)) * 1e-9;
        if (high - low > room && Double.isFinite(high - low)) {
            return new Range(low, high);
        }
        double half = low == 0 ? 1 : Math.abs(low) / 2;
        return new Range(Math.max(low - half, -Double.MAX_VALUE / 4), Math.min(high + half, Double.MAX_VALUE / 4));
    }

    /// One that holds both.
    public Range and(Range other) {
        return new Range(Math.min(low, other.low), Math.max(high, other.high));
    }

    /// One that also holds a value.
    public Range and(double value) {
        return Double.isFinite(value) ? new Range(Math.min(low, value), Math.max(high, value)) : this;
    }

    /// With room at both ends.
    ///
    /// @param share of its width
    public Range wider(double share) {
        double room = (high - low) * share;
        return new Range(low - room, high + room);
    }

    /// How far it reaches.
    public double width() {
        return high - low;
    }

    /// Whether a value is in it, ends included.
    public boolean holds(double value) {
        return value >= low && value <= high;
    }

    /// Where a value lies, 0 at the low end and 1 at the high one.
    public double share(double value) {
        return (value - low) / (high - low);
    }

    /// Round values within it: 1, 2 or 5 times a power of ten apart.
    ///
    /// @param most how many at most, at least 2
    public List<Double> ticks(int most) {
        Step step = step(most);
        double size = step.times(1);
        List<Double> ticks = new ArrayList<>();
        long last = (long) Math.floor(high / size + 1e-9);
        for (long i = (long) Math.ceil(low / size - 1e-9); i <= last; i++) {
            double tick = step.times(i);
            if (holds(tick)) {
                ticks.add(tick);
            }
        }
        return ticks;
    }

    /// A distance of ticks.
    ///
    /// @param factor 1, 2 or 5
    /// @param exponent power of ten
    public record Step(int factor, int exponent) {
        /// A tick: the double that is nearest, 3 times 0.1 is 0.3.
        public double times(long number) {
            return Double.parseDouble(number * factor + "e" + exponent) + 0.0;
        }

        /// A tick as it is written: as many decimals as the step needs; a power of ten where there would be many zeros.
        public String text(double tick) {
            if (tick != 0 && (Math.abs(tick) >= 1e6 || exponent < -4)) {
                String plain = String.format(Locale.ROOT, "%.2e", tick);
                return minus(plain.replaceFirst("\\.?0*e", "e").replaceFirst("e\\+?(-?)0*(\\d)", "e$1$2"));
            }
            return minus(String.format(Locale.ROOT, "%." + Math.max(0, -exponent) + "f", tick));
        }
    }

    /// The distance of its ticks.
    ///
    /// @param most how many ticks at most, at least 2
    public Step step(int most) {
        // A little less than the ratio, so that rounding takes no tick away.
        double least = width() / Math.max(1, most - 1) * (1 - 1e-9);
        for (int exponent = (int) Math.floor(StrictMath.log10(least)) - 1;; exponent++) {
            for (int factor : new int[]{1, 2, 5}) {
                Step step = new Step(factor, exponent);
                if (step.times(1) >= least) {
                    return step;
                }
            }
        }
    }

    private static String minus(String number) {
        return number.replace('-', '−');
    }
}
