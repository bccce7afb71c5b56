package org.neuropil.tables.query;

/// Rows of a table put beside those that the query has before it.
///
/// @param left column of a table before it; absent values meet nothing
/// @param right column of the table that it adds
/// @param kind what becomes of a left row that meets none
/// @param cardinality how often a value may come on either side, of the rows that meet the filters of their table; the
///     query is refused if it comes more often. Of `id` it is taken for granted
public record Join(ColumnRef left, ColumnRef right, Kind kind, Cardinality cardinality) {
    /// What becomes of a left row that meets none.
    public enum Kind {
        /// It is left out.
        INNER,
        /// It stays, with absent values beside it.
        LEFT
    }

    /// How many rows of a side have the same value.
    public enum Cardinality {
        /// One on both.
        ONE_TO_ONE(true, true),
        /// Any number on the left, one on the right.
        MANY_TO_ONE(false, true),
        /// One on the left, any number on the right.
        ONE_TO_MANY(true, false),
        /// Any number on both: a row then comes as often as there are pairs.
        MANY_TO_MANY(false, false);

        private final boolean oneLeft;
        private final boolean oneRight;

        Cardinality(boolean oneLeft, boolean oneRight) {
            this.oneLeft = oneLeft;
            this.oneRight = oneRight;
        }

        boolean oneLeft() {
            return oneLeft;
        }

        boolean oneRight() {
            return oneRight;
        }
    }
}
