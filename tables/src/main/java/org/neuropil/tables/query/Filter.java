package org.neuropil.tables.query;

import java.util.List;

import org.jspecify.annotations.Nullable;

/// What a table's rows have to meet before they are joined to others: a row of the left table of a left join stays, with
/// nothing beside it, if no row of the right one meets the filters of that.
///
/// A row whose value is absent meets none but [Null]. Values are given as Java has them: whole numbers (also in
/// `BigInteger`) for ids and numbers, decimal text for ids too, numbers for columns of floats, text, `Boolean`, `Instant`
/// or ISO 8601 text (UTC if it names no offset). A number given for a column of single precision is rounded to that. NaN
/// equals itself and is greater than all numbers; 0 and -0 are equal. Texts are compared by their code points.
public sealed interface Filter {
    /// The table that it is about, as the query names it.
    String table();

    /// How a value is compared.
    enum Comparison {
        /// The same.
        EQUAL("="),
        /// Another.
        NOT_EQUAL("<>"),
        /// Above it.
        GREATER(">"),
        /// Not below it.
        GREATER_EQUAL(">="),
        /// Below it.
        LESS("<"),
        /// Not above it.
        LESS_EQUAL("<=");

        private final String sql;

        Comparison(String sql) {
            this.sql = sql;
        }

        String sql() {
            return sql;
        }

        boolean isOrder() {
            return this != EQUAL && this != NOT_EQUAL;
        }
    }

    /// Units of a box.
    enum Unit {
        /// Voxels of the table.
        VOXEL,
        /// Nanometres.
        NM,
        /// Micrometres.
        UM
    }

    /// The column's value compares so to another.
    record Compare(ColumnRef column, Comparison comparison, @Nullable Object value) implements Filter {
        @Override
        public String table() {
            return column.table();
        }
    }

    /// The column's value is one of a list, or none of it.
    ///
    /// @param negated true for none
    record In(ColumnRef column, Values values, boolean negated) implements Filter {
        @Override
        public String table() {
            return column.table();
        }
    }

    /// The column's value is absent, or is not.
    ///
    /// @param negated true for not
    record Null(ColumnRef column, boolean negated) implements Filter {
        @Override
        public String table() {
            return column.table();
        }
    }

    /// A part of the column's text matches a regular expression, upper and lower case being different and `.` any
    /// character; `^` and `$` are the ends of the whole text. The language is RE2's: what POSIX has is there, but there
    /// are no back references and nothing that looks ahead, alternatives are tried in order rather than for the longest,
    /// and `\d`, `\w`, `\b` know ASCII only.
    record Regex(ColumnRef column, String pattern) implements Filter {
        @Override
        public String table() {
            return column.table();
        }
    }

    /// The point lies in a box, or on its border.
    ///
    /// @param point its name: that of its columns without `_position_x`, or with `_position`
    /// @param min lower corner, three numbers in the unit, each below that of `max`. Lengths of which one lies less than
    ///     a millionth of a voxel beside a voxel mean that one
    /// @param max upper corner
    record Inside(String table, String point, List<Double> min, List<Double> max, Unit unit) implements Filter {
        /// Copies the lists.
        public Inside {
            min = List.copyOf(min);
            max = List.copyOf(max);
        }
    }
}
