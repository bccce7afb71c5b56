package org.neuropil.circuits.graph;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Graphs in which every vertex has as many edges in and out as it had: the configuration model without self-connections and
/// double edges. A chain of switches of the ends of two edges (Maslov and Sneppen 2002), and of reversals of cycles of three,
/// without which some graphs would not be reached (Erdős, Miklós and Toroczkai 2009); every graph of the same degrees is
/// equally likely in the end. If strata are given, a switch must leave the number of edges in each as it was.
public final class DegreeNull implements NullModel {
    /// Steps for each edge that make a graph forget the one it began with; Milo et al. 2003 found less to be enough.
    public static final int STEPS = 10;
    /// Of so many steps one tries a cycle.
    private static final int CYCLES = 16;

    private final DirectedGraph graph;
    private final Strata strata;
    private final long steps;
    private final String keeps;

    /// @param strata that are kept too; [Strata#ALL] for degrees alone
    /// @param steps for each edge
    /// @param keeps what is kept, in words
    public DegreeNull(DirectedGraph graph, Strata strata, int steps, String keeps) {
        this.graph = graph;
        this.strata = strata;
        this.steps = (long) steps * graph.edges();
        this.keeps = keeps;
    }

    @Override
    public String keeps() {
        return keeps;
    }

    @Override
    public DirectedGraph draw(SplittableRandom random) {
        int[] from = graph.sources();
        int[] to = graph.targets();
        EdgeSet set = EdgeSet.of(graph);
        boolean stratified = strata.count() > 1;
        for (long step = 0; step < steps; step++) {
            if (below(random, CYCLES) == 0) {
                reverse(random, from, to, set, stratified);
            } else {
                exchange(random, from, to, set, stratified);
            }
        }
        int[] starts = new int[graph.vertices() + 1];
        for (int v = 0; v < starts.length; v++) {
            starts[v] = graph.start(v);
        }
        return DirectedGraph.ofRows(starts, to);
    }

    private static int below(SplittableRandom random, int bound) {
        return (int) Math.unsignedMultiplyHigh(random.nextLong(), bound);
    }

    /// a to b and c to d become a to d and c to b.
    private void exchange(SplittableRandom random, int[] from, int[] to, EdgeSet set, boolean stratified) {
        int i = below(random, to.length);
        int j = below(random, to.length);
        int a = from[i];
        int b = to[i];
        int c = from[j];
        int d = to[j];
        if (a == d || c == b || set.has(a, d) || set.has(c, b)) {
            return;
        }
        if (stratified && !same(strata.of(a, b), strata.of(c, d), strata.of(a, d), strata.of(c, b))) {
            return;
        }
        set.remove(a, b);
        set.remove(c, d);
        set.add(a, d);
        set.add(c, b);
        to[i] = d;
        to[j] = b;
    }

    private static boolean same(int a, int b, int c, int d) {
        return a == c && b == d || a == d && b == c;
    }

    /// a to b to c to a becomes a to c to b to a. A cycle is found as often as its reverse, as degrees stay.
    private void reverse(SplittableRandom random, int[] from, int[] to, EdgeSet set, boolean stratified) {
        int i = below(random, to.length);
        int a = from[i];
        int b = to[i];
        if (graph.outDegree(b) == 0) {
            return;
        }
        // A row's edges stay in their places of the array, since only ends are exchanged.
        int j = graph.start(b) + below(random, graph.outDegree(b));
        int c = to[j];
        if (c == a || !set.has(c, a) || set.has(a, c) || set.has(c, b) || set.has(b, a)) {
            return;
        }
        if (stratified && !keptByReversal(a, b, c)) {
            return;
        }
        int k = graph.start(c);
        while (to[k] != a) {
            k++;
        }
        set.remove(a, b);
        set.remove(b, c);
        set.remove(c, a);
        set.add(a, c);
        set.add(c, b);
        set.add(b, a);
        to[i] = c;
        to[j] = a;
        to[k] = b;
    }

    private boolean keptByReversal(int a, int b, int c) {
        int[] now = {strata.of(a, b), strata.of(b, c), strata.of(c, a)};
        int[] then = {strata.of(b, a), strata.of(c, b), strata.of(a, c)};
        Arrays.sort(now);
        Arrays.sort(then);
        return Arrays.equals(now, then);
    }
}
