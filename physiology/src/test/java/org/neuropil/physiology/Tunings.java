package org.neuropil.physiology;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/// Responses that are made.
public final class Tunings {
    private Tunings() {}

    /// One trial of each of some directions around the circle, the response a function of the direction in radians.
    public static Responses of(int directions, DoubleUnaryOperator response) {
        double[] values = new double[directions];
        for (int i = 0; i < directions; i++) {
            values[i] = response.applyAsDouble(2 * Math.PI * i / directions);
        }
        return trials(1, values);
    }

    /// Trials of directions around the circle, at one spatial frequency: all directions, and again.
    ///
    /// @param values by repeat, then by direction
    public static Responses trials(int repeats, double... values) {
        List<Condition> shown = new ArrayList<>();
        int directions = values.length / repeats;
        for (int i = 0; i < values.length; i++) {
            shown.add(new Condition.Grating(360.0 * (i % directions) / directions, 0.04, 1));
        }
        return Responses.of(shown, values);
    }

    /// Trials of one picture each time, given by number, and the animal's speed.
    public static Responses pictures(int[] shown, double[] values, double[] speeds) {
        List<Condition> conditions = new ArrayList<>();
        for (int index : shown) {
            conditions.add(new Condition.Picture(index));
        }
        return Responses.of(conditions, values, speeds);
    }
}
