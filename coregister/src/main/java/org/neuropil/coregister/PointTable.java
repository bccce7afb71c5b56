package org.neuropil.coregister;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.neuropil.coregister.transform.Point3;
import org.neuropil.space.InputException;

/// A CSV file of rows that have a point each, in three columns that are named in its header.
///
/// @param header names of all columns
/// @param rows cells of each row, as they are in the file
/// @param points the point of each row, in its file's unit
public record PointTable(List<String> header, List<List<String>> rows, List<Point3> points) {
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
    /// @throws InputException if there is such a column already
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
            List<String> row = new ArrayList<>(rows.get(i));
            for (int axis = 0; axis < 3; axis++) {
                row.add(CsvText.number(point.get(axis)));
            }
            longerRows.add(row);
            mapped.add(point);
        }
        return new PointTable(longer, longerRows, mapped);
    }
}
