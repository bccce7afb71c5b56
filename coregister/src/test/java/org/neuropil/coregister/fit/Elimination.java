package org.neuropil.coregister.fit;

/// Solves small systems by Gauss's elimination with pivots: the plainest way, to compare with.
final class Elimination {
    private Elimination() {}

    /// @param system n rows of n coefficients and the right side; is overwritten
    static double[] solve(double[][] system) {
        int n = system.length;
        for (int j = 0; j < n; j++) {
            int pivot = j;
            for (int i = j + 1; i < n; i++) {
                if (Math.abs(system[i][j]) > Math.abs(system[pivot][j])) {
                    pivot = i;
                }
            }
            double[] row = system[pivot];
            system[pivot] = system[j];
            system[j] = row;
            for (int i = 0; i < n; i++) {
                double factor = i == j ? 0 : system[i][j] / row[j];
                for (int k = j; factor != 0 && k <= n; k++) {
                    system[i][k] -= factor * row[k];
                }
            }
        }
        double[] solved = new double[n];
        for (int i = 0; i < n; i++) {
            solved[i] = system[i][n] / system[i][i];
        }
        return solved;
    }
}
