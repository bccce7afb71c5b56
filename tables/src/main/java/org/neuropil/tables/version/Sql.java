package org.neuropil.tables.version;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import org.neuropil.tables.column.Column;

/// Pieces of SQL.
final class Sql {
    private Sql() {}

    /// A quoted name.
    static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /// Quoted names of columns.
    static String names(List<Column> columns) {
        return columns.stream().map(column -> name(column.name())).collect(Collectors.joining(", "));
    }

    /// A quoted text.
    static String text(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    /// Reads files of Parquet that have the same columns.
    static String parquet(List<Path> files) {
        return "read_parquet([" + files.stream().map(file -> text(file.toString())).collect(Collectors.joining(", "))
                + "])";
    }

    /// The type of a column.
    static String type(Column column) {
        return switch (column.type()) {
            case ID, INT64 -> "BIGINT";
            case INT32 -> "INTEGER";
            case FLOAT32 -> "REAL";
            case FLOAT64 -> "DOUBLE";
            case BOOLEAN -> "BOOLEAN";
            case TEXT -> "VARCHAR";
            case TIMESTAMP -> "TIMESTAMP";
        };
    }

    /// Names and types, as a table is made of.
    static String definitions(List<Column> columns) {
        return columns.stream().map(column -> name(column.name()) + " " + type(column))
                .collect(Collectors.joining(", "));
    }

    /// A relation of columns that has no rows.
    static String none(List<Column> columns) {
        return "(SELECT " + columns.stream().map(column -> "NULL::" + type(column) + " AS " + name(column.name()))
                .collect(Collectors.joining(", ")) + " WHERE false)";
    }
}
