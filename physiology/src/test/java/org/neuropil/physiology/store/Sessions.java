package org.neuropil.physiology.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import org.neuropil.physiology.Clock;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.Trace;
import org.neuropil.physiology.session.Epoch;
import org.neuropil.physiology.session.Mask;
import org.neuropil.physiology.session.MemorySession;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Roi;
import org.neuropil.physiology.session.RoiKey;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.SessionInfo;
import org.neuropil.physiology.session.Signal;
import org.neuropil.physiology.session.Template;
import org.neuropil.physiology.session.TraceKind;

/// Random sessions, and whether two are the same.
public final class Sessions {
    private static final float[] ODD = {Float.NaN, -0.0F, 0, Float.MIN_VALUE, Float.MAX_VALUE, -1};

    private Sessions() {}

    /// @param form of the keys: 0 to 3
    /// @param rois of each plane
    public static MemorySession random(long seed, int form, int[] rois, int frames) {
        Random random = new Random(seed);
        List<Plane> planes = new ArrayList<>();
        Map<Integer, Map<TraceKind, float[][]>> traces = new TreeMap<>();
        Map<Integer, List<Mask>> masks = new TreeMap<>();
        for (int p = 0; p < rois.length; p++) {
            int number = 2 * p + 1;
            Set<TraceKind> kinds = p == 1 ? EnumSet.of(TraceKind.DFF) : EnumSet.of(TraceKind.DFF, TraceKind.EVENTS);
            List<Roi> own = new ArrayList<>();
            for (int i = 0; i < rois[p]; i++) {
                own.add(new Roi(key(form, p, i), random.nextDouble(), i == 0 ? Double.NaN : random.nextDouble(), i % 2,
                        random.nextDouble()));
            }
            planes.add(new Plane(number, "plane " + number, p == 0 ? Double.NaN : 50 + 16 * p, 6.1, 512, 511,
                    clock(frames + p, random), own, kinds));
            Map<TraceKind, float[][]> of = new TreeMap<>();
            for (TraceKind kind : kinds) {
                of.put(kind, values(rois[p], frames + p, random));
            }
            traces.put(number, of);
            if (p != 2) {
                masks.put(number, own.stream().map(_ -> mask(random)).toList());
            }
        }
        return new MemorySession(
                new SessionInfo("made", "m 1", "csv", "nowhere", Map.of("b", "2", "a", "ü"), List.of("a note")), planes,
                List.of(new Presentation("dgf", 1, 3, Optional.of(new Condition.Grating(30, 0.04, Double.NaN)), false,
                        -1,
                        -1, Double.NaN, 2, "a"),
                        new Presentation("natural_images", 4, 5, Optional.of(new Condition.Picture(7)), false, 3, 2, 1,
                                2,
                                ""),
                        new Presentation("lsn", 6, 7, Optional.empty(), false, 12, -1, 0, -0.5, ""),
                        new Presentation("dgf", 8, 9, Optional.empty(), true, -1, -1, 0, 0, "b")),
                List.of(new Epoch("spontaneous", 10, 11)),
                List.of(new Signal(Signal.RUNNING, "cm/s", trace(1 + random.nextInt(70), random)),
                        new Signal("empty", "", trace(0, random))),
                List.of(new Template("lsn", 2, 2, 3, new byte[]{-1, 0, 1, 0, 0, 1, 1, 1, 0, -1, 0, 0}, 9.3)), traces,
                masks);
    }

    /// What formats of files have no place for: planes and signals of one name, names that no file can have, units that mean
    /// something elsewhere, masks of some ROIs only, presentations that are not what their stimulus is, noise of two shades,
    /// a volume of two digits, no epochs.
    public static MemorySession odd() {
        Random random = new Random(1);
        List<Roi> rois = List.of(new Roi(new RoiKey.Column(1, 11, 2, 0), 3.25, 4, 0.5, -0.1),
                new Roi(new RoiKey.Column(1, 11, 2, 1), Double.NaN, 2, Double.NaN, 0));
        List<Plane> planes = new ArrayList<>();
        Map<Integer, Map<TraceKind, float[][]>> traces = new TreeMap<>();
        Map<Integer, List<Mask>> masks = new TreeMap<>();
        for (int number : new int[]{3, 4, 7}) {
            planes.add(new Plane(number, number == 7 ? "" : "a/b", 199.99999999999997 * (number - 2), 3.3, 30, 20,
                    clock(4, random), rois, EnumSet.of(number == 3 ? TraceKind.RAW : TraceKind.CORRECTED)));
            traces.put(number, Map.of(number == 3 ? TraceKind.RAW : TraceKind.CORRECTED, values(2, 4, random)));
        }
        return new MemorySession(new SessionInfo("odd one", "", "csv", "nowhere", Map.of("identifier", "x"), List.of()),
                planes,
                List.of(new Presentation("lsn", 1, 2, Optional.of(new Condition.Picture(3)), true, 1, -1, 0, 0, "é"),
                        new Presentation("nm", 2, 3, Optional.of(new Condition.Picture(5)), false, 4, 0, 0, 0, ""),
                        new Presentation("dgf", 3, 4, Optional.of(new Condition.Picture(0)), true, -1, -1, 0, 0, ""),
                        new Presentation("mine", 4, 5, Optional.of(new Condition.Grating(0, Double.NaN, 1)), true, 7,
                                -1, 0, 0, ""),
                        new Presentation("spontaneous", 5, 6, Optional.empty(), false, -1, -1, 0, 0, "")),
                List.of(),
                List.of(new Signal("speed", "m/s", trace(3, random)),
                        new Signal("running_speed", "m/s", trace(2, random)),
                        new Signal("a/b", "unknown", trace(2, random)), new Signal("a:b", "", trace(2, random)),
                        new Signal("pupil_minor_radius", "", trace(2, random)),
                        new Signal("pupil_major_radius", "", trace(2, random))),
                List.of(new Template("mine", 1, 1, 3, new byte[]{0, 1, 1}, Double.NaN),
                        new Template("lsn", 1, 8, 14, new byte[8 * 14], 4.65)),
                traces, masks);
    }

    /// A plane whose keys are of two forms.
    public static MemorySession mixed() {
        List<Roi> rois = List.of(new Roi(key(0, 0, 0), 0, 0, 1, 0), new Roi(key(1, 0, 1), 0, 0, 1, 0));
        Plane plane = new Plane(0, "p", 0, 1, 0, 0, new Clock(new double[]{0}), rois, EnumSet.of(TraceKind.DFF));
        return new MemorySession(new SessionInfo("mixed", "", "csv", "nowhere", Map.of(), List.of()), List.of(plane),
                List.of(), List.of(), List.of(), List.of(), Map.of(0, Map.of(TraceKind.DFF, new float[2][1])),
                Map.of());
    }

    private static RoiKey key(int form, int plane, int roi) {
        return switch (form) {
            case 0 -> new RoiKey.Column(4, 1, plane, roi);
            case 1 -> new RoiKey.Scan(9, 4, plane, Long.MAX_VALUE - roi);
            case 3 -> new RoiKey.Masked(9, 4, plane, Long.MAX_VALUE - roi);
            default -> new RoiKey.Recorded("retina, left", plane, (1L << 53) + roi);
        };
    }

    private static Clock clock(int frames, Random random) {
        double[] times = new double[frames];
        double at = random.nextDouble();
        for (int i = 0; i < frames; i++) {
            at += 0.1 + random.nextDouble();
            times[i] = at;
        }
        return new Clock(times);
    }

    private static Trace trace(int frames, Random random) {
        double[] values = random.doubles(frames).toArray();
        if (frames > 0) {
            values[0] = Double.NaN;
        }
        return new Trace(clock(frames, random), values);
    }

    private static float[][] values(int rois, int frames, Random random) {
        float[][] rows = new float[rois][frames];
        for (float[] row : rows) {
            for (int i = 0; i < frames; i++) {
                row[i] = random.nextInt(5) == 0 ? ODD[random.nextInt(ODD.length)] : random.nextFloat();
            }
        }
        return rows;
    }

    private static Mask mask(Random random) {
        int pixels = random.nextInt(6);
        float[] weights = new float[pixels];
        for (int i = 0; i < pixels; i++) {
            weights[i] = random.nextFloat();
        }
        return new Mask(random.ints(pixels, 0, 512).toArray(), random.ints(pixels, 0, 512).toArray(), weights);
    }

    /// Asserts that two hold the same; where they were read from may differ.
    public static void same(Session read, Session made) throws IOException {
        assertThat(read.info().name()).isEqualTo(made.info().name());
        assertThat(read.info().subject()).isEqualTo(made.info().subject());
        assertThat(read.presentations()).isEqualTo(made.presentations());
        assertThat(read.epochs()).isEqualTo(made.epochs());
        assertThat(read.templates()).usingRecursiveComparison()
                .withEqualsForType((Double a, Double b) -> a.equals(b), Double.class).isEqualTo(made.templates());
        assertThat(read.signals()).hasSameSizeAs(made.signals());
        for (int i = 0; i < made.signals().size(); i++) {
            Signal one = made.signals().get(i);
            assertThat(read.signals().get(i).name()).isEqualTo(one.name());
            assertThat(read.signals().get(i).unit()).isEqualTo(one.unit());
            assertThat(read.signals().get(i).trace().values()).isEqualTo(one.trace().values());
            assertThat(times(read.signals().get(i).trace().clock())).isEqualTo(times(one.trace().clock()));
        }
        assertThat(read.planes()).hasSameSizeAs(made.planes());
        for (int i = 0; i < made.planes().size(); i++) {
            Plane one = made.planes().get(i);
            Plane other = read.planes().get(i);
            assertThat(
                    new Plane(other.number(), other.name(), other.depth(), other.rate(), other.width(), other.height(),
                            one.clock(), other.rois(), other.kinds()))
                    .isEqualTo(one);
            assertThat(times(other.clock())).isEqualTo(times(one.clock()));
            for (TraceKind kind : one.kinds()) {
                same(read.traces(other, kind, 0, one.rois().size()), made.traces(one, kind, 0, one.rois().size()));
            }
            for (int roi = 0; roi < one.rois().size(); roi++) {
                assertThat(read.mask(other, roi)).isEqualTo(made.mask(one, roi));
            }
        }
    }

    static void same(float[][] read, float[][] made) {
        assertThat(read).hasDimensions(made.length, made.length == 0 ? 0 : made[0].length);
        for (int i = 0; i < made.length; i++) {
            for (int frame = 0; frame < made[i].length; frame++) {
                assertThat(Float.floatToRawIntBits(read[i][frame])).as("ROI %d frame %d", i, frame)
                        .isEqualTo(Float.floatToRawIntBits(made[i][frame]));
            }
        }
    }

    private static double[] times(Clock clock) {
        double[] times = new double[clock.frames()];
        for (int i = 0; i < times.length; i++) {
            times[i] = clock.time(i);
        }
        return times;
    }
}
