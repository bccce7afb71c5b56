package org.neuropil.physiology.session;

import java.util.List;
import java.util.Set;

import org.neuropil.physiology.Clock;

/// What was imaged at once: frames of one depth.
///
/// @param number in the session, from 0; unique, need not be without gaps
/// @param name in its file
/// @param depth below the pia in um; NaN if it is not known
/// @param rate frames a second, as stated or from the times
/// @param width pixels of a frame; 0 if it is not known
/// @param height of a frame; 0 if it is not known
/// @param clock times of frames, in seconds on the session's clock
/// @param rois in the order of the traces
/// @param kinds which traces there are
public record Plane(int number, String name, double depth, double rate, int width, int height, Clock clock,
        List<Roi> rois, Set<TraceKind> kinds) {
    public Plane {
        rois = List.copyOf(rois);
        kinds = Set.copyOf(kinds);
    }
}
