package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.neuropil.coregister.CellKind;
import org.neuropil.coregister.MatchRow;
import org.neuropil.coregister.NucleusTable;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.query.Engine;

/// Matches as rows of a table: its fields, and behind them what is known beside.
final class MatchOutput {
    private static final long MEMORY = 256L << 20;

    private MatchOutput() {}

    private record Part(Column column, ColumnData data, Cell cell) {}

    private interface Cell {
        @Nullable
        Object of(int row);
    }

    /// Writes them to a file, of the kind that its ending tells.
    ///
    /// @param likely true to have the probability as score
    static void write(Path file, MatchOptions.Matched found, List<MatchRow> rows, boolean likely) throws IOException {
        List<Part> parts = parts(found, rows, likely);
        Table table = new Table(parts.stream().map(part -> part.column().name()).toArray(String[]::new));
        List<Map<String, @Nullable Object>> json = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            @Nullable
            Object[] cells = new @Nullable Object[parts.size()];
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            for (int k = 0; k < cells.length; k++) {
                cells[k] = parts.get(k).cell().of(i);
                one.put(parts.get(k).column().name(), cells[k]);
            }
            json.add(one);
            // A table rounds numbers, for people; a file has all digits.
            table.add(Arrays.stream(cells)
                    .map(cell -> cell instanceof Double number ? number.isNaN() ? "nan" : number.toString() : cell)
                    .toArray());
        }
        Path scratch = Files.createTempDirectory("neuropil-match");
        try (Engine engine = Engine.open(new Engine.Settings(MEMORY, 1, scratch.resolve("engine"), 1))) {
            AnswerFiles.write(engine, table, json, new Rows(parts.stream().map(Part::column).toList(),
                    parts.stream().map(Part::data).toList()), file);
        } finally {
            try (Stream<Path> left = Files.walk(scratch)) {
                for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    private static List<Part> parts(MatchOptions.Matched found, List<MatchRow> rows, boolean likely) {
        CellKind kind = found.cells().kind();
        NucleusTable nuclei = found.nuclei();
        List<Part> parts = new ArrayList<>();
        Part ids = ids(kind.refers() ? "target_id" : "nucleus_id", rows, nuclei);
        if (kind.refers()) {
            parts.add(ids);
        } else {
            for (int axis = 0; axis < 3; axis++) {
                parts.add(positions(axis, rows, nuclei));
            }
        }
        for (int field = 0; field < found.cells().fields().size(); field++) {
            int at = field;
            int[] values = rows.stream().mapToInt(row -> found.cells().names().get(row.cell()).get(at)).toArray();
            parts.add(new Part(Column.of(found.cells().fields().get(field), ColumnType.INT32),
                    new ColumnData.Ints(values, null), row -> values[row]));
        }
        parts.add(numbers("residual", rows, MatchRow::residual));
        parts.add(numbers("score", rows, likely ? MatchRow::probability : MatchRow::separation));
        if (!kind.refers()) {
            parts.add(ids);
        }
        parts.add(numbers("probability", rows, MatchRow::probability));
        parts.add(numbers("no_nucleus", rows, MatchRow::none));
        parts.add(numbers("separation", rows, MatchRow::separation));
        int[] counts = rows.stream().mapToInt(MatchRow::cells).toArray();
        parts.add(new Part(Column.of("cells_of_nucleus", ColumnType.INT32), new ColumnData.Ints(counts, null),
                row -> counts[row]));
        return parts;
    }

    private static Part ids(String name, List<MatchRow> rows, NucleusTable nuclei) {
        long[] values = rows.stream().mapToLong(row -> nuclei.ids()[row.nucleus()]).toArray();
        return new Part(Column.of(name, ColumnType.ID), new ColumnData.Longs(values, null),
                row -> Ids.text(values[row]));
    }

    private static Part positions(int axis, List<MatchRow> rows, NucleusTable nuclei) {
        double[] values = rows.stream().mapToDouble(
                row -> Double.parseDouble(nuclei.positions().get(row.nucleus()).get(axis))).toArray();
        return new Part(Column.of(NucleusTable.COLUMNS.get(axis), ColumnType.FLOAT64),
                new ColumnData.Doubles(values, null),
                row -> nuclei.positions().get(rows.get(row).nucleus()).get(axis));
    }

    /// A separation is unknown if there is but one nucleus around; tables hold 0 then, as the public ones do.
    private static Part numbers(String name, List<MatchRow> rows, ToDoubleFunction<MatchRow> value) {
        double[] values = rows.stream().mapToDouble(value).map(one -> Double.isNaN(one) ? 0 : one).toArray();
        return new Part(Column.of(name, ColumnType.FLOAT64), new ColumnData.Doubles(values, null),
                row -> values[row]);
    }
}
