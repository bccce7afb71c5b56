package org.neuropil.physiology.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.session.Epoch;
import org.neuropil.physiology.session.Mask;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Roi;
import org.neuropil.physiology.session.RoiKey;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.Signal;
import org.neuropil.physiology.session.Template;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.volume.DataType;
import org.neuropil.volume.array.Fields;
import org.neuropil.volume.npy.NpyHeader;

/// Writes any session as a folder of NPY and CSV files, as [PlainSession] reads them: traces as float32 of shape frames by
/// ROIs in Fortran order, all other numbers so that they are the same when they are read.
public final class PlainWriter {
    private static final int BLOCK_BYTES = 16 << 20;

    private PlainWriter() {}

    /// Writes a session into a folder, which is made. Planes without ROIs or frames are left out.
    public static void write(Session session, Path folder) throws IOException {
        Files.createDirectories(folder);
        Map<String, @Nullable Object> about = new LinkedHashMap<>();
        about.put("name", session.info().name());
        about.put("subject", session.info().subject());
        about.put("layout", session.info().layout());
        about.put("source", session.info().source());
        about.put("properties", new TreeMap<>(session.info().properties()));
        about.put("notes", session.info().notes());
        Map<String, String> units = new TreeMap<>();
        session.signals().forEach(signal -> units.put(signal.name(), signal.unit()));
        about.put("units", units);
        Map<String, Double> degrees = new TreeMap<>();
        session.templates().stream().filter(template -> !Double.isNaN(template.degrees()))
                .forEach(template -> degrees.put(template.stimulus(), template.degrees()));
        about.put("degrees", degrees);
        json(folder.resolve("session.json"), about);
        stimuli(session.presentations(), folder.resolve("stimulus_table.csv"));
        List<List<?>> epochs = new ArrayList<>();
        for (Epoch epoch : session.epochs()) {
            epochs.add(List.of(word(epoch.name()), epoch.start(), epoch.stop()));
        }
        csv(folder.resolve("epochs.csv"), List.of("stim_name", "start_time", "stop_time"), epochs);
        for (Signal signal : session.signals()) {
            signal(signal, Files.createDirectories(folder.resolve("signals")).resolve(file(signal.name()) + ".csv"));
        }
        for (Template template : session.templates()) {
            Path file = Files.createDirectories(folder.resolve("templates"))
                    .resolve(file(template.stimulus()) + ".npy");
            try (OutputStream out = open(file)) {
                out.write(
                        NpyHeader.write(DataType.INT8, false, template.frames(), template.height(), template.width()));
                out.write(template.values());
            }
        }
        for (Plane plane : session.planes()) {
            if (plane.rois().isEmpty() || plane.clock().frames() == 0) {
                continue; // NumPy's files of nothing are not read
            }
            plane(session, plane, Files.createDirectories(folder.resolve("plane-" + plane.number())));
        }
    }

    private static void plane(Session session, Plane plane, Path folder) throws IOException {
        Map<String, @Nullable Object> about = new LinkedHashMap<>();
        about.put("name", plane.name());
        if (!Double.isNaN(plane.depth())) {
            about.put("depth", plane.depth());
        }
        if (!Double.isNaN(plane.rate())) {
            about.put("rate", plane.rate());
        }
        about.put("width", plane.width());
        about.put("height", plane.height());
        json(folder.resolve("plane.json"), about);
        int frames = plane.clock().frames();
        ByteBuffer times = ByteBuffer.allocate(Math.multiplyExact(frames, Double.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < frames; i++) {
            times.putDouble(plane.clock().time(i));
        }
        try (OutputStream out = open(folder.resolve("times.npy"))) {
            out.write(NpyHeader.write(DataType.FLOAT64, false, frames));
            out.write(times.array());
        }
        for (TraceKind kind : plane.kinds()) {
            traces(session, plane, kind, folder.resolve(kind.word() + ".npy"));
        }
        rois(plane, folder.resolve("rois.csv"));
        masks(session, plane, folder.resolve("masks.csv"));
    }

    private static void traces(Session session, Plane plane, TraceKind kind, Path file) throws IOException {
        int frames = plane.clock().frames();
        int rois = plane.rois().size();
        int block = Math.max(1, BLOCK_BYTES / Math.max(1, frames * Float.BYTES));
        ByteBuffer row = ByteBuffer.allocate(Math.multiplyExact(frames, Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        try (OutputStream out = open(file)) {
            out.write(NpyHeader.write(DataType.FLOAT32, true, frames, rois));
            for (int first = 0; first < rois; first += block) {
                for (float[] values : session.traces(plane, kind, first, Math.min(block, rois - first))) {
                    row.asFloatBuffer().put(values);
                    out.write(row.array());
                }
            }
        }
    }

    private static void rois(Plane plane, Path file) throws IOException {
        List<String> header = new ArrayList<>(
                plane.rois().isEmpty() ? List.of("roi") : keyNames(plane.rois().getFirst()));
        header.addAll(List.of("x", "y", "soma", "delay"));
        List<List<?>> rows = new ArrayList<>();
        for (Roi roi : plane.rois()) {
            List<Object> row = new ArrayList<>(keyParts(roi.key()));
            row.addAll(List.of(roi.x(), roi.y(), roi.soma(), roi.delay()));
            rows.add(row);
        }
        csv(file, header, rows);
    }

    private static List<String> keyNames(Roi roi) {
        return switch (roi.key()) {
            case RoiKey.Column _ -> List.of("column", "volume", "plane", "roi");
            case RoiKey.Scan _ -> List.of("session", "scan", "field", "unit");
            case RoiKey.Recorded _ -> List.of("roi");
        };
    }

    private static List<Object> keyParts(RoiKey key) {
        return switch (key) {
            // As files write it: 10 and more are a letter, which a digit alone would not be told from.
            case RoiKey.Column c -> List.of(c.column(), Integer.toHexString(c.volume()), c.plane(), c.roi());
            case RoiKey.Scan s -> List.of(s.session(), s.scan(), s.field(), Long.toUnsignedString(s.unit()));
            case RoiKey.Recorded r -> List.of(Long.toUnsignedString(r.roi()));
        };
    }

    private static void masks(Session session, Plane plane, Path file) throws IOException {
        if (plane.rois().isEmpty() || session.mask(plane, 0).isEmpty()) {
            return;
        }
        try (OutputStream out = open(file)) {
            out.write("place,x,y,weight\n".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < plane.rois().size(); i++) {
                Mask mask = session.mask(plane, i).orElseThrow();
                StringBuilder rows = new StringBuilder();
                for (int pixel = 0; pixel < mask.pixels(); pixel++) {
                    rows.append(i).append(',').append(mask.x()[pixel]).append(',').append(mask.y()[pixel]).append(',')
                            .append((double) mask.weights()[pixel]).append('\n');
                }
                out.write(rows.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static void stimuli(List<Presentation> presentations, Path file) throws IOException {
        List<List<?>> rows = new ArrayList<>();
        for (Presentation one : presentations) {
            double direction = Double.NaN;
            double spatial = Double.NaN;
            double temporal = Double.NaN;
            Object image = Double.NaN;
            Optional<Condition> condition = one.condition();
            if (condition.isPresent()) {
                switch (condition.get()) {
                    case Condition.Grating grating -> {
                        direction = grating.direction();
                        spatial = grating.spatialFrequency();
                        temporal = grating.temporalFrequency();
                    }
                    case Condition.Picture picture -> image = picture.index();
                }
            }
            rows.add(List.of(word(one.stimulus()), one.start(), one.stop(), temporal, spatial, direction,
                    one.frame() < 0 ? Double.NaN : one.frame(), one.order() < 0 ? Double.NaN : one.order(), image,
                    one.azimuth(), one.elevation(), word(one.label())));
        }
        csv(file,
                List.of("stim_name", "start_time", "stop_time", "temporal_frequency", "spatial_frequency", "direction",
                        "frame", "image_order", "image_index", "center_azimuth", "center_elevation",
                        "stimulus_condition_id"),
                rows);
    }

    private static void signal(Signal signal, Path file) throws IOException {
        double[] values = signal.trace().values();
        List<List<?>> rows = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            rows.add(List.of(signal.trace().clock().time(i), values[i]));
        }
        csv(file, List.of("time", word(signal.name())), rows);
    }

    /// A cell of files that have no quotes.
    private static String word(String text) {
        return text.replaceAll("[,\\p{Cntrl}]+", " ").strip();
    }

    /// A name that any file can have.
    private static String file(String name) {
        return name.replaceAll("[^A-Za-z0-9_.-]+", "_").replaceFirst("^\\.", "_");
    }

    private static void csv(Path file, List<String> header, List<List<?>> rows) throws IOException {
        try (OutputStream out = open(file)) {
            out.write((String.join(",", header) + "\n").getBytes(StandardCharsets.UTF_8));
            for (List<?> row : rows) {
                List<String> cells = row.stream().map(cell -> cell instanceof Double number && number.isNaN()
                        ? "nan"
                        : String.valueOf(cell)).toList();
                out.write((String.join(",", cells) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static void json(Path file, Map<String, @Nullable Object> value) throws IOException {
        Files.write(file, Fields.MAPPER.writeValueAsBytes(value));
    }

    private static OutputStream open(Path file) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    }
}
