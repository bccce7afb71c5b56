package org.neuropil.coregister;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.neuropil.coregister.transform.Point3;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;

/// A CSV file of rows that have a point each, in three columns that are named in its header.
///
/// @param header names of all columns
/// @param rows cells of each row, as they are in the file
/// @param points the point of each row, in its file's unit
public record PointTable(List<String> header, List<List<String>> rows, List<Point3> points) {
    /// A sign and the digits of the largest number of 64 bits.
    private static final int MOST_DIGITS = 20;

    public PointTable {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
        points = List.copyOf(points);
    }

    /// Reads a file's bytes.
    ///
    /// @param file its name, for errors
    /// @param columns names of those that hold x, y and z
    /// @throws InputException if it is no such file; names line and column
    public static PointTable parse(byte[] bytes, String file, List<String> columns) {
        List<CsvText.Line> lines = CsvText.lines(bytes, file);
        if (lines.isEmpty()) {
            throw new InputException("is empty", file, "its first line names the columns");
        }
        List<String> header = lines.getFirst().cells().stream().map(String::strip).toList();
        Set<String> seen = new HashSet<>();
        for (String name : header) {
            if (!seen.add(name)) {
                throw new InputException("two columns are called '" + CsvText.shown(name) + "'", file + ", line 1",
                        "name each column once");
            }
        }
        int[] at = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            at[axis] = header.indexOf(columns.get(axis));
            if (at[axis] < 0) {
                throw new InputException("there is no column '" + CsvText.shown(columns.get(axis)) + "'",
                        file + ", line 1", "name those of x, y and z with --columns; there are "
                                + CsvText.shown(String.join(", ", header)));
            }
        }
        List<List<String>> rows = new ArrayList<>();
        List<Point3> points = new ArrayList<>();
        for (CsvText.Line line : lines.subList(1, lines.size())) {
            if (line.cells().size() != header.size()) {
                throw new InputException(line.cells().size() + " columns where there are " + header.size(),
                        file + ", line " + line.number(), "");
            }
            rows.add(List.copyOf(line.cells()));
            points.add(line.point(at[0], at[1], at[2], header));
        }
        return new PointTable(header, rows, points);
    }

    /// The table with the points of a map behind its columns.
    ///
    /// @param names of the three columns
    /// @throws InputException if there is such a column already, or a point is mapped to no number
    public PointTable with(List<String> names, UnaryOperator<Point3> map) {
        for (String name : names) {
            if (header.contains(name)) {
                throw new InputException("there is a column '" + name + "' already", "", "rename it");
            }
        }
        List<String> longer = new ArrayList<>(header);
        longer.addAll(names);
        List<List<String>> longerRows = new ArrayList<>();
        List<Point3> mapped = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Point3 point = map.apply(points.get(i));
            if (!point.allFinite()) {
                throw new InputException("row " + (i + 1) + " of the points is too far away to be mapped", "",
                        "is its unit right?");
            }
            List<String> row = new ArrayList<>(rows.get(i));
            for (int axis = 0; axis < 3; axis++) {
                row.add(CsvText.number(point.get(axis)));
            }
            longerRows.add(row);
            mapped.add(point);
        }
        return new PointTable(longer, longerRows, mapped);
    }

    /// The rows with types: numbers where the points are and in those columns that hold whole numbers of 64 bits alone; texts
    /// as they stand elsewhere.
    ///
    /// @param columns names of those that hold the points of the file
    /// @param mapped names of those that [#with] has added
    public Rows typed(List<String> columns, List<String> mapped) {
        List<Column> all = new ArrayList<>();
        List<ColumnData> data = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            int at = i;
            String name = header.get(i);
            if (columns.contains(name) || mapped.contains(name)) {
                all.add(Column.of(name, ColumnType.FLOAT64));
                data.add(new ColumnData.Doubles(
                        rows.stream().mapToDouble(row -> Double.parseDouble(row.get(at).strip())).toArray(), null));
            } else if (!rows.isEmpty() && rows.stream().allMatch(row -> isWhole(row.get(at)))) {
                all.add(Column.of(name, ColumnType.INT64));
                data.add(new ColumnData.Longs(rows.stream().mapToLong(row -> Long.parseLong(row.get(at))).toArray(),
                        null));
            } else {
                all.add(Column.of(name, ColumnType.TEXT));
                data.add(new ColumnData.Texts(rows.stream().map(row -> row.get(at)).toArray(String[]::new), null));
            }
        }
        return new Rows(all, data);
    }

    /// Whether a text is a number that is written as it would be again; `007` is a name.
    private static boolean isWhole(String text) {
        try {
            return text.length() <= MOST_DIGITS && Long.toString(Long.parseLong(text)).equals(text);
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
