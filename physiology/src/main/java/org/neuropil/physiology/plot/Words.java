package org.neuropil.physiology.plot;

import java.util.Locale;

/// Numbers in sentences.
final class Words {
    private Words() {}

    /// `1 trial`, `12,345 trials`.
    static String count(long number, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", number, thing, number == 1 ? "" : "s");
    }

    /// Up to four digits, no zeros behind the point; `unknown` for NaN.
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "unknown";
        }
        double rounded = value == Math.rint(value) && Math.abs(value) < 1e6
                ? value
                : Double.parseDouble(String.format(Locale.ROOT, "%.3e", value));
        return rounded == Math.rint(rounded) && Math.abs(rounded) < 1e6
                ? Long.toString((long) rounded)
                : Double.toString(rounded);
    }
}
