package org.neuropil.coregister.fit;

import org.neuropil.space.InputException;

/// An orthogonal matrix H, as reflections, that turns the values of polynomial terms at points (n x m) into a triangle R
/// over zeros. In the coordinates that H turns to, the first m belong to polynomials, and the others to nothing that a
/// polynomial can say.
final class Reflections {
    /// Columns of R this much shorter than the longest are taken for dependent.
    private static final double DEPENDENT = 1e-10;

    private final int n;
    private final int m;
    // Reflection j is I - tau[j] v v', v = vectors[j], whose first j numbers are 0.
    private final double[][] vectors;
    private final double[] taus;
    // triangle[j] is column j of R.
    private final double[][] triangle;

    /// @param columns values of each term at all points; are overwritten
    /// @throws InputException if the points do not determine the terms
    Reflections(double[][] columns, int n) {
        this.n = n;
        this.m = columns.length;
        vectors = new double[m][];
        taus = new double[m];
        triangle = new double[m][];
        if (n < m) {
            throw tooFew();
        }
        double longest = 0;
        for (int j = 0; j < m; j++) {
            double[] column = columns[j];
            for (int k = 0; k < j; k++) {
                reflect(column, k);
            }
            double norm = 0;
            for (int i = j; i < n; i++) {
                norm += column[i] * column[i];
            }
            norm = Math.sqrt(norm);
            longest = Math.max(longest, norm);
            if (!(norm > DEPENDENT * longest)) {
                throw tooFew();
            }
            double[] vector = new double[n];
            System.arraycopy(column, j, vector, j, n - j);
            double end = column[j] > 0 ? -norm : norm;
            vector[j] -= end;
            taus[j] = 1 / (norm * (norm + Math.abs(column[j])));
            vectors[j] = vector;
            column[j] = end;
            triangle[j] = column;
        }
    }

    private InputException tooFew() {
        return new InputException(n + " landmarks do not determine a polynomial of " + m + " terms", "",
                "there are too few, or they lie in a plane or line; take a lower order");
    }

    /// Number of terms.
    int terms() {
        return m;
    }

    /// `H y`, in place.
    void apply(double[] y) {
        for (int j = 0; j < m; j++) {
            reflect(y, j);
        }
    }

    /// `H' y`, in place.
    void applyBack(double[] y) {
        for (int j = m - 1; j >= 0; j--) {
            reflect(y, j);
        }
    }

    private void reflect(double[] y, int j) {
        double[] v = vectors[j];
        double sum = 0;
        for (int i = j; i < n; i++) {
            sum += v[i] * y[i];
        }
        sum *= taus[j];
        for (int i = j; i < n; i++) {
            y[i] -= sum * v[i];
        }
    }

    /// `H K H'`, in place.
    ///
    /// @param matrix symmetric, n x n, row by row
    void applyBothSides(double[] matrix) {
        for (int j = 0; j < m; j++) {
            reflectBothSides(matrix, j);
        }
    }

    /// `H' K H`, in place.
    ///
    /// @param matrix symmetric, n x n, row by row
    void applyBackBothSides(double[] matrix) {
        for (int j = m - 1; j >= 0; j--) {
            reflectBothSides(matrix, j);
        }
    }

    private void reflectBothSides(double[] matrix, int j) {
        double[] v = vectors[j];
        double tau = taus[j];
        double[] p = new double[n];
        double dot = 0;
        for (int i = 0; i < n; i++) {
            double sum = 0;
            int row = i * n;
            for (int k = j; k < n; k++) {
                sum += matrix[row + k] * v[k];
            }
            p[i] = tau * sum;
            dot += p[i] * v[i];
        }
        double half = tau / 2 * dot;
        for (int i = 0; i < n; i++) {
            p[i] -= half * v[i];
        }
        for (int i = 0; i < n; i++) {
            int row = i * n;
            double vi = v[i];
            double pi = p[i];
            for (int k = 0; k < n; k++) {
                matrix[row + k] -= vi * p[k] + pi * v[k];
            }
        }
    }

    /// Solves `R b = right`.
    ///
    /// @param right its first m numbers count
    double[] coefficients(double[] right) {
        double[] b = new double[m];
        for (int j = m - 1; j >= 0; j--) {
            double rest = right[j];
            for (int k = j + 1; k < m; k++) {
                rest -= triangle[k][j] * b[k];
            }
            b[j] = rest / triangle[j][j];
        }
        return b;
    }
}
