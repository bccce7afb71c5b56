package org.neuropil.physiology.nwb;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.neuropil.physiology.Clock;
import org.neuropil.physiology.Trace;
import org.neuropil.physiology.nwb.tree.Array;
import org.neuropil.physiology.nwb.tree.Group;
import org.neuropil.physiology.nwb.tree.Slab;
import org.neuropil.physiology.nwb.tree.Tree;
import org.neuropil.physiology.session.Signal;
import org.neuropil.space.InputException;

/// What was measured beside the cells: time series and tables with a column of times, in `acquisition` and `processing`.
final class NwbSignals {
    private static final long MOST_SAMPLES = 1L << 25;
    private static final int DEEPEST = 3;
    private static final List<String> TIME_COLUMNS = List.of("timestamps", "timestamp", "time", "times");

    private final Tree tree;
    private final NwbFacts facts;
    private final List<String> notes;
    private final Map<String, Signal> found = new LinkedHashMap<>();
    /// By place in the table of facts.
    private final Map<Integer, Signal> told = new TreeMap<>();

    NwbSignals(Tree tree, NwbFacts facts, List<String> notes) {
        this.tree = tree;
        this.facts = facts;
        this.notes = notes;
    }

    /// All signals by name; those that the file tells of come first, in its order.
    List<Signal> read() throws IOException {
        for (String place : List.of("processing", "acquisition")) {
            Optional<Group> group = tree.group(place);
            if (group.isPresent()) {
                children(group.get(), 0);
            }
        }
        if (!facts.isThere()) {
            area();
        }
        return Stream.concat(told.values().stream(),
                found.values().stream().sorted((a, b) -> a.name().compareTo(b.name()))).toList();
    }

    private void children(Group group, int depth) throws IOException {
        for (String name : group.names()) {
            Optional<Group> child = tree.group(group.path() + "/" + name);
            if (child.isPresent() && child.get().path().equals(group.path() + "/" + name)) {
                visit(child.get(), depth);
            }
        }
    }

    private void visit(Group group, int depth) throws IOException {
        String type = group.text("neurodata_type").orElse("");
        switch (type) {
            case "TimeSeries", "SpatialSeries", "EllipseSeries" -> series(group);
            case "DynamicTable" -> table(group);
            case "ImageSegmentation", "PlaneSegmentation", "RoiResponseSeries", "Images", "TwoPhotonSeries",
                    "ImageSeries" -> {
                // Of cells and of pictures.
            }
            default -> {
                if (depth < DEEPEST) {
                    children(group, depth + 1);
                }
            }
        }
    }

    private void series(Group group) throws IOException {
        Optional<Array> data = tree.array(group.path() + "/data");
        int[] shape = data.map(Array::shape).orElse(new int[0]);
        boolean one = shape.length == 1;
        boolean two = shape.length == 2 && shape[1] == 2;
        if (data.isEmpty() || data.get().plain().isEmpty() || !(one || two) || data.get().size() > MOST_SAMPLES) {
            leave(group.path(), "its data have shape " + Arrays.toString(shape) + ", and one or two numbers at a time "
                    + "are read");
            return;
        }
        Optional<double[]> times;
        try {
            times = NwbTimes.of(tree, group.path(), shape[0]);
        } catch (InputException e) {
            leave(group.path(), e.what());
            return;
        }
        if (times.isEmpty()) {
            leave(group.path(), "it has no times");
            return;
        }
        String unit = data.get().text("unit").orElse("");
        double conversion = data.get().number("conversion").orElse(1.0);
        double offset = data.get().number("offset").orElse(0.0);
        double[] values = Slab.doubles(data.get());
        Optional<String> told = facts.of(group.path(), NwbFacts.SIGNAL);
        if (one && told.isPresent()) {
            told(group.path(), told.get(), facts.of(group.path(), NwbFacts.UNIT).orElse(unit), times.get(), values);
            return;
        }
        if (one) {
            add(group.path(), name(group.name(), "data"), unit, conversion, offset, times.get(), values);
            return;
        }
        String base = eye(group.name()).orElse(group.name());
        add(group.path(), base + "_x", unit, conversion, offset, times.get(), every(values, 0));
        add(group.path(), base + "_y", unit, conversion, offset, times.get(), every(values, 1));
        for (String name : List.of("area", "width", "height", "angle")) {
            Optional<Array> beside = tree.array(group.path() + "/" + name);
            if (beside.isPresent() && beside.get().shape().length == 1 && beside.get().size() == shape[0]
                    && beside.get().plain().isPresent()) {
                add(beside.get().path(), name(base, name), "", 1, 0, times.get(), Slab.doubles(beside.get()));
            }
        }
    }

    private void table(Group group) throws IOException {
        NwbTable table = NwbTable.of(tree, group);
        String column = "";
        for (String name : TIME_COLUMNS) {
            column = column.isEmpty() && table.plain(name).isPresent() ? name : column;
        }
        if (column.isEmpty()) {
            leave(group.path(), "it has no column of times");
            return;
        }
        double[] times = table.numbers(column);
        for (String name : table.columns()) {
            Optional<Array> array = table.column(name);
            if (name.equals(column) || array.isEmpty() || array.get().plain().isEmpty()) {
                continue;
            }
            int[] shape = array.get().shape();
            String called = name(group.name(), name);
            if (shape.length == 1 && shape[0] == table.rows()) {
                add(array.get().path(), called, "", 1, 0, times, Slab.doubles(array.get()));
            } else if (shape.length == 2 && shape[0] == table.rows() && shape[1] == 2) {
                String base = called.replaceFirst("_center$", "");
                double[] both = Slab.doubles(array.get());
                add(array.get().path(), base + "_x", "", 1, 0, times, every(both, 0));
                add(array.get().path(), base + "_y", "", 1, 0, times, every(both, 1));
            }
        }
    }

    private static double[] every(double[] pairs, int which) {
        double[] half = new double[pairs.length / 2];
        for (int i = 0; i < half.length; i++) {
            half[i] = pairs[2 * i + which];
        }
        return half;
    }

    /// What part of the eye a name tells of.
    private static Optional<String> eye(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        // MICrONS' eye_position is that of the pupil.
        if (plain.contains("pupil") || plain.equals("eye_position")) {
            return Optional.of("pupil");
        }
        if (plain.startsWith("cr") || plain.contains("corneal")) {
            return Optional.of("cr");
        }
        return plain.contains("eye") ? Optional.of("eye") : Optional.empty();
    }

    /// A signal's own name.
    private static String name(String group, String column) {
        String plain = column.equals("data") ? group : column;
        if (List.of("running_speed", "treadmill_velocity", "running_velocity", "speed").contains(plain)) {
            return Signal.RUNNING;
        }
        if (column.equals("data") || plain.equals("likely_blink")) {
            return plain;
        }
        boolean told = plain.startsWith("pupil") || plain.startsWith("cr_") || plain.startsWith("eye_");
        return (told ? plain : eye(group).orElse(group) + "_" + plain).replace("_center_", "_");
    }

    private void add(String path, String name, String unit, double conversion, double offset, double[] times,
            double[] values) {
        boolean speed = name.equals(Signal.RUNNING);
        boolean metres = speed && unit.equals("m/s");
        double factor = metres ? conversion * 100 : conversion;
        int kept = 0;
        double[] seconds = new double[times.length];
        double[] numbers = new double[times.length];
        int infinite = 0;
        for (int i = 0; i < times.length; i++) {
            if (Double.isNaN(times[i])) {
                continue;
            }
            double value = factor == 1 && offset == 0 ? values[i] : values[i] * factor + offset * (metres ? 100 : 1);
            infinite += Double.isInfinite(value) ? 1 : 0;
            seconds[kept] = times[i];
            numbers[kept++] = Double.isInfinite(value) ? Double.NaN : value;
        }
        if (kept < times.length) {
            notes.add((times.length - kept) + " samples of " + path + " were left out: they have no time");
        }
        if (infinite > 0) {
            notes.add(infinite + " samples of " + path + " are infinite; they are missing now");
        }
        try {
            Trace trace = new Trace(new Clock(Arrays.copyOf(seconds, kept)), Arrays.copyOf(numbers, kept));
            if (found.putIfAbsent(name, new Signal(name, metres ? "cm/s" : unit, trace)) != null) {
                leave(path, "there is another signal named " + name);
            }
        } catch (InputException e) {
            leave(path, e.what());
        }
    }

    private void told(String path, String name, String unit, double[] times, double[] values) {
        try {
            told.put(facts.place(path, NwbFacts.SIGNAL), new Signal(name, unit, new Trace(new Clock(times), values)));
        } catch (InputException e) {
            leave(path, e.what());
        }
    }

    private void leave(String path, String why) {
        notes.add(path + " was left out: " + why);
    }

    /// The area of an ellipse of which the file has the radii alone.
    private void area() {
        Signal minor = found.get("pupil_minor_radius");
        Signal major = found.get("pupil_major_radius");
        if (minor == null || major == null || found.containsKey(Signal.PUPIL)) {
            return;
        }
        double[] a = minor.trace().values();
        double[] b = major.trace().values();
        if (a.length != b.length) {
            return;
        }
        for (int i = 0; i < a.length; i++) {
            a[i] *= Math.PI * b[i];
        }
        found.put(Signal.PUPIL, new Signal(Signal.PUPIL, minor.unit() + "^2", new Trace(minor.trace().clock(), a)));
        notes.add(Signal.PUPIL + " was made of the pupil's radii: pi times their product");
    }
}
