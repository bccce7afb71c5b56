package org.neuropil.physiology.decode;

/// What happens where a response is missing: a decoder needs a full matrix.
public enum Missing {
    /// Trials that more than half of the cells miss are left out, then cells that miss any other trial.
    CELLS,
    /// Trials that any cell misses are left out, and no cell.
    TRIALS
}
