package org.neuropil.physiology.store.nwb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.ToDoubleFunction;

import org.neuropil.physiology.Clock;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.session.Epoch;
import org.neuropil.physiology.session.Mask;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Roi;
import org.neuropil.physiology.session.RoiKey;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.Signal;
import org.neuropil.physiology.session.Stimulus;
import org.neuropil.physiology.session.Template;
import org.neuropil.physiology.session.TraceKind;

/// Writes a session as NWB in V1DD's layout: a module for each plane, its table of ROIs, a stimulus table. Planes are written
/// one by one, and do not depend on each other; the last step, [#finish], writes the rest. Equal sessions give equal bytes:
/// ids of objects are made of the session's name and their paths, and what NWB asks for and nobody knows is a word that says
/// so.
public final class NwbZarrExport {
    private static final String VERSION = "2.7.0";
    private static final int CHUNK_FRAMES = 4096;
    private static final int CHUNK_ROIS = 64;
    private static final String UNKNOWN = "unknown";
    private static final String BEGINNING = "1970-01-01T00:00:00+00:00";

    private final Session session;
    private final ZarrFolder zarr;
    private final String rootId;

    /// @param folder of the file, best with a name that ends in `.nwb.zarr`
    public NwbZarrExport(Session session, Path folder) {
        this.session = session;
        this.zarr = new ZarrFolder(folder);
        this.rootId = id("");
    }

    /// Writes all.
    public static void write(Session session, Path folder) throws IOException {
        NwbZarrExport export = new NwbZarrExport(session, folder);
        for (Plane plane : session.planes()) {
            export.plane(plane);
        }
        export.finish();
    }

    private String id(String path) {
        return UUID.nameUUIDFromBytes((session.info().name() + "/" + path).getBytes(StandardCharsets.UTF_8)).toString();
    }

    private Map<String, Object> typed(String path, String namespace, String type) {
        Map<String, Object> attributes = new TreeMap<>();
        attributes.put("namespace", namespace);
        attributes.put("neurodata_type", type);
        attributes.put("object_id", id(path));
        return attributes;
    }

    private void object(String path, String type, Map<String, ?> more) throws IOException {
        Map<String, Object> attributes = typed(path, "core", type);
        attributes.putAll(more);
        zarr.group(path, attributes);
    }

    private Map<String, Object> reference(String path) {
        return Map.of("value",
                Map.of("source", ".", "path", "/" + path, "object_id", id(path), "source_object_id", rootId),
                "zarr_dtype", "object");
    }

    private static Map<String, Object> link(String name, String path) {
        return Map.of("zarr_link", List.of(Map.of("name", name, "path", "/" + path, "source", ".")));
    }

    /// Writes a plane with its traces.
    public void plane(Plane plane) throws IOException {
        String module = "processing/plane-" + plane.number();
        object(module, "ProcessingModule", Map.of("description", "Traces of plane " + plane.number()));
        String imaging = imaging(plane);
        String table = module + "/image_segmentation/roi_table";
        object(module + "/image_segmentation", "ImageSegmentation", Map.of());
        int[] covered = rois(plane, table, imaging);
        if (plane.width() > 0 && plane.height() > 0) {
            picture(plane, module, covered);
        }
        for (TraceKind kind : plane.kinds().stream().sorted().toList()) {
            traces(plane, kind, module + "/" + name(kind), table);
        }
    }

    private static String name(TraceKind kind) {
        return switch (kind) {
            case RAW, DEMIXED, DFF, EVENTS -> kind.word();
            case NEUROPIL -> "neuropil_fluorescence";
            case CORRECTED -> "neuropil_corrected";
        };
    }

    /// A plane's name as one of an object.
    private static String imagingName(Plane plane) {
        String plain = plane.name().replaceAll("[/\\\\:]", "-");
        return plain.isEmpty() ? "plane-" + plane.number() : plain;
    }

    private String imaging(Plane plane) throws IOException {
        String path = "general/optophysiology/" + imagingName(plane);
        object(path, "ImagingPlane", link("device", "general/devices/microscope"));
        zarr.text(path + "/description", "Imaging plane " + plane.number());
        zarr.number(path + "/excitation_lambda", number("excitation_lambda"), Map.of());
        zarr.number(path + "/imaging_rate", plane.rate(), Map.of());
        zarr.text(path + "/indicator", property("indicator"));
        zarr.text(path + "/location", Double.isNaN(plane.depth()) ? UNKNOWN : plane.depth() + " um");
        object(path + "/channel", "OpticalChannel", Map.of());
        zarr.text(path + "/channel/description", "Green channel");
        zarr.number(path + "/channel/emission_lambda", number("emission_lambda"), Map.of());
        return path;
    }

    private String property(String name) {
        return session.info().properties().getOrDefault(name, UNKNOWN);
    }

    private double number(String property) {
        try {
            return Double.parseDouble(property(property));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private Map<String, Object> column(String path, String description) {
        Map<String, Object> attributes = typed(path, "hdmf-common", "VectorData");
        attributes.put("description", description);
        return attributes;
    }

    private void ids(String table, int rows) throws IOException {
        long[] ids = new long[rows];
        Arrays.setAll(ids, i -> i);
        zarr.longs(table + "/id", ids, typed(table + "/id", "hdmf-common", "ElementIdentifiers"));
    }

    /// @return how many masks cover each pixel of the frame, row by row
    private int[] rois(Plane plane, String table, String imaging) throws IOException {
        List<Roi> rois = plane.rois();
        List<String> columns = new ArrayList<>();
        for (Map.Entry<String, long[]> column : keys(rois).entrySet()) {
            zarr.longs(table + "/" + column.getKey(), column.getValue(),
                    column(table + "/" + column.getKey(), "Part of the key: " + column.getKey()));
            columns.add(column.getKey());
        }
        zarr.doubles(table + "/pika_roi_confidence", rois.stream().mapToDouble(Roi::soma).toArray(),
                column(table + "/pika_roi_confidence", "Confidence that it is a soma"));
        columns.add("pika_roi_confidence");
        if (rois.stream().anyMatch(roi -> roi.delay() != 0)) {
            zarr.doubles(table + "/ms_delay", rois.stream().mapToDouble(roi -> roi.delay() * 1000).toArray(),
                    column(table + "/ms_delay", "Milliseconds to add to the times of frames"));
            columns.add("ms_delay");
        }
        int[] covered = new int[plane.width() * plane.height()];
        if (masks(plane, table, covered)) {
            columns.add("pixel_mask");
        }
        ids(table, rois.size());
        Map<String, Object> more = new TreeMap<>(link("imaging_plane", imaging));
        more.put("colnames", columns);
        more.put("description", "ROIs of plane " + plane.number());
        object(table, "PlaneSegmentation", more);
        zarr.group(table + "/reference_images", Map.of());
        return covered;
    }

    private static Map<String, long[]> keys(List<Roi> rois) {
        Map<String, long[]> columns = new LinkedHashMap<>();
        for (int i = 0; i < rois.size(); i++) {
            Map<String, Long> parts = new LinkedHashMap<>();
            switch (rois.get(i).key()) {
                case RoiKey.Column key -> {
                    parts.put("column", (long) key.column());
                    parts.put("volume", (long) key.volume());
                    parts.put("plane", (long) key.plane());
                    parts.put("roi", (long) key.roi());
                }
                case RoiKey.Scan key -> {
                    parts.put("session", (long) key.session());
                    parts.put("scan_idx", (long) key.scan());
                    parts.put("field", (long) key.field());
                    parts.put("unit_id", key.unit());
                }
                case RoiKey.Masked key -> {
                    parts.put("session", (long) key.session());
                    parts.put("scan_idx", (long) key.scan());
                    parts.put("field", (long) key.field());
                    parts.put("mask_id", key.mask());
                }
                case RoiKey.Recorded key -> parts.put("recorded_roi", key.roi());
            }
            int row = i;
            parts.forEach((name, value) -> columns.computeIfAbsent(name, _ -> new long[rois.size()])[row] = value);
        }
        return columns;
    }

    private boolean masks(Plane plane, String table, int[] covered) throws IOException {
        List<Mask> masks = new ArrayList<>();
        boolean any = false;
        for (int i = 0; i < plane.rois().size(); i++) {
            Optional<Mask> mask = session.mask(plane, i);
            any |= mask.isPresent();
            masks.add(mask.orElse(new Mask(new int[0], new int[0], new float[0])));
        }
        if (!any) {
            return false;
        }
        int pixels = masks.stream().mapToInt(Mask::pixels).sum();
        ByteBuffer bytes = ZarrFolder.buffer(Math.multiplyExact(ZarrFolder.Type.PIXEL.bytes(), pixels));
        long[] ends = new long[masks.size()];
        long end = 0;
        for (int i = 0; i < ends.length; i++) {
            Mask mask = masks.get(i);
            for (int pixel = 0; pixel < mask.pixels(); pixel++) {
                int x = mask.x()[pixel];
                int y = mask.y()[pixel];
                bytes.putInt(x).putInt(y).putFloat(mask.weights()[pixel]);
                if (x >= 0 && y >= 0 && x < plane.width() && y < plane.height()) {
                    covered[y * plane.width() + x]++;
                }
            }
            end += mask.pixels();
            ends[i] = end;
        }
        zarr.whole(table + "/pixel_mask", ZarrFolder.Type.PIXEL, new int[]{pixels}, bytes.array(),
                column(table + "/pixel_mask", "Pixels of each ROI: x, y, weight"));
        Map<String, Object> index = typed(table + "/pixel_mask_index", "hdmf-common", "VectorIndex");
        index.put("description", "Index for VectorData 'pixel_mask'");
        index.put("target", reference(table + "/pixel_mask"));
        zarr.longs(table + "/pixel_mask_index", ZarrFolder.Type.UNSIGNED_LONG, ends, index);
        return true;
    }

    /// How many masks lie on each pixel, at most 255: tells the frame's size, and what was segmented.
    private void picture(Plane plane, String module, int[] covered) throws IOException {
        byte[] pixels = new byte[covered.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) Math.min(255, covered[i]);
        }
        object(module + "/images", "Images", Map.of("description", "Pictures of the plane"));
        Map<String, Object> image = typed(module + "/images/roi_coverage", "core", "GrayscaleImage");
        image.put("description", "How many ROIs cover each pixel; rows from the top");
        zarr.whole(module + "/images/roi_coverage", ZarrFolder.Type.UNSIGNED_BYTE,
                new int[]{plane.height(), plane.width()}, pixels, image);
    }

    private void traces(Plane plane, TraceKind kind, String path, String table) throws IOException {
        int frames = plane.clock().frames();
        int rois = plane.rois().size();
        boolean percent = kind == TraceKind.DFF;
        object(path, "RoiResponseSeries", Map.of("comments", "no comments", "description",
                percent ? "dF/F, as a fraction; times conversion it is in percent" : "Traces: " + kind.word()));
        // Fractions with a conversion stay what they are to the last bit.
        zarr.array(path + "/data", ZarrFolder.Type.FLOAT, new int[]{frames, rois},
                new int[]{Math.clamp(frames, 1, CHUNK_FRAMES), Math.clamp(rois, 1, CHUNK_ROIS)},
                Map.of("conversion", percent ? 100.0 : 1.0, "offset", 0.0, "resolution", -1.0, "unit",
                        percent ? "percent" : "a.u."));
        Map<String, Object> region = typed(path + "/rois", "hdmf-common", "DynamicTableRegion");
        region.put("description", "All ROIs of the plane");
        region.put("table", reference(table));
        long[] rows = new long[rois];
        Arrays.setAll(rows, i -> i);
        zarr.longs(path + "/rois", rows, region);
        times(path, plane.clock());
        for (int first = 0; first < rois && frames > 0; first += CHUNK_ROIS) {
            chunks(path + "/data", session.traces(plane, kind, first, Math.min(CHUNK_ROIS, rois - first)), frames,
                    Math.min(CHUNK_ROIS, rois), first / CHUNK_ROIS);
        }
    }

    /// Writes the chunks of some ROIs; each has the frames one after the other, and within a frame the ROIs.
    private void chunks(String path, float[][] traces, int frames, int width, int number) throws IOException {
        int length = Math.min(CHUNK_FRAMES, frames);
        for (int from = 0; from < frames; from += length) {
            ByteBuffer bytes = ZarrFolder.buffer(4 * length * width);
            int count = Math.min(length, frames - from);
            for (int i = 0; i < count; i++) {
                int at = 4 * i * width;
                for (int roi = 0; roi < traces.length; roi++) {
                    bytes.putFloat(at + 4 * roi, traces[roi][from + i]);
                }
            }
            zarr.chunk(path, ZarrFolder.Type.FLOAT, from / length + "." + number, bytes.array());
        }
    }

    private void times(String series, Clock clock) throws IOException {
        double[] times = new double[clock.frames()];
        Arrays.setAll(times, clock::time);
        zarr.doubles(series + "/timestamps", times, Map.of("interval", 1, "unit", "seconds"));
    }

    /// Writes all but the planes, which must be there.
    public void finish() throws IOException {
        Map<String, Object> root = typed("", "core", "NWBFile");
        root.put("object_id", rootId);
        root.put("nwb_version", VERSION);
        zarr.group("", root);
        for (String group : List.of("acquisition", "analysis", "general", "general/devices", "general/optophysiology",
                "intervals", "processing", "stimulus", "stimulus/presentation", "stimulus/templates")) {
            zarr.group(group, Map.of());
        }
        String start = session.info().properties().getOrDefault("session_start_time", BEGINNING);
        zarr.text("session_description", session.info().properties().getOrDefault("session_description",
                "Calcium imaging session " + session.info().name()
                        + (start.equals(BEGINNING) ? "; its date is not known" : "")));
        zarr.text("identifier", session.info().properties().getOrDefault("identifier", session.info().name()));
        zarr.text("session_start_time", start);
        zarr.text("timestamps_reference_time", start);
        zarr.texts("file_create_date", List.of(start), Map.of());
        zarr.text("general/session_id", session.info().name().replaceAll("[/\\\\]", "-"));
        object("general/devices/microscope", "Device", Map.of("description", "Two-photon microscope"));
        subject();
        stimuli();
        epochs();
        signals();
        for (Template template : session.templates()) {
            template(template);
        }
        zarr.consolidate();
    }

    private void subject() throws IOException {
        object("general/subject", "Subject", Map.of());
        zarr.text("general/subject/subject_id",
                session.info().subject().isEmpty() ? UNKNOWN : session.info().subject().replaceAll("[/\\\\]", "-"));
        Map<String, String> properties = session.info().properties();
        zarr.text("general/subject/species", properties.getOrDefault("species", "Mus musculus"));
        zarr.text("general/subject/sex", properties.getOrDefault("sex", "U"));
        zarr.text("general/subject/age", properties.getOrDefault("age", "P0D/"));
    }

    private void intervals(String table, String description, double[] start, double[] stop, List<String> names,
            Map<String, double[]> numbers, Map<String, List<String>> texts) throws IOException {
        zarr.doubles(table + "/start_time", start, column(table + "/start_time", "Start time of epoch, in seconds"));
        zarr.doubles(table + "/stop_time", stop, column(table + "/stop_time", "Stop time of epoch, in seconds"));
        List<String> columns = new ArrayList<>(List.of("start_time", "stop_time", "stim_name"));
        zarr.texts(table + "/stim_name", names, column(table + "/stim_name", "Name of the stimulus"));
        for (Map.Entry<String, double[]> one : numbers.entrySet()) {
            zarr.doubles(table + "/" + one.getKey(), one.getValue(),
                    column(table + "/" + one.getKey(), one.getKey().replace('_', ' ')));
            columns.add(one.getKey());
        }
        for (Map.Entry<String, List<String>> one : texts.entrySet()) {
            zarr.texts(table + "/" + one.getKey(), one.getValue(),
                    column(table + "/" + one.getKey(), one.getKey().replace('_', ' ')));
            columns.add(one.getKey());
        }
        ids(table, start.length);
        object(table, "TimeIntervals", Map.of("colnames", columns, "description", description));
    }

    private void stimuli() throws IOException {
        List<Presentation> all = session.presentations();
        if (all.isEmpty()) {
            return;
        }
        Map<String, double[]> numbers = new LinkedHashMap<>();
        numbers.put("temporal_frequency", grating(all, Condition.Grating::temporalFrequency));
        numbers.put("spatial_frequency", grating(all, Condition.Grating::spatialFrequency));
        numbers.put("direction", grating(all, Condition.Grating::direction));
        numbers.put("center_azimuth", doubles(all, Presentation::azimuth));
        numbers.put("center_elevation", doubles(all, Presentation::elevation));
        numbers.put("frame", doubles(all, shown -> orNan(shown.frame())));
        numbers.put("image_order", doubles(all, shown -> orNan(shown.order())));
        numbers.put("image_index", doubles(all, NwbZarrExport::image));
        intervals("intervals/stimulus_table", "What was shown", doubles(all, Presentation::start),
                doubles(all, Presentation::stop), all.stream().map(Presentation::stimulus).toList(), numbers,
                Map.of("stimulus_condition_id", all.stream().map(Presentation::label).toList()));
    }

    /// Frames of a film have their number as `frame`.
    private static double image(Presentation shown) {
        return shown.condition().orElse(null) instanceof Condition.Picture picture
                && Stimulus.of(shown.stimulus()) != Stimulus.NATURAL_MOVIE ? picture.index() : Double.NaN;
    }

    private static double orNan(int number) {
        return number < 0 ? Double.NaN : number;
    }

    private static double[] grating(List<Presentation> all, ToDoubleFunction<Condition.Grating> value) {
        return doubles(all, shown -> shown.condition().orElse(null) instanceof Condition.Grating grating
                ? value.applyAsDouble(grating)
                : Double.NaN);
    }

    private static <T> double[] doubles(List<T> all, ToDoubleFunction<T> value) {
        return all.stream().mapToDouble(value).toArray();
    }

    private void epochs() throws IOException {
        List<Epoch> all = session.epochs();
        if (!all.isEmpty()) {
            intervals("intervals/epochs", "Parts of the session", doubles(all, Epoch::start), doubles(all, Epoch::stop),
                    all.stream().map(Epoch::name).toList(), Map.of(), Map.of());
        }
    }

    private void signals() throws IOException {
        if (session.signals().isEmpty()) {
            return;
        }
        object("processing/behavior", "ProcessingModule", Map.of("description", "What was measured beside the cells"));
        for (Signal signal : session.signals()) {
            String path = "processing/behavior/" + signal.name().replaceAll("[/\\\\:]", "-");
            object(path, "TimeSeries", Map.of("comments", "no comments", "description",
                    signal.name().replace('_', ' ')));
            zarr.doubles(path + "/data", signal.trace().values(), Map.of("conversion", 1.0, "offset", 0.0, "resolution",
                    -1.0, "unit", signal.unit().isEmpty() ? UNKNOWN : signal.unit()));
            times(path, signal.trace().clock());
        }
    }

    private void template(Template template) throws IOException {
        String path = "stimulus/templates/" + template.stimulus().replaceAll("[/\\\\:]", "-");
        object(path, "TimeSeries", Map.of("comments", "no comments", "description", String.format(Locale.ROOT,
                "Squares of %s degrees: -1 black, 0 grey, 1 white; row 0 is the top of the screen",
                template.degrees())));
        zarr.whole(path + "/data", ZarrFolder.Type.BYTE,
                new int[]{template.frames(), template.height(), template.width()}, template.values(),
                Map.of("conversion", 1.0, "offset", 0.0, "resolution", -1.0, "unit", "shade"));
        zarr.number(path + "/starting_time", 0, Map.of("rate", rate(template), "unit", "seconds"));
    }

    /// Frames a second, by the first frame that was shown.
    private double rate(Template template) {
        return session.presentations().stream()
                .filter(shown -> shown.stimulus().equals(template.stimulus()) && shown.stop() > shown.start())
                .findFirst().map(shown -> 1 / (shown.stop() - shown.start())).orElse(1.0);
    }
}
