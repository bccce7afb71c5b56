package org.neuropil.circuits.match;

import java.util.Arrays;

/// Gives each of n rows a column of its own so that the sum of gains is the largest that can be. Exact: rows are added one by
/// one along shortest augmenting paths over all columns (Jonker and Volgenant 1987, Computing 38; Crouse 2016, IEEE
/// Transactions on Aerospace and Electronic Systems 52). Time is n³ at worst and far less for most matrices.
final class DenseAssignment {
    private static final int NONE = -1;

    private DenseAssignment() {}

    /// @param n rows and columns
    /// @param gain row-major, n times n; finite
    /// @return the column of each row; of equal gains those of smaller numbers are preferred
    static int[] of(int n, double[] gain) {
        double[] rowPrice = new double[n];
        double[] columnPrice = new double[n];
        int[] columnOf = new int[n];
        int[] rowOf = new int[n];
        Arrays.fill(columnOf, NONE);
        Arrays.fill(rowOf, NONE);
        begin(n, gain, columnPrice, columnOf, rowOf);
        for (int row = 0; row < n; row++) {
            rowPrice[row] = columnOf[row] < 0
                    ? 0
                    : -gain[row * n + columnOf[row]] - columnPrice[columnOf[row]];
        }
        double[] distance = new double[n];
        int[] from = new int[n];
        int[] open = new int[n];
        boolean[] closedRow = new boolean[n];
        boolean[] closedColumn = new boolean[n];
        for (int free = 0; free < n; free++) {
            if (columnOf[free] >= 0) {
                continue;
            }
            Arrays.fill(distance, Double.POSITIVE_INFINITY);
            Arrays.fill(closedRow, false);
            Arrays.fill(closedColumn, false);
            for (int j = 0; j < n; j++) {
                open[j] = j;
            }
            int left = n;
            int row = free;
            int sink = NONE;
            double shortest = 0;
            while (sink < 0) {
                closedRow[row] = true;
                double least = Double.POSITIVE_INFINITY;
                int place = NONE;
                double base = shortest - rowPrice[row];
                int at = row * n;
                for (int k = 0; k < left; k++) {
                    int j = open[k];
                    double reach = base - gain[at + j] - columnPrice[j];
                    if (reach < distance[j]) {
                        distance[j] = reach;
                        from[j] = row;
                    }
                    // Of columns as near a free one ends the search at once.
                    if (distance[j] < least || distance[j] == least && rowOf[j] < 0 && rowOf[open[place]] >= 0) {
                        least = distance[j];
                        place = k;
                    }
                }
                shortest = least;
                int column = open[place];
                closedColumn[column] = true;
                // Keeps the order of numbers, so that ties are decided by them.
                System.arraycopy(open, place + 1, open, place, left - place - 1);
                left--;
                if (rowOf[column] < 0) {
                    sink = column;
                } else {
                    row = rowOf[column];
                }
            }
            for (int i = 0; i < n; i++) {
                if (closedRow[i]) {
                    rowPrice[i] += i == free ? shortest : shortest - distance[columnOf[i]];
                }
            }
            for (int j = 0; j < n; j++) {
                if (closedColumn[j]) {
                    columnPrice[j] -= shortest - distance[j];
                }
            }
            int column = sink;
            while (true) {
                int i = from[column];
                rowOf[column] = i;
                int next = columnOf[i];
                columnOf[i] = column;
                if (i == free) {
                    break;
                }
                column = next;
            }
        }
        return columnOf;
    }

    /// Gives each column to the row that gains most by it, if that has none yet: a good part is done then.
    private static void begin(int n, double[] gain, double[] columnPrice, int[] columnOf, int[] rowOf) {
        int[] best = new int[n];
        for (int i = 1; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (gain[i * n + j] > gain[best[j] * n + j]) {
                    best[j] = i;
                }
            }
        }
        for (int j = 0; j < n; j++) {
            columnPrice[j] = -gain[best[j] * n + j];
            if (columnOf[best[j]] < 0) {
                columnOf[best[j]] = j;
                rowOf[j] = best[j];
            }
        }
    }
}
