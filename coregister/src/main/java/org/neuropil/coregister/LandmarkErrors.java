package org.neuropil.coregister;

/// How far a map is off at each landmark, by fits that did not see it.
///
/// @param points x, y, z of each in the source space, in micrometres; not to be changed
/// @param residuals where it lies in the target space less where it was mapped to, in micrometres; not to be changed
@SuppressWarnings("ArrayRecordComponent")
public record LandmarkErrors(double[] points, double[] residuals) {
    /// @throws IllegalArgumentException if the numbers differ
    public LandmarkErrors {
        if (points.length != residuals.length || points.length % 3 != 0) {
            throw new IllegalArgumentException(points.length + " coordinates and " + residuals.length + " residuals");
        }
    }

    /// Interleaves residuals of each axis.
    static LandmarkErrors of(double[] points, double[][] residuals) {
        double[] all = new double[points.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = residuals[i % 3][i / 3];
        }
        return new LandmarkErrors(points, all);
    }
}
