package org.neuropil.tables.query;

/// A column of one of a query's tables.
///
/// @param table the name under which the query uses the table; empty where a column of the answer is meant
/// @param column its name
public record ColumnRef(String table, String column) {
    /// A column of the answer, by the name that it has there.
    public static ColumnRef ofAnswer(String column) {
        return new ColumnRef("", column);
    }

    /// `table.column`, for errors.
    @Override
    public String toString() {
        return table.isEmpty() ? column : table + "." + column;
    }
}
