package org.neuropil.physiology.decode;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.neuropil.space.InputException;

/// CSV files beside the trials: groups of cells, and folds of trials. Cells of a file hold no quotes.
public final class DecodeFiles {
    private DecodeFiles() {}

    /// Reads groups: `cell`, `group`.
    ///
    /// @return the group of each cell, in the file's order
    /// @throws InputException if the file is not there or cannot be used
    public static Map<String, String> groups(Path file) throws IOException {
        Map<String, String> groups = new LinkedHashMap<>();
        pairs(file, "cell", "group").forEach((cell, group) -> groups.put(cell, group.text));
        return groups;
    }

    /// Reads folds: `trial` (its number among all trials with a stimulus, from 0), `fold` (from 0).
    ///
    /// @throws InputException if the file is not there or cannot be used, or there are fewer than two folds
    public static Map<Integer, Integer> folds(Path file) throws IOException {
        Map<Integer, Integer> folds = new LinkedHashMap<>();
        for (Map.Entry<String, Cell> entry : pairs(file, "trial", "fold").entrySet()) {
            Cell told = entry.getValue();
            int trial = number(entry.getKey(), file, told.row, "trial");
            if (folds.put(trial, number(told.text, file, told.row, "fold")) != null) {
                throw new InputException("trial " + trial + " is there twice", file + ", row " + told.row,
                        "remove one");
            }
        }
        if (folds.values().stream().distinct().count() < 2) {
            throw new InputException("has fewer than two folds", file.toString(), "give at least two");
        }
        return folds;
    }

    /// Writes folds as they are read.
    public static String foldsText(TrialMatrix matrix, Folds folds) {
        StringBuilder text = new StringBuilder("trial,fold\r\n");
        int[] of = folds.of();
        for (int t = 0; t < of.length; t++) {
            text.append(matrix.number(t)).append(',').append(of[t]).append("\r\n");
        }
        return text.toString();
    }

    /// Writes what a decoder told of each trial: `trial`, `fold`, `shown`, `told`, and the score of each class.
    public static String predictionsText(TrialMatrix matrix, Folds folds, CrossValidation told) {
        StringBuilder text = new StringBuilder("trial,fold,shown,told");
        matrix.classes().forEach(condition -> text.append(",score ").append(condition.label()));
        int[] labels = matrix.labels();
        int[] of = folds.of();
        for (int t = 0; t < of.length; t++) {
            text.append("\r\n").append(matrix.number(t)).append(',').append(of[t]).append(',')
                    .append(matrix.classes().get(labels[t]).label()).append(',')
                    .append(matrix.classes().get(told.predicted()[t]).label());
            for (double score : told.scores()[t]) {
                text.append(',').append(score == Double.NEGATIVE_INFINITY ? "" : String.valueOf(score));
            }
        }
        return text.append("\r\n").toString();
    }

    private static int number(String text, Path file, int row, String column) {
        if (!text.matches("[0-9]{1,6}")) {
            throw new InputException("'" + text + "' is not a number from 0 to 999999",
                    file + ", row " + row + ", column " + column, "count from 0");
        }
        return Integer.parseInt(text);
    }

    /// @param row from 1, the header not counted
    private record Cell(String text, int row) {}

    private static Map<String, Cell> pairs(Path file, String key, String value) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException("is not there, or is no file", file.toString(), "give a CSV file");
        }
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new InputException("is no text in UTF-8", file.toString(), "give a CSV file", e);
        }
        List<String> header = lines.isEmpty() ? List.of() : cells(lines.getFirst().replaceFirst("^\uFEFF", ""));
        int keys = header.indexOf(key);
        int values = header.indexOf(value);
        if (keys < 0 || values < 0) {
            throw new InputException("column '" + (keys < 0 ? key : value) + "' is missing", file.toString(),
                    "begin it with the names of the columns, " + key + "," + value);
        }
        Map<String, Cell> pairs = new LinkedHashMap<>();
        for (int row = 1; row < lines.size(); row++) {
            if (lines.get(row).isBlank()) {
                continue;
            }
            List<String> cells = cells(lines.get(row));
            if (cells.size() != header.size()) {
                throw new InputException("has " + cells.size() + " cells under " + header.size() + " names",
                        file + ", row " + row, "separate them by commas, without quotes");
            }
            if (pairs.put(cells.get(keys), new Cell(cells.get(values), row)) != null) {
                throw new InputException(key + " '" + cells.get(keys) + "' is there twice", file + ", row " + row,
                        "remove one");
            }
        }
        return pairs;
    }

    private static List<String> cells(String line) {
        return List.of(line.split(",", -1)).stream().map(String::strip).toList();
    }
}
