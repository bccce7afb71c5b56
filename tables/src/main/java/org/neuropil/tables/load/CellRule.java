package org.neuropil.tables.load;

import java.util.List;
import java.util.stream.Collectors;

import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnType;

/// How the values of a column come out of a file.
///
/// @param column of the table
/// @param source the file's column, for errors
/// @param text SQL that gives a value as text, null where it is absent
/// @param value SQL that gives it as the column's type, null where it is absent or is none
/// @param oneOf the values that it may have; empty for all
record CellRule(Column column, String source, String text, String value, List<String> oneOf) {
    private static final String NUMBER = "[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?";
    private static final String THREE = "\\s*[\\[(]?\\s*" + NUMBER + "\\s*[,\\s]\\s*" + NUMBER + "\\s*[,\\s]\\s*"
            + NUMBER
            + "\\s*[\\])]?\\s*";

    /// A column of a value of its own.
    static CellRule of(Column column, String source, List<String> oneOf) {
        String raw = "CAST(" + Sql.name(source) + " AS VARCHAR)";
        String text = column.type() == ColumnType.TEXT ? raw : cleaned(raw);
        return new CellRule(column, source, text, value(column.type(), text, oneOf), oneOf);
    }

    /// A coordinate.
    ///
    /// @param scale voxels of the table are `value * scale[0] / scale[1]`; empty if they are given as voxels
    static CellRule coordinate(Column column, String source, double[] scale) {
        String text = cleaned("CAST(" + Sql.name(source) + " AS VARCHAR)");
        return new CellRule(column, source, text, voxel(text, scale), List.of());
    }

    /// A coordinate out of a column that holds all three, as a list or as text.
    ///
    /// @param type of the file's column, in DuckDB's words
    /// @param axis 0 to 2
    static CellRule ofThree(Column column, String source, String type, int axis, double[] scale) {
        String name = Sql.name(source);
        String all = "CAST(" + name + " AS VARCHAR)";
        String one = type.endsWith("]")
                ? "CASE WHEN len(" + name + ") = 3 THEN CAST(" + name + "[" + (axis + 1) + "] AS VARCHAR) ELSE " + all
                        + " END"
                : "CASE WHEN regexp_full_match(" + all + ", " + Sql.text(THREE) + ") THEN regexp_extract_all(" + all
                        + ", " + Sql.text(NUMBER) + ")[" + (axis + 1) + "] ELSE " + all + " END";
        String text = cleaned(one);
        return new CellRule(column, source, text, voxel(text, scale), List.of());
    }

    /// What programs write for nothing is nothing.
    private static String cleaned(String raw) {
        return "CASE WHEN lower(trim(" + raw + ")) IN ('', 'nan', 'none', 'null', '<na>') THEN NULL ELSE trim(" + raw
                + ") END";
    }

    private static String value(ColumnType type, String text, List<String> oneOf) {
        String number = "TRY_CAST(" + text + " AS DOUBLE)";
        return switch (type) {
            case ID -> "CASE WHEN regexp_full_match(" + text + ", '[0-9]{1,19}') THEN TRY_CAST(" + text
                    + " AS BIGINT) END";
            case INT64 -> "CASE WHEN regexp_full_match(" + text + ", '[-+]?[0-9]+([.]0*)?') THEN "
                    + "TRY_CAST(regexp_replace(" + text + ", '[.]0*$', '') AS BIGINT) END";
            case INT32 -> voxel(text, new double[0]);
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
    String bad() {
        String wrong = "(" + text + ") IS NOT NULL AND (" + value + ") IS NULL";
        return column.nullable() ? "(" + wrong + ")" : "(" + wrong + " OR (" + text + ") IS NULL)";
    }

    /// What is wrong with a text that cannot be taken.
    String reason(String given) {
        if (given.isEmpty()) {
            return "is missing";
        }
        String value = "'" + given + "'";
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
            case TIMESTAMP -> value + " is no moment";
        };
    }
}
