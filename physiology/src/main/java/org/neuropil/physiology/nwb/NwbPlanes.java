package org.neuropil.physiology.nwb;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.neuropil.physiology.Clock;
import org.neuropil.physiology.nwb.tree.Array;
import org.neuropil.physiology.nwb.tree.Chunks;
import org.neuropil.physiology.nwb.tree.Group;
import org.neuropil.physiology.nwb.tree.Item;
import org.neuropil.physiology.nwb.tree.Part;
import org.neuropil.physiology.nwb.tree.Rows;
import org.neuropil.physiology.nwb.tree.Slab;
import org.neuropil.physiology.nwb.tree.Tree;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Roi;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.space.InputException;

/// Finds the planes of a file: each `RoiResponseSeries` belongs to the table of ROIs that it refers to, and each such table is
/// a plane.
final class NwbPlanes {
    private static final Pattern DEPTH = Pattern
            .compile("(-?[0-9]{1,6}(?:\\.[0-9]{1,20})?(?:E-?[0-9]{1,3})?) ?(?:um|µm|μm|microns?)");
    private static final Pattern NUMBER_AT_END = Pattern.compile(".*?([0-9]{1,6})");
    private static final Pattern FOREIGN_ID = Pattern.compile("(.*_)?(root_id|supervoxel_id|cave_ids?)");
    private static final int DEEPEST = 6;

    /// A plane and where its numbers lie.
    ///
    /// @param rows of the table, for each ROI of the plane
    /// @param without rows of the table that have no mask, be there one without pixels
    record Found(Plane plane, Map<TraceKind, NwbSeries> series, Optional<NwbMasks> masks, int[] rows,
            BitSet without) {}

    private record Candidate(String path, String container) {}

    private final Tree tree;
    private final NwbLayout layout;
    private final NwbFacts facts;
    private final boolean centroids;
    private final MissingChunks gaps;
    private final List<String> notes;
    private final Map<String, double[]> times = new HashMap<>();

    NwbPlanes(Tree tree, NwbLayout layout, NwbFacts facts, boolean centroids, MissingChunks gaps,
            List<String> notes) {
        this.tree = tree;
        this.layout = layout;
        this.facts = facts;
        this.centroids = centroids;
        this.gaps = gaps;
        this.notes = notes;
    }

    /// All planes by number.
    List<Found> find() throws IOException {
        List<Candidate> candidates = new ArrayList<>();
        Optional<Group> processing = tree.group("processing");
        if (processing.isPresent()) {
            collect(processing.get(), candidates, 0);
        }
        Map<String, List<Candidate>> byTable = new LinkedHashMap<>();
        for (Candidate one : candidates) {
            Optional<String> table = tree.array(one.path() + "/rois").flatMap(rois -> rois.attribute("table"))
                    .flatMap(value -> value.reference());
            if (table.isEmpty()) {
                notes.add(one.path() + " was left out: it does not tell which ROIs its traces are of");
            } else {
                byTable.computeIfAbsent(table.get(), _ -> new ArrayList<>()).add(one);
            }
        }
        List<Found> found = new ArrayList<>();
        Map<String, Integer> numbers = numbers(List.copyOf(byTable.keySet()));
        for (Map.Entry<String, List<Candidate>> entry : byTable.entrySet()) {
            plane(entry.getKey(), numbers.getOrDefault(entry.getKey(), 0), entry.getValue()).ifPresent(found::add);
        }
        return found.stream().sorted((a, b) -> Integer.compare(a.plane().number(), b.plane().number())).toList();
    }

    private void collect(Group group, List<Candidate> candidates, int depth) throws IOException {
        for (String name : group.names()) {
            Item item = tree.find(group.path() + "/" + name).orElse(null);
            // What a link leads to is found where it lies.
            if (!(item instanceof Group child) || !child.path().equals(group.path() + "/" + name)) {
                continue;
            }
            if (child.text("neurodata_type").filter("RoiResponseSeries"::equals).isPresent()) {
                candidates.add(new Candidate(child.path(), group.name()));
            } else if (depth < DEEPEST) {
                collect(child, candidates, depth + 1);
            }
        }
    }

    /// Numbers of planes: those at the ends of names if they tell planes apart, else their order.
    private static Map<String, Integer> numbers(List<String> tables) {
        for (boolean byModule : new boolean[]{true, false}) {
            Map<String, Integer> numbers = new HashMap<>();
            for (String table : tables) {
                String[] names = table.split("/");
                String name = byModule && names.length > 2 ? names[2] : names[names.length - 1];
                Matcher end = NUMBER_AT_END.matcher(name);
                if (end.matches()) {
                    numbers.put(table, Integer.parseInt(end.group(1)));
                }
            }
            if (numbers.size() == tables.size() && Set.copyOf(numbers.values()).size() == tables.size()) {
                return numbers;
            }
        }
        Map<String, Integer> numbers = new HashMap<>();
        tables.forEach(table -> numbers.put(table, numbers.size()));
        return numbers;
    }

    private Optional<Found> plane(String path, int number, List<Candidate> candidates) throws IOException {
        Group group = tree.group(path).orElseThrow(() -> new InputException("is no table of ROIs",
                tree.source() + ":" + path, ""));
        NwbTable table = NwbTable.of(tree, group);
        Map<TraceKind, NwbSeries> series = new EnumMap<>(TraceKind.class);
        int[] rows = null;
        double[] clock = null;
        for (Candidate one : candidates) {
            Optional<TraceKind> kind = NwbSeries.kind(one.path().substring(one.path().lastIndexOf('/') + 1),
                    one.container());
            Optional<NwbSeries> read = kind.isEmpty() ? Optional.empty() : series(one.path(), kind.get());
            if (read.isEmpty()) {
                notes.add(one.path() + " was left out: its name does not tell what its traces are");
                continue;
            }
            int[] ofThis = rows(one.path(), read.get(), table);
            double[] stamps = times(one.path(), read.get().rows().frames());
            if (rows != null && clock != null && !(Arrays.equals(rows, ofThis) && Arrays.equals(clock, stamps))) {
                notes.add(one.path() + " was left out: its " + (Arrays.equals(rows, ofThis) ? "times" : "ROIs")
                        + " are not those of the plane's other traces");
                continue;
            }
            if (series.putIfAbsent(kind.get(), read.get()) != null) {
                notes.add(one.path() + " was left out: its plane has other traces of kind " + kind.get().word());
                continue;
            }
            rows = ofThis;
            clock = stamps;
        }
        if (rows == null || clock == null) {
            return Optional.empty();
        }
        foreign(table);
        Optional<NwbMasks> masks = NwbMasks.of(table, layout == NwbLayout.OTHER);
        Plane plane = plane(number, table, rows, clock(path, clock), masks, Set.copyOf(series.keySet()));
        return Optional.of(new Found(plane, Map.copyOf(series), masks, rows, without(table)));
    }

    private BitSet without(NwbTable table) throws IOException {
        BitSet without = new BitSet();
        if (facts.isThere() && table.plain("has_mask").isPresent()) {
            double[] has = table.numbers("has_mask");
            for (int row = 0; row < has.length; row++) {
                without.set(row, has[row] == 0);
            }
        }
        return without;
    }

    private Clock clock(String path, double[] times) {
        try {
            return new Clock(times);
        } catch (InputException e) {
            throw new InputException(e.what(), tree.source() + ":" + path, e.hint(), e);
        }
    }

    private Optional<NwbSeries> series(String path, TraceKind kind) throws IOException {
        Array data = tree.array(path + "/data").orElseThrow(() -> new InputException("has no data",
                tree.source() + ":" + path, ""));
        int[] shape = data.shape();
        if (shape.length < 1 || shape.length > 2 || data.plain().isEmpty()) {
            throw new InputException("has shape " + Arrays.toString(shape) + ", and traces are frames by ROIs",
                    data.where(), "");
        }
        long frames = tree.array(path + "/timestamps").map(Array::size).orElse((long) shape[0]);
        boolean turned = shape.length == 2 && shape[0] != frames && shape[1] == frames;
        if (turned) {
            notes.add(path + " has ROIs along its first dimension; it was turned");
        }
        String unit = data.text("unit").orElse("").strip().toLowerCase(Locale.ROOT);
        boolean percent = unit.equals("%") || unit.equals("percent");
        return Optional.of(new NwbSeries(path, kind, new Rows(whole(path, data), data.plain().get(), turned,
                data.number("conversion").orElse(1.0), data.number("offset").orElse(0.0), percent)));
    }

    /// Traces of which no chunk is missing, or whose missing ones somebody has said what to make of.
    private Array whole(String path, Array data) throws IOException {
        long missing = data.missingChunks();
        if (missing == 0) {
            return data;
        }
        String what = missing + " chunks of " + path + "/data are not there";
        boolean meant = data.isFillMeant();
        if (gaps == MissingChunks.REFUSE && !meant) {
            throw new InputException("lacks " + missing + " of its chunks, which would be read as zeros", data.where(),
                    "fetch them again; or read them with --missing-chunks nan as frames that are missing, or with "
                            + "--missing-chunks fill as the fill value, if the writer leaves out chunks of zeros");
        }
        if (gaps != MissingChunks.NAN) {
            notes.add(what + "; they have the array's fill value");
            return data;
        }
        notes.add(what + "; their frames are missing");
        return data.withoutFill().orElseThrow(() -> new InputException(
                "lacks " + missing + " of its chunks, and its whole numbers cannot be NaN", data.where(),
                "read them with --missing-chunks fill as the fill value"));
    }

    /// Rows of the table that the traces of a series are of.
    private int[] rows(String path, NwbSeries series, NwbTable table) throws IOException {
        Array region = tree.array(path + "/rois").orElseThrow();
        if (region.shape().length != 1 || region.size() != series.rows().rois()) {
            throw new InputException("has traces of " + series.rows().rois() + " ROIs, and names " + region.size(),
                    tree.source() + ":" + path, "");
        }
        double[] numbers = Slab.doubles(region);
        int[] rows = new int[numbers.length];
        Set<Integer> seen = new HashSet<>();
        boolean fits = true;
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (int) numbers[i];
            fits &= rows[i] == numbers[i] && rows[i] >= 0 && rows[i] < table.rows() && seen.add(rows[i]);
        }
        if (fits) {
            return rows;
        }
        if (rows.length != table.rows()) {
            throw new InputException("names rows that its table of " + table.rows() + " ROIs does not have",
                    region.where(), "");
        }
        notes.add(path + " names rows that its table of ROIs does not have, and has as many traces as that has rows; "
                + "they were taken in order");
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i;
        }
        return rows;
    }

    private double[] times(String path, int frames) throws IOException {
        String source = NwbTimes.source(tree, path);
        double[] known = times.get(source);
        if (known != null && known.length == frames) {
            return known;
        }
        double[] read = NwbTimes.of(tree, path, frames).orElseThrow(() -> new InputException(
                "has neither timestamps nor a first time and a rate", tree.source() + ":" + path, ""));
        times.put(source, read);
        return read;
    }

    /// Tells of ids of objects in EM, which are not kept.
    private void foreign(NwbTable table) throws IOException {
        List<String> names = new ArrayList<>();
        boolean floats = false;
        for (String name : table.columns()) {
            if (FOREIGN_ID.matcher(name).matches()) {
                names.add(name);
                floats |= table.column(name).flatMap(Array::plain)
                        .filter(part -> part.kind() == Part.Kind.FLOAT).isPresent();
            }
        }
        if (names.isEmpty()) {
            return;
        }
        String note = "columns " + String.join(", ", names) + " of " + table.group().path() + " were left out: "
                + (floats
                        ? "they hold ids as floating-point numbers, which have lost their last digits"
                        : "roots of objects change with every edit")
                + "; take them from a coregistration table";
        if (table.plain("pt_root_id").isPresent() && table.plain("pt_supervoxel_id").isPresent()
                && Arrays.equals(table.numbers("pt_root_id"), table.numbers("pt_supervoxel_id"))) {
            note += "; what it calls pt_root_id are its supervoxel ids";
        }
        notes.add(note);
    }

    private Plane plane(int number, NwbTable table, int[] rows, Clock clock, Optional<NwbMasks> masks,
            Set<TraceKind> kinds) throws IOException {
        Optional<Group> imaging = tree.group(table.group().path() + "/imaging_plane");
        String name = facts.of(table.group().path(), NwbFacts.NAME)
                .orElse(imaging.map(Group::name).orElse(table.group().name()));
        double rate = 0;
        if (imaging.isPresent()) {
            Optional<Array> stated = tree.array(imaging.get().path() + "/imaging_rate");
            rate = stated.isPresent() && stated.get().size() == 1 ? Slab.doubles(stated.get())[0] : 0;
        }
        if (!(rate > 0) || Double.isInfinite(rate)) {
            int last = clock.frames() - 1;
            rate = last > 0 ? last / (clock.time(last) - clock.time(0)) : Double.NaN;
        }
        int[] size = masks.map(NwbMasks::size).orElse(new int[2]);
        if (size[0] == 0) {
            size = pictureSize(table.group().path());
        }
        return new Plane(number, name, imaging.isPresent() ? depth(imaging.get()) : Double.NaN, rate, size[0], size[1],
                clock, rois(number, table, rows, masks), kinds);
    }

    private List<Roi> rois(int number, NwbTable table, int[] rows, Optional<NwbMasks> masks) throws IOException {
        NwbKeys keys = NwbKeys.of(layout, tree, table, number, notes);
        double[] soma = soma(table);
        List<Roi> rois = new ArrayList<>();
        if (facts.isThere()) {
            double[] x = table.numbers("x");
            double[] y = table.numbers("y");
            double[] delay = table.numbers("delay");
            for (int row : rows) {
                rois.add(new Roi(keys.key(row), x[row], y[row], soma[row], Double.isNaN(delay[row]) ? 0 : delay[row]));
            }
            return rois;
        }
        double[] delay = table.numbers("ms_delay");
        double[][] places = centroids && masks.isPresent() ? masks.get().centroids() : new double[0][];
        for (int row : rows) {
            double x = places.length == 0 ? Double.NaN : places[row][0];
            double y = places.length == 0 ? Double.NaN : places[row][1];
            rois.add(new Roi(keys.key(row), x, y, soma[row], Double.isNaN(delay[row]) ? 0 : delay[row] / 1000));
        }
        return rois;
    }

    private static double[] soma(NwbTable table) throws IOException {
        for (String name : List.of("pika_roi_confidence", "soma_probability", "is_soma")) {
            if (table.plain(name).isPresent()) {
                return table.numbers(name);
            }
        }
        List<String> types = table.words("mask_type");
        return types.stream().mapToDouble(type -> type.isEmpty() ? Double.NaN : type.equals("soma") ? 1 : 0).toArray();
    }

    /// um below the pia.
    private double depth(Group imaging) throws IOException {
        Matcher words = DEPTH.matcher(tree.text(imaging.path() + "/location").orElse("").strip());
        if (words.matches()) {
            return Double.parseDouble(words.group(1));
        }
        Optional<Array> origin = tree.array(imaging.path() + "/origin_coords");
        // V1DD's origins stand for nothing.
        if (layout != NwbLayout.MICRONS || origin.isEmpty() || origin.get().size() != 3) {
            return Double.NaN;
        }
        double z = Slab.doubles(origin.get())[2];
        return origin.get().text("unit").filter("meters"::equals).isPresent() ? z * 1e6 : z;
    }

    /// Width and height of a picture beside a table, `images` in its module.
    private int[] pictureSize(String table) throws IOException {
        String[] names = table.split("/");
        Optional<Group> images = names.length > 3 ? tree.group("processing/" + names[2] + "/images") : Optional.empty();
        if (images.isPresent()) {
            for (String name : images.get().names()) {
                int[] shape = tree.array(images.get().path() + "/" + name).map(Array::shape).orElse(new int[0]);
                if (shape.length >= 2) {
                    return new int[]{shape[1], shape[0]};
                }
            }
        }
        return new int[2];
    }

    /// Kept chunks of one session.
    static Chunks cache() {
        return new Chunks(64L << 20);
    }
}
