package org.neuropil.physiology.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.Clock;
import org.neuropil.physiology.nwb.tree.Chunks;
import org.neuropil.physiology.nwb.tree.Rows;
import org.neuropil.physiology.nwb.tree.Slab;
import org.neuropil.physiology.session.Mask;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Roi;
import org.neuropil.physiology.session.RoiKey;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.physiology.table.CsvColumns;
import org.neuropil.space.InputException;

/// A plane in a folder of NPY and CSV files.
///
/// @param traces by kind
/// @param masks of all ROIs; none if there are no masks
record PlainPlane(Plane plane, Map<TraceKind, Source> traces, List<Mask> masks) {
    /// What traces are read from.
    interface Source {
        int rois();

        int frames();

        float[][] read(int first, int count) throws IOException;
    }

    /// Whether a folder has traces.
    static boolean hasTraces(Path folder) {
        return Files.isDirectory(folder) && (file(folder, "traces").isPresent() || anyKind(folder));
    }

    private static boolean anyKind(Path folder) {
        for (TraceKind kind : TraceKind.values()) {
            if (file(folder, kind.word()).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Path> file(Path folder, String name) {
        for (String ending : List.of(".npy", ".csv")) {
            if (Files.isRegularFile(folder.resolve(name + ending))) {
                return Optional.of(folder.resolve(name + ending));
            }
        }
        return Optional.empty();
    }

    /// @param number of the plane
    /// @param session name of the session, for keys
    /// @param sidecar the session's
    /// @throws InputException if files do not fit each other
    static PlainPlane read(Path folder, int number, String session, Sidecar sidecar) throws IOException {
        Sidecar own = Sidecar.read(folder.resolve("plane.json"));
        Map<TraceKind, Path> files = new EnumMap<>(TraceKind.class);
        for (TraceKind kind : TraceKind.values()) {
            file(folder, kind.word()).ifPresent(path -> files.put(kind, path));
        }
        TraceKind usual = own.kind().or(sidecar::kind).orElse(TraceKind.RAW);
        Optional<Path> plain = file(folder, "traces");
        if (plain.isPresent() && files.putIfAbsent(usual, plain.get()) != null) {
            throw new InputException("and " + files.get(usual) + " have traces of one kind", plain.get().toString(),
                    "delete one of them, or give another \"kind\" in session.json");
        }
        double[] times = times(folder);
        Map<TraceKind, Source> traces = new EnumMap<>(TraceKind.class);
        for (Map.Entry<TraceKind, Path> entry : files.entrySet()) {
            boolean percent = entry.getKey() == TraceKind.DFF && (own.percent() || sidecar.percent());
            Path file = entry.getValue();
            if (file.toString().endsWith(".csv")) {
                CsvTraces csv = CsvTraces.read(file, percent);
                times = times == null ? csv.times() : times;
                traces.put(entry.getKey(), csv);
            } else {
                traces.put(entry.getKey(), npy(file, times, percent, own.roisFirst() || sidecar.roisFirst()));
            }
        }
        Source first = traces.values().iterator().next();
        double rate = Double.isNaN(own.number("rate")) ? sidecar.number("rate") : own.number("rate");
        if (times == null) {
            times = even(first.frames(), rate, folder);
        }
        Clock clock = SessionTables.clock(times, folder + ", times");
        for (Map.Entry<TraceKind, Source> entry : traces.entrySet()) {
            if (entry.getValue().frames() != clock.frames() || entry.getValue().rois() != first.rois()) {
                throw new InputException("has " + entry.getValue().frames() + " frames of "
                        + entry.getValue().rois() + " ROIs, and there are " + clock.frames() + " times and "
                        + first.rois() + " ROIs", String.valueOf(files.get(entry.getKey())), "");
            }
        }
        if (!(rate > 0)) {
            int last = clock.frames() - 1;
            rate = last > 0 ? last / (clock.time(last) - clock.time(0)) : Double.NaN;
        }
        List<Roi> rois = rois(folder, number, session, first.rois());
        Plane plane = new Plane(number, own.name().orElse("plane-" + number), own.number("depth"), rate,
                size(own, "width"), size(own, "height"), clock, rois, traces.keySet());
        return new PlainPlane(plane, traces, masks(folder, rois.size()));
    }

    private static int size(Sidecar own, String field) {
        return own.fields().integer(field, 0, Integer.MAX_VALUE, 0);
    }

    private static double @Nullable [] times(Path folder) throws IOException {
        Optional<Path> file = file(folder, "times");
        if (file.isEmpty()) {
            return null;
        }
        return file.get().toString().endsWith(".npy")
                ? Slab.doubles(NpyArray.open(file.get(), 1))
                : CsvColumns.read(file.get()).needed("time");
    }

    private static double[] even(int frames, double rate, Path folder) {
        if (!(rate > 0)) {
            throw new InputException("has no times.npy or times.csv, no column time, and no \"rate\" in session.json",
                    folder.toString(), "give one of them");
        }
        double[] times = new double[frames];
        for (int i = 0; i < frames; i++) {
            times[i] = i / rate;
        }
        return times;
    }

    private static Source npy(Path file, double @Nullable [] times, boolean percent, boolean roisFirst)
            throws IOException {
        NpyArray array = NpyArray.open(file, 2);
        int[] shape = array.shape();
        boolean turned = roisFirst || times != null && shape[0] != times.length && shape[1] == times.length;
        Rows rows = new Rows(array, array.plain().orElseThrow(), turned, 1, 0, percent);
        Chunks chunks = new Chunks(16L << 20);
        return new Source() {
            @Override
            public int rois() {
                return rows.rois();
            }

            @Override
            public int frames() {
                return rows.frames();
            }

            @Override
            public float[][] read(int first, int count) throws IOException {
                return rows.read(chunks, first, count);
            }
        };
    }

    private static List<Roi> rois(Path folder, int number, String session, int count) throws IOException {
        Path file = folder.resolve("rois.csv");
        List<Roi> rois = new ArrayList<>();
        if (!Files.exists(file)) {
            for (int i = 0; i < count; i++) {
                rois.add(new Roi(new RoiKey.Recorded(session, number, i), Double.NaN, Double.NaN, Double.NaN, 0));
            }
            return rois;
        }
        CsvColumns csv = CsvColumns.read(file);
        if (csv.rows() != count) {
            throw new InputException("has " + csv.rows() + " rows, and there are traces of " + count + " ROIs",
                    file.toString(), "");
        }
        double[] x = csv.numbers("x");
        double[] y = csv.numbers("y");
        double[] soma = csv.numbers("soma");
        double[] delay = csv.numbers("delay");
        Set<RoiKey> keys = new HashSet<>();
        for (int i = 0; i < count; i++) {
            RoiKey key = key(csv, i, number, session);
            if (!keys.add(key)) {
                throw new InputException("has ROI " + key.label() + " twice", file + ", row " + (i + 1),
                        "give each ROI a key of its own");
            }
            rois.add(new Roi(key, x[i], y[i], soma[i], Double.isNaN(delay[i]) ? 0 : delay[i]));
        }
        return rois;
    }

    private static RoiKey key(CsvColumns csv, int row, int number, String session) {
        if (csv.has("column") && csv.has("volume")) {
            return new RoiKey.Column((int) whole(csv, "column", row), (int) whole(csv, "volume", row),
                    (int) whole(csv, "plane", row), (int) whole(csv, "roi", row));
        }
        if (csv.has("scan") && csv.has("mask") && !csv.has("unit")) {
            return new RoiKey.Masked((int) whole(csv, "session", row), (int) whole(csv, "scan", row),
                    (int) whole(csv, "field", row), whole(csv, "mask", row));
        }
        if (csv.has("scan")) {
            return new RoiKey.Scan((int) whole(csv, "session", row), (int) whole(csv, "scan", row),
                    (int) whole(csv, "field", row), whole(csv, "unit", row));
        }
        return new RoiKey.Recorded(session, number, whole(csv, "roi", row));
    }

    /// A part of a key; those of units and ROIs are unsigned.
    private static long whole(CsvColumns csv, String name, int row) {
        String text = csv.texts(name).get(row);
        try {
            return name.equals("unit") || name.equals("mask") || name.equals("roi")
                    ? Long.parseUnsignedLong(text)
                    : Integer.parseInt(text, name.equals("volume") && text.length() == 1 ? 16 : 10);
        } catch (NumberFormatException e) {
            throw csv.refused(name, text, row, "is no whole number", e);
        }
    }

    private static List<Mask> masks(Path folder, int rois) throws IOException {
        Path file = folder.resolve("masks.csv");
        if (!Files.exists(file)) {
            return List.of();
        }
        CsvColumns csv = CsvColumns.read(file);
        int[] places = csv.whole("place");
        int[] x = csv.whole("x");
        int[] y = csv.whole("y");
        double[] weights = csv.needed("weight");
        int[] counts = new int[rois];
        for (int i = 0; i < places.length; i++) {
            if (places[i] < 0 || places[i] >= rois || i > 0 && places[i] < places[i - 1]) {
                throw csv.refused("place", csv.texts("place").get(i), i,
                        "is no place among " + rois + " ROIs, or comes after a later one", null);
            }
            counts[places[i]]++;
        }
        List<Mask> masks = new ArrayList<>();
        int from = 0;
        for (int count : counts) {
            float[] own = new float[count];
            for (int i = 0; i < count; i++) {
                own[i] = (float) weights[from + i];
            }
            masks.add(new Mask(Arrays.copyOfRange(x, from, from + count),
                    Arrays.copyOfRange(y, from, from + count), own));
            from += count;
        }
        return masks;
    }
}
