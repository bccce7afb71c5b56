package org.neuropil.server.cave;

import java.util.ArrayList;
import java.util.List;

import org.neuropil.tables.TableInfo;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.query.Hint;
import org.neuropil.tables.query.Source;

/// A table with the columns that CAVE's readers know: all rows are `valid`, and which row took the place of another is not
/// told.
///
/// @param table the table at a moment
record CaveTable(Source table) implements Source {
    private static final String VALID = "valid";
    private static final String SUPERCEDED = "superceded_id";
    private static final String CREATED = "created";

    @Override
    public TableInfo info() {
        return table.info();
    }

    @Override
    public List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        for (Column column : table.columns()) {
            if (!column.name().equals(SUPERCEDED) && !column.name().equals(VALID)) {
                columns.add(column);
            }
            if (column.name().equals(CREATED)) {
                columns.add(Column.of(VALID, ColumnType.BOOLEAN));
            }
        }
        return columns;
    }

    @Override
    public String relation(Hint hint) {
        StringBuilder sql = new StringBuilder("(SELECT ");
        for (Column column : columns()) {
            String name = '"' + column.name().replace("\"", "\"\"") + '"';
            sql.append(sql.length() > 8 ? ", " : "").append(column.name().equals(VALID) ? "TRUE AS " + name : name);
        }
        return sql.append(" FROM ").append(table.relation(hint)).append(" AS u)").toString();
    }
}
