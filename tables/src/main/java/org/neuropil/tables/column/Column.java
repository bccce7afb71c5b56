package org.neuropil.tables.column;

/// A column.
///
/// @param name as in SQL and in files
/// @param type of its values
/// @param nullable whether a value may be absent
public record Column(String name, ColumnType type, boolean nullable) {
    /// One whose values are never absent.
    public static Column of(String name, ColumnType type) {
        return new Column(name, type, false);
    }

    /// One whose values may be absent.
    public static Column nullable(String name, ColumnType type) {
        return new Column(name, type, true);
    }
}
