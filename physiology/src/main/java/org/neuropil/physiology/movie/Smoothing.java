package org.neuropil.physiology.movie;

/// Traces smoothed in time.
public final class Smoothing {
    private static final double REACH = 4;

    private Smoothing() {}

    /// Weighs neighbours by a Gaussian that is cut off at four standard deviations; the trace is mirrored beyond its ends, as
    /// scipy's `gaussian_filter1d` has it. Missing neighbours are left out, and the weights of the others add up to 1; a frame
    /// that is missing stays so.
    ///
    /// @param sigma frames, above 0
    public static double[] gaussian(double[] trace, double sigma) {
        int reach = (int) (REACH * sigma + 0.5);
        double[] weights = new double[2 * reach + 1];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = StrictMath.exp(-0.5 * (i - reach) * (i - reach) / (sigma * sigma));
        }
        double[] smooth = new double[trace.length];
        for (int i = 0; i < smooth.length; i++) {
            double sum = 0;
            double weight = 0;
            for (int j = -reach; j <= reach; j++) {
                int at = Math.floorMod(i + j, 2 * trace.length);
                double value = trace[at < trace.length ? at : 2 * trace.length - 1 - at];
                if (!Double.isNaN(value)) {
                    sum += weights[j + reach] * value;
                    weight += weights[j + reach];
                }
            }
            smooth[i] = Double.isNaN(trace[i]) ? Double.NaN : sum / weight;
        }
        return smooth;
    }
}
