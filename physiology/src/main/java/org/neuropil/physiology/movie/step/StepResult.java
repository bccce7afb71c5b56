package org.neuropil.physiology.movie.step;

import java.util.Optional;

import org.neuropil.physiology.movie.file.TraceTable;

/// What a step makes of traces.
///
/// @param traces of the same regions and frames
/// @param second what is made beside: the baselines of dF/F, or the events at the raised rate
/// @param figures a row for each region
/// @param note what was done, in a sentence
public record StepResult(TraceTable traces, Optional<TraceTable> second, StepFigures figures, String note) {}
