package org.neuropil.circuits.model;

import java.util.Arrays;

/// Rows of a regression, sorted by the group that they belong to.
public final class Grouped {
    private final int columns;
    /// Row-major: rows times columns.
    private final double[] x;
    private final double[] y;
    private final double[] offset;
    /// Where the rows of each group begin, and behind the last one their number.
    private final int[] starts;

    private Grouped(int columns, double[] x, double[] y, double[] offset, int[] starts) {
        this.columns = columns;
        this.x = x;
        this.y = y;
        this.offset = offset;
        this.starts = starts;
    }

    /// Takes rows in any order; within a group they keep theirs.
    ///
    /// @param x explaining values, an array for each row, all as long; with a column of ones for an intercept
    /// @param y what is explained, 0 or more
    /// @param offset what is added to the linear predictor of each row
    /// @param group number of each row's group, from 0; groups without rows are left out
    /// @throws IllegalArgumentException if lengths differ, a value is not finite, or y is negative
    public static Grouped of(double[][] x, double[] y, double[] offset, int[] group) {
        int rows = y.length;
        if (x.length != rows || offset.length != rows || group.length != rows || rows == 0) {
            throw new IllegalArgumentException(
                    x.length + " rows of x, " + rows + " of y, " + offset.length + " offsets, " + group.length
                            + " groups");
        }
        int columns = x[0].length;
        Integer[] order = new Integer[rows];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Integer.compare(group[a], group[b]));
        double[] xs = new double[Math.multiplyExact(rows, columns)];
        double[] ys = new double[rows];
        double[] offsets = new double[rows];
        int[] starts = new int[rows + 1];
        int groups = 0;
        for (int i = 0; i < rows; i++) {
            int row = order[i];
            if (x[row].length != columns) {
                throw new IllegalArgumentException("row " + row + " has " + x[row].length + " values of " + columns);
            }
            for (int k = 0; k < columns; k++) {
                xs[i * columns + k] = finite(x[row][k], row);
            }
            ys[i] = finite(y[row], row);
            offsets[i] = finite(offset[row], row);
            if (y[row] < 0) {
                throw new IllegalArgumentException("row " + row + ": y is " + y[row]);
            }
            if (i == 0 || group[row] != group[order[i - 1]]) {
                starts[groups++] = i;
            }
        }
        starts[groups] = rows;
        return new Grouped(columns, xs, ys, offsets, Arrays.copyOf(starts, groups + 1));
    }

    private static double finite(double value, int row) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("row " + row + " has " + value);
        }
        return value;
    }

    /// Number of rows.
    public int rows() {
        return y.length;
    }

    /// Number of explaining values.
    public int columns() {
        return columns;
    }

    /// Number of groups that have rows.
    public int groups() {
        return starts.length - 1;
    }

    int start(int group) {
        return starts[group];
    }

    double x(int row, int column) {
        return x[row * columns + column];
    }

    double y(int row) {
        return y[row];
    }

    double offset(int row) {
        return offset[row];
    }

    /// The linear predictor of a row without its group's intercept.
    double predictor(int row, double[] beta) {
        double sum = offset[row];
        for (int k = 0; k < columns; k++) {
            sum += x[row * columns + k] * beta[k];
        }
        return sum;
    }

    double[] y() {
        return y;
    }
}
