package org.neuropil.physiology.session;

import java.util.Locale;

/// How far a trace has been worked on.
public enum TraceKind {
    /// Mean of masked pixels.
    RAW,
    /// Fluorescence around the ROI.
    NEUROPIL,
    /// Without the share of overlapping ROIs.
    DEMIXED,
    /// Without the neuropil's share.
    CORRECTED,
    /// (F - F0) / F0, a fraction; files that hold percent are divided by 100 as they are read.
    DFF,
    /// Inferred events: deconvolved activity, not negative.
    EVENTS;

    /// As options and tables write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
