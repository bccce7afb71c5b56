package org.neuropil.tables.version;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.query.Hint;
import org.neuropil.tables.query.Source;
import org.neuropil.tables.schema.Field;
import org.neuropil.tables.schema.TableSchema;
import org.neuropil.tables.sql.Sql;

/// A table at a moment: rows of another moment as far as they are still right, and the rows that are not among these.
///
/// @param info what is said of the table
/// @param schema of its rows
/// @param base rows of another moment; null if there are none
/// @param changes what is not as in the base; null if all is
public record TableState(TableInfo info, TableSchema schema, @Nullable Source base, @Nullable Changes changes)
        implements
            Source {
    /// What is not as in the base.
    ///
    /// @param rows the rows that take the place of those of the base, and those that came to be
    /// @param roots relation of one column, `root`: rows of the base that have one of these are not right
    /// @param ids relation of one column, `id`: rows of the base that do not stand, or that stand otherwise
    public record Changes(Source rows, String roots, String ids) {}

    @Override
    public List<Column> columns() {
        return schema.read();
    }

    @Override
    public String relation(Hint hint) {
        if (base == null || changes == null) {
            return base != null ? base.relation(hint) : none(hint);
        }
        return "(" + standing(hint) + " UNION ALL SELECT " + Sql.names(columns()) + " FROM "
                + changes.rows().relation(hint) + ")";
    }

    private String none(Hint hint) {
        if (changes != null) {
            return changes.rows().relation(hint);
        }
        return Sql.none(columns());
    }

    /// Rows of the base that are right.
    private String standing(Hint hint) {
        if (base == null || changes == null) {
            throw new IllegalStateException("there is nothing that some rows of a base are not right for");
        }
        StringBuilder sql = new StringBuilder("SELECT " + Sql.names(columns()) + " FROM " + base.relation(hint) + " b");
        List<Field.Point> bound = schema.bound();
        for (int i = 0; i < bound.size(); i++) {
            sql.append(" ANTI JOIN ").append(changes.roots()).append(" r").append(i).append(" ON b.")
                    .append(Sql.name(bound.get(i).root())).append(" = r").append(i).append(".root");
        }
        return sql.append(" ANTI JOIN ").append(changes.ids()).append(" g ON b.id = g.id").toString();
    }
}
