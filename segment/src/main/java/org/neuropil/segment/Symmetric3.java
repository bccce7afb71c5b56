package org.neuropil.segment;

/// Eigenvalues and the first eigenvector of symmetric 3x3 matrices in closed form (Smith 1961). Uses StrictMath: the
/// same bits on every machine.
final class Symmetric3 {
    private Symmetric3() {}

    /// @param result gets the largest eigenvalue and the x, y, z of its unit eigenvector, up to its sign; (1, 0, 0)
    ///        where all directions are equal
    static void largest(double xx, double yy, double zz, double xy, double xz, double yz, double[] result) {
        double mean = (xx + yy + zz) / 3;
        double a = xx - mean;
        double b = yy - mean;
        double c = zz - mean;
        double p = Math.sqrt((a * a + b * b + c * c + 2 * (xy * xy + xz * xz + yz * yz)) / 6);
        result[0] = mean;
        result[1] = 1;
        result[2] = 0;
        result[3] = 0;
        if (p < 1e-12) {
            return;
        }
        double half = (a * (b * c - yz * yz) - xy * (xy * c - yz * xz) + xz * (xy * yz - b * xz)) / (2 * p * p * p);
        double angle = StrictMath.acos(Math.min(1, Math.max(-1, half))) / 3;
        double largest = mean + 2 * p * StrictMath.cos(angle);
        result[0] = largest;
        // The eigenvector is normal to all rows of the matrix less the eigenvalue: the longest product of two of them.
        double r0 = xx - largest;
        double r1 = yy - largest;
        double r2 = zz - largest;
        double best = 0;
        double x = xy * yz - xz * r1;
        double y = xz * xy - r0 * yz;
        double z = r0 * r1 - xy * xy;
        double length = x * x + y * y + z * z;
        if (length > best) {
            best = keep(x, y, z, length, result);
        }
        x = xy * r2 - xz * yz;
        y = xz * xz - r0 * r2;
        z = r0 * yz - xy * xz;
        length = x * x + y * y + z * z;
        if (length > best) {
            best = keep(x, y, z, length, result);
        }
        x = r1 * r2 - yz * yz;
        y = yz * xz - xy * r2;
        z = xy * yz - r1 * xz;
        length = x * x + y * y + z * z;
        if (length > best) {
            keep(x, y, z, length, result);
        }
    }

    private static double keep(double x, double y, double z, double length, double[] result) {
        double scale = 1 / Math.sqrt(length);
        result[1] = x * scale;
        result[2] = y * scale;
        result[3] = z * scale;
        return length;
    }
}
