package org.neuropil.physiology.session;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// One recording. What is small is held; traces and masks are read when they are asked for, so that memory is bounded by
/// what one call asks. All times are seconds on one clock. Safe for use by several threads.
public interface Session extends Closeable {
    /// What it is.
    SessionInfo info();

    /// Its planes by number.
    List<Plane> planes();

    /// What was shown, in the order of time.
    List<Presentation> presentations();

    /// Its parts, in the order of time; from the stimulus table where files have none.
    List<Epoch> epochs();

    /// What was measured beside the cells, by name.
    List<Signal> signals();

    /// The frames of stimuli of noise.
    List<Template> templates();

    /// The traces of some ROIs of a plane.
    ///
    /// @param first the first ROI, by its place in the plane's list
    /// @param count how many
    /// @return a row for each ROI, a value for each frame of the plane's clock; NaN for one that is missing
    /// @throws IllegalArgumentException if the plane has no such traces or ROIs
    float[][] traces(Plane plane, TraceKind kind, int first, int count) throws IOException;

    /// The pixels of an ROI; empty if its file holds none.
    ///
    /// @param roi by its place in the plane's list
    Optional<Mask> mask(Plane plane, int roi) throws IOException;

    /// A measured signal by its name.
    default Optional<Signal> signal(String name) {
        return signals().stream().filter(signal -> signal.name().equals(name)).findFirst();
    }

    /// How many ROIs all planes have.
    default int rois() {
        return planes().stream().mapToInt(plane -> plane.rois().size()).sum();
    }
}
