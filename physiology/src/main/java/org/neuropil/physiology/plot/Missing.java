package org.neuropil.physiology.plot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.Signal;
import org.neuropil.physiology.session.Stimulus;
import org.neuropil.physiology.session.TraceKind;

/// What a session lacks that pictures and metrics would use, in sentences.
final class Missing {
    private Missing() {}

    static List<String> of(Session session) throws IOException {
        List<String> missing = new ArrayList<>();
        for (Plane plane : session.planes()) {
            if (Double.isNaN(plane.depth())) {
                missing.add("Plane " + plane.name() + " has no depth.");
            }
            for (TraceKind kind : List.of(TraceKind.DFF, TraceKind.EVENTS)) {
                if (!plane.kinds().contains(kind)) {
                    missing.add("Plane " + plane.name() + " has no traces of kind " + kind.word() + ".");
                }
            }
            if (!plane.rois().isEmpty() && session.mask(plane, 0).isEmpty()) {
                missing.add("The ROIs of plane " + plane.name() + " have no masks.");
            }
        }
        for (String signal : List.of(Signal.RUNNING, Signal.PUPIL)) {
            if (session.signal(signal).isEmpty()) {
                missing.add("There is no " + signal + ".");
            }
        }
        if (session.presentations().isEmpty()) {
            missing.add("There is no stimulus table.");
        }
        if (session.epochs().stream().noneMatch(epoch -> Stimulus.of(epoch.name()) == Stimulus.SPONTANEOUS)) {
            missing.add(
                    "There is no spontaneous epoch: what chance gives is not known, and no cell is called responsive.");
        }
        for (Stimulus stimulus : List.of(Stimulus.GRATINGS_FULL, Stimulus.GRATINGS_WINDOWED, Stimulus.SPARSE_NOISE,
                Stimulus.NATURAL_IMAGES, Stimulus.NATURAL_MOVIE)) {
            if (session.presentations().stream().noneMatch(shown -> Stimulus.of(shown.stimulus()) == stimulus)) {
                missing.add("Nothing of " + stimulus.word() + " was shown.");
            }
        }
        boolean noise = session.presentations().stream()
                .anyMatch(shown -> Stimulus.of(shown.stimulus()) == Stimulus.SPARSE_NOISE);
        if (noise && session.templates().stream()
                .noneMatch(template -> Stimulus.of(template.stimulus()) == Stimulus.SPARSE_NOISE)) {
            missing.add("The frames of the sparse noise are not there, so that there are no receptive fields.");
        }
        return missing;
    }
}
