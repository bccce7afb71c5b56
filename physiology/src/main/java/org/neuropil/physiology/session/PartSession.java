package org.neuropil.physiology.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import org.neuropil.space.InputException;

/// Some ROIs of a session. All planes stay, those of which nothing was chosen without ROIs: what is brought to the clock of
/// the first plane is then the same as of the whole session, and so is every figure of a cell or pair.
public final class PartSession implements Session {
    private final Session whole;
    private final List<Plane> planes = new ArrayList<>();
    /// By number of the plane: the places of the chosen ROIs in the whole plane, ascending.
    private final Map<Integer, int[]> places = new HashMap<>();
    private final Map<Integer, Plane> wholePlanes = new HashMap<>();

    private PartSession(Session whole) {
        this.whole = whole;
    }

    /// Chooses. Closing the part closes the whole.
    ///
    /// @param planes numbers of planes; all if it is empty
    /// @param rois keys as [RoiKey#label()] writes them; all ROIs of these planes if it is empty
    /// @return the whole session if nothing is chosen
    /// @throws InputException if there is no such plane or ROI
    public static Session of(Session whole, Set<Integer> planes, Set<String> rois) {
        if (planes.isEmpty() && rois.isEmpty()) {
            return whole;
        }
        Set<Integer> unknown = new HashSet<>(planes);
        whole.planes().forEach(plane -> unknown.remove(plane.number()));
        if (!unknown.isEmpty()) {
            throw new InputException("there is no plane " + unknown.iterator().next() + " in " + whole.info().name(),
                    "--planes", "there are " + String.join(", ",
                            whole.planes().stream().map(plane -> String.valueOf(plane.number())).toList()));
        }
        PartSession part = new PartSession(whole);
        Set<String> left = new HashSet<>(rois);
        for (Plane plane : whole.planes()) {
            boolean chosen = planes.isEmpty() || planes.contains(plane.number());
            int[] own = IntStream.range(0, chosen ? plane.rois().size() : 0).filter(
                    i -> rois.isEmpty() || left.remove(plane.rois().get(i).key().label())).toArray();
            part.add(plane, own);
        }
        if (!left.isEmpty()) {
            throw new InputException("there is no ROI '" + left.stream().sorted().findFirst().orElseThrow() + "' in "
                    + (planes.isEmpty() ? whole.info().name() : "these planes of " + whole.info().name()), "--rois",
                    whole.planes().stream().flatMap(plane -> plane.rois().stream()).findFirst()
                            .map(roi -> "keys are written as " + roi.key().label())
                            .orElse("the session has no ROIs"));
        }
        return part;
    }

    private void add(Plane plane, int[] own) {
        planes.add(new Plane(plane.number(), plane.name(), plane.depth(), plane.rate(), plane.width(), plane.height(),
                plane.clock(), IntStream.of(own).mapToObj(plane.rois()::get).toList(), plane.kinds()));
        places.put(plane.number(), own);
        wholePlanes.put(plane.number(), plane);
    }

    @Override
    public SessionInfo info() {
        return whole.info();
    }

    @Override
    public List<Plane> planes() {
        return List.copyOf(planes);
    }

    @Override
    public List<Presentation> presentations() {
        return whole.presentations();
    }

    @Override
    public List<Epoch> epochs() {
        return whole.epochs();
    }

    @Override
    public List<Signal> signals() {
        return whole.signals();
    }

    @Override
    public List<Template> templates() {
        return whole.templates();
    }

    private int[] places(Plane plane, int first, int count) {
        int[] own = places.getOrDefault(plane.number(), new int[0]);
        if (first < 0 || count < 0 || count > own.length - first) {
            throw new IllegalArgumentException(
                    "ROIs " + first + " to " + (first + (long) count) + " of " + own.length);
        }
        return own;
    }

    private Plane whole(Plane plane) {
        Plane found = wholePlanes.get(plane.number());
        if (found == null) {
            throw new IllegalArgumentException("plane " + plane.number());
        }
        return found;
    }

    @Override
    public float[][] traces(Plane plane, TraceKind kind, int first, int count) throws IOException {
        int[] own = places(plane, first, count);
        float[][] rows = new float[count][];
        int at = 0;
        while (at < count) {
            int from = own[first + at];
            int run = 1;
            while (at + run < count && own[first + at + run] == from + run) {
                run++;
            }
            System.arraycopy(whole.traces(whole(plane), kind, from, run), 0, rows, at, run);
            at += run;
        }
        return rows;
    }

    @Override
    public Optional<Mask> mask(Plane plane, int roi) throws IOException {
        return whole.mask(whole(plane), places(plane, roi, 1)[roi]);
    }

    @Override
    public void close() throws IOException {
        whole.close();
    }
}
