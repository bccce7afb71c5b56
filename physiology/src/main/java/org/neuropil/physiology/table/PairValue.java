package org.neuropil.physiology.table;

import org.neuropil.physiology.session.RoiKey;

/// Correlations of two cells of a session.
///
/// @param session its name
/// @param first the cell that comes first in the session
/// @param second the other one
/// @param stimulus during which they were seen
/// @param trace kind of the traces
/// @param values by [PairMetrics#metrics]; NaN if one is not defined
/// @param spreads by metric: standard error, lower and upper end of the interval; none without a bootstrap
@SuppressWarnings("ArrayRecordComponent")
public record PairValue(String session, RoiKey first, RoiKey second, String stimulus, String trace, double[] values,
        double[] spreads) {}
