package org.neuropil.phantom.circuit;

import java.util.List;

/// What people mended. One number a neuron in each array.
///
/// @param axon strategy, index into [#AXON]; 0 is none
/// @param dendrite strategy, index into [#DENDRITE]; 0 is none
/// @param single whether the root has this soma alone
public record Proofreading(byte[] axon, byte[] dendrite, boolean[] single) {
    /// What is done with axons.
    public static final List<String> AXON = List.of("none", "axon_column_truncated", "axon_interareal",
            "axon_partially_extended", "axon_fully_extended");
    /// What is done with dendrites.
    public static final List<String> DENDRITE = List.of("none", "dendrite_clean", "dendrite_extended");
    /// Share of outputs that stay with the cell, by strategy of the axon, at dose 1.
    static final List<Double> KEPT = List.of(0.25, 0.5, 0.8, 0.8, 1.0);
    /// From here on an axon's partners are as good as all.
    private static final int EXTENDED = 2;

    /// Whether an axon was extended, so that what it does not touch counts: every strategy but none and truncated.
    public boolean extended(int neuron) {
        return axon[neuron] >= EXTENDED;
    }

    /// Whether a pair can be tested: the axon is extended, the dendrite is of one soma, and they are two cells.
    public boolean testable(int pre, int post) {
        return pre != post && extended(pre) && single[post];
    }
}
