package org.neuropil.tables.query;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.column.ColumnType;

/// A value that somebody gave, as one of a column's type: `Long`, `Integer`, `Float`, `Double`, `Boolean`, `String`, and
/// for moments a `Long` of microseconds.
final class TypedValue {
    private static final BigInteger INT32_MAX = BigInteger.valueOf(Integer.MAX_VALUE);
    private static final BigInteger INT32_MIN = BigInteger.valueOf(Integer.MIN_VALUE);
    private static final BigInteger INT64_MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger INT64_MIN = BigInteger.valueOf(Long.MIN_VALUE);

    private TypedValue() {}

    /// @return null if it is none, of which the problems then tell
    static @Nullable Object of(ColumnType type, @Nullable Object value, String where, Problems problems) {
        if (value == null) {
            problems.add("null is compared with nothing", where, "use the filters for absent values");
            return null;
        }
        return switch (type) {
            case ID -> id(value, where, problems);
            case INT64 -> whole(value, INT64_MIN, INT64_MAX, "64", where, problems);
            case INT32 -> {
                Long whole = whole(value, INT32_MIN, INT32_MAX, "32", where, problems);
                yield whole == null ? null : (Object) whole.intValue();
            }
            case FLOAT32, FLOAT64 -> {
                Double number = number(value, where, problems);
                if (number == null || type == ColumnType.FLOAT64) {
                    yield number;
                }
                float single = number.floatValue();
                if (Float.isInfinite(single) && !number.isInfinite()) {
                    problems.add(value + " is too large for single precision", where, "");
                    yield null;
                }
                yield (Object) single;
            }
            case BOOLEAN -> value instanceof Boolean ? value : wrong(value, "true or false", where, problems);
            case TEXT -> value instanceof String ? value : wrong(value, "text", where, problems);
            case TIMESTAMP -> moment(value, where, problems);
        };
    }

    private static @Nullable Long id(Object value, String where, Problems problems) {
        BigInteger whole = value instanceof String text && text.matches("[0-9]{1,20}")
                ? new BigInteger(text)
                : exact(value);
        if (whole == null) {
            problems.add(text(value) + " is no id", where, value instanceof Number
                    ? "ids are whole numbers; a floating-point number cannot hold one exactly"
                    : "ids are whole numbers");
            return null;
        }
        if (whole.signum() < 0) {
            problems.add(whole + " is no id", where, "ids are not negative");
            return null;
        }
        if (whole.compareTo(INT64_MAX) > 0) {
            problems.add(whole + " is no id", where, "ids are below 2^63");
            return null;
        }
        return whole.longValue();
    }

    private static @Nullable Long whole(Object value, BigInteger min, BigInteger max, String bits, String where,
            Problems problems) {
        BigInteger whole = exact(value);
        if (whole == null && value instanceof Number number && !(value instanceof BigDecimal)) {
            double d = number.doubleValue();
            // 3.0 is what some languages make of 3; beyond 2^53 nobody knows what was meant.
            if (d == Math.rint(d) && Math.abs(d) <= 0x1p53) {
                whole = BigInteger.valueOf((long) d);
            }
        }
        if (whole == null) {
            wrong(value, "a whole number", where, problems);
            return null;
        }
        if (whole.compareTo(min) < 0 || whole.compareTo(max) > 0) {
            problems.add(whole + " does not fit into " + bits + " bits", where, "it lies in " + min + " to " + max);
            return null;
        }
        return whole.longValue();
    }

    private static @Nullable BigInteger exact(Object value) {
        return switch (value) {
            case BigInteger big -> big;
            case Long n -> BigInteger.valueOf(n);
            case Integer n -> BigInteger.valueOf(n);
            case Short n -> BigInteger.valueOf(n);
            case Byte n -> BigInteger.valueOf(n);
            default -> null;
        };
    }

    private static @Nullable Double number(Object value, String where, Problems problems) {
        if (!(value instanceof Number number)) {
            wrong(value, "a number", where, problems);
            return null;
        }
        double d = number.doubleValue();
        if (Double.isInfinite(d) && !(value instanceof Double || value instanceof Float)) {
            problems.add(value + " is too large", where, "");
            return null;
        }
        return d;
    }

    private static @Nullable Long moment(Object value, String where, Problems problems) {
        try {
            Instant instant = switch (value) {
                case Instant i -> i;
                case OffsetDateTime t -> t.toInstant();
                case String text -> parse(text.strip().replace(' ', 'T'));
                default -> null;
            };
            if (instant != null) {
                return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
            }
        } catch (DateTimeException | ArithmeticException _) {
            // Told below.
        }
        wrong(value, "a moment", where, problems);
        return null;
    }

    private static Instant parse(String text) {
        if (text.matches(".*T.*(Z|[+-]\\d\\d(:?\\d\\d)?)")) {
            return OffsetDateTime.parse(text.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2")).toInstant();
        }
        return text.contains("T")
                ? LocalDateTime.parse(text).toInstant(ZoneOffset.UTC)
                : LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private static @Nullable Object wrong(Object value, String wanted, String where, Problems problems) {
        problems.add(text(value) + " is not " + wanted, where,
                wanted.equals("a moment") ? "write 2026-01-31T12:00:00Z" : "");
        return null;
    }

    private static String text(Object value) {
        String text = String.valueOf(value);
        String cut = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        return value instanceof String ? "'" + cut + "'" : cut;
    }
}
