package org.neuropil.physiology.session;

import org.neuropil.physiology.Trace;

/// Something that was measured beside the cells.
///
/// @param name `running_speed`, `pupil_area`, `pupil_x`, `pupil_y`, `pupil_width`, `pupil_height`, `likely_blink` (1 or 0),
///            or as its file calls it
/// @param unit `cm/s`, `pixels` or as its file says; empty if it does not
/// @param trace values on a clock of its own, in seconds of the session's clock
public record Signal(String name, String unit, Trace trace) {
    /// Name of the animal's speed, in cm/s.
    public static final String RUNNING = "running_speed";
    /// Name of the pupil's area.
    public static final String PUPIL = "pupil_area";
}
