package org.neuropil.physiology.stat;

/// Products of many rows with many others, in blocks that stay in a processor's cache.
public final class Blocks {
    /// Rows of a block.
    public static final int ROWS = 64;
    private static final int TILE = 256;

    private Blocks() {}

    /// Adds to `c` the sums over k of `a[i, k] b[k, j]`.
    ///
    /// @param a one block: row by row, `length` values each
    /// @param b the other block turned: [#ROWS] values for each k
    /// @param length of a row
    /// @param from first k
    /// @param to one behind the last
    /// @param c row by row of `a`, [#ROWS] sums each
    public static void addProducts(double[] a, double[] b, int length, int from, int to, double[] c) {
        for (int tile = from; tile < to; tile += TILE) {
            int end = Math.min(to, tile + TILE);
            for (int i = 0; i < ROWS; i += 4) {
                for (int j = 0; j < ROWS; j += 4) {
                    addSquare(a, i * length, b, j, length, tile, end, c, i * ROWS + j);
                }
            }
        }
    }

    /// Four rows by four columns: sixteen sums that stay in registers, so that a value that is loaded is used four times.
    /// Products are not rounded before they are added, which is the same on every machine.
    private static void addSquare(double[] a, int rows, double[] b, int columns, int length, int from, int to,
            double[] c,
            int at) {
        int second = rows + length;
        int third = second + length;
        int fourth = third + length;
        double c00 = 0;
        double c01 = 0;
        double c02 = 0;
        double c03 = 0;
        double c10 = 0;
        double c11 = 0;
        double c12 = 0;
        double c13 = 0;
        double c20 = 0;
        double c21 = 0;
        double c22 = 0;
        double c23 = 0;
        double c30 = 0;
        double c31 = 0;
        double c32 = 0;
        double c33 = 0;
        for (int k = from; k < to; k++) {
            double a0 = a[rows + k];
            double a1 = a[second + k];
            double a2 = a[third + k];
            double a3 = a[fourth + k];
            int row = k * ROWS + columns;
            double b0 = b[row];
            double b1 = b[row + 1];
            double b2 = b[row + 2];
            double b3 = b[row + 3];
            c00 = Math.fma(a0, b0, c00);
            c01 = Math.fma(a0, b1, c01);
            c02 = Math.fma(a0, b2, c02);
            c03 = Math.fma(a0, b3, c03);
            c10 = Math.fma(a1, b0, c10);
            c11 = Math.fma(a1, b1, c11);
            c12 = Math.fma(a1, b2, c12);
            c13 = Math.fma(a1, b3, c13);
            c20 = Math.fma(a2, b0, c20);
            c21 = Math.fma(a2, b1, c21);
            c22 = Math.fma(a2, b2, c22);
            c23 = Math.fma(a2, b3, c23);
            c30 = Math.fma(a3, b0, c30);
            c31 = Math.fma(a3, b1, c31);
            c32 = Math.fma(a3, b2, c32);
            c33 = Math.fma(a3, b3, c33);
        }
        add(c, at, c00, c01, c02, c03);
        add(c, at + ROWS, c10, c11, c12, c13);
        add(c, at + 2 * ROWS, c20, c21, c22, c23);
        add(c, at + 3 * ROWS, c30, c31, c32, c33);
    }

    private static void add(double[] c, int at, double w, double x, double y, double z) {
        c[at] += w;
        c[at + 1] += x;
        c[at + 2] += y;
        c[at + 3] += z;
    }
}
