package org.neuropil.coregister;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;

/// Matches as rows of an annotation table: its fields, and behind them what is known beside.
public final class MatchTable {
    private MatchTable() {}

    /// All columns, in the order of the kind's schema. A separation that is not known, since there is but one nucleus
    /// around, is 0, as in the public tables.
    ///
    /// @param rows some of the matches
    /// @param likely true for the probability as score, false for the separation
    public static Rows of(Matching matching, List<MatchRow> rows, boolean likely) {
        CellTable cells = matching.cells();
        CellKind kind = cells.kind();
        NucleusTable nuclei = matching.nuclei();
        List<Column> columns = new ArrayList<>();
        List<ColumnData> data = new ArrayList<>();
        if (kind.refers()) {
            columns.add(Column.of("target_id", ColumnType.ID));
            data.add(ids(rows, nuclei));
        } else {
            for (int axis = 0; axis < 3; axis++) {
                int at = axis;
                columns.add(Column.of(NucleusTable.COLUMNS.get(axis), ColumnType.FLOAT64));
                data.add(new ColumnData.Doubles(rows.stream().mapToDouble(
                        row -> Double.parseDouble(nuclei.positions().get(row.nucleus()).get(at))).toArray(), null));
            }
        }
        for (int field = 0; field < cells.fields().size(); field++) {
            int at = field;
            columns.add(Column.of(cells.fields().get(field), ColumnType.INT32));
            data.add(new ColumnData.Ints(
                    rows.stream().mapToInt(row -> cells.names().get(row.cell()).get(at)).toArray(), null));
        }
        add("residual", rows, MatchRow::residual, columns, data);
        add("score", rows, likely ? MatchRow::probability : MatchRow::separation, columns, data);
        if (!kind.refers()) {
            columns.add(Column.of("nucleus_id", ColumnType.ID));
            data.add(ids(rows, nuclei));
        }
        add("probability", rows, MatchRow::probability, columns, data);
        add("no_nucleus", rows, MatchRow::none, columns, data);
        add("separation", rows, MatchRow::separation, columns, data);
        columns.add(Column.of("cells_of_nucleus", ColumnType.INT32));
        data.add(new ColumnData.Ints(rows.stream().mapToInt(MatchRow::cells).toArray(), null));
        return new Rows(columns, data);
    }

    private static ColumnData ids(List<MatchRow> rows, NucleusTable nuclei) {
        return new ColumnData.Longs(rows.stream().mapToLong(row -> nuclei.ids()[row.nucleus()]).toArray(), null);
    }

    private static void add(String name, List<MatchRow> rows, ToDoubleFunction<MatchRow> value, List<Column> columns,
            List<ColumnData> data) {
        columns.add(Column.of(name, ColumnType.FLOAT64));
        data.add(new ColumnData.Doubles(
                rows.stream().mapToDouble(value).map(one -> Double.isNaN(one) ? 0 : one).toArray(), null));
    }
}
