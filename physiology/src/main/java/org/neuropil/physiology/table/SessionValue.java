package org.neuropil.physiology.table;

import java.util.Optional;

import org.neuropil.physiology.Bootstrap;
import org.neuropil.physiology.session.RoiKey;

/// A figure of a session.
///
/// @param session its name
/// @param roi of which cell; empty for what all cells or the animal did
/// @param metric id of the metric
/// @param stimulus of which stimulus, by its family or the file's name; `all` for the whole session; windowed gratings where
///            both sets of gratings, or the window and the noise, count
/// @param trace kind of trace that it was made of; empty for what is made of none
/// @param of the condition of a population; else empty
/// @param value the figure; NaN if it is not defined
/// @param spread what the bootstrap says; empty if it was not asked for, or there are no trials to draw
public record SessionValue(String session, Optional<RoiKey> roi, String metric, String stimulus, String trace,
        String of,
        double value, Optional<Bootstrap> spread) {}
