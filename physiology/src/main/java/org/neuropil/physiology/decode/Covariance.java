package org.neuropil.physiology.decode;

import java.util.Arrays;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.linsol.LinearSolverDense;

/// Solves with a covariance `D + W' W`, D a diagonal and W trials x cells, at the cost of the smaller of the two numbers.
/// Where it has no inverse, the shortest of the best solutions is taken.
final class Covariance {
    /// With a larger ratio of largest to smallest eigenvalue, the form that is meant for many cells is not used.
    private static final double WORST = 1e6;
    /// Eigenvalues below this share of the largest are rounding's.
    private static final double ROUNDING = 1e-12;

    private Covariance() {}

    /// @param diagonal D, not negative
    /// @param spread W
    /// @param rights right sides, each a value for each cell
    /// @return the solution of each
    static double[][] solve(double[] diagonal, double[][] spread, double[][] rights) {
        int n = spread.length;
        int p = diagonal.length;
        if (p <= n) {
            return dense(diagonal, spread, rights);
        }
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        double trace = 0;
        for (int j = 0; j < p; j++) {
            double sum = 0;
            for (double[] row : spread) {
                sum += row[j] * row[j];
            }
            low = Math.min(low, diagonal[j]);
            high = Math.max(high, diagonal[j]);
            trace += diagonal[j] > 0 ? sum / diagonal[j] : Double.POSITIVE_INFINITY;
        }
        if (high == 0) {
            return shortest(spread, rights);
        }
        return low > 0 && trace < WORST ? wide(diagonal, spread, rights) : dense(diagonal, spread, rights);
    }

    /// Woodbury's identity: with A = W D^-1/2, (D + W'W)^-1 = D^-1/2 (I - A' (I + A A')^-1 A) D^-1/2.
    private static double[][] wide(double[] diagonal, double[][] spread, double[][] rights) {
        int n = spread.length;
        int p = diagonal.length;
        double[] roots = new double[p];
        for (int j = 0; j < p; j++) {
            roots[j] = Math.sqrt(diagonal[j]);
        }
        DMatrixRMaj a = over(spread, roots);
        DMatrixRMaj y = over(rights, roots);
        DMatrixRMaj inner = new DMatrixRMaj(n, n);
        CommonOps_DDRM.multOuter(a, inner);
        for (int i = 0; i < n; i++) {
            inner.add(i, i, 1);
        }
        DMatrixRMaj right = new DMatrixRMaj(n, rights.length);
        CommonOps_DDRM.multTransB(a, y, right);
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(n);
        if (!solver.setA(inner)) {
            return dense(diagonal, spread, rights);
        }
        DMatrixRMaj weights = new DMatrixRMaj(n, rights.length);
        solver.solve(right, weights);
        DMatrixRMaj taken = new DMatrixRMaj(rights.length, p);
        CommonOps_DDRM.multTransA(weights, a, taken);
        double[][] solved = new double[rights.length][p];
        for (int k = 0; k < rights.length; k++) {
            for (int j = 0; j < p; j++) {
                solved[k][j] = (y.get(k, j) - taken.get(k, j)) / roots[j];
            }
        }
        return solved;
    }

    private static double[][] dense(double[] diagonal, double[][] spread, double[][] rights) {
        int p = diagonal.length;
        DMatrixRMaj whole = new DMatrixRMaj(p, p);
        CommonOps_DDRM.multInner(new DMatrixRMaj(spread), whole);
        double[] roots = new double[p];
        for (int j = 0; j < p; j++) {
            whole.add(j, j, diagonal[j]);
            roots[j] = Math.sqrt(whole.get(j, j));
            if (roots[j] == 0) {
                return eigen(whole, rights);
            }
        }
        // In units of each cell, so that units do not count for what is singular.
        DMatrixRMaj scaled = new DMatrixRMaj(p, p);
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                scaled.set(i, j, whole.get(i, j) / (roots[i] * roots[j]));
            }
        }
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(p);
        if (!solver.setA(scaled) || least(solver) < ROUNDING) {
            return eigen(whole, rights);
        }
        DMatrixRMaj solved = new DMatrixRMaj(p, rights.length);
        solver.solve(CommonOps_DDRM.transpose(over(rights, roots), null), solved);
        double[][] made = new double[rights.length][p];
        for (int k = 0; k < made.length; k++) {
            for (int j = 0; j < p; j++) {
                made[k][j] = solved.get(j, k) / roots[j];
            }
        }
        return made;
    }

    /// The least share of a cell's variance that cells before it do not tell.
    private static double least(LinearSolverDense<DMatrixRMaj> solver) {
        CholeskyDecomposition_F64<DMatrixRMaj> decomposition = solver.getDecomposition();
        DMatrixRMaj triangle = decomposition.getT(null);
        double least = 1;
        for (int i = 0; i < triangle.numRows; i++) {
            least = Math.min(least, triangle.get(i, i) * triangle.get(i, i));
        }
        return least;
    }

    /// Of W'W, with fewer trials than cells: W' (W W')^-2 W.
    private static double[][] shortest(double[][] spread, double[][] rights) {
        DMatrixRMaj w = new DMatrixRMaj(spread);
        DMatrixRMaj outer = new DMatrixRMaj(w.numRows, w.numRows);
        CommonOps_DDRM.multOuter(w, outer);
        DMatrixRMaj projected = new DMatrixRMaj(rights.length, w.numRows);
        CommonOps_DDRM.multTransB(new DMatrixRMaj(rights), w, projected);
        double[][] once = eigen(outer, rows(projected));
        DMatrixRMaj made = new DMatrixRMaj(rights.length, w.numCols);
        CommonOps_DDRM.mult(new DMatrixRMaj(eigen(outer, once)), w, made);
        return rows(made);
    }

    /// The pseudo-inverse of a symmetric matrix without negative eigenvalues, times each right side.
    private static double[][] eigen(DMatrixRMaj matrix, double[][] rights) {
        int n = matrix.numRows;
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
        if (!eigen.decompose(matrix.copy())) {
            throw new IllegalStateException("no eigenvalues of a covariance of " + n + " cells");
        }
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, eigen.getEigenvalue(i).getReal());
        }
        double[][] solved = new double[rights.length][n];
        for (int i = 0; i < n; i++) {
            double value = eigen.getEigenvalue(i).getReal();
            if (value > ROUNDING * largest) {
                double[] vector = eigen.getEigenVector(i).data;
                for (int k = 0; k < rights.length; k++) {
                    double along = Linear.dot(rights[k], vector) / value;
                    for (int j = 0; j < n; j++) {
                        solved[k][j] += along * vector[j];
                    }
                }
            }
        }
        return solved;
    }

    private static DMatrixRMaj over(double[][] rows, double[] roots) {
        DMatrixRMaj made = new DMatrixRMaj(rows.length, roots.length);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < roots.length; j++) {
                made.data[i * roots.length + j] = rows[i][j] / roots[j];
            }
        }
        return made;
    }

    private static double[][] rows(DMatrixRMaj matrix) {
        double[][] rows = new double[matrix.numRows][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(matrix.data, i * matrix.numCols, (i + 1) * matrix.numCols);
        }
        return rows;
    }
}
