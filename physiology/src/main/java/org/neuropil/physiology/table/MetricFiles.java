package org.neuropil.physiology.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

import org.neuropil.physiology.Clock;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.Repeats;
import org.neuropil.physiology.Responses;
import org.neuropil.physiology.Trace;
import org.neuropil.physiology.TrialTraces;
import org.neuropil.space.InputException;

/// Reads CSV files of trials and traces. A row holds one value; the column `cell` says of which cell. Cells come in the order
/// in which the file names them, and rows keep their order.
///
/// The condition of a row stands in `direction` (degrees), `spatial_frequency`, `temporal_frequency`, or in `image`; a row
/// without a direction and an image is a blank screen and is left out.
public final class MetricFiles {
    private static final String DIRECTION = "direction";
    private static final String IMAGE = "image";

    private MetricFiles() {}

    /// What a cell did in the repeats of a film.
    ///
    /// @param repeats of the film
    /// @param model what a model predicts for each frame; empty if the file has none
    public record Film(Repeats repeats, Optional<double[]> model) {}

    /// The traces of cells on one clock.
    ///
    /// @param cells by name
    /// @param speed the animal's, in each frame, cm/s; NaN if it is not known
    public record Traces(Map<String, Trace> cells, double[] speed) {}

    /// Reads trials: `cell`, the condition, `response`, and perhaps `speed` (cm/s); each cell's in the order of time.
    ///
    /// @throws InputException if a column is missing or a cell of the file cannot be used
    public static Map<String, Responses> trials(Path file) throws IOException {
        CsvColumns csv = CsvColumns.read(file);
        List<Optional<Condition>> conditions = conditions(csv);
        double[] values = csv.needed("response");
        double[] speeds = csv.numbers("speed");
        Map<String, Responses> cells = new LinkedHashMap<>();
        rows(csv, conditions).forEach((cell, rows) -> cells.put(cell, made(file, cell, () -> Responses.of(
                rows.stream().map(row -> conditions.get(row).orElseThrow()).toList(), pick(values, rows),
                pick(speeds, rows)))));
        return cells;
    }

    /// Reads frames of trials: `cell`, the condition, `trial` (a number), `value`; the frames of each trial in order.
    ///
    /// @throws InputException if a column is missing, a cell of the file cannot be used, or trials differ in length
    public static Map<String, TrialTraces> frames(Path file) throws IOException {
        CsvColumns csv = CsvColumns.read(file);
        List<Optional<Condition>> conditions = conditions(csv);
        int[] trials = csv.whole("trial");
        double[] values = csv.needed("value");
        Map<String, TrialTraces> cells = new LinkedHashMap<>();
        rows(csv, conditions).forEach((cell, rows) -> {
            List<Condition> shown = new ArrayList<>();
            List<double[]> frames = new ArrayList<>();
            byNumber(trials, rows).forEach((trial, of) -> {
                for (int row : of) {
                    if (!conditions.get(row).equals(conditions.get(of.getFirst()))) {
                        throw new InputException("has another condition than row " + (of.getFirst() + 1)
                                + ", in the same trial " + trial + " of cell " + cell, file + ", row " + (row + 1),
                                "number the trials of a cell so that each is of one condition");
                    }
                }
                shown.add(conditions.get(of.getFirst()).orElseThrow());
                frames.add(pick(values, of));
            });
            cells.put(cell, made(file, cell, () -> TrialTraces.of(shown, frames.toArray(double[][]::new))));
        });
        return cells;
    }

    /// Reads repeats of a film: `cell`, `repeat` (a number), `value`, and perhaps `model`, of which the first repeat's counts;
    /// the frames of each repeat in order.
    ///
    /// @throws InputException if a column is missing, a cell of the file cannot be used, or repeats differ in length
    public static Map<String, Film> films(Path file) throws IOException {
        CsvColumns csv = CsvColumns.read(file);
        int[] repeats = csv.whole("repeat");
        double[] values = csv.needed("value");
        double[] models = csv.numbers("model");
        Map<String, Film> cells = new LinkedHashMap<>();
        rows(csv).forEach((cell, rows) -> {
            List<List<Integer>> each = List.copyOf(byNumber(repeats, rows).values());
            cells.put(cell, new Film(made(file, cell, () -> new Repeats(each.stream().map(of -> pick(values, of))
                    .toArray(double[][]::new))),
                    csv.has("model") ? Optional.of(pick(models, each.getFirst())) : Optional.empty()));
        });
        return cells;
    }

    /// Reads traces: `cell`, `time` (seconds), `value`, and perhaps `speed` (cm/s). All cells are brought to the times of the
    /// first one, whose speed counts.
    ///
    /// @throws InputException if a column is missing, a cell of the file cannot be used, or times do not rise
    public static Traces traces(Path file) throws IOException {
        CsvColumns csv = CsvColumns.read(file);
        double[] times = csv.needed("time");
        double[] values = csv.needed("value");
        double[] speeds = csv.numbers("speed");
        Map<String, Trace> cells = new LinkedHashMap<>();
        double[] speed = {};
        for (Map.Entry<String, List<Integer>> entry : rows(csv).entrySet()) {
            List<Integer> rows = entry.getValue();
            Trace own = made(file, entry.getKey(),
                    () -> new Trace(new Clock(pick(times, rows)), pick(values, rows)));
            if (cells.isEmpty()) {
                speed = pick(speeds, rows);
                cells.put(entry.getKey(), own);
            } else {
                cells.put(entry.getKey(), own.on(cells.values().iterator().next().clock()));
            }
        }
        return new Traces(cells, speed);
    }

    /// Makes something of the rows of a cell; what is wrong with them is told with file and cell.
    private static <T> T made(Path file, String cell, Supplier<T> how) {
        try {
            return how.get();
        } catch (InputException e) {
            throw new InputException(e.what(), file + ", cell " + cell, e.hint(), e);
        }
    }

    private static List<Optional<Condition>> conditions(CsvColumns csv) {
        boolean pictures = csv.has(IMAGE);
        if (!pictures) {
            csv.texts(DIRECTION);
        }
        double[] images = csv.numbers(IMAGE);
        double[] directions = csv.numbers(DIRECTION);
        double[] spatial = csv.numbers("spatial_frequency");
        double[] temporal = csv.numbers("temporal_frequency");
        List<Optional<Condition>> conditions = new ArrayList<>();
        for (int row = 0; row < csv.rows(); row++) {
            if (!Double.isNaN(directions[row])) {
                conditions.add(Optional.of(new Condition.Grating(directions[row], spatial[row], temporal[row])));
            } else if (Double.isNaN(images[row])) {
                conditions.add(Optional.empty());
            } else if (images[row] == (int) images[row]) {
                conditions.add(Optional.of(new Condition.Picture((int) images[row])));
            } else {
                throw csv.refused(IMAGE, csv.texts(IMAGE).get(row), row, "is no whole number", null);
            }
        }
        return conditions;
    }

    /// The rows of each cell.
    private static Map<String, List<Integer>> rows(CsvColumns csv) {
        List<String> cells = csv.texts("cell");
        Map<String, List<Integer>> rows = new LinkedHashMap<>();
        for (int row = 0; row < cells.size(); row++) {
            rows.computeIfAbsent(cells.get(row), _ -> new ArrayList<>()).add(row);
        }
        return rows;
    }

    /// The rows of each cell that have a condition.
    private static Map<String, List<Integer>> rows(CsvColumns csv, List<Optional<Condition>> conditions) {
        Map<String, List<Integer>> rows = rows(csv);
        rows.values().forEach(of -> of.removeIf(row -> conditions.get(row).isEmpty()));
        return rows;
    }

    private static TreeMap<Integer, List<Integer>> byNumber(int[] numbers, List<Integer> rows) {
        TreeMap<Integer, List<Integer>> groups = new TreeMap<>();
        rows.forEach(row -> groups.computeIfAbsent(numbers[row], _ -> new ArrayList<>()).add(row));
        return groups;
    }

    private static double[] pick(double[] values, List<Integer> rows) {
        return rows.stream().mapToDouble(row -> values[row]).toArray();
    }
}
