package org.neuropil.physiology.store.nwb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.neuropil.physiology.nwb.NwbFacts;
import org.neuropil.physiology.session.Mask;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Roi;
import org.neuropil.physiology.session.RoiKey;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.space.InputException;

/// Writes a session as NWB in V1DD's layout: a module for each plane, its table of ROIs, a stimulus table. Planes are written
/// one by one, and do not depend on each other; the last step, [#finish], writes the rest. Equal sessions give equal bytes:
/// ids of objects are made of the session's name and their paths, and what NWB asks for and nobody knows is a word that says
/// so. What NWB has no place for is told by a table of facts ([NwbFacts]), so that the session is read again as it was.
public final class NwbZarrExport {
    private static final String VERSION = "2.7.0";
    private static final int CHUNK_FRAMES = 4096;
    private static final int CHUNK_ROIS = 64;
    private static final String BEGINNING = "1970-01-01T00:00:00+00:00";

    private final Session session;
    private final ZarrFolder zarr;
    private final NwbObjects objects;
    /// Names of imaging planes, by number of the plane.
    private final Map<Integer, String> imaging = new HashMap<>();

    /// @param folder of the file, best with a name that ends in `.nwb.zarr`
    public NwbZarrExport(Session session, Path folder) {
        this.session = session;
        this.zarr = new ZarrFolder(folder);
        this.objects = new NwbObjects(zarr, session.info().name());
        Set<String> taken = new HashSet<>();
        for (Plane plane : session.planes()) {
            imaging.put(plane.number(), NwbObjects.name(plane.name(), taken));
            if (plane.kinds().isEmpty()) {
                throw new InputException("plane " + plane.number() + " has no traces, and NWB knows ROIs by them",
                        session.info().source(), "import the session with kinds of traces that all its planes have");
            }
        }
    }

    /// Writes all.
    public static void write(Session session, Path folder) throws IOException {
        NwbZarrExport export = new NwbZarrExport(session, folder);
        for (Plane plane : session.planes()) {
            export.plane(plane);
        }
        export.finish();
    }

    /// Writes a plane with its traces.
    public void plane(Plane plane) throws IOException {
        String module = "processing/plane-" + plane.number();
        objects.object(module, "ProcessingModule", Map.of("description", "Traces of plane " + plane.number()));
        String imaging = imaging(plane);
        String table = table(plane);
        objects.object(module + "/image_segmentation", "ImageSegmentation", Map.of());
        int[] covered = rois(plane, table, imaging);
        if (plane.width() > 0 && plane.height() > 0) {
            picture(plane, module, covered);
        }
        for (TraceKind kind : plane.kinds().stream().sorted().toList()) {
            traces(plane, kind, module + "/" + name(kind), table);
        }
    }

    private static String table(Plane plane) {
        return "processing/plane-" + plane.number() + "/image_segmentation/roi_table";
    }

    private static String name(TraceKind kind) {
        return switch (kind) {
            case RAW, DEMIXED, DFF, EVENTS -> kind.word();
            case NEUROPIL -> "neuropil_fluorescence";
            case CORRECTED -> "neuropil_corrected";
        };
    }

    private String imaging(Plane plane) throws IOException {
        String path = "general/optophysiology/" + imaging.get(plane.number());
        objects.object(path, "ImagingPlane", NwbObjects.link("device", "general/devices/microscope"));
        zarr.text(path + "/description", "Imaging plane " + plane.number());
        zarr.number(path + "/excitation_lambda", number("excitation_lambda"), Map.of());
        zarr.number(path + "/imaging_rate", plane.rate(), Map.of());
        zarr.text(path + "/indicator", property("indicator"));
        zarr.text(path + "/location", Double.isNaN(plane.depth()) ? NwbObjects.UNKNOWN : plane.depth() + " um");
        objects.object(path + "/channel", "OpticalChannel", Map.of());
        zarr.text(path + "/channel/description", "Green channel");
        zarr.number(path + "/channel/emission_lambda", number("emission_lambda"), Map.of());
        return path;
    }

    private String property(String name) {
        return session.info().properties().getOrDefault(name, NwbObjects.UNKNOWN);
    }

    private double number(String property) {
        try {
            return Double.parseDouble(property(property));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /// @return how many masks cover each pixel of the frame, row by row
    private int[] rois(Plane plane, String table, String imaging) throws IOException {
        List<Roi> rois = plane.rois();
        Columns columns = new Columns(objects, table);
        keys(rois, columns);
        columns.doubles("pika_roi_confidence", "Confidence that it is a soma", rois, Roi::soma);
        if (rois.stream().anyMatch(roi -> !Double.isNaN(roi.x()) || !Double.isNaN(roi.y()))) {
            columns.doubles("x", "Centroid, pixels from the left", rois, Roi::x);
            columns.doubles("y", "Centroid, pixels from the top", rois, Roi::y);
        }
        if (rois.stream().anyMatch(roi -> roi.delay() != 0)) {
            columns.doubles("delay", "Seconds to add to the times of the plane", rois, Roi::delay);
        }
        int[] covered = new int[plane.width() * plane.height()];
        masks(plane, table, covered, columns);
        objects.ids(table, rois.size());
        Map<String, Object> more = new TreeMap<>(NwbObjects.link("imaging_plane", imaging));
        more.put("colnames", columns.names());
        more.put("description", "ROIs of plane " + plane.number());
        objects.object(table, "PlaneSegmentation", more);
        zarr.group(table + "/reference_images", Map.of());
        return covered;
    }

    /// @throws InputException if keys have several forms
    private void keys(List<Roi> rois, Columns columns) throws IOException {
        List<RoiKey> keys = rois.stream().map(Roi::key).toList();
        if (keys.isEmpty()) {
            return;
        }
        Class<? extends RoiKey> form = keys.getFirst().getClass();
        for (RoiKey key : keys) {
            if (!form.isInstance(key)) {
                throw new InputException("has ROIs with keys of several forms in one plane: "
                        + keys.getFirst().label() + ", " + key.label(), session.info().source(), "");
            }
        }
        switch (keys.getFirst()) {
            case RoiKey.Column _ -> {
                columns.keys("column", keys, RoiKey.Column.class, RoiKey.Column::column);
                columns.keys("volume", keys, RoiKey.Column.class, RoiKey.Column::volume);
                columns.keys("plane", keys, RoiKey.Column.class, RoiKey.Column::plane);
                columns.keys("roi", keys, RoiKey.Column.class, RoiKey.Column::roi);
            }
            case RoiKey.Scan _ -> {
                columns.keys("session", keys, RoiKey.Scan.class, RoiKey.Scan::session);
                columns.keys("scan_idx", keys, RoiKey.Scan.class, RoiKey.Scan::scan);
                columns.keys("field", keys, RoiKey.Scan.class, RoiKey.Scan::field);
                columns.ids("unit_id", keys, RoiKey.Scan.class, RoiKey.Scan::unit);
            }
            case RoiKey.Masked _ -> {
                columns.keys("session", keys, RoiKey.Masked.class, RoiKey.Masked::session);
                columns.keys("scan_idx", keys, RoiKey.Masked.class, RoiKey.Masked::scan);
                columns.keys("field", keys, RoiKey.Masked.class, RoiKey.Masked::field);
                columns.ids("mask_id", keys, RoiKey.Masked.class, RoiKey.Masked::mask);
            }
            case RoiKey.Recorded _ -> {
                columns.texts("recording", "Part of the key: recording",
                        keys.stream().map(key -> ((RoiKey.Recorded) key).recording()).toList());
                columns.keys("recorded_plane", keys, RoiKey.Recorded.class, RoiKey.Recorded::plane);
                columns.ids("recorded_roi", keys, RoiKey.Recorded.class, RoiKey.Recorded::roi);
            }
        }
    }

    private void masks(Plane plane, String table, int[] covered, Columns columns) throws IOException {
        List<Mask> masks = new ArrayList<>();
        boolean[] has = new boolean[plane.rois().size()];
        int with = 0;
        for (int i = 0; i < plane.rois().size(); i++) {
            Optional<Mask> mask = session.mask(plane, i);
            has[i] = mask.isPresent();
            with += has[i] ? 1 : 0;
            masks.add(mask.orElse(new Mask(new int[0], new int[0], new float[0])));
        }
        if (with == 0) {
            return;
        }
        if (with < has.length) {
            columns.booleans("has_mask", "Whether its pixels are known", has);
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
                objects.column(table + "/pixel_mask", "Pixels of each ROI: x, y, weight"));
        Map<String, Object> index = objects.typed(table + "/pixel_mask_index", "hdmf-common", "VectorIndex");
        index.put("description", "Index for VectorData 'pixel_mask'");
        index.put("target", objects.reference(table + "/pixel_mask"));
        zarr.longs(table + "/pixel_mask_index", ZarrFolder.Type.UNSIGNED_LONG, ends, index);
        columns.names().add("pixel_mask");
    }

    /// How many masks lie on each pixel, at most 255: tells the frame's size, and what was segmented.
    private void picture(Plane plane, String module, int[] covered) throws IOException {
        byte[] pixels = new byte[covered.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) Math.min(255, covered[i]);
        }
        objects.object(module + "/images", "Images", Map.of("description", "Pictures of the plane"));
        Map<String, Object> image = objects.typed(module + "/images/roi_coverage", "core", "GrayscaleImage");
        image.put("description", "How many ROIs cover each pixel; rows from the top");
        zarr.whole(module + "/images/roi_coverage", ZarrFolder.Type.UNSIGNED_BYTE,
                new int[]{plane.height(), plane.width()}, pixels, image);
    }

    private void traces(Plane plane, TraceKind kind, String path, String table) throws IOException {
        int frames = plane.clock().frames();
        int rois = plane.rois().size();
        boolean percent = kind == TraceKind.DFF;
        objects.object(path, "RoiResponseSeries", Map.of("comments", "no comments", "description",
                percent ? "dF/F, as a fraction; times conversion it is in percent" : "Traces: " + kind.word()));
        // Fractions with a conversion stay what they are to the last bit.
        zarr.array(path + "/data", ZarrFolder.Type.FLOAT, new int[]{frames, rois},
                new int[]{Math.clamp(frames, 1, CHUNK_FRAMES), Math.clamp(rois, 1, CHUNK_ROIS)},
                Map.of("conversion", percent ? 100.0 : 1.0, "offset", 0.0, "resolution", -1.0, "unit",
                        percent ? "percent" : "a.u."));
        Map<String, Object> region = objects.typed(path + "/rois", "hdmf-common", "DynamicTableRegion");
        region.put("description", "All ROIs of the plane");
        region.put("table", objects.reference(table));
        long[] rows = new long[rois];
        Arrays.setAll(rows, i -> i);
        zarr.longs(path + "/rois", rows, region);
        objects.times(path, plane.clock());
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

    /// Writes all but the planes, which must be there.
    public void finish() throws IOException {
        Map<String, Object> root = objects.typed("", "core", "NWBFile");
        root.put("object_id", objects.id(""));
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
        objects.object("general/devices/microscope", "Device", Map.of("description", "Two-photon microscope"));
        subject();
        List<NwbFacts.Fact> facts = new ArrayList<>(facts());
        new NwbStimuliExport(session, objects).write(facts);
        facts(facts);
        zarr.consolidate();
    }

    /// What is told of the session and its planes.
    private List<NwbFacts.Fact> facts() {
        List<NwbFacts.Fact> facts = new ArrayList<>();
        facts.add(new NwbFacts.Fact(NwbFacts.SESSION, NwbFacts.NAME, session.info().name()));
        facts.add(new NwbFacts.Fact(NwbFacts.SESSION, NwbFacts.SUBJECT, session.info().subject()));
        new TreeMap<>(session.info().properties()).forEach((name, value) -> facts.add(
                new NwbFacts.Fact(NwbFacts.SESSION, NwbFacts.PROPERTY + name, value)));
        session.info().notes().forEach(note -> facts.add(
                new NwbFacts.Fact(NwbFacts.SESSION, NwbFacts.NOTE, note)));
        session.planes().forEach(plane -> facts.add(
                new NwbFacts.Fact("/" + table(plane), NwbFacts.NAME, plane.name())));
        return facts;
    }

    private void facts(List<NwbFacts.Fact> facts) throws IOException {
        Columns columns = new Columns(objects, NwbFacts.TABLE);
        columns.texts(NwbFacts.OBJECT, "Path of the object that the row is about",
                facts.stream().map(NwbFacts.Fact::object).toList());
        columns.texts(NwbFacts.FIELD, "What is told of it", facts.stream().map(NwbFacts.Fact::field).toList());
        columns.texts(NwbFacts.VALUE, "What it is", facts.stream().map(NwbFacts.Fact::value).toList());
        objects.ids(NwbFacts.TABLE, facts.size());
        Map<String, Object> attributes = objects.typed(NwbFacts.TABLE, "hdmf-common", "DynamicTable");
        attributes.put("colnames", columns.names());
        attributes.put("description", "What the session holds and NWB has no place for");
        zarr.group(NwbFacts.TABLE, attributes);
    }

    private void subject() throws IOException {
        objects.object("general/subject", "Subject", Map.of());
        zarr.text("general/subject/subject_id",
                session.info().subject().isEmpty()
                        ? NwbObjects.UNKNOWN
                        : session.info().subject().replaceAll("[/\\\\]", "-"));
        Map<String, String> properties = session.info().properties();
        zarr.text("general/subject/species", properties.getOrDefault("species", "Mus musculus"));
        zarr.text("general/subject/sex", properties.getOrDefault("sex", "U"));
        zarr.text("general/subject/age", properties.getOrDefault("age", "P0D/"));
    }
}
