package org.neuropil.phantom.circuit;

import java.util.List;

/// All synapses: those among neurons in order of the presynaptic one, then those with what has no cell in the column. One
/// number a synapse in each array.
///
/// @param pre neuron, in truth; -1 for an axon from outside
/// @param post neuron, in truth; -1 for a dendrite from outside
/// @param x of the cleft, oriented µm
/// @param y depth, µm
/// @param z oriented µm
/// @param size of the cleft, voxels
/// @param target what it sits on, index into [#TARGETS]
/// @param label what the table says it sits on, index into [#TARGETS]; -1 for no label
/// @param compartment of the postsynaptic neuron: 0 soma, 1 basal or any dendrite of an inhibitory cell, 2 apical
/// @param preRoot root that is seen before it: of the cell, or of a fragment
/// @param postRoot root that is seen behind it
public record Synapses(int[] pre, int[] post, float[] x, float[] y, float[] z, float[] size, byte[] target,
        byte[] label,
        byte[] compartment, long[] preRoot, long[] postRoot) {
    /// What a synapse sits on.
    public static final List<String> TARGETS = List.of("spine", "shaft", "soma");
    /// Parts of a neuron.
    public static final List<String> COMPARTMENTS = List.of("soma", "basal", "apical");
    static final byte SPINE = 0;
    static final byte SHAFT = 1;
    static final byte SOMA = 2;

    /// How many there are.
    public int count() {
        return pre.length;
    }
}
