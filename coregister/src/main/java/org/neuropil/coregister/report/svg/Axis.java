package org.neuropil.coregister.report.svg;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/// A linear axis with ticks at round numbers.
///
/// @param label with its unit, as `residual (µm)`
/// @param low value at one end
/// @param high value at the other, above that
public record Axis(String label, double low, double high) {
    private static final double[] STEPS = {1, 2, 5, 10};

    /// @throws IllegalArgumentException if the ends are not finite, or in the wrong order
    public Axis {
        if (!Double.isFinite(low) || !Double.isFinite(high) || !(low < high)) {
            throw new IllegalArgumentException("axis from " + low + " to " + high);
        }
    }

    /// An axis that holds values, with a margin.
    ///
    /// @param values NaN is passed over; none make an axis from 0 to 1
    public static Axis around(String label, double[] values) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            if (Double.isFinite(value)) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        if (low > high) {
            return new Axis(label, 0, 1);
        }
        double margin = high > low ? 0.04 * (high - low) : Math.max(1, Math.abs(low) * 0.1);
        return new Axis(label, low - margin, high + margin);
    }

    /// Where a value stands between the ends: 0 to 1.
    public double place(double value) {
        return (value - low) / (high - low);
    }

    /// Round numbers within the ends.
    ///
    /// @param about how many
    public List<Double> ticks(int about) {
        double step = step(about);
        List<Double> ticks = new ArrayList<>();
        for (double number = Math.ceil(low / step - 1e-9); number * step <= high + 1e-9 * step; number++) {
            ticks.add(number * step + 0.0);
        }
        return ticks;
    }

    private double step(int about) {
        double rough = (high - low) / Math.max(1, about);
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double factor : STEPS) {
            if (rough <= factor * power * 1.0000001) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    /// A tick as text, with as many decimals as its neighbours need.
    public String text(double tick, int about) {
        int decimals = (int) Math.max(0, -Math.floor(Math.log10(step(about)) + 1e-9));
        return BigDecimal.valueOf(tick).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    }
}
