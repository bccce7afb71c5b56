package org.neuropil.physiology.movie;

/// Traces at other rates, and with gaps filled.
public final class Resampling {
    /// On either side, in frames of the slower trace.
    private static final int REACH = 10;
    private static final double KAISER = 5;

    private Resampling() {}

    /// A trace at a rate that is a whole multiple: frame i comes to stand at i · `times`, and what is between is a sum of
    /// neighbours weighed by a sinc function under a Kaiser window (β = 5, 10 frames to each side); zeros beyond the ends.
    /// That is `scipy.signal.resample_poly(trace, times, 1)`.
    ///
    /// @param trace without NaN
    /// @param times at least 1
    /// @return `times` as many frames
    public static double[] up(double[] trace, int times) {
        if (times < 1) {
            throw new IllegalArgumentException("a rate " + times + " times as high");
        }
        if (times == 1) {
            return trace.clone();
        }
        int half = REACH * times;
        double[] weights = new double[2 * half + 1];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double x = Math.PI * (i - half) / times;
            double edge = (double) (i - half) / half;
            weights[i] = (x == 0 ? 1 : StrictMath.sin(x) / x)
                    * bessel(KAISER * Math.sqrt(Math.max(0, 1 - edge * edge)));
            sum += weights[i];
        }
        double[] result = new double[trace.length * times];
        for (int j = 0; j < result.length; j++) {
            int first = Math.max(0, Math.ceilDiv(j - half, times));
            int last = Math.min(trace.length - 1, (j + half) / times);
            double value = 0;
            for (int i = first; i <= last; i++) {
                value += trace[i] * weights[j - i * times + half];
            }
            result[j] = value * times / sum;
        }
        return result;
    }

    /// The modified Bessel function I₀.
    private static double bessel(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; term > 1e-18 * sum; k++) {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }
        return sum;
    }

    /// A trace whose missing frames lie on a line between those before and behind; at the ends, as the nearest frame.
    ///
    /// @return NaN throughout if all frames are missing
    public static double[] filled(double[] trace) {
        double[] filled = trace.clone();
        int before = -1;
        for (int i = 0; i < filled.length; i++) {
            if (Double.isNaN(trace[i])) {
                continue;
            }
            for (int gap = before + 1; gap < i; gap++) {
                filled[gap] = before < 0
                        ? trace[i]
                        : trace[before] + (trace[i] - trace[before]) * (gap - before) / (i - before);
            }
            before = i;
        }
        for (int gap = before + 1; before >= 0 && gap < filled.length; gap++) {
            filled[gap] = trace[before];
        }
        return filled;
    }
}
