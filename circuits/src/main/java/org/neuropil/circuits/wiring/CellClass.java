package org.neuropil.circuits.wiring;

import java.util.Locale;

/// The coarse class of a cell.
public enum CellClass {
    /// Its synapses excite.
    EXCITATORY,
    /// Its synapses inhibit.
    INHIBITORY,
    /// Glia, pericytes and others that make no synapses.
    NONNEURONAL,
    /// Nothing tells.
    UNKNOWN;

    /// The class that a `classification_system` of the published tables names: `excitatory_neuron`, `E`, `inhibitory_neuron`,
    /// `I`, `nonneuron`; anything else is unknown.
    public static CellClass of(String system) {
        String word = system.strip().toLowerCase(Locale.ROOT);
        if (word.equals("e") || word.startsWith("exc")) {
            return EXCITATORY;
        }
        if (word.equals("i") || word.startsWith("inh")) {
            return INHIBITORY;
        }
        return word.startsWith("non") ? NONNEURONAL : UNKNOWN;
    }

    /// In words for people.
    public String word() {
        return this == NONNEURONAL ? "non-neuronal" : name().toLowerCase(Locale.ROOT);
    }
}
