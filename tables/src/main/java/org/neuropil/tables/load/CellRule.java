package org.neuropil.tables.load;

import java.util.List;
import java.util.stream.Collectors;

import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnType;

/// How the values of a column come out of a file, in three steps, each over the columns of the one before: what is read
/// once for several columns, its text, its value. (In one expression, DuckDB would work the first ones out many times.)
///
/// @param column of the table
/// @param source the file's column, for errors
/// @param read SQL over the file's columns that gives a text, or a list of three
/// @param axis which of the three, 0 to 2; -1 if it gives a text
/// @param scale of coordinates: voxels of the table are `value * scale[0] / scale[1]`; empty if they are given as voxels
/// @param oneOf the values that it may have; empty for all
@SuppressWarnings("ArrayRecordComponent")
record CellRule(Column column, String source, String read, int axis, double[] scale, List<String> oneOf) {
    private static final String NUMBER = "[-+]?(?:[0-9]+[.]?[0-9]*|[.][0-9]+)(?:[eE][-+]?[0-9]+)?";
    private static final String THREE = "\\s*[\\[(]?\\s*" + NUMBER + "\\s*[,\\s]\\s*" + NUMBER + "\\s*[,\\s]\\s*"
            + NUMBER
            + "\\s*[\\])]?\\s*";
    private static final double[] VOXELS = {};

    /// A column of a value of its own.
    static CellRule of(Column column, String source, List<String> oneOf) {
        return new CellRule(column, source, "CAST(" + Sql.name(source) + " AS VARCHAR)", -1, VOXELS, oneOf);
    }

    /// A coordinate.
    static CellRule coordinate(Column column, String source, double[] scale) {
        return new CellRule(column, source, "CAST(" + Sql.name(source) + " AS VARCHAR)", -1, scale, List.of());
    }

    /// A coordinate out of a column that holds all three: a list, text, or a point as WKB (also EWKB, also in hexadecimal).
    ///
    /// @param type of the file's column, in DuckDB's words
    /// @param axis 0 to 2
    static CellRule ofThree(Column column, String source, String type, int axis, double[] scale) {
        String name = Sql.name(source);
        String all = type.equals("BLOB") ? "hex(" + name + ")" : "CAST(" + name + " AS VARCHAR)";
        String otherwise = " ELSE [" + all + ", " + all + ", " + all + "] END";
        String read;
        if (type.endsWith("]")) {
            read = "CASE WHEN len(" + name + ") = 3 THEN [CAST(" + name + "[1] AS VARCHAR), CAST(" + name
                    + "[2] AS VARCHAR), CAST(" + name + "[3] AS VARCHAR)]" + otherwise;
        } else if (type.startsWith("GEOMETRY") || type.equals("BLOB")) {
            read = "CASE " + wkb(type.equals("BLOB") ? "TRY(ST_GeomFromWKB(" + name + "))" : name) + otherwise;
        } else {
            read = "CASE WHEN regexp_full_match(" + all + ", " + Sql.text(THREE) + ") THEN regexp_extract_all(" + all
                    + ", " + Sql.text(NUMBER) + ") WHEN regexp_full_match(" + all + ", '[0-9A-Fa-f]{42,}') THEN (CASE "
                    + wkb("TRY(ST_GeomFromWKB(from_hex(" + all + ")))") + otherwise + ")" + otherwise;
        }
        return new CellRule(column, source, read, axis, scale, List.of());
    }

    /// A case for what is a point with three coordinates.
    private static String wkb(String geometry) {
        String text = "ST_AsText(" + geometry + ")";
        return "WHEN starts_with(" + text + ", 'POINT Z (') THEN regexp_extract_all(" + text + ", " + Sql.text(NUMBER)
                + ")";
    }

    /// SQL that gives a value as text; what programs write for nothing is null.
    ///
    /// @param column that holds what was read
    String text(String column) {
        String raw = axis < 0 ? column : column + "[" + (axis + 1) + "]";
        return column().type() == ColumnType.TEXT
                ? raw
                : "CASE WHEN lower(trim(" + raw + ")) IN ('', 'nan', 'none', 'null', '<na>') THEN NULL ELSE trim(" + raw
                        + ") END";
    }

    /// SQL that gives a value as the column's type; null where it is absent or is none.
    ///
    /// @param text column that holds its text
    String value(String text) {
        return scale.length == 0 ? value(column.type(), text, oneOf) : voxel(text, scale);
    }

    private static String value(ColumnType type, String text, List<String> oneOf) {
        String number = "TRY_CAST(" + text + " AS DOUBLE)";
        return switch (type) {
            case ID -> "CASE WHEN regexp_full_match(" + text + ", '[0-9]{1,19}') THEN TRY_CAST(" + text
                    + " AS BIGINT) END";
            case INT64 -> "CASE WHEN regexp_full_match(" + text + ", '[-+]?[0-9]+([.]0*)?') THEN "
                    + "TRY_CAST(regexp_replace(" + text + ", '[.]0*$', '') AS BIGINT) END";
            case INT32 -> voxel(text, VOXELS);
            case FLOAT32 -> "CASE WHEN isfinite(TRY_CAST(" + text + " AS REAL)) THEN TRY_CAST(" + text
                    + " AS REAL) END";
            case FLOAT64 -> "CASE WHEN isfinite(" + number + ") THEN " + number + " END";
            case BOOLEAN -> "TRY_CAST(" + text + " AS BOOLEAN)";
            case TEXT -> oneOf.isEmpty()
                    ? text
                    : "CASE WHEN " + text + " IN ("
                            + oneOf.stream().map(Sql::text).collect(Collectors.joining(", ")) + ") THEN " + text
                            + " END";
            case TIMESTAMP -> "CAST(TRY_CAST(" + text + " AS TIMESTAMPTZ) AT TIME ZONE 'UTC' AS TIMESTAMP)";
        };
    }

    /// A whole number of 32 bits; of lengths, the voxel that they lie in.
    private static String voxel(String text, double[] scale) {
        String number = "TRY_CAST(" + text + " AS DOUBLE)";
        return scale.length == 0
                ? "CASE WHEN floor(" + number + ") = " + number + " THEN TRY_CAST(" + number + " AS INTEGER) END"
                // Rounded to a thousandth of a voxel first: 3 * 9.7 / 9.7 must not be below 3.
                : "TRY_CAST(floor(round(" + number + " * " + scale[0] + "::DOUBLE / " + scale[1]
                        + "::DOUBLE * 1000) / 1000) AS INTEGER)";
    }

    /// SQL that is true where a row cannot be taken.
    ///
    /// @param text column that holds its text
    /// @param value column that holds its value
    String bad(String text, String value) {
        return column.nullable() ? "(" + text + " IS NOT NULL AND " + value + " IS NULL)" : "(" + value + " IS NULL)";
    }

    /// What is wrong with a text that cannot be taken.
    String reason(String given) {
        if (given.isEmpty()) {
            return "is missing";
        }
        String value = "'" + given + "'";
        if (axis >= 0 && !given.matches(THREE)) {
            return value + " is not three numbers, such as [1, 2, 3]";
        }
        return switch (column.type()) {
            case ID -> value + (given.startsWith("-")
                    ? " is negative, which no id is"
                    : given.matches("[0-9]+")
                            ? " is not below 2^63"
                            : given.matches("[+]?[0-9.]+([eE][+-]?[0-9]+)?")
                                    ? " is a floating-point number, which cannot hold an id exactly"
                                    : " is no id");
            case INT64, INT32 -> value + " is no whole number of " + (column.type() == ColumnType.INT32 ? 32 : 64)
                    + " bits";
            case FLOAT32, FLOAT64 -> value + " is no number";
            case BOOLEAN -> value + " is not true or false";
            case TEXT -> value + " is not one of " + String.join(", ", oneOf.subList(0, Math.min(20, oneOf.size())));
            case TIMESTAMP -> value + " is no moment" + (given.matches("[0-9]+")
                    ? ", which is written as 2025-01-13T10:10:00Z (pandas: date_format='iso')"
                    : "");
        };
    }
}
