package org.neuropil.physiology.file;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

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
import org.neuropil.physiology.session.SessionInfo;
import org.neuropil.physiology.session.Signal;
import org.neuropil.physiology.session.Template;
import org.neuropil.physiology.session.TraceKind;

/// Made sessions.
final class Sessions {
    private Sessions() {}

    /// A session of two planes.
    static MemorySession random(long seed) {
        Random random = new Random(seed);
        String name = "made-" + random.nextInt(1000);
        int kindOfKey = random.nextInt(4);
        List<Plane> planes = new ArrayList<>();
        Map<Integer, Map<TraceKind, float[][]>> traces = new HashMap<>();
        Map<Integer, List<Mask>> masks = new HashMap<>();
        for (int number : new int[]{0, 3}) {
            int frames = 1 + random.nextInt(30);
            int count = 1 + random.nextInt(6);
            List<Roi> rois = new ArrayList<>();
            List<Mask> own = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                RoiKey key = switch (kindOfKey) {
                    case 0 -> new RoiKey.Column(2, 9 + number, number, i);
                    case 1 -> new RoiKey.Scan(4, 7, number, -1L - i);
                    case 3 -> new RoiKey.Masked(4, 7, number, -1L - i);
                    default -> new RoiKey.Recorded(name, number, Long.MIN_VALUE + i);
                };
                rois.add(new Roi(key, random.nextDouble(), i == 0 ? Double.NaN : random.nextGaussian(),
                        random.nextDouble(), i / 64.0));
                own.add(new Mask(new int[]{i, 5}, new int[]{7, i}, new float[]{1, random.nextFloat()}));
            }
            Set<TraceKind> kinds = Set.of(TraceKind.DFF, TraceKind.EVENTS);
            Map<TraceKind, float[][]> ofPlane = new EnumMap<>(TraceKind.class);
            for (TraceKind kind : kinds) {
                float[][] rows = new float[count][frames];
                for (float[] row : rows) {
                    for (int f = 0; f < frames; f++) {
                        row[f] = random.nextInt(10) == 0 ? Float.NaN : (float) random.nextGaussian();
                    }
                }
                ofPlane.put(kind, rows);
            }
            planes.add(new Plane(number, "plane-" + number, 50.5 + number, 6.5, 40, 30, clock(random, frames), rois,
                    kinds));
            traces.put(number, ofPlane);
            if (number == 0) {
                masks.put(number, own);
            }
        }
        return new MemorySession(
                new SessionInfo(name, "mouse", "made", "memory", Map.of("sex", "F"), List.of("a note")),
                planes, presentations(), List.of(new Epoch("all", 0, 10)),
                List.of(new Signal("pupil_area", "pixels",
                        new Trace(clock(random, 3), new double[]{1, Double.NaN, 0.1}))),
                List.of(new Template("locally_sparse_noise", 2, 1, 3, new byte[]{0, 1, -1, 1, 1, 0}, 9.3)), traces,
                masks);
    }

    private static Clock clock(Random random, int frames) {
        double[] times = new double[frames];
        double time = random.nextGaussian();
        for (int i = 0; i < frames; i++) {
            time += 0.01 + random.nextDouble();
            times[i] = time;
        }
        return new Clock(times);
    }

    private static List<Presentation> presentations() {
        return List.of(
                new Presentation("dgw", 0, 2, Optional.of(new Condition.Grating(330, 0.04, 1)), false, -1, -1, -8.9,
                        -12.4, "5"),
                new Presentation("dgw", 3, 5, Optional.empty(), true, -1, -1, -8.9, -12.4, "6"),
                new Presentation("natural_images", 6, 6.3, Optional.of(new Condition.Picture(117)), false, -1, 4,
                        Double.NaN, Double.NaN, ""),
                new Presentation("natural_movie", 7, 7.1, Optional.of(new Condition.Picture(9)), false, 9, -1,
                        Double.NaN, Double.NaN, ""),
                new Presentation("lsn", 8, 8.3, Optional.empty(), false, 1, -1, Double.NaN, Double.NaN, ""),
                new Presentation("spontaneous", 9, 300, Optional.empty(), true, -1, -1, Double.NaN, Double.NaN, ""));
    }
}
