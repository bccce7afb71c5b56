package org.neuropil.physiology.decode;

import java.util.Arrays;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.neuropil.space.InputException;

/// Finds the weights w that make `|w|^2 / 2 + cost * sum over i of max(0, 1 - y_i w x_i)^2` least, for several signs y of the
/// same rows x, to each of which a 1 is appended.
///
/// Coordinate descent on the dual problem, trial by trial in order, comes near (Hsieh et al., *A dual coordinate descent
/// method for large-scale linear SVM*, 2008). Where it is slow, Newton's method ends it: between trials' crossings of the
/// margin the function is a parabola, whose least is one linear system; with the exact search along each step it stops after
/// finitely many (Mangasarian, *A finite Newton method for classification*, 2002). With more cells than a third of the trials
/// w is written as a sum of rows, and only products of rows are used.
final class SquaredHinge {
    private static final int SWEEPS = 60;
    private static final int STEPS = 200;
    private static final int HALVINGS = 80;
    private static final double NEAR = 1e-11;

    private final double[][] rows;
    private final double cost;
    // What u = w x_i is linear in: rows themselves, or their products.
    private final double[][] map;
    private final boolean dual;

    private SquaredHinge(double[][] rows, double cost, double[][] map, boolean dual) {
        this.rows = rows;
        this.cost = cost;
        this.map = map;
        this.dual = dual;
    }

    /// @param rows trials x cells
    static SquaredHinge of(double[][] rows, double cost) {
        int n = rows.length;
        int p = rows[0].length + 1;
        double[][] longer = new double[n][p];
        for (int i = 0; i < n; i++) {
            System.arraycopy(rows[i], 0, longer[i], 0, p - 1);
            longer[i][p - 1] = 1;
        }
        if (3 * p <= n) {
            return new SquaredHinge(longer, cost, longer, false);
        }
        DMatrixRMaj products = new DMatrixRMaj(n, n);
        CommonOps_DDRM.multOuter(new DMatrixRMaj(longer), products);
        double[][] map = new double[n][n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(products.data, i * n, map[i], 0, n);
        }
        return new SquaredHinge(longer, cost, map, true);
    }

    /// @param signs 1 or -1 for each row
    /// @return weights of the cells, then the offset
    double[] solve(double[] signs) {
        double[] state = new double[map[0].length];
        double[] values = new double[signs.length];
        if (!descend(signs, state, values)) {
            newton(signs, state, values);
        }
        if (!dual) {
            return state;
        }
        double[] weights = new double[rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            addTo(weights, state[i], rows[i]);
        }
        return weights;
    }

    /// Coordinate descent from 0.
    ///
    /// @param state receives weights, or of the dual form the weights of rows
    /// @param values receives w x_i
    /// @return whether it is there
    private boolean descend(double[] signs, double[] state, double[] values) {
        int n = signs.length;
        double[] alpha = new double[n];
        double[] squares = new double[n];
        for (int i = 0; i < n; i++) {
            squares[i] = Linear.dot(rows[i], rows[i]) + 1 / (2 * cost);
        }
        double worst = Double.POSITIVE_INFINITY;
        for (int sweep = 0; sweep < SWEEPS && worst > NEAR; sweep++) {
            worst = 0;
            for (int i = 0; i < n; i++) {
                double value = dual ? values[i] : Linear.dot(state, rows[i]);
                double slope = signs[i] * value - 1 + alpha[i] / (2 * cost);
                double next = Math.max(0, alpha[i] - slope / squares[i]);
                double change = next - alpha[i];
                if (change != 0) {
                    worst = Math.max(worst, Math.abs(change) * squares[i]);
                    alpha[i] = next;
                    addTo(dual ? values : state, signs[i] * change, map[i]);
                }
            }
        }
        for (int i = 0; dual && i < n; i++) {
            state[i] = signs[i] * alpha[i];
        }
        apply(state, values);
        return worst <= NEAR;
    }

    private void newton(double[] signs, double[] state, double[] values) {
        int n = signs.length;
        double[] step = new double[state.length];
        double[] change = new double[n];
        for (int round = 0; round < STEPS; round++) {
            int[] active = active(signs, values);
            double[] target = target(signs, active);
            double[] there = new double[n];
            apply(target, there);
            boolean same = true;
            double size = 0;
            for (int i = 0; i < n; i++) {
                change[i] = there[i] - values[i];
                size = Math.max(size, Math.abs(change[i]));
                // On the margin itself it does not matter on which side a trial counts.
                same &= signs[i] * values[i] < 1 == signs[i] * there[i] < 1 || Math.abs(signs[i] * there[i] - 1) < NEAR;
            }
            for (int j = 0; j < step.length; j++) {
                step[j] = target[j] - state[j];
            }
            double length = same ? 1 : search(signs, state, values, step, change);
            addTo(state, length, step);
            apply(state, values);
            if (same || length * size < NEAR) {
                return;
            }
        }
    }

    /// The trials within the margin.
    private static int[] active(double[] signs, double[] values) {
        int[] active = new int[signs.length];
        int count = 0;
        for (int i = 0; i < signs.length; i++) {
            if (signs[i] * values[i] < 1) {
                active[count++] = i;
            }
        }
        return Arrays.copyOf(active, count);
    }

    /// Where the function would be least, were the active trials those of everywhere.
    private double[] target(double[] signs, int[] active) {
        double[] made = new double[map[0].length];
        if (active.length == 0) {
            return made;
        }
        int size = dual ? active.length : made.length;
        DMatrixRMaj matrix = new DMatrixRMaj(size, size);
        DMatrixRMaj right = new DMatrixRMaj(size, 1);
        if (dual) {
            for (int a = 0; a < size; a++) {
                for (int b = 0; b < size; b++) {
                    matrix.data[a * size + b] = map[active[a]][active[b]];
                }
                right.data[a] = signs[active[a]];
            }
        } else {
            DMatrixRMaj some = new DMatrixRMaj(active.length, size);
            for (int a = 0; a < active.length; a++) {
                System.arraycopy(rows[active[a]], 0, some.data, a * size, size);
                addTo(right.data, signs[active[a]], rows[active[a]]);
            }
            CommonOps_DDRM.multInner(some, matrix);
        }
        for (int a = 0; a < size; a++) {
            matrix.add(a, a, 1 / (2 * cost));
        }
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(size);
        if (!solver.setA(matrix)) {
            throw new InputException("responses differ too much in size for support vectors", "responses",
                    "standardise them");
        }
        DMatrixRMaj solved = new DMatrixRMaj(size, 1);
        solver.solve(right, solved);
        for (int a = 0; a < size; a++) {
            made[dual ? active[a] : a] = solved.data[a];
        }
        return made;
    }

    /// How far along a step the function is least.
    private double search(double[] signs, double[] state, double[] values, double[] step, double[] change) {
        // |w + t d|^2 / 2 has the slope a + t b.
        double a = Linear.dot(step, dual ? values : state);
        double b = Linear.dot(step, dual ? change : step);
        double low = 0;
        double high = 1;
        while (slope(signs, values, change, high, a + high * b) < 0) {
            low = high;
            high *= 2;
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (slope(signs, values, change, middle, a + middle * b) < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private double slope(double[] signs, double[] values, double[] change, double at, double ofWeights) {
        double sum = 0;
        for (int i = 0; i < signs.length; i++) {
            double gap = 1 - signs[i] * (values[i] + at * change[i]);
            if (gap > 0) {
                sum += gap * signs[i] * change[i];
            }
        }
        return ofWeights - 2 * cost * sum;
    }

    private void apply(double[] state, double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Linear.dot(map[i], state);
        }
    }

    private static void addTo(double[] sum, double factor, double[] row) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] += factor * row[j];
        }
    }
}
