package org.neuropil.physiology.stat;

import java.util.Arrays;

/// A curve of two bumps half a turn apart: `f(x) = s1 exp(k1 cos(x - x0)) + s2 exp(k2 cos(x - x0 - 180)) + b`, fitted to mean
/// responses by least squares with no parameter below 0.
///
/// The curve is the same if both bumps are turned and exchanged, and the error has many local minima. So it is fitted from
/// several starts, always the same: the published one `(0.1, 1, 180, 0.01, 1, 0.001)`, and bumps of three widths at 0, 30 ...
/// 150 degrees from the largest mean. The best five of them after a few steps go on to the end (Levenberg and Marquardt's
/// steps; a parameter at 0 that would fall stays there), and that with the smallest error is taken, the first of equal ones.
/// Of tunings that are mostly noise there may still be a better one.
///
/// @param parameters heights of the bumps above the floor `h1 = s1 exp(k1)` and `h2`, their concentrations k1 and k2, x0 in
///            radians, and b
/// @param explained 1 - error / spread; NaN if there is no fit
@SuppressWarnings("ArrayRecordComponent")
public record VonMisesFit(double[] parameters, double explained) {
    /// Of too few directions, or of equal means: NaN everywhere.
    public static final VonMisesFit NONE = new VonMisesFit(nothing(), Double.NaN);

    private static final int LEAST = 6;
    private static final int SCOUT = 20;
    private static final int FINALISTS = 5;
    private static final int STEPS = 400;
    private static final double[] WIDTHS = {0.5, 2, 8};
    private static final double[] TURNS = {0, Math.PI / 6, Math.PI / 3, Math.PI / 2, 2 * Math.PI / 3, 5 * Math.PI / 6};
    /// The error falls by less than this share of the spread in the last steps.
    private static final double STILL = 1e-15;
    private static final double LARGEST = 1e4;

    private static double[] nothing() {
        double[] none = new double[6];
        Arrays.fill(none, Double.NaN);
        return none;
    }

    /// Fits.
    ///
    /// @param directions degrees
    /// @param means of the responses to them; NaN is left out
    public static VonMisesFit of(double[] directions, double[] means) {
        double[] x = new double[means.length];
        double[] y = new double[means.length];
        int n = 0;
        for (int i = 0; i < means.length; i++) {
            if (!Double.isNaN(means[i])) {
                x[n] = Math.toRadians(directions[i]);
                y[n++] = means[i];
            }
        }
        x = Arrays.copyOf(x, n);
        y = Arrays.copyOf(y, n);
        if (n < LEAST || Values.isConstant(y)) {
            return NONE;
        }
        double spread = Values.squares(y);
        double[][] tries = starts(x, y);
        double[] errors = new double[tries.length];
        Descent descent = new Descent(x, y, spread);
        for (int i = 0; i < tries.length; i++) {
            errors[i] = descent.run(tries[i], SCOUT);
        }
        double best = Double.POSITIVE_INFINITY;
        double[] found = tries[0];
        for (int finalist = 0; finalist < FINALISTS; finalist++) {
            int next = 0;
            for (int i = 1; i < tries.length; i++) {
                next = errors[i] < errors[next] ? i : next;
            }
            errors[next] = Double.POSITIVE_INFINITY;
            double error = descent.run(tries[next], STEPS);
            if (error < best * (1 - 1e-12)) {
                best = error;
                found = tries[next];
            }
        }
        return new VonMisesFit(found, 1 - best / spread);
    }

    private static double[][] starts(double[] x, double[] y) {
        int best = Values.argmax(y);
        double floor = Math.max(0, Arrays.stream(y).min().orElse(0));
        double rise = Math.max(y[best] - floor, 0);
        double[][] starts = new double[1 + WIDTHS.length * TURNS.length][];
        starts[0] = new double[]{0.1 * Math.E, 0.01 * Math.E, 1, 1, Math.PI, 0.001};
        int next = 1;
        for (double width : WIDTHS) {
            for (double turn : TURNS) {
                starts[next++] = new double[]{rise, rise / 2, width, width, x[best] + turn, floor};
            }
        }
        return starts;
    }

    /// The curve at a direction in degrees.
    public double at(double degrees) {
        double cos = StrictMath.cos(Math.toRadians(degrees) - parameters[4]);
        return parameters[0] * StrictMath.exp(parameters[2] * (cos - 1))
                + parameters[1] * StrictMath.exp(parameters[3] * (-cos - 1)) + parameters[5];
    }

    /// The direction at which it is largest: degrees from 0 (inclusive) to 360 (exclusive).
    public double peak() {
        double first = Math.toDegrees(parameters[4]);
        double peak = at(first) >= at(first + 180) ? first : first + 180;
        double turned = (peak % 360 + 360) % 360;
        return Double.isNaN(explained) ? Double.NaN : turned < 360 ? turned : 0;
    }

    /// Steps downhill, from one start after the other.
    private static final class Descent {
        private static final int N = 6;

        private final double[] y;
        private final double spread;
        // Of each direction: cosine and sine; then, where the curve was looked at last, both bumps at height 1, the cosine and
        // sine of its distance from x0, and what is left of the response.
        private final double[] cosX;
        private final double[] sinX;
        private final double[] one;
        private final double[] other;
        private final double[] cos;
        private final double[] sin;
        private final double[] residuals;
        private final double[][] slopes;
        private final double[][] equations = new double[N][N + 1];
        private final double[] tried = new double[N];

        Descent(double[] x, double[] y, double spread) {
            this.y = y;
            this.spread = spread;
            int n = x.length;
            this.cosX = Arrays.stream(x).map(StrictMath::cos).toArray();
            this.sinX = Arrays.stream(x).map(StrictMath::sin).toArray();
            this.one = new double[n];
            this.other = new double[n];
            this.cos = new double[n];
            this.sin = new double[n];
            this.residuals = new double[n];
            this.slopes = new double[n][N];
        }

        /// Changes the parameters in place.
        ///
        /// @return the summed squared error
        double run(double[] p, int steps) {
            double error = at(p);
            slopes(p);
            double damping = 1e-3;
            int still = 0;
            for (int step = 0; step < steps && still < 4 && damping < 1e15; step++) {
                if (!step(p, damping)) {
                    damping *= 10;
                    continue;
                }
                double next = at(tried);
                if (next < error) {
                    still = error - next < STILL * spread ? still + 1 : 0;
                    System.arraycopy(tried, 0, p, 0, N);
                    error = next;
                    slopes(p);
                    damping = Math.max(damping / 5, 1e-12);
                } else {
                    damping *= 4;
                }
            }
            return error;
        }

        /// The summed squared error.
        private double at(double[] p) {
            double cos0 = StrictMath.cos(p[4]);
            double sin0 = StrictMath.sin(p[4]);
            double error = 0;
            for (int i = 0; i < y.length; i++) {
                cos[i] = cosX[i] * cos0 + sinX[i] * sin0;
                sin[i] = sinX[i] * cos0 - cosX[i] * sin0;
                one[i] = StrictMath.exp(p[2] * (cos[i] - 1));
                other[i] = StrictMath.exp(p[3] * (-cos[i] - 1));
                double residual = y[i] - (p[0] * one[i] + p[1] * other[i] + p[5]);
                error += residual * residual;
            }
            return error;
        }

        /// Residuals and slopes where the curve was looked at last.
        private void slopes(double[] p) {
            for (int i = 0; i < y.length; i++) {
                residuals[i] = y[i] - (p[0] * one[i] + p[1] * other[i] + p[5]);
                double[] slope = slopes[i];
                slope[0] = one[i];
                slope[1] = other[i];
                slope[2] = p[0] * one[i] * (cos[i] - 1);
                slope[3] = p[1] * other[i] * (-cos[i] - 1);
                slope[4] = p[0] * p[2] * one[i] * sin[i] - p[1] * p[3] * other[i] * sin[i];
                slope[5] = 1;
            }
        }

        /// Puts the next parameters into `tried`.
        ///
        /// @return false if the damped equations cannot be solved
        private boolean step(double[] p, double damping) {
            double[][] a = equations;
            for (double[] row : a) {
                Arrays.fill(row, 0);
            }
            for (int i = 0; i < y.length; i++) {
                double[] slope = slopes[i];
                double residual = residuals[i];
                for (int r = 0; r < N; r++) {
                    double[] row = a[r];
                    double own = slope[r];
                    for (int c = r; c < N; c++) {
                        row[c] += own * slope[c];
                    }
                    row[N] += own * residual;
                }
            }
            for (int r = 0; r < N; r++) {
                for (int c = 0; c < r; c++) {
                    a[r][c] = a[c][r];
                }
            }
            for (int r = 0; r < N; r++) {
                boolean held = r != 4 && p[r] <= 0 && a[r][N] <= 0;
                if (held) {
                    for (int c = 0; c < N; c++) {
                        a[r][c] = 0;
                        a[c][r] = 0;
                    }
                    a[r][N] = 0;
                    a[r][r] = 1;
                } else {
                    a[r][r] += damping * (a[r][r] + 1e-12 * spread);
                }
            }
            if (!solve(a)) {
                return false;
            }
            for (int r = 0; r < N; r++) {
                double moved = p[r] + a[r][N];
                if (!Double.isFinite(moved)) {
                    return false;
                }
                tried[r] = r == 4 ? moved : Math.clamp(moved, 0, r == 2 || r == 3 ? LARGEST : Double.MAX_VALUE);
            }
            return true;
        }

        /// Gauss, with the largest pivot of a column; the solution is the last column.
        private static boolean solve(double[][] a) {
            for (int c = 0; c < N; c++) {
                int pivot = c;
                for (int r = c + 1; r < N; r++) {
                    pivot = Math.abs(a[r][c]) > Math.abs(a[pivot][c]) ? r : pivot;
                }
                double[] row = a[pivot];
                a[pivot] = a[c];
                a[c] = row;
                if (!(Math.abs(row[c]) > 1e-300)) {
                    return false;
                }
                for (int r = 0; r < N; r++) {
                    if (r != c) {
                        double share = a[r][c] / row[c];
                        for (int k = c; k <= N; k++) {
                            a[r][k] -= share * row[k];
                        }
                    }
                }
            }
            for (int r = 0; r < N; r++) {
                a[r][N] /= a[r][r];
            }
            return true;
        }
    }
}
