package org.neuropil.circuits.wiring;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which tables and lists tell about cells and their synapses. What is left out is that which the dataset names for the role.
///
/// @param synapses table with `pre_pt_root_id`, `post_pt_root_id`, perhaps `size`
/// @param types table with `cell_type` and perhaps `classification_system`, whose rows refer to those of `nuclei`
/// @param nuclei table with a row for each nucleus; tells places and roots
/// @param proofreading table of which axons were proofread, and how
/// @param strategies of axons that are taken; empty for [#STRATEGIES]
/// @param axons ids of cells whose axons are taken, instead of a table; empty if the table tells
/// @param dendrites ids of cells onto which synapses are counted; empty for all that are typed and have one nucleus
/// @param all whether all axons are taken for whole: of made circuits, and of volumes that are wholly proofread
/// @param excitatory types that are excitatory, where the table does not tell; empty if it does
/// @param inhibitory likewise
public record WiringChoice(Optional<String> synapses, Optional<String> types, Optional<String> nuclei,
        Optional<String> proofreading, Set<String> strategies, Optional<GivenCells> axons,
        Optional<GivenCells> dendrites, boolean all, Set<String> excitatory, Set<String> inhibitory) {
    /// Strategies of proofreading after which an axon's targets are counted: those that extended it. An axon that was cut at
    /// the bounds of a column lacks most of its targets.
    public static final List<String> STRATEGIES = List.of("axon_fully_extended", "axon_interareal",
            "axon_partially_extended");

    /// What the dataset tells.
    public static final WiringChoice USUAL = new WiringChoice(Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Set.of(), Optional.empty(), Optional.empty(), false, Set.of(), Set.of());

    /// Cells that a user lists.
    ///
    /// @param from file or words that they were read from
    /// @param ids roots at the moment, or nuclei
    public record GivenCells(String from, List<Long> ids) {
        /// Copies the list.
        public GivenCells {
            ids = List.copyOf(ids);
        }
    }

    /// Copies the sets.
    public WiringChoice {
        strategies = Set.copyOf(strategies);
        excitatory = Set.copyOf(excitatory);
        inhibitory = Set.copyOf(inhibitory);
    }
}
