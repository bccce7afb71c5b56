package org.neuropil.coregister.fit;

import java.util.Optional;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.neuropil.coregister.transform.Kernel;
import org.neuropil.coregister.transform.ScalarField;
import org.neuropil.coregister.transform.Terms;
import org.neuropil.space.InputException;

/// A linear system, factorised: it gives the field for any values at its points, and what the field would be off at
/// points that it had not seen.
///
/// With K the kernels of all pairs, L the smoothing on its diagonal and P the free terms, weights c and coefficients b
/// solve `(K + L) c + P b = y`, `P' c = 0`. The weights are `c = Q y` for a symmetric matrix Q.
final class Smoother {
    private final Gram gram;
    // n x n of the reflected K + L; empty if that is the identity.
    private final Optional<double[]> matrix;
    private final Optional<LinearSolverDense<DMatrixRMaj>> solver;

    private Smoother(Gram gram, Optional<double[]> matrix, Optional<LinearSolverDense<DMatrixRMaj>> solver) {
        this.gram = gram;
        this.matrix = matrix;
        this.solver = solver;
    }

    /// @param smoothing that of the recipe, or another one
    /// @throws InputException if there is no unique solution
    static Smoother of(Gram gram, double smoothing) {
        return of(gram, smoothing, Optional.empty());
    }

    /// @param noise of each point, a factor of the smoothing; 1 if left out
    /// @throws InputException if there is no unique solution
    static Smoother of(Gram gram, double smoothing, Optional<double[]> noise) {
        int n = gram.size();
        double level = gram.recipe().kernel().isPresent() ? smoothing : 1;
        if (gram.matrix().isEmpty() && noise.isEmpty()) {
            return new Smoother(gram, Optional.empty(), Optional.empty());
        }
        double[] total = new double[n * n];
        for (int i = 0; i < n; i++) {
            total[i * n + i] = level * (noise.isPresent() ? noise.get()[i] : 1);
        }
        if (noise.isPresent()) {
            gram.reflections().applyBothSides(total);
        }
        gram.matrix().ifPresent(kernels -> {
            for (int i = 0; i < total.length; i++) {
                total[i] += kernels[i];
            }
        });
        int m = gram.reflections().terms();
        DMatrixRMaj rest = new DMatrixRMaj(n - m, n - m);
        for (int i = m; i < n; i++) {
            System.arraycopy(total, i * n + m, rest.data, (i - m) * (n - m), n - m);
        }
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(Math.max(1, n - m));
        if (level == 0 && gram.hasTwins() || n > m && !solver.setA(rest)) {
            throw new InputException("landmarks cannot be told apart: two lie in the same place, or nearly", "",
                    "remove one of them, or allow for smoothing");
        }
        return new Smoother(gram, Optional.of(total), Optional.of(solver));
    }

    /// The field for values at the points.
    ///
    /// @param values one for each point
    ScalarField field(double[] values) {
        int n = gram.size();
        int m = gram.reflections().terms();
        double[] y = values.clone();
        gram.reflections().apply(y);
        double[] weights = reflectedWeights(y);
        double[] right = new double[m];
        for (int j = 0; j < m; j++) {
            double sum = y[j];
            if (matrix.isPresent()) {
                for (int i = m; i < n; i++) {
                    sum -= matrix.get()[j * n + i] * weights[i];
                }
            }
            right[j] = sum;
        }
        double[] free = gram.reflections().coefficients(right);
        gram.reflections().applyBack(weights);
        ScalarField.Polynomial trend = new ScalarField.Polynomial(gram.scaling(), gram.recipe().order(),
                coefficients(free, weights));
        Optional<Kernel> kernel = gram.recipe().kernel();
        return kernel.isPresent()
                ? new ScalarField.Spline(trend, kernel.get(), gram.points(), weights)
                : trend;
    }

    /// Those that cost nothing, and those under the ridge, which are sums of the weights.
    private double[] coefficients(double[] free, double[] weights) {
        Recipe recipe = gram.recipe();
        double[] all = new double[Terms.count(recipe.order())];
        System.arraycopy(free, 0, all, 0, free.length);
        if (all.length > free.length) {
            double[][] terms = Gram.terms(gram.points(), gram.scaling(), recipe.order());
            for (int t = free.length; t < all.length; t++) {
                double sum = 0;
                for (int i = 0; i < weights.length; i++) {
                    sum += terms[t][i] * weights[i];
                }
                all[t] = sum / recipe.ridge();
            }
        }
        return all;
    }

    /// 0 for the polynomials' coordinates, then what the others weigh.
    private double[] reflectedWeights(double[] reflected) {
        int n = gram.size();
        int m = gram.reflections().terms();
        double[] weights = new double[n];
        if (solver.isEmpty() || n == m) {
            System.arraycopy(reflected, m, weights, m, n - m);
            return weights;
        }
        DMatrixRMaj right = new DMatrixRMaj(n - m, 1);
        DMatrixRMaj solved = new DMatrixRMaj(n - m, 1);
        System.arraycopy(reflected, m, right.data, 0, n - m);
        solver.get().solve(right, solved);
        System.arraycopy(solved.data, 0, weights, m, n - m);
        return weights;
    }

    /// Q, n x n, row by row.
    double[] weightsOfValues() {
        int n = gram.size();
        int m = gram.reflections().terms();
        double[] q = new double[n * n];
        if (solver.isEmpty()) {
            for (int i = m; i < n; i++) {
                q[i * n + i] = 1;
            }
        } else if (n > m) {
            DMatrixRMaj inverse = new DMatrixRMaj(n - m, n - m);
            solver.get().invert(inverse);
            for (int i = m; i < n; i++) {
                System.arraycopy(inverse.data, (i - m) * (n - m), q, i * n + m, n - m);
            }
        }
        gram.reflections().applyBackBothSides(q);
        return q;
    }
}
