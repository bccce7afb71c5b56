package org.neuropil.physiology.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;

/// A CSV file by columns: the first line names them, cells are separated by commas and hold no quotes.
public final class CsvColumns {
    private final Path file;
    private final Map<String, List<String>> columns;
    private final int rows;

    private CsvColumns(Path file, Map<String, List<String>> columns, int rows) {
        this.file = file;
        this.columns = columns;
        this.rows = rows;
    }

    /// Reads a file.
    ///
    /// @throws InputException if it is not there, is empty, or a line has another number of cells than the first
    public static CsvColumns read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException("is not there, or is no file", file.toString(), "give a CSV file");
        }
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String first = reader.readLine();
            if (first == null) {
                throw new InputException("is empty", file.toString(), "begin it with the names of the columns");
            }
            List<List<String>> cells = new ArrayList<>();
            Map<String, List<String>> columns = new LinkedHashMap<>();
            for (String name : cells(first.startsWith("\uFEFF") ? first.substring(1) : first)) {
                List<String> column = new ArrayList<>();
                cells.add(column);
                if (columns.put(name, column) != null) {
                    throw new InputException("column '" + name + "' is there twice", file.toString(), "rename one");
                }
            }
            int rows = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.isBlank()) {
                    continue;
                }
                rows++;
                String[] found = cells(line);
                if (found.length != cells.size()) {
                    throw new InputException("has " + found.length + " cells under " + cells.size() + " names",
                            file + ", row " + rows, "separate them by commas, without quotes");
                }
                for (int i = 0; i < found.length; i++) {
                    cells.get(i).add(found[i]);
                }
            }
            return new CsvColumns(file, columns, rows);
        } catch (CharacterCodingException e) {
            throw new InputException("is no text in UTF-8", file.toString(), "give a CSV file", e);
        }
    }

    private static String[] cells(String line) {
        String[] cells = line.split(",", -1);
        for (int i = 0; i < cells.length; i++) {
            cells[i] = cells[i].strip();
        }
        return cells;
    }

    /// The names of its columns, in order.
    public List<String> names() {
        return List.copyOf(columns.keySet());
    }

    /// How many rows it has.
    public int rows() {
        return rows;
    }

    /// Whether there is a column of a name.
    public boolean has(String name) {
        return columns.containsKey(name);
    }

    /// A column of texts.
    ///
    /// @throws InputException if it is not there
    public List<String> texts(String name) {
        List<String> column = columns.get(name);
        if (column == null) {
            throw new InputException("column '" + name + "' is missing", file.toString(),
                    "there are " + String.join(", ", columns.keySet()));
        }
        return column;
    }

    /// A column of numbers; NaN for an empty cell, or if there is no such column.
    ///
    /// @throws InputException if a cell is no number
    public double[] numbers(String name) {
        double[] numbers = new double[rows];
        List<String> column = columns.get(name);
        for (int row = 0; row < rows; row++) {
            numbers[row] = column == null ? Double.NaN : number(name, column.get(row), row);
        }
        return numbers;
    }

    /// A column of numbers that has to be there.
    ///
    /// @throws InputException if it is not there, or a cell is no number
    public double[] needed(String name) {
        texts(name);
        return numbers(name);
    }

    /// A column of whole numbers that has to be there.
    ///
    /// @throws InputException if it is not there, or a cell is no whole number
    public int[] whole(String name) {
        double[] numbers = needed(name);
        int[] whole = new int[rows];
        for (int row = 0; row < rows; row++) {
            whole[row] = (int) numbers[row];
            if (whole[row] != numbers[row]) {
                throw refused(name, texts(name).get(row), row, "is no whole number", null);
            }
        }
        return whole;
    }

    /// Says that a cell cannot be used.
    public InputException refused(String name, String text, int row, String why, @Nullable Throwable cause) {
        String what = "'" + text + "' " + why;
        String where = file + ", row " + (row + 1) + ", column " + name;
        String hint = "mend it, or leave the cell empty if the value is missing";
        return cause == null ? new InputException(what, where, hint) : new InputException(what, where, hint, cause);
    }

    private double number(String name, String text, int row) {
        if (text.isEmpty() || text.equalsIgnoreCase("nan")) {
            return Double.NaN;
        }
        double number;
        try {
            number = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw refused(name, text, row, "is no number", e);
        }
        if (!Double.isFinite(number)) {
            throw refused(name, text, row, "is infinite", null);
        }
        return number;
    }
}
