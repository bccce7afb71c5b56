package org.neuropil.phantom.circuit;

import java.util.Arrays;

/// Where axons and dendrites meet: pairs within reach, of the axons that were proofread. All pairs of such an axon that are
/// not here have no proximity.
///
/// @param axons neurons, ascending
/// @param targets of each axon, neurons ascending
/// @param length L_d: µm of dendrite near the axon, above 0, for each of `targets`
/// @param made synapses of each pair, in truth
/// @param seen synapses of each pair between the roots of both somata
public record Proximity(int[] axons, int[][] targets, float[][] length, int[][] made, int[][] seen) {
    /// How many pairs are within reach.
    public long pairs() {
        long sum = 0;
        for (int[] row : targets) {
            sum += row.length;
        }
        return sum;
    }

    /// L_d of a pair, µm; 0 if they do not meet.
    ///
    /// @throws IllegalArgumentException if the axon was not proofread
    public double length(int pre, int post) {
        int row = Arrays.binarySearch(axons, pre);
        if (row < 0) {
            throw new IllegalArgumentException("proximity of axon " + pre + " is not kept");
        }
        int at = Arrays.binarySearch(targets[row], post);
        return at < 0 ? 0 : length[row][at];
    }
}
