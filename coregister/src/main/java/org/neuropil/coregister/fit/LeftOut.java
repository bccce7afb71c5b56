package org.neuropil.coregister.fit;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.neuropil.space.InputException;

/// What fits would be off at points left out of them, from the one fit to all points. With weights `c = Q y`, the
/// values at points B less those of the field that was fitted without B are `inverse(Q_BB) c_B`, exactly (Dubrule 1983,
/// Mathematical Geology 15, for kriging; the residual of least squares over one less its leverage is the same rule).
final class LeftOut {
    private final int n;
    private final double[] q;
    private final double[][] weights;

    /// What is known of points that were left out together.
    ///
    /// @param residuals value less prediction: axes x points, in the order that they were given in
    /// @param spread of each point: the standard deviation that its residual would have if kernels and smoothing were
    ///        covariances, up to a factor that all share
    @SuppressWarnings("ArrayRecordComponent")
    record Off(double[][] residuals, double[] spread) {}

    /// @param q of a [Smoother]
    /// @param values of each axis at all points: axes x n
    LeftOut(double[] q, double[][] values) {
        this.n = values[0].length;
        this.q = q;
        this.weights = new double[values.length][n];
        for (int axis = 0; axis < values.length; axis++) {
            for (int i = 0; i < n; i++) {
                double sum = 0;
                for (int k = 0; k < n; k++) {
                    sum += q[i * n + k] * values[axis][k];
                }
                weights[axis][i] = sum;
            }
        }
    }

    /// Leaves points out together.
    ///
    /// @throws InputException if the other points do not determine a fit
    Off leave(int[] points) {
        int size = points.length;
        DMatrixRMaj block = new DMatrixRMaj(size, size);
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < size; k++) {
                block.data[i * size + k] = q[points[i] * n + points[k]];
            }
        }
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(size);
        if (!solver.setA(block)) {
            throw new InputException("without " + size + " of " + n + " landmarks the others do not determine the fit",
                    "", "take a lower order, or more folds");
        }
        DMatrixRMaj inverse = new DMatrixRMaj(size, size);
        solver.invert(inverse);
        double[][] residuals = new double[weights.length][size];
        double[] spread = new double[size];
        for (int i = 0; i < size; i++) {
            spread[i] = Math.sqrt(inverse.data[i * size + i]);
            for (int axis = 0; axis < weights.length; axis++) {
                double sum = 0;
                for (int k = 0; k < size; k++) {
                    sum += inverse.data[i * size + k] * weights[axis][points[k]];
                }
                residuals[axis][i] = sum;
            }
        }
        return new Off(residuals, spread);
    }
}
