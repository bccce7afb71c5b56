package org.neuropil.physiology.store.nwb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.neuropil.physiology.session.Mask;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Roi;
import org.neuropil.physiology.session.RoiKey;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.TraceKind;

/// Writes a session as NWB in V1DD's layout: a module for each plane, its table of ROIs, a stimulus table. Planes are written
/// one by one, and do not depend on each other; the last step, [#finish], writes the rest. Equal sessions give equal bytes:
/// ids of objects are made of the session's name and their paths, and what NWB asks for and nobody knows is a word that says
/// so.
public final class NwbZarrExport {
    private static final String VERSION = "2.7.0";
    private static final int CHUNK_FRAMES = 4096;
    private static final int CHUNK_ROIS = 64;
    private static final String BEGINNING = "1970-01-01T00:00:00+00:00";

    private final Session session;
    private final ZarrFolder zarr;
    private final NwbObjects objects;

    /// @param folder of the file, best with a name that ends in `.nwb.zarr`
    public NwbZarrExport(Session session, Path folder) {
        this.session = session;
        this.zarr = new ZarrFolder(folder);
        this.objects = new NwbObjects(zarr, session.info().name());
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
        String table = module + "/image_segmentation/roi_table";
        objects.object(module + "/image_segmentation", "ImageSegmentation", Map.of());
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
        List<String> columns = new ArrayList<>();
        for (Map.Entry<String, long[]> column : keys(rois).entrySet()) {
            zarr.longs(table + "/" + column.getKey(), column.getValue(),
                    objects.column(table + "/" + column.getKey(), "Part of the key: " + column.getKey()));
            columns.add(column.getKey());
        }
        zarr.doubles(table + "/pika_roi_confidence", rois.stream().mapToDouble(Roi::soma).toArray(),
                objects.column(table + "/pika_roi_confidence", "Confidence that it is a soma"));
        columns.add("pika_roi_confidence");
        if (rois.stream().anyMatch(roi -> roi.delay() != 0)) {
            zarr.doubles(table + "/ms_delay", rois.stream().mapToDouble(roi -> roi.delay() * 1000).toArray(),
                    objects.column(table + "/ms_delay", "Milliseconds to add to the times of frames"));
            columns.add("ms_delay");
        }
        int[] covered = new int[plane.width() * plane.height()];
        if (masks(plane, table, covered)) {
            columns.add("pixel_mask");
        }
        objects.ids(table, rois.size());
        Map<String, Object> more = new TreeMap<>(NwbObjects.link("imaging_plane", imaging));
        more.put("colnames", columns);
        more.put("description", "ROIs of plane " + plane.number());
        objects.object(table, "PlaneSegmentation", more);
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
                objects.column(table + "/pixel_mask", "Pixels of each ROI: x, y, weight"));
        Map<String, Object> index = objects.typed(table + "/pixel_mask_index", "hdmf-common", "VectorIndex");
        index.put("description", "Index for VectorData 'pixel_mask'");
        index.put("target", objects.reference(table + "/pixel_mask"));
        zarr.longs(table + "/pixel_mask_index", ZarrFolder.Type.UNSIGNED_LONG, ends, index);
        return true;
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
        new NwbStimuliExport(session, objects).write();
        zarr.consolidate();
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
