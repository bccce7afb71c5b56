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
            for (int i = 0; i < ROWS; i++) {
                int k = tile;
                for (; k + 4 <= end; k += 4) {
                    int at = i * length + k;
                    four(c, i * ROWS, b, k * ROWS, a[at], a[at + 1], a[at + 2], a[at + 3]);
                }
                for (; k < end; k++) {
                    one(c, i * ROWS, b, k * ROWS, a[i * length + k]);
                }
            }
        }
    }

    private static void four(double[] c, int at, double[] b, int row, double w, double x, double y, double z) {
        for (int j = 0; j < ROWS; j++) {
            c[at + j] += w * b[row + j] + x * b[row + ROWS + j] + y * b[row + 2 * ROWS + j] + z * b[row + 3 * ROWS + j];
        }
    }

    private static void one(double[] c, int at, double[] b, int row, double w) {
        for (int j = 0; j < ROWS; j++) {
            c[at + j] += w * b[row + j];
        }
    }
}
