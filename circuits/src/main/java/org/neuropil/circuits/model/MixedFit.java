package org.neuropil.circuits.model;

/// A model that was fitted.
///
/// @param coefficients of each column, on the scale of the natural logarithm of the mean
/// @param covariance of the coefficients' estimates
/// @param sigma standard deviation of the groups' intercepts; 0 if the groups do not differ
/// @param shape dispersion and power of Tweedie's family; empty for Poisson
/// @param logLikelihood of Laplace's approximation
/// @param rows of the data
/// @param groups of the data
/// @param converged whether the search ended at a maximum
public record MixedFit(double[] coefficients, double[][] covariance, double sigma, double[] shape, double logLikelihood,
        int rows, int groups, boolean converged) {
    /// Standard error of a coefficient.
    public double standardError(int column) {
        return Math.sqrt(covariance[column][column]);
    }

    /// A weighted sum of coefficients: the slope of a variable in one level of a factor, for instance.
    public double sum(double... weights) {
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            sum += weights[k] * coefficients[k];
        }
        return sum;
    }

    /// Standard error of a weighted sum of coefficients.
    public double standardErrorOf(double... weights) {
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            for (int l = 0; l < weights.length; l++) {
                sum += weights[k] * weights[l] * covariance[k][l];
            }
        }
        return Math.sqrt(sum);
    }
}
