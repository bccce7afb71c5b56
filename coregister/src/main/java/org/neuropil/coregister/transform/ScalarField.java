package org.neuropil.coregister.transform;

/// A number at each point of a space, such as one coordinate of where that point lies in another space.
@SuppressWarnings("ArrayRecordComponent")
public sealed interface ScalarField {
    /// The value at a point.
    double at(double x, double y, double z);

    /// A polynomial; of order 1 it is one row of an affine map.
    ///
    /// @param scaling into its coordinates
    /// @param order 0 to [Terms#MOST]
    /// @param coefficients of [Terms], in their order; not to be changed
    record Polynomial(Scaling scaling, int order, double[] coefficients) implements ScalarField {
        /// @throws IllegalArgumentException if there are not as many coefficients as terms
        public Polynomial {
            if (order < 0 || order > Terms.MOST || coefficients.length != Terms.count(order)) {
                throw new IllegalArgumentException(coefficients.length + " coefficients of order " + order);
            }
        }

        @Override
        public double at(double x, double y, double z) {
            double[] terms = new double[coefficients.length];
            Terms.values(scaling.apply(x, y, z), order, terms);
            double sum = 0;
            for (int i = 0; i < terms.length; i++) {
                sum += coefficients[i] * terms[i];
            }
            return sum;
        }
    }

    /// A polynomial, and kernels around points.
    ///
    /// @param trend the polynomial; its scaling is that of the kernels too
    /// @param kernel of the scaled distance
    /// @param centres x, y, z of each point that a kernel is around, as points are given; not to be changed
    /// @param weights of these kernels; not to be changed
    record Spline(Polynomial trend, Kernel kernel, double[] centres, double[] weights) implements ScalarField {
        /// @throws IllegalArgumentException if there are not as many weights as centres
        public Spline {
            if (centres.length != 3 * weights.length) {
                throw new IllegalArgumentException(weights.length + " weights of " + centres.length / 3 + " centres");
            }
        }

        @Override
        public double at(double x, double y, double z) {
            Point3 scale = trend.scaling().scale();
            double sum = trend.at(x, y, z);
            for (int i = 0; i < weights.length; i++) {
                double dx = (x - centres[3 * i]) / scale.x();
                double dy = (y - centres[3 * i + 1]) / scale.y();
                double dz = (z - centres[3 * i + 2]) / scale.z();
                sum += weights[i] * kernel.at(Math.sqrt(dx * dx + dy * dy + dz * dz));
            }
            return sum;
        }
    }
}
