package org.neuropil.graph.history;

import java.time.Instant;

/// An operation in the history of a root.
///
/// @param operation its number
/// @param time when it took effect
/// @param user who made it
/// @param before roots that it replaced, ascending
/// @param after roots that it made, ascending; also those that the root did not come from
/// @param merge whether it joined (a merge, the undo of a split, the redo of a merge) or cut
/// @param inNeuron of a merge: all supervoxels that were clicked are in the root; of a cut: at least one is
/// @param relevant of a merge: the supervoxels that were clicked had different roots after ingest; of a cut: they had
///        when the root came to be
public record Change(long operation, Instant time, String user, long[] before, long[] after, boolean merge,
        boolean inNeuron, boolean relevant) {}
