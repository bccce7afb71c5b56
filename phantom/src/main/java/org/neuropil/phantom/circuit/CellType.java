package org.neuropil.phantom.circuit;

/// A type of cell.
///
/// @param name as the published tables spell it
/// @param group what its axon does
/// @param share of all neurons; of cells that are none, their number for each neuron
/// @param from least depth of somata, µm
/// @param to greatest depth of somata, µm
/// @param nucleus mean volume of the nucleus, µm³
/// @param out synapses that it makes, relative to others of its group
/// @param in synapses that it gets, likewise
/// @param arbor its shape
public record CellType(String name, Group group, double share, double from, double to, double nucleus, double out,
        double in, Arbor arbor) {}
