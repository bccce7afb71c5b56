package org.neuropil.tables.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/// A list to look a column's values up in. What its values may be, says [Filter].
public sealed interface Values {
    /// How many.
    int size();

    /// One of them; null if null was given, which no filter takes.
    @Nullable
    Object get(int index);

    /// Ids or whole numbers. The array is not copied.
    record Longs(long[] values) implements Values {
        @Override
        public int size() {
            return values.length;
        }

        @Override
        public @Nullable Object get(int index) {
            return values[index];
        }

        /// By what is in it, since the digest of a query is made of this.
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("longs");
            for (long value : values) {
                text.append(' ').append(value);
            }
            return text.toString();
        }
    }

    /// Values of any type.
    record Any(List<@Nullable Object> values) implements Values {
        /// Copies the list.
        public Any {
            values = Collections.unmodifiableList(new ArrayList<>(values));
        }

        @Override
        public int size() {
            return values.size();
        }

        @Override
        public @Nullable Object get(int index) {
            return values.get(index);
        }
    }
}
