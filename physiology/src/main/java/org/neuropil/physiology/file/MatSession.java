package org.neuropil.physiology.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.neuropil.physiology.Clock;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.session.MemorySession;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Presentations;
import org.neuropil.physiology.session.Roi;
import org.neuropil.physiology.session.RoiKey;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.SessionInfo;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.space.InputException;

import us.hebi.matlab.mat.types.Matrix;

/// A session in a MATLAB file of version 5.
///
/// Films of a retina with moving bars are known by `roi_sums` (frames by ROIs), `t_frame` (seconds), `t_scan` (milliseconds)
/// and `ch1_t_stim`, a channel that is high where a sweep begins. Of other files a JSON file beside it, of the same name,
/// says which variables are what ([Sidecar]); without it the usual names are looked for.
public final class MatSession {
    private static final String SUMS = "roi_sums";
    private static final String CHANNEL = "ch1_t_stim";
    /// Between rest, 128, and a trigger, 254.
    private static final double HIGH = 192;
    /// Samples that a trigger has at least; a single one is noise.
    private static final int LEAST_SAMPLES = 5;
    private static final List<String> TRACES = List.of("dff", "dFF", "traces", "F", "fluorescence", "events");
    private static final List<String> TIMES = List.of("times", "t_frame", "timestamps", "t", "time");

    private MatSession() {}

    /// Opens a file, which is read whole.
    ///
    /// @throws InputException if it is no such file, is damaged, or does not tell what its traces are
    public static Session open(Path path) throws IOException {
        MatFile file = MatFile.read(path);
        Sidecar sidecar = Sidecar.beside(path);
        return file.has(SUMS) && file.has("t_frame") && sidecar.traces().isEmpty()
                ? retina(file, path, sidecar)
                : named(file, path, sidecar);
    }

    private static String name(Path path) {
        return path.getFileName().toString().replaceFirst("(?i)\\.mat$", "");
    }

    private static Session retina(MatFile file, Path path, Sidecar sidecar) throws IOException {
        Clock clock = SessionTables.clock(file.numbers("t_frame"), path + ", variable t_frame");
        float[][] traces = rows(file, SUMS, clock.frames(), false, false);
        String name = sidecar.name().orElse(name(path));
        long[] ids = ids(file, "roi_struct.roi_ids", traces.length);
        List<String> notes = new ArrayList<>();
        notes.add("traces are sums of fluorescence over the pixels of an ROI, not means");
        long dark = Arrays.stream(traces).filter(MatSession::isDark).count();
        if (dark > 0) {
            notes.add(dark + " ROIs have no fluorescence in any frame: they are not in this film");
        }
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("storage", "matlab 5");
        for (String text : List.of("data_filename", "stim_filename")) {
            if (!file.text(text).isEmpty()) {
                properties.put(text, file.text(text));
            }
        }
        file.matrix("roi_struct.type").filter(types -> types.getNumElements() == traces.length)
                .ifPresent(types -> properties.put("roi_types", String.join(",",
                        Arrays.stream(file.numbers("roi_struct.type")).mapToObj(type -> "" + (long) type).toList())));
        List<Presentation> shown = sidecar.stimuli().isPresent()
                ? SessionTables.stimuli(path.resolveSibling(sidecar.stimuli().get()))
                : bars(file, notes);
        return session(new SessionInfo(name, sidecar.subject(), "matlab", path.toString(), properties, notes), clock,
                ids, TraceKind.RAW, traces, shown);
    }

    private static boolean isDark(float[] trace) {
        for (float value : trace) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    /// A presentation for each trigger.
    private static List<Presentation> bars(MatFile file, List<String> notes) {
        if (file.matrix(CHANNEL).isEmpty() || file.matrix("t_scan").isEmpty()) {
            notes.add("what was shown is not known: there are no " + CHANNEL + " and t_scan");
            return List.of();
        }
        double[] channel = file.numbers(CHANNEL);
        double[] scan = file.numbers("t_scan");
        if (channel.length != scan.length) {
            throw new InputException("has " + channel.length + " samples, and t_scan " + scan.length,
                    file.name() + ", variable " + CHANNEL, "");
        }
        List<Double> starts = new ArrayList<>();
        for (int i = 0; i < channel.length; i++) {
            int end = i;
            while (end < channel.length && channel[end] >= HIGH) {
                end++;
            }
            if (end - i >= LEAST_SAMPLES) {
                starts.add(scan[i] / 1000);
            }
            i = Math.max(i, end);
        }
        double[] gaps = new double[Math.max(0, starts.size() - 1)];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = starts.get(i + 1) - starts.get(i);
        }
        double[] sorted = gaps.clone();
        Arrays.sort(sorted);
        double usual = sorted.length == 0 ? 0 : sorted[sorted.length / 2];
        BarSweep sweep = BarSweep.of(file.text("stim_filename"));
        notes.add("directions are not in the file; they follow from the order of sweeps, " + sweep.directions()
                + " of a round, each second one back the way of the one before: 0, " + Math.round(sweep.direction(1))
                + ", " + Math.round(sweep.direction(2)) + " degrees and so on, counted from the first");
        List<Presentation> shown = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            double stop = i < gaps.length ? starts.get(i + 1) : starts.get(i) + usual;
            shown.add(new Presentation("moving_bars", starts.get(i), stop,
                    Optional.of(new Condition.Grating(sweep.direction(i), Double.NaN, Double.NaN)), false, -1, -1,
                    Double.NaN, Double.NaN, String.valueOf(i % sweep.directions())));
        }
        return shown;
    }

    private static Session named(MatFile file, Path path, Sidecar sidecar) throws IOException {
        String traces = sidecar.traces().orElseGet(() -> usual(file, TRACES, "traces"));
        String times = sidecar.times().orElseGet(() -> usual(file, TIMES, "times"));
        Clock clock = SessionTables.clock(file.numbers(times), path + ", variable " + times);
        TraceKind kind = sidecar.kind().orElseGet(() -> switch (traces) {
            case "dff", "dFF" -> TraceKind.DFF;
            case "events" -> TraceKind.EVENTS;
            default -> TraceKind.RAW;
        });
        float[][] rows = rows(file, traces, clock.frames(), sidecar.roisFirst(), sidecar.percent());
        long[] ids = ids(file, "roi_ids", rows.length);
        List<Presentation> shown = List.of();
        if (sidecar.stimuli().isPresent()) {
            shown = SessionTables.stimuli(path.resolveSibling(sidecar.stimuli().get()));
        }
        List<String> notes = new ArrayList<>();
        notes.add("traces are the variable " + traces + ", times " + times + "; variables that were left out: "
                + String.join(", ", file.names().stream().filter(one -> !one.equals(traces) && !one.equals(times))
                        .toList()));
        return session(new SessionInfo(sidecar.name().orElse(name(path)), sidecar.subject(), "matlab", path.toString(),
                Map.of("storage", "matlab 5"), notes), clock, ids, kind, rows, shown);
    }

    private static String usual(MatFile file, List<String> names, String what) {
        return names.stream().filter(name -> file.matrix(name).isPresent()).findFirst()
                .orElseThrow(() -> new InputException("does not tell which variable has the " + what, file.name(),
                        "name it in a JSON file beside it; there are " + String.join(", ", file.names())));
    }

    /// A row for each ROI.
    private static float[][] rows(MatFile file, String name, int frames, boolean roisFirst, boolean percent) {
        Matrix matrix = file.needed(name);
        boolean turned = roisFirst || matrix.getNumRows() != frames && matrix.getNumCols() == frames;
        int count = turned ? matrix.getNumCols() : matrix.getNumRows();
        int rois = turned ? matrix.getNumRows() : matrix.getNumCols();
        if (count != frames) {
            throw new InputException("is a matrix of " + matrix.getNumRows() + " x " + matrix.getNumCols()
                    + ", and there are " + frames + " times", file.name() + ", variable " + name, "");
        }
        float[][] rows = new float[rois][frames];
        for (int roi = 0; roi < rois; roi++) {
            for (int frame = 0; frame < frames; frame++) {
                double value = matrix.getDouble(turned ? roi + frame * rois : frame + roi * frames);
                rows[roi][frame] = (float) (percent ? value / 100 : value);
            }
        }
        return rows;
    }

    private static long[] ids(MatFile file, String name, int rois) {
        Optional<Matrix> given = file.matrix(name).filter(matrix -> matrix.getNumElements() == rois);
        long[] ids = new long[rois];
        for (int i = 0; i < rois; i++) {
            ids[i] = given.isPresent() ? given.get().getLong(i) : i;
        }
        return ids;
    }

    private static Session session(SessionInfo info, Clock clock, long[] ids, TraceKind kind, float[][] traces,
            List<Presentation> shown) {
        List<Roi> rois = new ArrayList<>();
        for (long id : ids) {
            rois.add(new Roi(new RoiKey.Recorded(info.name(), 0, id), Double.NaN, Double.NaN, Double.NaN, 0));
        }
        int last = clock.frames() - 1;
        double rate = last > 0 ? last / (clock.time(last) - clock.time(0)) : Double.NaN;
        Plane plane = new Plane(0, "plane-0", Double.NaN, rate, 0, 0, clock, rois, Set.of(kind));
        return new MemorySession(info, List.of(plane), shown, Presentations.epochs(shown), List.of(), List.of(),
                Map.of(0, Map.of(kind, traces)), Map.of());
    }
}
