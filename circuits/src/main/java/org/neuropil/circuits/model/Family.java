package org.neuropil.circuits.model;

import org.hipparchus.special.Gamma;

/// How what is measured scatters around its mean, which is the exponential of the linear predictor (log link).
public sealed interface Family {
    /// Counts whose variance is their mean.
    Family POISSON = new Poisson();
    /// Amounts that can be exactly 0 and else are continuous, with a variance of `dispersion * mean^power`, `power` between 1
    /// and 2: sums of a Poisson number of gamma-distributed amounts.
    Family TWEEDIE = new Tweedie();

    /// Number of parameters beside the mean; they are searched on the whole line, and [#shape] maps them.
    int shapes();

    /// Where the search for them begins.
    double[] start(double[] y, double[] mean);

    /// What the free parameters mean: for Tweedie dispersion and power; empty for Poisson.
    double[] shape(double[] free);

    /// The log likelihood of one value up to what does not depend on its mean, and its first three derivatives with respect
    /// to the linear predictor.
    ///
    /// @param shape of [#shape]
    /// @param into four places
    void at(double y, double predictor, double[] shape, double[] into);

    /// The part of the log likelihood of all values that does not depend on the mean.
    double constant(double[] y, double[] shape);

    /// Counts.
    record Poisson() implements Family {
        @Override
        public int shapes() {
            return 0;
        }

        @Override
        public double[] start(double[] y, double[] mean) {
            return new double[0];
        }

        @Override
        public double[] shape(double[] free) {
            return free;
        }

        @Override
        public void at(double y, double predictor, double[] shape, double[] into) {
            double mean = Math.exp(predictor);
            into[0] = y * predictor - mean;
            into[1] = y - mean;
            into[2] = -mean;
            into[3] = -mean;
        }

        @Override
        public double constant(double[] y, double[] shape) {
            double sum = 0;
            for (double value : y) {
                sum -= Gamma.logGamma(value + 1);
            }
            return sum;
        }
    }

    /// Amounts. Free parameters are the logarithm of the dispersion and the logit of the power above 1.
    record Tweedie() implements Family {
        /// Terms of the series below e^-37 of the largest do not change a double.
        private static final double SMALL = 37;

        @Override
        public int shapes() {
            return 2;
        }

        @Override
        public double[] start(double[] y, double[] mean) {
            double sum = 0;
            for (int i = 0; i < y.length; i++) {
                sum += (y[i] - mean[i]) * (y[i] - mean[i]) / Math.pow(mean[i], 1.5);
            }
            return new double[]{Math.log(Math.max(1e-8, sum / y.length)), 0};
        }

        @Override
        public double[] shape(double[] free) {
            return new double[]{Math.exp(free[0]), 1 + 1 / (1 + Math.exp(-free[1]))};
        }

        @Override
        public void at(double y, double predictor, double[] shape, double[] into) {
            double one = 1 - shape[1];
            double two = 2 - shape[1];
            double a = y == 0 ? 0 : y * Math.exp(one * predictor) / shape[0];
            double b = Math.exp(two * predictor) / shape[0];
            into[0] = a / one - b / two;
            into[1] = a - b;
            into[2] = one * a - two * b;
            into[3] = one * one * a - two * two * b;
        }

        /// By the series of Dunn and Smyth (2005, Statistics and Computing 15), summed from its largest term to both sides.
        @Override
        public double constant(double[] y, double[] shape) {
            double dispersion = shape[0];
            double power = shape[1];
            double alpha = (2 - power) / (1 - power);
            double fixed = alpha * Math.log(power - 1) - (1 - alpha) * Math.log(dispersion) - Math.log(2 - power);
            double sum = 0;
            for (double value : y) {
                if (value > 0) {
                    double z = fixed - alpha * Math.log(value);
                    double most = Math.max(1, Math.pow(value, 2 - power) / (dispersion * (2 - power)));
                    sum += series(z, alpha, Math.round(most)) - Math.log(value);
                }
            }
            return sum;
        }

        private static double series(double z, double alpha, long middle) {
            double top = term(z, alpha, middle);
            double sum = 1;
            for (long j = middle + 1;; j++) {
                double term = term(z, alpha, j) - top;
                sum += Math.exp(term);
                if (term < -SMALL) {
                    break;
                }
            }
            for (long j = middle - 1; j >= 1; j--) {
                double term = term(z, alpha, j) - top;
                sum += Math.exp(term);
                if (term < -SMALL) {
                    break;
                }
            }
            return top + Math.log(sum);
        }

        private static double term(double z, double alpha, long j) {
            return j * z - Gamma.logGamma(1.0 + j) - Gamma.logGamma(-alpha * j);
        }
    }
}
