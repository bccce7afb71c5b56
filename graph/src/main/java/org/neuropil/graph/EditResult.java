package org.neuropil.graph;

import java.time.Instant;
import java.util.Optional;

/// What an edit did.
///
/// @param operation its number in the log, from 1; empty if there was nothing to do, as for an undo of what is undone
/// @param time when it took effect; of the present state if there was nothing to do
/// @param oldRoots roots that it replaced, ascending
/// @param newRoots roots that replace them, ascending
/// @param newLevel2 new layer-2 nodes, ascending: what has to be meshed
public record EditResult(Optional<Long> operation, Instant time, long[] oldRoots, long[] newRoots, long[] newLevel2) {}
