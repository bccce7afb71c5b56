package org.neuropil.coregister;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.neuropil.coregister.transform.Point3;
import org.neuropil.space.InputException;

/// Nuclei that cells may be matched to.
///
/// @param ids unsigned, each once
/// @param positions x, y and z of each as they were given: texts, so that they are passed on as they are
/// @param points x, y, z of each in micrometres
@SuppressWarnings("ArrayRecordComponent")
public record NucleusTable(long[] ids, List<List<String>> positions, double[] points) {
    /// Columns that are looked for if no others are named.
    public static final List<String> COLUMNS = List.of("pt_position_x", "pt_position_y", "pt_position_z");
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

    /// How many there are.
    public int size() {
        return ids.length;
    }
}
