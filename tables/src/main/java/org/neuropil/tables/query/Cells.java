package org.neuropil.tables.query;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.jspecify.annotations.Nullable;

/// Reads values out of the vectors that DuckDB gives for the types of columns.
final class Cells {
    private static final long MICROS = 1_000_000;

    private Cells() {}

    /// A value: `Long`, `Integer`, `Float`, `Double`, `Boolean`, `String`, `Instant`, a `List` of numbers, or null.
    static @Nullable Object value(FieldVector vector, int row) {
        if (vector.isNull(row)) {
            return null;
        }
        return switch (vector) {
            case BigIntVector v -> v.get(row);
            case IntVector v -> v.get(row);
            case Float4Vector v -> v.get(row);
            case Float8Vector v -> v.get(row);
            case BitVector v -> v.get(row) != 0;
            case VarCharVector v -> new String(v.get(row), StandardCharsets.UTF_8);
            case TimeStampMicroVector v -> instant(v.get(row));
            case ListVector v -> List.copyOf(v.getObject(row));
            default -> throw new IllegalStateException("a vector of " + vector.getField());
        };
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
    }
}
