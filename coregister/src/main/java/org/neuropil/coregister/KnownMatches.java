package org.neuropil.coregister;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.neuropil.coregister.match.Matches;
import org.neuropil.coregister.match.PointTree;
import org.neuropil.coregister.transform.Point3;
import org.neuropil.space.InputException;

/// Matches that somebody made by hand, or that are known, for cells of a table.
///
/// @param nucleus for each cell of the table the place of its nucleus in the table of nuclei; empty if nothing is known of
///        it; [Matches#NONE] if it is known to have none there, or a nucleus that the table lacks
/// @param strangers rows that are of no cell of the table
public record KnownMatches(List<Optional<Integer>> nucleus, int strangers) {
    private static final List<String> IDS = List.of("target_id", "nucleus_id");
    /// Points further than this from any nucleus are of none.
    private static final double NEAR = 15;

    public KnownMatches {
        nucleus = List.copyOf(nucleus);
    }

    /// Reads a file's bytes: columns that name cells, and `target_id` or `nucleus_id` (empty or 0 for none), or the place of
    /// a nucleus as `pt_position_x`, `pt_position_y` and `pt_position_z`, for which the nearest one is taken.
    ///
    /// @param file its name, for errors
    /// @param unit of its places
    /// @throws InputException if it is no such file; names line and column
    public static KnownMatches parse(byte[] bytes, String file, CellTable cells, NucleusTable nuclei, PointUnit unit) {
        List<CsvText.Line> lines = CsvText.lines(bytes, file);
        List<String> header = lines.isEmpty()
                ? List.of()
                : lines.getFirst().cells().stream().map(String::strip).toList();
        lines.forEach(line -> line.checkSize(header.size()));
        List<String> fields = Stream.concat(cells.kind().keys().stream(), cells.fields().stream()
                .filter(field -> !cells.kind().keys().contains(field) && header.contains(field))).toList();
        CellTable.fields(cells.kind(), header, file);
        Map<List<Integer>, List<Integer>> byName = new HashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            List<Integer> name = cells.names().get(i);
            byName.computeIfAbsent(fields.stream().map(field -> name.get(cells.fields().indexOf(field))).toList(),
                    _ -> new ArrayList<>()).add(i);
        }
        Optional<String> id = IDS.stream().filter(header::contains).findFirst();
        if (id.isEmpty()) {
            CsvText.column(header, NucleusTable.COLUMNS.getFirst(), file,
                    "give target_id, nucleus_id, or pt_position_x, pt_position_y and pt_position_z");
        }
        Finder finder = new Finder(nuclei, header, id, unit, file);
        List<Optional<Integer>> known = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            known.add(Optional.empty());
        }
        int strangers = 0;
        List<List<Integer>> names = CellTable.names(lines, header, fields);
        for (int row = 0; row < names.size(); row++) {
            List<Integer> found = byName.getOrDefault(names.get(row), List.of());
            strangers += found.isEmpty() ? 1 : 0;
            int nucleus = finder.find(lines.get(row + 1));
            for (int cell : found) {
                if (known.get(cell).filter(before -> before != nucleus).isPresent()) {
                    throw new InputException("cell " + CellTable.named(fields, names.get(row)) + " has two nuclei",
                            file + ", line " + lines.get(row + 1).number(), "give one row for each cell");
                }
                known.set(cell, Optional.of(nucleus));
            }
        }
        return new KnownMatches(known, strangers);
    }

    private static final class Finder {
        private final Map<Long, Integer> byId = new HashMap<>();
        private final PointTree tree;
        private final PointTree.Found found = new PointTree.Found(1);
        private final List<String> header;
        private final Optional<String> id;
        private final PointUnit unit;
        private final int[] at = new int[3];

        Finder(NucleusTable nuclei, List<String> header, Optional<String> id, PointUnit unit, String file) {
            this.header = header;
            this.id = id;
            this.unit = unit;
            tree = PointTree.of(nuclei.points());
            for (int i = 0; i < nuclei.size(); i++) {
                byId.put(nuclei.ids()[i], i);
            }
            for (int axis = 0; axis < 3 && id.isEmpty(); axis++) {
                at[axis] = CsvText.column(header, NucleusTable.COLUMNS.get(axis), file, "");
            }
        }

        int find(CsvText.Line line) {
            if (id.isPresent()) {
                int column = header.indexOf(id.get());
                return line.cells().get(column).isBlank()
                        ? Matches.NONE
                        : byId.getOrDefault(line.id(column, id.get()), Matches.NONE);
            }
            Point3 point = unit.toMicrometres(line.point(at[0], at[1], at[2], header));
            tree.nearest(point.x(), point.y(), point.z(), found);
            return found.distance(0) <= NEAR ? found.number(0) : Matches.NONE;
        }
    }
}
