package org.neuropil.circuits.match;

import java.util.Arrays;

/// Wiring from the cells of one set to those of another, or of the same one: a sparse matrix of weights (synapses, areas) in
/// compressed rows, each edge once. An edge may lead from a cell to itself. Immutable; 12 bytes for an edge and 4 for a row.
public final class WeightedEdges {
    private final int columns;
    private final int[] starts;
    private final int[] targets;
    private final double[] weights;

    private WeightedEdges(int columns, int[] starts, int[] targets, double[] weights) {
        this.columns = columns;
        this.starts = starts;
        this.targets = targets;
        this.weights = weights;
    }

    /// Edges in any order.
    ///
    /// @param rows number of cells that edges lead from; they are 0 to rows - 1
    /// @param columns number of cells that they lead to
    /// @param weight finite and above 0
    /// @throws IllegalArgumentException if an edge names no cell, is there twice, or has another weight
    public static WeightedEdges of(int rows, int columns, int[] from, int[] to, double[] weight) {
        if (from.length != to.length || from.length != weight.length) {
            throw new IllegalArgumentException(
                    from.length + " beginnings, " + to.length + " ends and " + weight.length + " weights");
        }
        int[] starts = new int[rows + 1];
        for (int e = 0; e < from.length; e++) {
            if (from[e] < 0 || from[e] >= rows || to[e] < 0 || to[e] >= columns) {
                throw new IllegalArgumentException(
                        "edge " + from[e] + " to " + to[e] + " between " + rows + " and " + columns + " cells");
            }
            if (!(weight[e] > 0) || Double.isInfinite(weight[e])) {
                throw new IllegalArgumentException("edge " + from[e] + " to " + to[e] + " has weight " + weight[e]);
            }
            starts[from[e] + 1]++;
        }
        for (int row = 0; row < rows; row++) {
            starts[row + 1] += starts[row];
        }
        // By column first, then by row: a stable sort in two passes of counting.
        int[] byColumn = order(columns, to);
        int[] next = starts.clone();
        int[] targets = new int[from.length];
        double[] weights = new double[from.length];
        for (int e : byColumn) {
            int place = next[from[e]]++;
            targets[place] = to[e];
            weights[place] = weight[e];
            if (place > starts[from[e]] && targets[place - 1] == to[e]) {
                throw new IllegalArgumentException("edge " + from[e] + " to " + to[e] + " is there twice");
            }
        }
        return new WeightedEdges(columns, starts, targets, weights);
    }

    private static int[] order(int columns, int[] to) {
        int[] next = new int[columns + 1];
        for (int column : to) {
            next[column + 1]++;
        }
        for (int column = 0; column < columns; column++) {
            next[column + 1] += next[column];
        }
        int[] order = new int[to.length];
        for (int e = 0; e < to.length; e++) {
            order[next[to[e]]++] = e;
        }
        return order;
    }

    /// No edges between so many cells.
    public static WeightedEdges none(int rows, int columns) {
        return new WeightedEdges(columns, new int[rows + 1], new int[0], new double[0]);
    }

    /// Number of cells that edges lead from.
    public int rows() {
        return starts.length - 1;
    }

    /// Number of cells that edges lead to.
    public int columns() {
        return columns;
    }

    /// Number of edges.
    public int edges() {
        return targets.length;
    }

    /// Where the edges of a row begin among all; those of the row after it begin where they end.
    public int start(int row) {
        return starts[row];
    }

    /// The end of the edge at a place among all; ascending within a row.
    public int target(int edge) {
        return targets[edge];
    }

    /// The weight of the edge at a place among all.
    public double weight(int edge) {
        return weights[edge];
    }

    /// The place of an edge among all, or a number below 0 if it is not there.
    public int find(int from, int to) {
        return Arrays.binarySearch(targets, starts[from], starts[from + 1], to);
    }

    /// All weights, sorted.
    double[] sortedWeights() {
        double[] sorted = weights.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    /// The edges the other way.
    public WeightedEdges transposed() {
        int[] from = new int[edges()];
        for (int row = 0; row < rows(); row++) {
            Arrays.fill(from, starts[row], starts[row + 1], row);
        }
        return of(columns, rows(), targets, from, weights);
    }

    /// The same edges among cells of other numbers.
    ///
    /// @param row new number of each row, each once
    /// @param column new number of each column, each once
    public WeightedEdges relabelled(int[] row, int[] column) {
        int[] from = new int[edges()];
        int[] to = new int[edges()];
        for (int i = 0; i < rows(); i++) {
            for (int e = starts[i]; e < starts[i + 1]; e++) {
                from[e] = row[i];
                to[e] = column[targets[e]];
            }
        }
        return of(rows(), columns, from, to, weights);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WeightedEdges edges && columns == edges.columns && Arrays.equals(starts, edges.starts)
                && Arrays.equals(targets, edges.targets) && Arrays.equals(weights, edges.weights);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(starts) + Arrays.hashCode(targets)) + Arrays.hashCode(weights);
    }

    @Override
    public String toString() {
        return rows() + " by " + columns + " cells, " + edges() + " edges";
    }
}
