package org.neuropil.circuits.graph;

import java.util.Arrays;

/// Who connects to whom: a directed graph without self-connections, each connection once. Immutable; its size is 4 bytes for
/// a connection and 4 for a cell.
public final class DirectedGraph {
    private final int[] starts;
    private final int[] targets;

    /// @param starts where the targets of each vertex begin, and their number at the end
    /// @param targets ascending for each vertex
    private DirectedGraph(int[] starts, int[] targets) {
        this.starts = starts;
        this.targets = targets;
    }

    /// A graph of edges in any order.
    ///
    /// @param vertices their number n; edges name them by 0 to n - 1
    /// @param from where each edge begins
    /// @param to where it ends
    /// @throws IllegalArgumentException if an edge leads to itself, is there twice, or names no vertex
    public static DirectedGraph of(int vertices, int[] from, int[] to) {
        if (from.length != to.length) {
            throw new IllegalArgumentException(from.length + " beginnings and " + to.length + " ends");
        }
        int[] starts = new int[vertices + 1];
        for (int i = 0; i < from.length; i++) {
            if (from[i] < 0 || from[i] >= vertices || to[i] < 0 || to[i] >= vertices) {
                throw new IllegalArgumentException(
                        "edge " + from[i] + " to " + to[i] + " in a graph of " + vertices + " vertices");
            }
            if (from[i] == to[i]) {
                throw new IllegalArgumentException("vertex " + from[i] + " leads to itself");
            }
            starts[from[i] + 1]++;
        }
        for (int v = 0; v < vertices; v++) {
            starts[v + 1] += starts[v];
        }
        int[] next = starts.clone();
        int[] targets = new int[from.length];
        for (int i = 0; i < from.length; i++) {
            targets[next[from[i]]++] = to[i];
        }
        for (int v = 0; v < vertices; v++) {
            Arrays.sort(targets, starts[v], starts[v + 1]);
            for (int i = starts[v] + 1; i < starts[v + 1]; i++) {
                if (targets[i] == targets[i - 1]) {
                    throw new IllegalArgumentException("edge " + v + " to " + targets[i] + " is there twice");
                }
            }
        }
        return new DirectedGraph(starts, targets);
    }

    /// A graph of rows whose targets are in any order. Takes both arrays, and sorts the second.
    static DirectedGraph ofRows(int[] starts, int[] targets) {
        for (int v = 0; v + 1 < starts.length; v++) {
            Arrays.sort(targets, starts[v], starts[v + 1]);
        }
        return new DirectedGraph(starts, targets);
    }

    /// Number of vertices.
    public int vertices() {
        return starts.length - 1;
    }

    /// Number of edges.
    public int edges() {
        return targets.length;
    }

    /// Edges per ordered pair of different vertices; NaN if there is none.
    public double density() {
        long n = vertices();
        return n < 2 ? Double.NaN : edges() / ((double) n * (n - 1));
    }

    /// Where the targets of a vertex begin among all; those of the vertex after it begin where they end.
    int start(int vertex) {
        return starts[vertex];
    }

    /// The end of the edge at a place among all.
    int target(int edge) {
        return targets[edge];
    }

    /// Number of vertices that one leads to.
    public int outDegree(int vertex) {
        return starts[vertex + 1] - starts[vertex];
    }

    /// Numbers of vertices that lead to each.
    public int[] inDegrees() {
        int[] degrees = new int[vertices()];
        for (int target : targets) {
            degrees[target]++;
        }
        return degrees;
    }

    /// Those that a vertex leads to, ascending.
    public int[] targets(int vertex) {
        return Arrays.copyOfRange(targets, starts[vertex], starts[vertex + 1]);
    }

    /// Whether an edge is there.
    public boolean has(int from, int to) {
        return Arrays.binarySearch(targets, starts[from], starts[from + 1], to) >= 0;
    }

    /// Where each edge begins; edges are in the order of their beginnings, then of their ends.
    public int[] sources() {
        int[] sources = new int[edges()];
        for (int v = 0; v < vertices(); v++) {
            Arrays.fill(sources, starts[v], starts[v + 1], v);
        }
        return sources;
    }

    /// Where each edge ends, in the same order.
    public int[] targets() {
        return targets.clone();
    }

    /// The graph of the same edges the other way.
    public DirectedGraph reversed() {
        int[] begins = new int[vertices() + 1];
        for (int target : targets) {
            begins[target + 1]++;
        }
        for (int v = 0; v < vertices(); v++) {
            begins[v + 1] += begins[v];
        }
        int[] next = begins.clone();
        int[] ends = new int[targets.length];
        for (int v = 0; v < vertices(); v++) {
            for (int i = starts[v]; i < starts[v + 1]; i++) {
                ends[next[targets[i]]++] = v;
            }
        }
        return new DirectedGraph(begins, ends);
    }

    /// Whether it has the same edges among as many vertices.
    @Override
    public boolean equals(Object other) {
        return other instanceof DirectedGraph graph && Arrays.equals(starts, graph.starts)
                && Arrays.equals(targets, graph.targets);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(starts) + Arrays.hashCode(targets);
    }

    @Override
    public String toString() {
        return vertices() + " vertices, " + edges() + " edges";
    }
}
