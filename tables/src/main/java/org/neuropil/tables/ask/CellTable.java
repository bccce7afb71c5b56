package org.neuropil.tables.ask;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.neuropil.space.InputException;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.query.Source;
import org.neuropil.tables.query.SqlView;

/// Tables that say something of cells: those with a column `pt_root_id`, and those whose rows refer to rows of such a table,
/// as types do to nuclei.
public final class CellTable {
    /// The cell of a row.
    public static final String ROOT = "pt_root_id";

    private CellTable() {}

    /// The tables that are read for one: itself, and what its rows refer to.
    static List<String> names(Moment moment, String table) throws IOException {
        boolean stands = moment.tables().contains(table);
        String reference = stands ? moment.info(table).reference().orElse("") : "";
        boolean own = !stands || moment.schema(table).read().stream().map(Column::name).anyMatch(ROOT::equals);
        return own || reference.isEmpty() ? List.of(table) : List.of(table, reference);
    }

    /// A table with the cells of its rows.
    ///
    /// @param option where it was given
    /// @param columns of text that it must have besides
    /// @throws InputException if there is no such table, it says nothing of cells, or a column is none of text
    static Source of(Engine engine, Moment moment, String table, String option, List<String> columns)
            throws IOException {
        List<String> names = names(moment, table);
        Source own = moment.source(table);
        Source cells = own;
        if (names.size() > 1) {
            Source referred = moment.source(names.getLast());
            check(referred, names.getLast(), option, List.of(ROOT));
            TableInfo info = own.info();
            cells = SqlView.of(engine, info, "SELECT t.*, n." + ROOT + " FROM t JOIN n ON t.target_id = n.id",
                    Map.of("t", own, "n", referred));
        }
        check(cells, table, option, List.of(ROOT));
        check(cells, table, option, columns);
        for (Column column : cells.columns()) {
            if (columns.contains(column.name()) && column.type() != ColumnType.TEXT) {
                throw new InputException("the column '" + column.name() + "' of table '" + table + "' is "
                        + column.type().name().toLowerCase(Locale.ROOT) + ", not text", option,
                        "make a view with CAST(" + column.name() + " AS VARCHAR) AS " + column.name());
            }
        }
        return cells;
    }

    /// @throws InputException if a column is missing
    static void check(Source source, String table, String option, List<String> columns) {
        for (String column : columns) {
            if (source.columns().stream().noneMatch(one -> one.name().equals(column))) {
                throw new InputException("the table '" + table + "' has no column '" + column + "'", option,
                        "take one that has it");
            }
        }
    }
}
