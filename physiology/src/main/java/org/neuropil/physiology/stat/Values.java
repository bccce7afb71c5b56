package org.neuropil.physiology.stat;

import java.util.Arrays;

/// Means and spreads. NaN stands for a value that is missing, and is skipped.
public final class Values {
    /// A spread below this share of the largest magnitude is that of rounding: such values count as constant.
    public static final double ROUNDING = 1e-12;

    private Values() {}

    /// The values that are not missing, in order.
    public static double[] present(double[] values) {
        int count = 0;
        double[] kept = new double[values.length];
        for (double value : values) {
            if (!Double.isNaN(value)) {
                kept[count++] = value;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    /// The mean of those that are not missing; NaN if all are.
    public static double mean(double[] values) {
        double sum = 0;
        int count = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                sum += value;
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    /// The sum of squared distances from the mean, of those that are not missing; 0 if all are.
    public static double squares(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                sum += (value - mean) * (value - mean);
            }
        }
        return sum;
    }

    /// The standard deviation of those that are not missing, divided by their number less `less`: 0 for that of these
    /// values, 1 for that of what they were drawn from. NaN if that divisor is not positive.
    public static double deviation(double[] values, int less) {
        int count = present(values).length - less;
        return count < 1 ? Double.NaN : Math.sqrt(squares(values) / count);
    }

    /// Whether those that are not missing are all the same but for rounding ([#ROUNDING]); true if there is none.
    public static boolean isConstant(double[] values) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        return isConstant(low, high);
    }

    /// Whether values between two are all the same but for rounding; true if there is none, and the lower one is above the
    /// other.
    public static boolean isConstant(double low, double high) {
        return !(high - low > ROUNDING * Math.max(Math.abs(low), Math.abs(high)));
    }

    /// The place of the largest value; the first of equal ones, -1 if all are missing.
    public static int argmax(double[] values) {
        int best = -1;
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i]) && (best < 0 || values[i] > values[best])) {
                best = i;
            }
        }
        return best;
    }

    /// The quantile of sorted values, with linear interpolation between neighbours (Hyndman and Fan's type 7).
    ///
    /// @param sorted ascending, without NaN
    /// @param share 0 to 1
    /// @return NaN if there is no value
    public static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double at = share * (sorted.length - 1);
        int below = (int) Math.floor(at);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
