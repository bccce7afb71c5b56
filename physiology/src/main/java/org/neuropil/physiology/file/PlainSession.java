package org.neuropil.physiology.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.neuropil.physiology.nwb.tree.Chunks;
import org.neuropil.physiology.nwb.tree.Slab;
import org.neuropil.physiology.session.Epoch;
import org.neuropil.physiology.session.Mask;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Presentations;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.SessionInfo;
import org.neuropil.physiology.session.Signal;
import org.neuropil.physiology.session.Template;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.space.InputException;

/// A session in a folder of NPY and CSV files; `docs/sessions.md` tells which. [PlainWriter] writes such folders.
public final class PlainSession implements Session {
    private static final Pattern PLANE = Pattern.compile("plane-([0-9]{1,6})");

    private final SessionInfo info;
    private final List<PlainPlane> planes;
    private final List<Presentation> presentations;
    private final List<Epoch> epochs;
    private final List<Signal> signals;
    private final List<Template> templates;

    private PlainSession(Path folder) throws IOException {
        Sidecar sidecar = Sidecar.read(folder.resolve("session.json"));
        String name = sidecar.name().orElseGet(() -> {
            Path last = folder.toAbsolutePath().normalize().getFileName();
            return last == null ? "session" : last.toString();
        });
        List<PlainPlane> read = new ArrayList<>();
        if (PlainPlane.hasTraces(folder)) {
            read.add(PlainPlane.read(folder, 0, name, sidecar));
        }
        for (Map.Entry<Integer, Path> plane : planeFolders(folder).entrySet()) {
            if (!PlainPlane.hasTraces(plane.getValue())) {
                continue;
            }
            if (plane.getKey() == 0 && !read.isEmpty()) {
                throw new InputException("has traces of plane 0 in itself and in " + plane.getValue().getFileName(),
                        folder.toString(), "");
            }
            read.add(PlainPlane.read(plane.getValue(), plane.getKey(), name, sidecar));
        }
        if (read.isEmpty()) {
            throw new InputException("has no traces", folder.toString(), "give traces.npy or traces.csv");
        }
        planes = read.stream().sorted(Comparator.comparingInt(one -> one.plane().number())).toList();
        Path table = folder.resolve("stimulus_table.csv");
        presentations = Files.exists(table) ? SessionTables.stimuli(table) : List.of();
        Path parts = folder.resolve("epochs.csv");
        epochs = Files.exists(parts) ? SessionTables.epochs(parts) : Presentations.epochs(presentations);
        signals = signals(folder, sidecar);
        templates = templates(folder, sidecar);
        Map<String, String> properties = new LinkedHashMap<>();
        sidecar.fields().optionalObject("properties").node().propertyNames().forEach(key -> properties.put(key,
                sidecar.fields().optionalObject("properties").string(key)));
        properties.put("storage", "npy and csv");
        List<String> notes = sidecar.fields().has("notes") ? sidecar.fields().strings("notes") : List.of();
        info = new SessionInfo(name, sidecar.subject(), "csv", folder.toString(), properties, notes);
    }

    /// Opens a folder.
    ///
    /// @throws InputException if its files do not fit each other, or one of them cannot be used
    public static PlainSession open(Path folder) throws IOException {
        return new PlainSession(folder);
    }

    /// The number of a plane's folder, `plane-3`; empty if it is none.
    static OptionalInt planeNumber(Path folder) {
        Path name = folder.getFileName();
        Matcher matcher = PLANE.matcher(name == null ? "" : name.toString());
        return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    private static Map<Integer, Path> planeFolders(Path folder) throws IOException {
        Map<Integer, Path> planes = new TreeMap<>();
        try (Stream<Path> inside = Files.list(folder)) {
            for (Path one : inside.sorted().toList()) {
                OptionalInt number = planeNumber(one);
                if (number.isPresent() && planes.putIfAbsent(number.getAsInt(), one) != null) {
                    throw new InputException("is plane " + number.getAsInt() + " once more", one.toString(), "");
                }
            }
        }
        return planes;
    }

    private static List<Signal> signals(Path folder, Sidecar sidecar) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String name : List.of("running.csv", "pupil.csv")) {
            if (Files.exists(folder.resolve(name))) {
                files.add(folder.resolve(name));
            }
        }
        Path others = folder.resolve("signals");
        if (Files.isDirectory(others)) {
            try (Stream<Path> inside = Files.list(others)) {
                files.addAll(inside.filter(one -> one.toString().endsWith(".csv")).sorted().toList());
            }
        }
        Map<String, Signal> signals = new TreeMap<>();
        for (Path file : files) {
            for (Signal signal : SessionTables.signals(file, sidecar.units())) {
                if (signals.putIfAbsent(signal.name(), signal) != null) {
                    throw new InputException("has a signal " + signal.name() + ", as another file has", file.toString(),
                            "rename one of them");
                }
            }
        }
        return List.copyOf(signals.values());
    }

    private static List<Template> templates(Path folder, Sidecar sidecar) throws IOException {
        Path inside = folder.resolve("templates");
        List<Path> files = List.of();
        if (Files.isDirectory(inside)) {
            try (Stream<Path> all = Files.list(inside)) {
                files = all.filter(one -> one.toString().endsWith(".npy")).sorted().toList();
            }
        }
        List<Template> templates = new ArrayList<>();
        for (Path file : files) {
            NpyArray array = NpyArray.open(file, 3);
            int[] shape = array.shape();
            double[] values = Slab.doubles(Chunks.NONE, array, array.plain().orElseThrow(), new int[3], shape);
            byte[] shades = new byte[values.length];
            for (int i = 0; i < values.length; i++) {
                if (values[i] != -1 && values[i] != 0 && values[i] != 1) {
                    throw new InputException("has a value " + values[i], file.toString(),
                            "write -1 for black, 0 for grey and 1 for white");
                }
                shades[i] = (byte) values[i];
            }
            String name = file.getFileName().toString().replaceFirst("\\.npy$", "");
            templates.add(new Template(name, shape[0], shape[1], shape[2], shades,
                    sidecar.degrees().getOrDefault(name, Double.NaN)));
        }
        return templates;
    }

    @Override
    public SessionInfo info() {
        return info;
    }

    @Override
    public List<Plane> planes() {
        return planes.stream().map(PlainPlane::plane).toList();
    }

    @Override
    public List<Presentation> presentations() {
        return presentations;
    }

    @Override
    public List<Epoch> epochs() {
        return epochs;
    }

    @Override
    public List<Signal> signals() {
        return signals;
    }

    @Override
    public List<Template> templates() {
        return templates;
    }

    @Override
    public float[][] traces(Plane plane, TraceKind kind, int first, int count) throws IOException {
        PlainPlane.Source source = own(plane).traces().get(kind);
        if (source == null || first < 0 || count < 0 || count > source.rois() - first) {
            throw new IllegalArgumentException("plane " + plane.number() + " has no traces of kind " + kind.word()
                    + " of ROIs " + first + " to " + (first + (long) count));
        }
        return source.read(first, count);
    }

    @Override
    public Optional<Mask> mask(Plane plane, int roi) {
        List<Mask> masks = own(plane).masks();
        return masks.isEmpty() ? Optional.empty() : Optional.of(masks.get(roi));
    }

    private PlainPlane own(Plane plane) {
        return planes.stream().filter(one -> one.plane().number() == plane.number()).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no plane " + plane.number() + " among "
                        + Arrays.toString(planes.stream().mapToInt(one -> one.plane().number()).toArray())));
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
