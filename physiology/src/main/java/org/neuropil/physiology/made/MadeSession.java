package org.neuropil.physiology.made;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import org.neuropil.physiology.Clock;
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
import org.neuropil.physiology.session.Template;
import org.neuropil.physiology.session.TraceKind;

/// A session of a [MadePlan]. Traces are made as they are asked for, so that nothing of them is held; the same ones each time,
/// whoever asks for how many. May be used by several threads.
///
/// Events of a cell are drawn frame by frame at the rate of its tuning, times what running and a number that all cells share
/// add; dF/F is their sum, decaying with 0.8 s, and noise.
public final class MadeSession implements Session {
    private static final double RATE = 6.1;
    private static final double RUNNING_RATE = 59;
    private static final double PUPIL_RATE = 30;
    private static final int SIDE = 512;
    private static final double DECAY = 0.8;
    private static final float EVENT = 0.4F;
    private static final float NOISE = 0.08F;
    private static final Set<TraceKind> KINDS = EnumSet.of(TraceKind.DFF, TraceKind.EVENTS);

    private final MadePlan plan;
    private final Protocol.Shown shown;
    private final long seed;
    private final List<Plane> planes;
    private final List<Drives> drives = new ArrayList<>();
    private final List<float[]> gains = new ArrayList<>();
    private final List<float[]> shared = new ArrayList<>();
    private final List<Signal> signals;

    /// Makes all but the traces.
    public MadeSession(MadePlan plan) {
        this.plan = plan;
        this.seed = new Draws(plan.seed(), plan.column(), plan.volume()).bits();
        this.shown = plan.protocol().show(plan.column(), seed);
        this.planes = IntStream.range(0, plan.rois().size()).mapToObj(this::plane).toList();
        Trace running = running();
        Trace common = common();
        for (Plane plane : planes) {
            drives.add(new Drives(plane.clock(), shown.presentations(), shown.noise(), plan.protocol().movieFrames()));
            gains.add(floats(running.on(plane.clock())));
            shared.add(floats(common.on(plane.clock())));
        }
        this.signals = List.of(new Signal(Signal.PUPIL, "pixels", pupil(running)),
                new Signal(Signal.RUNNING, "cm/s", running));
    }

    private Plane plane(int number) {
        int count = plan.rois().get(number);
        Draws draws = new Draws(seed, 10, number);
        List<Roi> rois = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rois.add(new Roi(new RoiKey.Column(plan.column(), plan.volume(), number, i), 8 + draws.below(SIDE - 16),
                    8 + draws.below(SIDE - 16), draws.uniform() < 0.8F ? 1 : 0, 0));
        }
        return new Plane(number, "plane-" + number, 50 + 96.0 * (plan.volume() - 1) + 16.0 * number, RATE, SIDE, SIDE,
                clock(number), rois, KINDS);
    }

    /// Planes are imaged one after the other; frames take 0.1612 to 0.1667 s.
    private Clock clock(int number) {
        Draws draws = new Draws(seed, 11);
        double[] times = new double[(int) (shown.seconds() * RATE)];
        double at = number / (RATE * plan.rois().size());
        for (int i = 0; i < times.length; i++) {
            times[i] = at;
            at += draws.uniform(0.1612, 0.1667);
        }
        return new Clock(times);
    }

    private double end() {
        return shown.seconds() + 60;
    }

    private Clock regular(double rate) {
        return new Clock(IntStream.range(0, (int) (end() * rate)).mapToDouble(i -> i / rate).toArray());
    }

    /// In bouts: the animal runs or stands for some seconds.
    private Trace running() {
        Draws draws = new Draws(seed, 12);
        Clock clock = regular(RUNNING_RATE);
        double[] speed = new double[clock.frames()];
        double until = 0;
        double goal = 0;
        double now = 0;
        for (int i = 0; i < speed.length; i++) {
            if (clock.time(i) >= until) {
                until = clock.time(i) + draws.uniform(5, 30);
                goal = draws.uniform() < 0.6F ? 0 : draws.uniform(5, 30);
            }
            now += (goal - now) / RUNNING_RATE;
            speed[i] = now + 0.2 * draws.normal();
        }
        return new Trace(clock, speed);
    }

    /// Wider while it runs; lost now and then by a blink.
    private Trace pupil(Trace running) {
        Draws draws = new Draws(seed, 13);
        Clock clock = regular(PUPIL_RATE);
        double[] area = running.on(clock).values();
        int blink = 0;
        for (int i = 0; i < area.length; i++) {
            blink = blink > 0 ? blink - 1 : draws.below(300) == 0 ? 6 : 0;
            area[i] = blink > 0 ? Double.NaN : 1500 + 30 * area[i] + 20 * draws.normal();
        }
        return new Trace(clock, area);
    }

    /// What all cells share: a number that stays for about half a second.
    private Trace common() {
        Draws draws = new Draws(seed, 14);
        Clock clock = regular(10);
        double[] values = new double[clock.frames()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i == 0 ? 0 : 0.8 * values[i - 1]) + 0.6 * draws.normal();
        }
        return new Trace(clock, values);
    }

    private static float[] floats(Trace trace) {
        double[] values = trace.values();
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    @Override
    public SessionInfo info() {
        return new SessionInfo(plan.name(), "made", "made", "seed " + plan.seed(), Map.of("column",
                String.valueOf(plan.column()), "volume", String.valueOf(plan.volume())), List.of());
    }

    @Override
    public List<Plane> planes() {
        return planes;
    }

    @Override
    public List<Presentation> presentations() {
        return shown.presentations();
    }

    @Override
    public List<Epoch> epochs() {
        return shown.epochs();
    }

    @Override
    public List<Signal> signals() {
        return signals;
    }

    @Override
    public List<Template> templates() {
        return List.of(shown.noise());
    }

    /// What a cell was made with.
    ///
    /// @param roi by its place in the plane's list
    public MadeCell truth(Plane plane, int roi) {
        return MadeCell.draw(new Draws(seed, 20, plane.number(), roi));
    }

    @Override
    public float[][] traces(Plane plane, TraceKind kind, int first, int count) {
        if (!KINDS.contains(kind) || first < 0 || count < 0 || count > plane.rois().size() - first) {
            throw new IllegalArgumentException(
                    kind.word() + " of ROIs " + first + " to " + (first + (long) count) + " of " + plane.rois().size());
        }
        float[][] rows = new float[count][];
        for (int i = 0; i < count; i++) {
            rows[i] = events(plane, first + i);
            if (kind == TraceKind.DFF) {
                fluorescence(rows[i], plane, first + i);
            }
        }
        return rows;
    }

    private float[] events(Plane plane, int roi) {
        MadeCell cell = truth(plane, roi);
        float[] rates = drives.get(plane.number()).rates(cell, new Draws(seed, 21, plane.number(), roi));
        float[] speed = gains.get(plane.number());
        float[] common = shared.get(plane.number());
        Draws draws = new Draws(seed, 22, plane.number(), roi);
        float frame = (float) (1 / RATE);
        float running = (float) cell.running();
        float loading = (float) cell.shared();
        for (int i = 0; i < rates.length; i++) {
            float chance = rates[i] * frame * (speed[i] > 1 ? 1 + running : 1) * Math.max(0, 1 + loading * common[i]);
            float die = draws.uniform();
            // What is left of the die, once it is below the chance, is uniform again.
            rates[i] = die < chance ? 0.5F + Math.min(1, die / chance) : 0;
        }
        return rates;
    }

    /// Turns events into dF/F in their place.
    private void fluorescence(float[] trace, Plane plane, int roi) {
        Draws draws = new Draws(seed, 23, plane.number(), roi);
        float kept = (float) StrictMath.exp(-1 / (RATE * DECAY));
        float now = 0;
        for (int i = 0; i < trace.length; i++) {
            now = now * kept + trace[i] * EVENT;
            trace[i] = now + NOISE * draws.normal();
        }
    }

    @Override
    public Optional<Mask> mask(Plane plane, int roi) {
        Roi at = plane.rois().get(roi);
        Draws draws = new Draws(seed, 24, plane.number(), roi);
        double radius = draws.uniform(4, 7);
        List<int[]> pixels = new ArrayList<>();
        for (int y = -7; y <= 7; y++) {
            for (int x = -7; x <= 7; x++) {
                if (x * x + y * y <= radius * radius) {
                    pixels.add(new int[]{(int) at.x() + x, (int) at.y() + y});
                }
            }
        }
        float[] weights = new float[pixels.size()];
        Arrays.fill(weights, 1);
        return Optional.of(new Mask(pixels.stream().mapToInt(pixel -> pixel[0]).toArray(),
                pixels.stream().mapToInt(pixel -> pixel[1]).toArray(), weights));
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
