package org.neuropil.physiology.movie;

/// How much of the light of its surroundings a cell's trace holds: F_C = F_M − r · F_N (AllenSDK's `r_neuropil`).
///
/// @param r contamination, 0 to 2; NaN if it cannot be told
/// @param error the mean cross-validated error at r, relative to the mean fluorescence
public record Neuropil(double r, double error) {
    /// How much smoothness weighs.
    public static final double SMOOTHNESS = 0.05;
    private static final int FOLDS = 4;
    private static final int MOST = 2;
    private static final int REFINEMENTS = 3;

    /// Finds r on a grid of 0.1 from 0 to 2, then three times on a grid ten times finer around the best, so that r is a
    /// multiple of 0.0001; of equal errors the smallest r.
    ///
    /// The frames are cut into four runs of equal length (what is left over at the end is not used). In each, the smooth trace
    /// F_C that minimises ‖F_C − (F_M − r F_N)‖² + λ ‖ΔF_C‖², with Δ the difference of neighbouring frames and λ = 0.05,
    /// is held against F_M − r F_N: error = RMS(F_C − (F_M − r F_N)) / |mean F_M|. r minimises the mean of the four.
    ///
    /// @param measured F_M
    /// @param around F_N, of the same length; a frame that is missing in either is left out, and its neighbours follow each
    ///        other
    /// @throws IllegalArgumentException if the lengths differ
    public static Neuropil fit(double[] measured, double[] around) {
        if (measured.length != around.length) {
            throw new IllegalArgumentException(measured.length + " and " + around.length + " frames");
        }
        int count = 0;
        double[] cell = new double[measured.length];
        double[] other = new double[measured.length];
        for (int i = 0; i < measured.length; i++) {
            if (!Double.isNaN(measured[i]) && !Double.isNaN(around[i])) {
                cell[count] = measured[i];
                other[count++] = around[i];
            }
        }
        int length = count / FOLDS;
        if (length < 2) {
            return new Neuropil(Double.NaN, Double.NaN);
        }
        Fold[] folds = new Fold[FOLDS];
        for (int i = 0; i < FOLDS; i++) {
            folds[i] = Fold.of(cell, other, i * length, length);
        }
        long scale = 10;
        long best = least(folds, 0, MOST * scale, scale);
        for (int i = 0; i < REFINEMENTS; i++) {
            scale *= 10;
            best = least(folds, Math.max(0, 10 * best - 10), Math.min(MOST * scale, 10 * best + 10), scale);
        }
        double r = (double) best / scale;
        double error = error(folds, r);
        return Double.isFinite(error) ? new Neuropil(r, error) : new Neuropil(Double.NaN, Double.NaN);
    }

    /// F_M − r · F_N.
    ///
    /// @throws IllegalArgumentException if the lengths differ
    public static double[] corrected(double[] measured, double[] around, double r) {
        if (measured.length != around.length) {
            throw new IllegalArgumentException(measured.length + " and " + around.length + " frames");
        }
        double[] corrected = new double[measured.length];
        for (int i = 0; i < corrected.length; i++) {
            corrected[i] = measured[i] - r * around[i];
        }
        return corrected;
    }

    private static long least(Fold[] folds, long from, long to, long scale) {
        long best = from;
        double least = Double.POSITIVE_INFINITY;
        for (long k = from; k <= to; k++) {
            double error = error(folds, (double) k / scale);
            if (error < least) {
                least = error;
                best = k;
            }
        }
        return best;
    }

    private static double error(Fold[] folds, double r) {
        double sum = 0;
        for (Fold fold : folds) {
            sum += fold.error(r);
        }
        return sum / folds.length;
    }

    /// What smoothing takes from F_M − r F_N is linear in r, so the mean square is a parabola.
    private record Fold(double constant, double linear, double square, double mean) {
        static Fold of(double[] cell, double[] around, int from, int length) {
            double[] u = roughness(cell, from, length);
            double[] v = roughness(around, from, length);
            double uu = 0;
            double uv = 0;
            double vv = 0;
            double sum = 0;
            for (int i = 0; i < length; i++) {
                uu += u[i] * u[i];
                uv += u[i] * v[i];
                vv += v[i] * v[i];
                sum += cell[from + i];
            }
            return new Fold(uu / length, uv / length, vv / length, sum / length);
        }

        double error(double r) {
            return Math.sqrt(Math.max(0, constant - 2 * r * linear + r * r * square)) / Math.abs(mean);
        }
    }

    /// x − (1 + λ ΔᵀΔ)⁻¹ x, a tridiagonal system (Thomas's algorithm).
    private static double[] roughness(double[] values, int from, int length) {
        double[] above = new double[length];
        double[] smooth = new double[length];
        for (int i = 0; i < length; i++) {
            double diagonal = 1 + SMOOTHNESS * (i == 0 || i == length - 1 ? 1 : 2);
            double before = i == 0 ? 0 : above[i - 1];
            double pivot = diagonal + SMOOTHNESS * before;
            above[i] = -SMOOTHNESS / pivot;
            smooth[i] = (values[from + i] + (i == 0 ? 0 : SMOOTHNESS * smooth[i - 1])) / pivot;
        }
        for (int i = length - 2; i >= 0; i--) {
            smooth[i] -= above[i] * smooth[i + 1];
        }
        for (int i = 0; i < length; i++) {
            smooth[i] = values[from + i] - smooth[i];
        }
        return smooth;
    }
}
