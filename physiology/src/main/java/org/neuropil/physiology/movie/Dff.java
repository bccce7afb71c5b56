package org.neuropil.physiology.movie;

import org.neuropil.physiology.stat.ExactSums;

/// Fluorescence relative to its baseline, (F − B) / B, by three published definitions. They are not the same quantity; which
/// one a trace has is to be kept with it. Frames that are missing stay so, and count for no baseline.
///
/// @param dff of each frame, a share and not percent
/// @param baseline B of each frame
/// @param noise σ_dff: [Noise#deviation(double[])] of the relative trace before its short median is taken off
/// @param smallBaseline in how many frames the baseline is not above the noise of the fluorescence
@SuppressWarnings("ArrayRecordComponent")
public record Dff(double[] dff, double[] baseline, double noise, int smallBaseline) {
    private static final double SIGMAS = 2.5;
    private static final int INACTIVE_PERCENT = 10;
    private static final double ACTIVE = 3;

    /// *Windowed mode*, the older definition (AllenSDK's `compute_dff_windowed_mode`): B = moving mean of the moving mode of
    /// values rounded to whole numbers, so it is for fluorescence in counts; dF/F = (F − B) / B. Windows are cut off at the
    /// ends of the trace. (AllenSDK divides the first half window of the moving mean by one frame too few; this does not.)
    ///
    /// @param modeWindow frames, even; 5400 as published, at 30 Hz
    /// @param meanWindow frames, even; 3000 as published
    /// @throws IllegalArgumentException if a window is odd, not positive, or not shorter than the trace
    public static Dff windowedMode(double[] trace, int modeWindow, int meanWindow) {
        checkWindow(modeWindow, 0, trace.length);
        checkWindow(meanWindow, 0, trace.length);
        double[] modes = MovingMode.of(trace, modeWindow);
        ExactSums sums = new ExactSums(modes);
        double[] baseline = new double[trace.length];
        double[] dff = new double[trace.length];
        int half = meanWindow / 2;
        for (int i = 0; i < trace.length; i++) {
            baseline[i] = sums.mean(Math.max(0, i - half + 1), Math.min(trace.length, i + half + 1));
            dff[i] = (trace[i] - baseline[i]) / baseline[i];
        }
        return new Dff(dff, baseline, Noise.deviation(dff), small(baseline, Noise.deviation(trace)));
    }

    /// *Windowed median* (AllenSDK's `compute_dff_windowed_median`, that of V1DD): with running medians that find zeros
    /// beyond the ends, σ_F = noise of F; B = median over the long window; d = (F − B) / max(B, σ_F); σ_d = noise of d;
    /// dF/F = d − min(median of d over the short window, 2.5 σ_d).
    ///
    /// @param longWindow frames, odd; 5401 as published at 30 Hz, 600 s for V1DD
    /// @param shortWindow frames, odd; 101 as published, 3.33 s for V1DD
    /// @throws IllegalArgumentException if a window is even, not positive, or not shorter than the trace
    public static Dff windowedMedian(double[] trace, int longWindow, int shortWindow) {
        checkWindow(longWindow, 1, trace.length);
        checkWindow(shortWindow, 1, trace.length);
        double[] baseline = Running.median(trace, longWindow, Running.Edge.ZERO);
        double floor = Noise.deviation(trace);
        double[] dff = relative(trace, baseline, floor);
        double noise = Noise.deviation(dff);
        double[] slow = Running.median(dff, shortWindow, Running.Edge.ZERO);
        for (int i = 0; i < dff.length; i++) {
            dff[i] -= Math.min(slow[i], SIGMAS * noise);
        }
        return new Dff(dff, baseline, noise, small(baseline, floor));
    }

    /// *Inactive median*, the successor of the windowed median in the pipelines of the Allen Institute (`ophys_etl_pipelines`,
    /// `aind-ophys-dff`), for cells that are active more often than not: σ_F = noise of F with the noise window; a frame is
    /// active if F > P + 3 σ_F, with P the 10th percentile over the long window; B = median of the frames of the long window
    /// that are not active; dF/F = (F − B) / max(B, σ_F). No short median is taken off, so slow activity stays. The windows of
    /// P and B find the trace mirrored beyond its ends.
    ///
    /// @param longWindow frames, odd; 600 s as published
    /// @param noiseWindow frames, odd; 3.33 s as published
    /// @throws IllegalArgumentException if a window is even, not positive, or not shorter than the trace
    public static Dff inactiveMedian(double[] trace, int longWindow, int noiseWindow) {
        checkWindow(longWindow, 1, trace.length);
        checkWindow(noiseWindow, 1, trace.length);
        double floor = Noise.deviation(trace, noiseWindow);
        double[] low = Running.percentile(trace, longWindow, INACTIVE_PERCENT, Running.Edge.REFLECT);
        double[] quiet = trace.clone();
        for (int i = 0; i < quiet.length; i++) {
            quiet[i] = trace[i] > low[i] + ACTIVE * floor ? Double.NaN : trace[i];
        }
        double[] baseline = Running.median(quiet, longWindow, Running.Edge.REFLECT);
        double[] dff = relative(trace, baseline, floor);
        return new Dff(dff, baseline, Noise.deviation(dff, noiseWindow), small(baseline, floor));
    }

    private static double[] relative(double[] trace, double[] baseline, double floor) {
        double[] relative = new double[trace.length];
        for (int i = 0; i < relative.length; i++) {
            relative[i] = (trace[i] - baseline[i]) / Math.max(baseline[i], floor);
        }
        return relative;
    }

    private static int small(double[] baseline, double floor) {
        int count = 0;
        for (double value : baseline) {
            count += value <= floor ? 1 : 0;
        }
        return count;
    }

    private static void checkWindow(int window, int parity, int frames) {
        if (window < 1 || window % 2 != parity || window >= frames) {
            throw new IllegalArgumentException("a window of " + window + " frames over a trace of " + frames);
        }
    }
}
