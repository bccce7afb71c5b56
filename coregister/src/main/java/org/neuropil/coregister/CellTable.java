package org.neuropil.coregister;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.neuropil.coregister.transform.Point3;
import org.neuropil.space.InputException;

/// Imaged cells, each with the numbers that name it and the place of its centroid.
///
/// @param kind whose fields name a cell
/// @param fields those of them that the file has, in the kind's order
/// @param names values of these, of each cell; each cell once
/// @param points in the file's unit
public record CellTable(CellKind kind, List<String> fields, List<List<Integer>> names, List<Point3> points) {
    public CellTable {
        fields = List.copyOf(fields);
        names = List.copyOf(names);
        points = List.copyOf(points);
    }

    /// Reads a file's bytes.
    ///
    /// @param file its name, for errors
    /// @param kind whose fields it has
    /// @param columns of x, y and z
    /// @throws InputException if it is no such file; names line and column
    public static CellTable parse(byte[] bytes, String file, CellKind kind, List<String> columns) {
        PointTable table = PointTable.parse(bytes, file, columns);
        List<CsvText.Line> lines = CsvText.lines(bytes, file);
        List<String> fields = fields(kind, table.header(), file);
        List<List<Integer>> names = names(lines, table.header(), fields);
        Map<List<Integer>, Integer> seen = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            Integer before = seen.put(names.get(i), i);
            if (before != null) {
                throw new InputException("cell " + named(fields, names.get(i)) + " comes twice",
                        file + ", line " + lines.get(i + 1).number() + " and line " + lines.get(before + 1).number(),
                        "give each cell once");
            }
        }
        if (names.isEmpty()) {
            throw new InputException("holds no cells", file, "");
        }
        return new CellTable(kind, fields, names, table.points());
    }

    /// The kind of a file's cells, told by its columns.
    ///
    /// @throws InputException if it has those of none
    public static CellKind kind(byte[] bytes, String file) {
        List<CsvText.Line> lines = CsvText.lines(bytes, file);
        List<String> header = lines.isEmpty()
                ? List.of()
                : lines.getFirst().cells().stream().map(String::strip).toList();
        return CellKind.of(header).orElseThrow(() -> new InputException(
                "has not the columns that name cells", file + ", line 1",
                "MICrONS' are session, scan_idx, unit_id and perhaps field, V1DD's column, volume, plane, roi; there are "
                        + CsvText.shown(String.join(", ", header))));
    }

    static List<String> fields(CellKind kind, List<String> header, String file) {
        for (String key : kind.keys()) {
            CsvText.column(header, key, file, "cells of " + kind.word() + " are named by "
                    + String.join(", ", kind.keys()));
        }
        return Stream.concat(kind.keys().stream(), kind.more().stream().filter(header::contains)).toList();
    }

    static List<List<Integer>> names(List<CsvText.Line> lines, List<String> header, List<String> fields) {
        int[] at = fields.stream().mapToInt(header::indexOf).toArray();
        List<List<Integer>> names = new ArrayList<>();
        for (CsvText.Line line : lines.subList(1, lines.size())) {
            List<Integer> name = new ArrayList<>();
            for (int i = 0; i < at.length; i++) {
                name.add(line.whole(at[i], fields.get(i)));
            }
            names.add(List.copyOf(name));
        }
        return names;
    }

    static String named(List<String> fields, List<Integer> values) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            words.add(fields.get(i) + " " + values.get(i));
        }
        return String.join(", ", words);
    }

    /// How many there are.
    public int size() {
        return names.size();
    }
}
