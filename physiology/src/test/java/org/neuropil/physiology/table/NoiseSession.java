package org.neuropil.physiology.table;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

import org.neuropil.physiology.Clock;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.Trace;
import org.neuropil.physiology.session.Epoch;
import org.neuropil.physiology.session.MemorySession;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Roi;
import org.neuropil.physiology.session.RoiKey;
import org.neuropil.physiology.session.SessionInfo;
import org.neuropil.physiology.session.Signal;
import org.neuropil.physiology.session.Template;
import org.neuropil.physiology.session.TraceKind;

/// A small session with every stimulus, whose traces are noise.
public final class NoiseSession {
    private static final double STEP = 1 / 6.0;
    private static final int ROWS = 4;
    private static final int COLUMNS = 5;

    private final SplittableRandom random;
    private final List<Presentation> presentations = new ArrayList<>();
    private final List<Epoch> epochs = new ArrayList<>();
    private double now = 1;

    private NoiseSession(long seed) {
        random = new SplittableRandom(seed);
    }

    /// @param planes how many, of clocks that are shifted against each other
    /// @param rois of each
    public static MemorySession of(int planes, int rois, long seed) {
        return new NoiseSession(seed).make(planes, rois);
    }

    private MemorySession make(int planes, int rois) {
        gratings("drifting_gratings_windowed", 4, -8.9, -12.4);
        gratings("drifting_gratings_full", 3, Double.NaN, Double.NaN);
        double from = now;
        for (int i = 0; i < 40; i++) {
            show("natural_images", 0.33, Optional.of(new Condition.Picture(i * 7 % 10)), false, i * 7 % 10, Double.NaN,
                    Double.NaN);
        }
        epochs.add(new Epoch("natural_images", from, now));
        from = now;
        for (int i = 0; i < 120; i++) {
            show("natural_movie", 1 / 30.0, Optional.empty(), false, i % 60, Double.NaN, Double.NaN);
        }
        epochs.add(new Epoch("natural_movie", from, now));
        from = now;
        byte[] values = new byte[30 * ROWS * COLUMNS];
        for (int i = 0; i < values.length; i++) {
            double drawn = random.nextDouble();
            values[i] = (byte) (drawn < 0.15 ? -1 : drawn < 0.3 ? 1 : 0);
        }
        for (int i = 0; i < 90; i++) {
            show("locally_sparse_noise", 1 / 3.0, Optional.empty(), false, i % 30, Double.NaN, Double.NaN);
        }
        epochs.add(new Epoch("locally_sparse_noise", from, now));
        from = now;
        now += 40;
        epochs.add(new Epoch("spontaneous", from, now));
        List<Plane> made = new ArrayList<>();
        Map<Integer, Map<TraceKind, float[][]>> traces = new HashMap<>();
        for (int p = 0; p < planes; p++) {
            int frames = (int) (now / STEP) + 3;
            double[] times = new double[frames];
            for (int f = 0; f < frames; f++) {
                times[f] = 0.5 + f * STEP + p * 0.027;
            }
            List<Roi> keys = new ArrayList<>();
            float[][] events = new float[rois][frames];
            float[][] dff = new float[rois][frames];
            for (int r = 0; r < rois; r++) {
                keys.add(new Roi(new RoiKey.Column(1, 3, p, r), 10 * r, 20, 1, 0));
                for (int f = 0; f < frames; f++) {
                    events[r][f] = (float) (random.nextDouble() < 0.4 ? -Math.log(random.nextDouble()) : 0);
                    dff[r][f] = (float) (events[r][f] + random.nextGaussian() + (f > 0 ? 0.4 * dff[r][f - 1] : 0));
                }
            }
            dff[0][100] = Float.NaN;
            made.add(new Plane(p, "plane-" + p, 100 + 16 * p, 6, 512, 512, new Clock(times), keys,
                    EnumSet.of(TraceKind.EVENTS, TraceKind.DFF)));
            traces.put(p, Map.of(TraceKind.EVENTS, events, TraceKind.DFF, dff));
        }
        return new MemorySession(new SessionInfo("made", "mouse", "csv", "memory", Map.of(), List.of()), made,
                presentations, epochs, List.of(signal(Signal.RUNNING, 0.017), signal(Signal.PUPIL, 0.03),
                        blinks(0.03)),
                List.of(new Template("locally_sparse_noise", 30, ROWS, COLUMNS, values, 9.3)), traces, Map.of());
    }

    private void gratings(String name, int repeats, double azimuth, double elevation) {
        double from = now;
        for (int trial = 0; trial < repeats; trial++) {
            for (int i = 0; i < 24; i++) {
                show(name, 2, Optional.of(new Condition.Grating(30 * (i * 5 % 12), i < 12 ? 0.04 : 0.08, 1)), false, -1,
                        azimuth, elevation);
                now += 1;
            }
            show(name, 2, Optional.empty(), true, -1, azimuth, elevation);
        }
        epochs.add(new Epoch(name, from, now));
    }

    private void show(String name, double length, Optional<Condition> condition, boolean blank, int frame,
            double azimuth, double elevation) {
        presentations.add(new Presentation(name, now, now + length, condition, blank, frame, -1, azimuth, elevation,
                ""));
        now += length;
    }

    private Signal signal(String name, double step) {
        double[] times = times(step);
        double[] values = new double[times.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(0, 2 * Math.sin(times[i] / 7) + random.nextGaussian());
        }
        return new Signal(name, "", new Trace(new Clock(times), values));
    }

    private Signal blinks(double step) {
        double[] times = times(step);
        double[] values = new double[times.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 97 < 5 ? 1 : 0;
        }
        return new Signal("likely_blink", "", new Trace(new Clock(times), values));
    }

    private double[] times(double step) {
        double[] times = new double[(int) (now / step) + 10];
        for (int i = 0; i < times.length; i++) {
            times[i] = i * step;
        }
        return times;
    }
}
