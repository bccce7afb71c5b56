package org.neuropil.tables.sql;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnType;

/// Pieces of SQL. Names and texts that come out of here may be put into statements.
public final class Sql {
    private static final long MICROS = 1_000_000;

    private Sql() {}

    /// A quoted name.
    public static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /// Quoted names of columns.
    public static String names(List<Column> columns) {
        return columns.stream().map(column -> name(column.name())).collect(Collectors.joining(", "));
    }

    /// A quoted text.
    public static String text(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    /// In DuckDB: reads files of Parquet that have the same columns.
    public static String parquet(List<Path> files) {
        return "read_parquet([" + files.stream().map(file -> text(file.toString())).collect(Collectors.joining(", "))
                + "])";
    }

    /// The name of a type in DuckDB.
    public static String type(ColumnType type) {
        return switch (type) {
            case ID, INT64 -> "BIGINT";
            case INT32 -> "INTEGER";
            case FLOAT32 -> "REAL";
            case FLOAT64 -> "DOUBLE";
            case BOOLEAN -> "BOOLEAN";
            case TEXT -> "VARCHAR";
            case TIMESTAMP -> "TIMESTAMP";
        };
    }

    /// Names and types, as a table of DuckDB is made of.
    public static String definitions(List<Column> columns) {
        return columns.stream().map(column -> name(column.name()) + " " + type(column.type()))
                .collect(Collectors.joining(", "));
    }

    /// In DuckDB: a relation of columns that has no rows.
    public static String none(List<Column> columns) {
        return "(SELECT " + columns.stream()
                .map(column -> "NULL::" + type(column.type()) + " AS " + name(column.name()))
                .collect(Collectors.joining(", ")) + " WHERE false)";
    }

    /// A moment as tables hold it: whole microseconds since 1970, rounded down. Moments that are too early or too late for
    /// that are the least and the greatest.
    public static long micros(Instant at) {
        if (at.getEpochSecond() >= Long.MAX_VALUE / MICROS) {
            return Long.MAX_VALUE;
        }
        return at.getEpochSecond() <= Long.MIN_VALUE / MICROS
                ? Long.MIN_VALUE
                : at.getEpochSecond() * MICROS + at.getNano() / 1000;
    }

    /// The moment of some microseconds since 1970.
    public static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000L);
    }
}
