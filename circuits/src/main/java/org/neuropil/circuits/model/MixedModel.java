package org.neuropil.circuits.model;

import java.util.Arrays;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/// Fits generalised linear models with a log link, an offset and a random intercept for each group, as lme4's `glmer` and
/// glmmTMB do: Laplace's approximation of the likelihood, its maximum over all parameters at once, standard errors from the
/// second derivatives there.
public final class MixedModel {
    private static final int MOST_STEPS = 200;
    /// Newton's decrement below which the maximum is reached: half of it is the log likelihood still to be gained.
    private static final double REACHED = 1e-9;
    /// Quality of a system of equations, 1 at best, below which it has no one solution.
    private static final double DEPENDENT = 1e-14;
    /// Steps of the start without groups.
    private static final int STARTS = 25;

    private MixedModel() {}

    /// @throws IllegalArgumentException if there are fewer rows than columns, or a column depends on others
    public static MixedFit fit(Grouped data, Family family) {
        Laplace likelihood = new Laplace(data, family);
        int columns = data.columns();
        double[] parameters = new double[likelihood.parameters()];
        double[] beta = start(data);
        System.arraycopy(beta, 0, parameters, 0, columns);
        parameters[columns] = 1;
        double[] mean = new double[data.rows()];
        for (int row = 0; row < mean.length; row++) {
            mean[row] = Math.exp(data.predictor(row, beta));
        }
        double[] shapes = family.start(data.y(), mean);
        System.arraycopy(shapes, 0, parameters, columns + 1, shapes.length);

        double[] gradient = new double[parameters.length];
        double value = likelihood.withGradient(parameters, gradient);
        double damping = 1e-3;
        boolean converged = false;
        for (int step = 0; step < MOST_STEPS && !converged; step++) {
            double[][] curvature = likelihood.curvature(parameters);
            boolean better = false;
            while (!better && damping < 1e12) {
                double[] move = move(curvature, gradient, damping);
                double[] next = parameters.clone();
                double decrement = 0;
                for (int k = 0; k < next.length; k++) {
                    next[k] += move[k];
                    decrement += move[k] * gradient[k];
                }
                double[] nextGradient = new double[gradient.length];
                double nextValue = likelihood.withGradient(next, nextGradient);
                if (nextValue >= value) {
                    converged = decrement < REACHED;
                    better = true;
                    parameters = next;
                    gradient = nextGradient;
                    value = nextValue;
                    damping = Math.max(1e-12, damping / 10);
                } else if (decrement < REACHED) {
                    // Nothing is to be gained beyond rounding.
                    converged = true;
                    better = true;
                } else {
                    damping *= 10;
                }
            }
            if (!better) {
                break;
            }
        }
        // At no difference between groups the likelihood is flat in sigma, which then has no error.
        double[][] curvature = likelihood.curvature(parameters);
        double[][] covariance = covariance(curvature, columns);
        return new MixedFit(Arrays.copyOf(parameters, columns), covariance, Math.abs(parameters[columns]),
                family.shape(Arrays.copyOfRange(parameters, columns + 1, parameters.length)), value, data.rows(),
                data.groups(), converged);
    }

    /// Newton's step for minus the curvature, made positive by damping its diagonal.
    private static double[] move(double[][] curvature, double[] gradient, double damping) {
        int n = gradient.length;
        double added = damping;
        while (true) {
            DMatrixRMaj matrix = new DMatrixRMaj(n, n);
            for (int k = 0; k < n; k++) {
                for (int l = 0; l < n; l++) {
                    matrix.set(k, l, -curvature[k][l]);
                }
                matrix.add(k, k, added * Math.max(1e-6, Math.abs(curvature[k][k])));
            }
            LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(n);
            if (solver.setA(matrix)) {
                DMatrixRMaj move = new DMatrixRMaj(n, 1);
                solver.solve(DMatrixRMaj.wrap(n, 1, gradient.clone()), move);
                return move.getData();
            }
            added = Math.max(1e-6, added * 10);
        }
    }

    /// Of the coefficients: the upper left of the inverse of minus the curvature of all parameters.
    private static double[][] covariance(double[][] curvature, int columns) {
        int n = curvature.length;
        DMatrixRMaj matrix = new DMatrixRMaj(n, n);
        for (int k = 0; k < n; k++) {
            for (int l = 0; l < n; l++) {
                matrix.set(k, l, -curvature[k][l]);
            }
        }
        DMatrixRMaj inverse = new DMatrixRMaj(n, n);
        boolean whole = CommonOps_DDRM.invert(matrix, inverse);
        double[][] covariance = new double[columns][columns];
        for (int k = 0; k < columns; k++) {
            for (int l = 0; l < columns; l++) {
                covariance[k][l] = whole ? inverse.get(k, l) : Double.NaN;
            }
        }
        return covariance;
    }

    /// Coefficients without groups, by reweighted least squares of counts, which need not be whole numbers.
    private static double[] start(Grouped data) {
        int columns = data.columns();
        if (data.rows() < columns) {
            throw new IllegalArgumentException(data.rows() + " rows for " + columns + " columns");
        }
        double[] beta = new double[columns];
        for (int step = 0; step < STARTS; step++) {
            DMatrixRMaj squares = new DMatrixRMaj(columns, columns);
            DMatrixRMaj right = new DMatrixRMaj(columns, 1);
            for (int row = 0; row < data.rows(); row++) {
                double mean = step == 0 ? data.y(row) + 0.1 : Math.exp(data.predictor(row, beta));
                double response = Math.log(mean) + (data.y(row) - mean) / mean - data.offset(row);
                for (int k = 0; k < columns; k++) {
                    double weighted = mean * data.x(row, k);
                    right.add(k, 0, weighted * response);
                    for (int l = 0; l < columns; l++) {
                        squares.add(k, l, weighted * data.x(row, l));
                    }
                }
            }
            DMatrixRMaj solved = new DMatrixRMaj(columns, 1);
            LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(columns);
            if (!solver.setA(squares) || solver.quality() < DEPENDENT) {
                throw new IllegalArgumentException("a column depends on the others");
            }
            solver.solve(right, solved);
            double most = 0;
            for (int k = 0; k < columns; k++) {
                most = Math.max(most, Math.abs(solved.get(k) - beta[k]));
                beta[k] = solved.get(k);
            }
            if (most < 1e-8) {
                break;
            }
        }
        return beta;
    }
}
