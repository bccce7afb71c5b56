package org.neuropil.physiology.session;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A session that is held as a whole: a small recording, or one that a program made.
///
/// @param traces by number of the plane, then by kind: a row for each ROI, a value for each frame
/// @param masks by number of the plane: one for each ROI; planes without masks are left out
public record MemorySession(SessionInfo info, List<Plane> planes, List<Presentation> presentations, List<Epoch> epochs,
        List<Signal> signals, List<Template> templates, Map<Integer, Map<TraceKind, float[][]>> traces,
        Map<Integer, List<Mask>> masks) implements Session {
    /// @throws IllegalArgumentException if a plane's traces are not of its ROIs and frames
    public MemorySession {
        planes = List.copyOf(planes);
        presentations = List.copyOf(presentations);
        epochs = List.copyOf(epochs);
        signals = List.copyOf(signals);
        templates = List.copyOf(templates);
        traces = Map.copyOf(traces);
        masks = Map.copyOf(masks);
        for (Plane plane : planes) {
            for (TraceKind kind : plane.kinds()) {
                float[][] rows = rows(traces, plane, kind);
                if (rows.length != plane.rois().size()
                        || Arrays.stream(rows).anyMatch(row -> row.length != plane.clock().frames())) {
                    throw new IllegalArgumentException("traces of kind " + kind.word() + " of plane " + plane.number()
                            + " are not one of " + plane.clock().frames() + " frames for each of "
                            + plane.rois().size() + " ROIs");
                }
            }
        }
    }

    @Override
    public float[][] traces(Plane plane, TraceKind kind, int first, int count) {
        float[][] rows = rows(traces, plane, kind);
        if (first < 0 || count < 0 || count > rows.length - first) {
            throw new IllegalArgumentException("ROIs " + first + " to " + (first + (long) count) + " of "
                    + rows.length);
        }
        float[][] copy = new float[count][];
        for (int i = 0; i < count; i++) {
            copy[i] = rows[first + i].clone();
        }
        return copy;
    }

    private static float[][] rows(Map<Integer, Map<TraceKind, float[][]>> traces, Plane plane, TraceKind kind) {
        float[][] rows = traces.getOrDefault(plane.number(), Map.of()).get(kind);
        if (rows == null) {
            throw new IllegalArgumentException("plane " + plane.number() + " has no traces of kind " + kind.word());
        }
        return rows;
    }

    @Override
    public Optional<Mask> mask(Plane plane, int roi) {
        return Optional.ofNullable(masks.get(plane.number())).map(of -> of.get(roi));
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
