package org.neuropil.coregister;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.neuropil.coregister.transform.Point3;
import org.neuropil.pipeline.Json;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.query.Query;
import org.neuropil.tables.query.QueryBuilder;

/// Nuclei that cells may be matched to.
///
/// @param ids unsigned, each once
/// @param positions x, y and z of each as they were given: texts, so that they are passed on as they are
/// @param points x, y, z of each in micrometres
@SuppressWarnings("ArrayRecordComponent")
public record NucleusTable(long[] ids, List<List<String>> positions, double[] points) {
    /// Columns that are looked for if no others are named.
    public static final List<String> COLUMNS = List.of("pt_position_x", "pt_position_y", "pt_position_z");
    private static final String ID = "id";
    /// Holds all three in one column.
    private static final String WHOLE = "pt_position";
    private static final String NUMBER = "[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,4})?";
    private static final Pattern THREE = Pattern.compile("\\s*[\\[(]?\\s*(" + NUMBER + ")[\\s,]\\s*(" + NUMBER
            + ")[\\s,]\\s*(" + NUMBER + ")\\s*[\\])]?\\s*");

    public NucleusTable {
        positions = List.copyOf(positions);
    }

    /// Reads a file's bytes.
    ///
    /// @param file its name, for errors
    /// @param id column of the ids
    /// @param columns names of those that hold x, y and z; a file without [#COLUMNS] may have `pt_position`, as `[1 2 3]`
    /// @param unit of the positions
    /// @throws InputException if it is no such file; names line and column
    public static NucleusTable parse(byte[] bytes, String file, String id, List<String> columns, PointUnit unit) {
        List<CsvText.Line> lines = CsvText.lines(bytes, file);
        if (lines.isEmpty()) {
            throw new InputException("is empty", file, "its first line names the columns");
        }
        List<String> header = lines.getFirst().cells().stream().map(String::strip).toList();
        int idAt = CsvText.column(header, id, file, "name it with --nuclei-id");
        boolean whole = columns.equals(COLUMNS) && !header.contains(COLUMNS.getFirst()) && header.contains(WHOLE);
        int[] at = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            at[axis] = CsvText.column(header, whole ? WHOLE : columns.get(axis), file,
                    "name those of x, y and z with --nuclei-columns");
        }
        List<CsvText.Line> rows = lines.subList(1, lines.size());
        long[] ids = new long[rows.size()];
        double[] points = new double[3 * rows.size()];
        List<List<String>> positions = new ArrayList<>(rows.size());
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < rows.size(); i++) {
            CsvText.Line line = rows.get(i);
            line.checkSize(header.size());
            ids[i] = line.id(idAt, header.get(idAt));
            if (!seen.add(ids[i])) {
                throw new InputException("id " + Long.toUnsignedString(ids[i]) + " comes twice",
                        line.where(idAt, header.get(idAt)), "give each nucleus once");
            }
            List<String> position = whole
                    ? three(line, at[0])
                    : List.of(line.cells().get(at[0]).strip(),
                            line.cells().get(at[1]).strip(), line.cells().get(at[2]).strip());
            Point3 point = unit.toMicrometres(whole
                    ? new Point3(Double.parseDouble(position.get(0)), Double.parseDouble(position.get(1)),
                            Double.parseDouble(position.get(2)))
                    : line.point(at[0], at[1], at[2], header));
            if (!point.allFinite()) {
                throw new InputException("a coordinate is too large", line.where(at[0], header.get(at[0])), "");
            }
            positions.add(position);
            points[3 * i] = point.x();
            points[3 * i + 1] = point.y();
            points[3 * i + 2] = point.z();
        }
        if (rows.size() < 2) {
            throw new InputException("holds " + rows.size() + " nuclei", file, "give at least two");
        }
        return new NucleusTable(ids, positions, points);
    }

    private static List<String> three(CsvText.Line line, int at) {
        Matcher matcher = THREE.matcher(line.cells().get(at));
        if (line.cells().get(at).length() > 400 || !matcher.matches()) {
            throw new InputException("'" + CsvText.shown(line.cells().get(at)) + "' is no position",
                    line.where(at, WHOLE), "write it as [1 2 3]");
        }
        return List.of(matcher.group(1), matcher.group(2), matcher.group(3));
    }

    /// Asks a table of annotations, or a view, for its nuclei; [#of] takes the answer's rows.
    ///
    /// @param table its name
    /// @param columns that it has
    /// @throws InputException if it has no `id` and `pt_position`
    public static Query query(String table, List<Column> columns) {
        for (String name : List.of(ID, COLUMNS.getFirst())) {
            if (columns.stream().noneMatch(one -> one.name().equals(name))) {
                throw new InputException("the table '" + table + "' has no column '" + name + "'", "--nuclei",
                        "take one that says where nuclei are");
            }
        }
        return QueryBuilder.from(table).select(ID, COLUMNS.get(0), COLUMNS.get(1), COLUMNS.get(2)).orderBy(ID, false)
                .build();
    }

    /// Nuclei out of rows of a table of annotations.
    ///
    /// @param rows with `id` and the columns of [#COLUMNS]
    /// @param voxel unit of the positions
    /// @param name of the table, for errors
    /// @throws InputException if there are fewer than two
    public static NucleusTable of(Rows rows, VoxelSize voxel, String name) {
        if (rows.size() < 2) {
            throw new InputException("the table '" + name + "' has " + rows.size() + " rows", "--nuclei",
                    "at least two nuclei are due");
        }
        double[] points = new double[3 * rows.size()];
        List<List<String>> positions = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            List<String> position = new ArrayList<>();
            for (int axis = 0; axis < 3; axis++) {
                Number value = number(rows.data().get(rows.index(COLUMNS.get(axis))), i);
                points[3 * i + axis] = value.doubleValue() * voxel.get(axis) / 1000;
                position.add(value.toString());
            }
            positions.add(position);
        }
        return new NucleusTable(rows.longs(ID), positions, points);
    }

    private static Number number(ColumnData data, int row) {
        return switch (data) {
            case ColumnData.Longs longs -> longs.values()[row];
            case ColumnData.Ints ints -> ints.values()[row];
            case ColumnData.Floats floats -> floats.values()[row];
            case ColumnData.Doubles doubles -> doubles.values()[row];
            case ColumnData.Booleans _,ColumnData.Texts _ ->
                throw new InputException("positions are no numbers", "--nuclei", "");
        };
    }

    /// SHA-256 of ids and places.
    public String digest() {
        ByteBuffer bytes = ByteBuffer.allocate(32 * size());
        for (int i = 0; i < size(); i++) {
            bytes.putLong(ids[i]);
            for (int axis = 0; axis < 3; axis++) {
                bytes.putDouble(points[3 * i + axis]);
            }
        }
        return Json.sha256(bytes.array());
    }

    /// How many there are.
    public int size() {
        return ids.length;
    }
}
