package org.neuropil.chart;

import java.util.List;
import java.util.Optional;

/// An axis of a panel.
///
/// @param label what it shows
/// @param unit of its values; empty if they have none
/// @param range its ends; empty if the layers decide, with a little room
/// @param reversed whether values fall where they usually rise: depth below the pia grows downward
/// @param ticks where ticks stand, with their words; empty for round values
/// @param shown whether ticks and label are drawn
public record Axis(String label, String unit, Optional<Range> range, boolean reversed, List<Tick> ticks,
        boolean shown) {
    /// A tick with words of its own.
    public record Tick(double at, String text) {}

    public Axis {
        ticks = List.copyOf(ticks);
    }

    /// An axis whose ends the layers decide.
    public static Axis of(String label, String unit) {
        return new Axis(label, unit, Optional.empty(), false, List.of(), true);
    }

    /// With ends.
    public Axis within(Range ends) {
        return new Axis(label, unit, Optional.of(ends), reversed, ticks, shown);
    }

    /// With ends.
    public Axis within(double low, double high) {
        return within(new Range(low, high));
    }

    /// Falling instead of rising.
    public Axis down() {
        return new Axis(label, unit, range, true, ticks, shown);
    }

    /// With ticks of its own.
    public Axis at(List<Tick> places) {
        return new Axis(label, unit, range, reversed, places, shown);
    }

    /// Without ticks and label, where another panel shows them.
    public Axis hidden() {
        return new Axis(label, unit, range, reversed, ticks, false);
    }

    /// Label and unit.
    public String title() {
        return unit.isEmpty() ? label : label + " (" + unit + ")";
    }
}
