package org.neuropil.phantom.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.neuropil.phantom.circuit.Draws;
import org.neuropil.phantom.circuit.MadeCircuit;
import org.neuropil.phantom.circuit.Tuning;
import org.neuropil.phantom.circuit.Units;
import org.neuropil.physiology.Clock;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.Trace;
import org.neuropil.physiology.session.Epoch;
import org.neuropil.physiology.session.Mask;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Roi;
import org.neuropil.physiology.session.RoiKey;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.SessionInfo;
import org.neuropil.physiology.session.Signal;
import org.neuropil.physiology.session.Stimulus;
import org.neuropil.physiology.session.Template;
import org.neuropil.physiology.session.TraceKind;

/// The trials of some units laid out in time, six frames a second: a grey screen, images of 2 frames, gratings of 12 frames
/// and 6 of grey, in a window and on the full field. Events of a frame are the response of its trial, so that metrics of
/// the session are those of the trials. On a grey screen a few events come by chance.
final class UnitSession implements Session {
    private static final double RATE = 6;
    private static final int GREY = 1800;
    private static final int PAUSE = 12;
    private static final int IMAGE = 2;
    private static final int GRATING = 12;
    private static final int BETWEEN = 6;
    private static final double SPONTANEOUS = 0.1;
    private static final double SPEED = 10;
    private static final double CYCLES = 0.04;
    private static final int SIDE = 512;
    private static final Set<TraceKind> KINDS = EnumSet.of(TraceKind.EVENTS);

    private final MadeCircuit circuit;
    private final String name;
    private final List<Plane> planes = new ArrayList<>();
    private final Map<Integer, int[]> unitsOfPlane = new TreeMap<>();
    private final List<Presentation> presentations = new ArrayList<>();
    private final List<Epoch> epochs = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final Signal running;

    /// Trials of a stimulus that follow each other.
    ///
    /// @param responses of all units
    /// @param order number of the trial that is shown n-th
    /// @param first frame of the first one
    /// @param shown frames of a trial
    /// @param step frames from one to the next
    private record Block(float[] responses, int[] order, int first, int shown, int step) {}

    private UnitSession(MadeCircuit circuit, String name, int[] which) {
        this.circuit = circuit;
        this.name = name;
        Units units = circuit.units();
        int frame = block(GREY, Stimulus.NATURAL_IMAGES, units.images(), circuit.plan().imageRepeats(),
                circuit.tuning().images());
        frame = block(frame, Stimulus.GRATINGS_WINDOWED, units.windowed(), circuit.plan().gratingRepeats(),
                Tuning.DIRECTIONS);
        frame = block(frame, Stimulus.GRATINGS_FULL, units.full(), circuit.plan().gratingRepeats(),
                Tuning.DIRECTIONS);
        epochs.addFirst(new Epoch(Stimulus.SPONTANEOUS.word(), time(0), time(GREY)));
        double[] times = new double[frame];
        for (int i = 0; i < frame; i++) {
            times[i] = i / RATE;
        }
        Clock clock = new Clock(times);
        double[] speed = new double[frame];
        List<boolean[]> runs = List.of(units.imagesRun(), units.windowedRun(), units.fullRun());
        for (int b = 0; b < blocks.size(); b++) {
            Block block = blocks.get(b);
            for (int n = 0; n < block.order.length; n++) {
                int from = block.first + n * block.step;
                Arrays.fill(speed, from, from + block.shown, runs.get(b)[block.order[n]] ? SPEED : 0);
            }
        }
        running = new Signal(Signal.RUNNING, "cm/s", new Trace(clock, speed));
        planes(which, clock);
    }

    /// The sessions of a circuit, each with its name.
    static Map<String, UnitSession> of(MadeCircuit circuit) {
        Units units = circuit.units();
        Map<String, List<Integer>> members = new TreeMap<>();
        for (int u = 0; u < units.count(); u++) {
            String name = circuit.plan().tissue().plane()
                    ? "made_c" + units.first()[u] + "v" + units.second()[u]
                    : "made_" + units.first()[u] + "_" + units.second()[u];
            members.computeIfAbsent(name, _ -> new ArrayList<>()).add(u);
        }
        Map<String, UnitSession> sessions = new TreeMap<>();
        members.forEach((name, which) -> sessions.put(name,
                new UnitSession(circuit, name, which.stream().mapToInt(Integer::intValue).toArray())));
        return sessions;
    }

    /// Half a frame before it, so that rounding does not move a frame out of its trial.
    private static double time(int frame) {
        return (frame - 0.5) / RATE;
    }

    /// @return the first frame behind it
    private int block(int first, Stimulus stimulus, float[] responses, int repeats, int conditions) {
        int[] order = new Draws(circuit.seed(), 70, stimulus.ordinal()).order(conditions * repeats);
        boolean images = stimulus == Stimulus.NATURAL_IMAGES;
        Block block = new Block(responses, order, first, images ? IMAGE : GRATING,
                images ? IMAGE : GRATING + BETWEEN);
        for (int n = 0; n < order.length; n++) {
            int condition = order[n] / repeats;
            int from = first + n * block.step;
            presentations.add(new Presentation(stimulus.word(), time(from), time(from + block.shown),
                    Optional.of(images
                            ? new Condition.Picture(condition)
                            : new Condition.Grating(360.0 / Tuning.DIRECTIONS * condition, CYCLES, 1)),
                    false, -1, images ? 0 : -1, Double.NaN, Double.NaN, ""));
        }
        int end = first + order.length * block.step;
        epochs.add(new Epoch(stimulus.word(), time(first), time(end)));
        blocks.add(block);
        return end + PAUSE;
    }

    private void planes(int[] which, Clock clock) {
        Units units = circuit.units();
        boolean column = circuit.plan().tissue().plane();
        for (int number : new TreeSet<>(Arrays.stream(which).mapToObj(u -> units.third()[u]).toList())) {
            int[] own = Arrays.stream(which).filter(u -> units.third()[u] == number).toArray();
            List<Roi> rois = new ArrayList<>();
            double depth = 0;
            for (int u : own) {
                RoiKey key = column
                        ? new RoiKey.Column(units.first()[u], units.second()[u], number, units.unit()[u])
                        : new RoiKey.Scan(units.first()[u], units.second()[u], number, units.unit()[u]);
                int cell = units.cell()[u];
                rois.add(new Roi(key, pixel(circuit.cells().x()[cell] - circuit.plan().tissue().x()),
                        pixel(circuit.cells().z()[cell] - circuit.plan().tissue().z()), 1, 0));
                depth += circuit.cells().y()[cell] / own.length;
            }
            planes.add(new Plane(number, "plane-" + number, Math.rint(depth), RATE, SIDE, SIDE, clock, rois, KINDS));
            unitsOfPlane.put(number, own);
        }
    }

    private double pixel(double fromAxis) {
        return Math.clamp((fromAxis / circuit.plan().side() + 0.5) * SIDE, 0, SIDE - 1.0);
    }

    @Override
    public SessionInfo info() {
        return new SessionInfo(name, "made", "made", "phantom", Map.of(), List.of());
    }

    @Override
    public List<Plane> planes() {
        return List.copyOf(planes);
    }

    @Override
    public List<Presentation> presentations() {
        return List.copyOf(presentations);
    }

    @Override
    public List<Epoch> epochs() {
        return List.copyOf(epochs);
    }

    @Override
    public List<Signal> signals() {
        return List.of(running);
    }

    @Override
    public List<Template> templates() {
        return List.of();
    }

    @Override
    public float[][] traces(Plane plane, TraceKind kind, int first, int count) {
        int[] own = unitsOfPlane.getOrDefault(plane.number(), new int[0]);
        if (kind != TraceKind.EVENTS || first < 0 || count < 0 || count > own.length - first) {
            throw new IllegalArgumentException(kind.word() + " of ROIs " + first + " to " + (first + (long) count)
                    + " of " + own.length);
        }
        float[][] rows = new float[count][];
        for (int i = 0; i < count; i++) {
            rows[i] = events(own[first + i], plane.clock().frames());
        }
        return rows;
    }

    private float[] events(int unit, int frames) {
        Draws draws = new Draws(circuit.seed(), 71, unit);
        double exposure = circuit.tuning().exposure()[circuit.units().cell()[unit]];
        float[] events = new float[frames];
        for (int frame = 0; frame < frames; frame++) {
            events[frame] = (float) (draws.poisson(SPONTANEOUS * exposure) / exposure);
        }
        for (Block block : blocks) {
            for (int n = 0; n < block.order.length; n++) {
                int from = block.first + n * block.step;
                Arrays.fill(events, from, from + block.shown,
                        block.responses[unit * block.order.length + block.order[n]]);
            }
        }
        return events;
    }

    @Override
    public Optional<Mask> mask(Plane plane, int roi) {
        return Optional.empty();
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
