package org.neuropil.phantom.circuit;

/// Ids of roots: 18 digits as those of the published datasets, in ranges by what they are of.
final class RootIds {
    private static final long FIRST = 864_691_135_000_000_000L;
    private static final long CELLS = FIRST + 100_000_000L;
    private static final long FRAGMENTS = FIRST + 200_000_000L;
    private static final long AXONS = FIRST + 300_000_000L;
    private static final long DENDRITES = FIRST + 500_000_000L;
    /// Fragments of an axon.
    static final int PIECES = 12;

    private RootIds() {}

    static long cell(int cell) {
        return CELLS + cell;
    }

    /// A piece of a neuron's axon that is not joined to it.
    static long fragment(int neuron, int piece) {
        return FRAGMENTS + (long) neuron * PIECES + piece;
    }

    /// An axon whose cell lies outside.
    static long axon(int number) {
        return AXONS + number;
    }

    /// A piece of dendrite that belongs to no cell that is seen: one for each synapse onto one.
    static long dendrite(int synapse) {
        return DENDRITES + synapse;
    }
}
