package org.neuropil.physiology.nwb;

import java.util.Locale;
import java.util.Optional;

import org.neuropil.physiology.nwb.tree.Rows;
import org.neuropil.physiology.session.TraceKind;

/// The traces of a `RoiResponseSeries`.
///
/// @param path of its group
/// @param kind what its traces are
/// @param rows of ROIs
record NwbSeries(String path, TraceKind kind, Rows rows) {
    /// What the traces of a series are, by its name and that of what it lies in; empty if neither tells.
    static Optional<TraceKind> kind(String name, String container) {
        String plain = name.toLowerCase(Locale.ROOT).replace("-", "_");
        Optional<TraceKind> kind = switch (plain) {
            case "raw", "raw_fluorescence", "fluorescence", "roi_traces" -> Optional.of(TraceKind.RAW);
            case "neuropil_fluorescence", "neuropil" -> Optional.of(TraceKind.NEUROPIL);
            case "neuropil_corrected", "corrected", "corrected_fluorescence", "subtracted" ->
                Optional.of(TraceKind.CORRECTED);
            case "demixed", "demixed_fluorescence" -> Optional.of(TraceKind.DEMIXED);
            case "dff", "df_over_f", "dfoverf", "dff_traces" -> Optional.of(TraceKind.DFF);
            case "events", "deconvolved", "event_detection", "inferred_events", "spikes" ->
                Optional.of(TraceKind.EVENTS);
            default -> Optional.empty();
        };
        return kind.or(() -> switch (container.toLowerCase(Locale.ROOT)) {
            case "fluorescence" -> Optional.of(TraceKind.RAW);
            case "neuropil" -> Optional.of(TraceKind.NEUROPIL);
            case "dfoverf", "df_over_f" -> Optional.of(TraceKind.DFF);
            case "deconvolved", "event_detection", "activity" -> Optional.of(TraceKind.EVENTS);
            default -> Optional.empty();
        });
    }
}
