package org.neuropil.tables.query;

import java.util.List;

import org.neuropil.tables.column.ColumnType;

/// A checked query as SQL.
///
/// @param columns of the answer
/// @param rows the statement that gives it
/// @param count the statement that counts the rows that there would be without limit, offset and page
/// @param key the statement, without `LIMIT` and `OFFSET`, that gives the values that order the rows
/// @param keys types of these
/// @param pageable whether these tell rows apart
/// @param checks what has to hold of joins
/// @param lists tables that have to be there for any of the statements
/// @param patterns regular expressions that have to be some
record Compiled(List<OutputColumn> columns, BoundSql rows, BoundSql count, BoundSql key, List<ColumnType> keys,
        boolean pageable,
        List<Check> checks, List<InList> lists, List<String> patterns) {
    /// A value must not come twice.
    ///
    /// @param column of what
    /// @param twice the statement that gives the first value that comes more than once
    record Check(Join join, ColumnRef column, BoundSql twice) {}
}
