package org.neuropil.server.trial;

import java.util.Locale;

/// What a trial has measured, for those who run it by itself.
final class Figures {
    private Figures() {}

    /// Prints one.
    @SuppressWarnings("SystemOut") // read by scripts
    static void tell(String name, double value, String unit) {
        System.out.println("figure " + name + " " + (value == Math.rint(value)
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.1f", value)) + " " + unit);
    }
}
