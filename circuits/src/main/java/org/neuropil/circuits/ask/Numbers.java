package org.neuropil.circuits.ask;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/// Numbers for people: four digits that count, whole numbers whole. Files hold all digits.
final class Numbers {
    private static final MathContext DIGITS = new MathContext(4);

    private Numbers() {}

    /// A number; `-` if it is none.
    static String text(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "infinite" : "-infinite";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return text((long) value);
        }
        BigDecimal rounded = new BigDecimal(value).round(DIGITS);
        double magnitude = Math.abs(value);
        return magnitude < 1e-4 || magnitude >= 1e7
                ? String.format(Locale.ROOT, "%.3E", value)
                : rounded.stripTrailingZeros().toPlainString();
    }

    /// A whole number, with commas.
    static String text(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
