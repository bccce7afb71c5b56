package org.neuropil.tables.column;

import java.util.BitSet;

import org.jspecify.annotations.Nullable;

/// The values of a column, in an array that is as long as there are rows. The arrays are not copied: whoever makes one
/// does not change them any more.
public sealed interface ColumnData {
    /// How many values.
    int size();

    /// Which are absent; null if none is. The array's value there means nothing.
    @Nullable
    BitSet absent();

    /// Whether a value is absent.
    default boolean isAbsent(int row) {
        BitSet absent = absent();
        return absent != null && absent.get(row);
    }

    /// Of `ID`, `INT64` and `TIMESTAMP`.
    record Longs(long[] values, @Nullable BitSet absent) implements ColumnData {
        @Override
        public int size() {
            return values.length;
        }
    }

    /// Of `INT32`.
    record Ints(int[] values, @Nullable BitSet absent) implements ColumnData {
        @Override
        public int size() {
            return values.length;
        }
    }

    /// Of `FLOAT32`.
    record Floats(float[] values, @Nullable BitSet absent) implements ColumnData {
        @Override
        public int size() {
            return values.length;
        }
    }

    /// Of `FLOAT64`.
    record Doubles(double[] values, @Nullable BitSet absent) implements ColumnData {
        @Override
        public int size() {
            return values.length;
        }
    }

    /// Of `BOOLEAN`.
    record Booleans(boolean[] values, @Nullable BitSet absent) implements ColumnData {
        @Override
        public int size() {
            return values.length;
        }
    }

    /// Of `TEXT`.
    record Texts(@Nullable String[] values, @Nullable BitSet absent) implements ColumnData {
        @Override
        public int size() {
            return values.length;
        }
    }
}
