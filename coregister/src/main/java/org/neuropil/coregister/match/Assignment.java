package org.neuropil.coregister.match;

import java.util.Arrays;
import java.util.PriorityQueue;

/// Gives each cell one nucleus or none, no nucleus to two cells, so that the sum of gains is the largest that can be.
/// Exact: cells are added one by one along shortest augmenting paths with potentials (Jonker and Volgenant 1987,
/// Computing 38), over the sparse graph. A cell may always have none, which gains nothing.
final class Assignment {
    private static final int NONE = -1;

    private final int[] start;
    private final int[] column;
    private final double[] cost;
    /// Nuclei, then for each cell the one place of its own that stands for none.
    private final int columns;
    private final double[] price;
    private final int[] cellOf;
    private final int[] columnOf;
    private final double[] distance;
    private final int[] from;
    private final boolean[] settled;
    private final int[] touched;

    private Assignment(int[] start, int[] number, double[] gain, int nuclei) {
        int cells = start.length - 1;
        this.start = start;
        this.column = number;
        this.columns = nuclei + cells;
        cost = new double[gain.length];
        for (int e = 0; e < gain.length; e++) {
            cost[e] = -gain[e];
        }
        price = new double[columns];
        cellOf = new int[columns];
        columnOf = new int[cells];
        distance = new double[columns];
        from = new int[columns];
        settled = new boolean[columns];
        touched = new int[columns];
        Arrays.fill(cellOf, NONE);
        Arrays.fill(columnOf, NONE);
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        // Those of nuclei stay at or below 0, and are 0 while the nucleus is free, so reduced costs are never negative.
    }

    /// Assigns.
    ///
    /// @param start where the edges of each cell begin, and behind the last cell their number
    /// @param number nucleus of each edge, none twice for a cell
    /// @param gain of each edge; finite
    /// @param nuclei how many there are
    /// @return for each cell its edge, or -1 for none
    static int[] of(int[] start, int[] number, double[] gain, int nuclei) {
        Assignment all = new Assignment(start, number, gain, nuclei);
        int cells = start.length - 1;
        for (int cell = 0; cell < cells; cell++) {
            all.add(cell, nuclei);
        }
        int[] edges = new int[cells];
        for (int cell = 0; cell < cells; cell++) {
            edges[cell] = NONE;
            for (int e = start[cell]; e < start[cell + 1]; e++) {
                edges[cell] = number[e] == all.columnOf[cell] ? e : edges[cell];
            }
        }
        return edges;
    }

    private record Reached(double distance, int column) implements Comparable<Reached> {
        @Override
        public int compareTo(Reached other) {
            int order = Double.compare(distance, other.distance);
            return order != 0 ? order : Integer.compare(column, other.column);
        }
    }

    private void add(int begin, int nuclei) {
        PriorityQueue<Reached> queue = new PriorityQueue<>();
        int count = 0;
        int cell = begin;
        double soFar = 0;
        double least = 0; // what the cell pays where it stands, so that reduced costs are told from there
        int end;
        while (true) {
            int none = nuclei + cell;
            count = reach(queue, none, soFar - price[none] - least, cell, count);
            for (int e = start[cell]; e < start[cell + 1]; e++) {
                count = reach(queue, column[e], soFar + cost[e] - price[column[e]] - least, cell, count);
            }
            Reached next = queue.remove();
            while (settled[next.column] || next.distance > distance[next.column]) {
                next = queue.remove();
            }
            settled[next.column] = true;
            soFar = next.distance;
            if (cellOf[next.column] == NONE) {
                end = next.column;
                break;
            }
            cell = cellOf[next.column];
            least = standing(cell, nuclei);
        }
        for (int i = 0; i < count; i++) {
            int reached = touched[i];
            if (settled[reached]) {
                price[reached] += distance[reached] - soFar;
            }
        }
        int at = end;
        while (true) {
            int owner = from[at];
            int before = columnOf[owner];
            cellOf[at] = owner;
            columnOf[owner] = at;
            if (owner == begin) {
                break;
            }
            at = before;
        }
        for (int i = 0; i < count; i++) {
            distance[touched[i]] = Double.POSITIVE_INFINITY;
            settled[touched[i]] = false;
        }
    }

    /// Cost less price of where a cell stands.
    private double standing(int cell, int nuclei) {
        int at = columnOf[cell];
        if (at >= nuclei) {
            return -price[at];
        }
        for (int e = start[cell]; e < start[cell + 1]; e++) {
            if (column[e] == at) {
                return cost[e] - price[at];
            }
        }
        throw new IllegalStateException("cell " + cell + " stands where it cannot");
    }

    private int reach(PriorityQueue<Reached> queue, int to, double at, int cell, int count) {
        if (settled[to] || at >= distance[to]) {
            return count;
        }
        int more = count;
        if (distance[to] == Double.POSITIVE_INFINITY) {
            touched[more++] = to;
        }
        distance[to] = at;
        from[to] = cell;
        queue.add(new Reached(at, to));
        return more;
    }
}
