package org.neuropil.circuits.function;

import java.util.Arrays;

/// Testable pairs of which something is known of both cells.
///
/// @param pre number of the cell whose axon it is
/// @param post number of the cell that may get synapses
/// @param synapses from the one to the other
/// @param similarity of what both do, any number: a correlation of their responses for instance
/// @param chance relative chance of a connection by distance alone, not below 0; what is above does not matter, only how it
///     differs between pairs
@SuppressWarnings("ArrayRecordComponent") // thousands of pairs, which nobody compares
public record Pairs(int[] pre, int[] post, int[] synapses, double[] similarity, double[] chance) {
    /// @throws IllegalArgumentException if lengths differ, or a number is none
    public Pairs {
        int n = pre.length;
        if (post.length != n || synapses.length != n || similarity.length != n || chance.length != n) {
            throw new IllegalArgumentException("not all of " + n + " pairs");
        }
        for (int i = 0; i < n; i++) {
            if (!Double.isFinite(similarity[i]) || !(chance[i] >= 0) || !Double.isFinite(chance[i])) {
                throw new IllegalArgumentException(
                        "pair " + i + " has similarity " + similarity[i] + ", chance " + chance[i]);
            }
        }
    }

    /// How many.
    public int size() {
        return pre.length;
    }

    /// Whether a pair is connected.
    public boolean isConnected(int pair) {
        return synapses[pair] > 0;
    }

    /// How many are connected.
    public int connected() {
        return (int) Arrays.stream(synapses).filter(n -> n > 0).count();
    }

    /// Mean similarity of the connected ones; NaN if there is none.
    public double meanOfConnected() {
        double sum = 0;
        for (int i = 0; i < size(); i++) {
            sum += isConnected(i) ? similarity[i] : 0;
        }
        return sum / connected();
    }

    /// The probability that a connected pair is more similar than an unconnected one, and half of that of equality: Mann and
    /// Whitney's U over the product of both numbers. NaN if there are none of one kind.
    public double areaUnderCurve() {
        Integer[] order = new Integer[size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(similarity[a], similarity[b]));
        double ranks = 0;
        int from = 0;
        while (from < order.length) {
            int to = from;
            int hits = 0;
            while (to < order.length && similarity[order[to]] == similarity[order[from]]) {
                hits += isConnected(order[to]) ? 1 : 0;
                to++;
            }
            // Ranks from 1; equal ones share their mean.
            ranks += hits * (from + to + 1) / 2.0;
            from = to;
        }
        double k = connected();
        double others = size() - k;
        return (ranks - k * (k + 1) / 2) / (k * others);
    }
}
