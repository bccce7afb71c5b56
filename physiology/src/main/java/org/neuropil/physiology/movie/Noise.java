package org.neuropil.physiology.movie;

import java.util.Arrays;

import org.neuropil.physiology.stat.Values;

/// How noisy a trace is, whatever its cell does (AllenSDK's `noise_std`).
public final class Noise {
    /// Frames of the running median that is taken off.
    public static final int WINDOW = 31;
    /// What a normal distribution's median absolute deviation is multiplied by to give its standard deviation.
    static final double MAD_SCALE = 1.4826;
    private static final double PEAKS = 1.5;
    private static final double OUTLIERS = 2.5;

    private Noise() {}

    /// With a window of [#WINDOW] frames.
    public static double deviation(double[] trace) {
        return deviation(trace, WINDOW);
    }

    /// The standard deviation of the noise: e = x − running median (zeros beyond the ends); keep e < 1.5 · |min e|, which
    /// leaves out transients; s = 1.4826 · MAD(e); keep |e| < 2.5 · s; 1.4826 · MAD of what is left. MAD is the median
    /// distance from the median.
    ///
    /// @param trace NaN is skipped
    /// @param window frames of the running median, odd
    /// @return NaN if nothing is left, as of a trace that does not vary
    public static double deviation(double[] trace, int window) {
        double[] median = Running.median(trace, window, Running.Edge.ZERO);
        double[] rest = new double[trace.length];
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < rest.length; i++) {
            rest[i] = trace[i] - median[i];
            least = rest[i] < least ? rest[i] : least;
        }
        double below = PEAKS * Math.abs(least);
        double[] quiet = Arrays.stream(rest).filter(value -> value < below).toArray();
        double within = OUTLIERS * robust(quiet);
        return robust(Arrays.stream(quiet).filter(value -> Math.abs(value) < within).toArray());
    }

    /// 1.4826 times the median distance from the median; NaN of nothing.
    private static double robust(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double median = Values.quantile(sorted, 0.5);
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = Math.abs(sorted[i] - median);
        }
        Arrays.sort(sorted);
        return MAD_SCALE * Values.quantile(sorted, 0.5);
    }
}
