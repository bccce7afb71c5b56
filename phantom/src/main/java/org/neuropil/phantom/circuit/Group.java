package org.neuropil.phantom.circuit;

/// What a type of cell does with its axon.
public enum Group {
    /// Excitatory cells.
    EXCITATORY(0.05, 1, 1),
    /// Inhibitory, onto somata and what is near: basket cells, PTC.
    PERISOMATIC(8, 1.2, 0.4),
    /// Inhibitory, onto far dendrites: Martinotti cells, DTC.
    DISTAL(0.3, 0.5, 3),
    /// Inhibitory, onto inhibitory cells: bipolar cells, ITC.
    INHIBITING(0.5, 1, 1),
    /// Inhibitory, sparse: neurogliaform cells, STC.
    SPARSE(0.1, 0.7, 2),
    /// Not a neuron.
    OTHER(0, 0, 0);

    /// Synapses per µm of proximity from a group (row) to a group, relative to excitatory to excitatory.
    private static final double[][] DENSITY = {{1, 4, 3, 2, 2}, {8, 8, 2, 1, 2}, {8, 5, 0.3, 6, 4},
        {0.5, 2, 8, 0.5, 1}, {4, 3, 2, 3, 4}};

    private final double[] preference;

    Group(double soma, double basal, double apical) {
        preference = new double[]{soma, basal, apical};
    }

    /// Whether its cells are inhibitory.
    public boolean inhibitory() {
        return this != EXCITATORY && this != OTHER;
    }

    /// By how much its axons prefer a compartment over what is offered.
    ///
    /// @param compartment as [Synapses#compartment]
    double preference(int compartment) {
        return preference[compartment];
    }

    double density(Group post) {
        return DENSITY[ordinal()][post.ordinal()];
    }

    /// The share of spines among synapses on dendrites.
    double spines(Group post) {
        return post != EXCITATORY ? 0.17 : this == EXCITATORY ? 0.93 : 0.1;
    }
}
