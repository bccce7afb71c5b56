package org.neuropil.physiology.plot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.neuropil.physiology.Clock;
import org.neuropil.physiology.Trace;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Roi;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.space.InputException;

/// An ROI and where it is.
///
/// @param index its place in the plane's list
record Cell(Plane plane, int index) {
    /// All of a session, in its order.
    static List<Cell> all(Session session) {
        List<Cell> cells = new ArrayList<>();
        for (Plane plane : session.planes()) {
            for (int i = 0; i < plane.rois().size(); i++) {
                cells.add(new Cell(plane, i));
            }
        }
        return cells;
    }

    /// So many, spread evenly over all; all if there are not as many.
    static List<Cell> some(Session session, int count) {
        List<Cell> all = all(session);
        if (all.size() <= count) {
            return all;
        }
        List<Cell> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(all.get((int) ((long) i * all.size() / count)));
        }
        return some;
    }

    /// Those of a plane.
    static List<Cell> of(List<Cell> cells, Plane plane) {
        return cells.stream().filter(cell -> cell.plane().number() == plane.number()).toList();
    }

    /// The one of a key.
    ///
    /// @param label as [org.neuropil.physiology.session.RoiKey#label()] writes it
    /// @throws InputException if there is none
    static Cell find(Session session, String label) {
        List<Cell> all = all(session);
        return all.stream().filter(cell -> cell.label().equals(label)).findFirst()
                .orElseThrow(() -> new InputException("there is no ROI '" + label + "' in " + session.info().name(),
                        "--roi", all.isEmpty()
                                ? "the session has no ROIs"
                                : "keys are written as " + all.getFirst().label() + "; there are "
                                        + Words.count(all.size(), "ROI") + ", the last one is "
                                        + all.getLast().label()));
    }

    Roi roi() {
        return plane.rois().get(index);
    }

    String label() {
        return roi().key().label();
    }

    /// Its trace on its own clock; what is infinite in a file counts as missing.
    Trace trace(Session session, TraceKind kind) throws IOException {
        return trace(session.traces(plane, kind, index, 1)[0]);
    }

    Trace trace(float[] row) {
        double[] values = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            values[i] = Float.isFinite(row[i]) ? row[i] : Double.NaN;
        }
        Clock clock = plane.clock().later(roi().delay());
        return new Trace(clock, values);
    }
}
