package org.neuropil.physiology.plot;

import java.util.List;
import java.util.Optional;

import org.neuropil.physiology.session.TraceKind;

/// What a picture of a session is made of.
///
/// @param trace kind of traces; empty for events, or what comes nearest (of correlations dF/F)
/// @param stimulus by its family or the file's name; empty for the first that suits
/// @param metric id, for a population by depth
/// @param cells of a raster or a matrix at most; they are then spread evenly over all
/// @param clustered whether a matrix has what is alike side by side; by plane otherwise
/// @param seed of chance
/// @param threads at work
public record PlotChoice(Optional<TraceKind> trace, Optional<String> stimulus, String metric, int cells,
        boolean clustered, long seed, int threads) {
    /// As published, for a session of any size.
    public static final PlotChoice DEFAULT = new PlotChoice(Optional.empty(), Optional.empty(), "gosi", 300, false, 0,
            1);

    private static final List<TraceKind> ACTIVITY = List.of(TraceKind.EVENTS, TraceKind.DFF, TraceKind.CORRECTED,
            TraceKind.DEMIXED, TraceKind.RAW);
    private static final List<TraceKind> FLUORESCENCE = List.of(TraceKind.DFF, TraceKind.CORRECTED, TraceKind.DEMIXED,
            TraceKind.RAW, TraceKind.EVENTS);

    /// In which order kinds of traces are taken.
    List<TraceKind> order(boolean events) {
        return trace.map(List::of).orElse(events ? ACTIVITY : FLUORESCENCE);
    }
}
