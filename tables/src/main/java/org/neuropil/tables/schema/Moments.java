package org.neuropil.tables.schema;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.OptionalLong;

/// Moments as text, and as microseconds since 1970 in UTC.
final class Moments {
    private static final long MICROS = 1_000_000;
    private static final DateTimeFormatter READ = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME).optionalStart().appendOffsetId().optionalEnd()
            .toFormatter(Locale.ROOT).withChronology(IsoChronology.INSTANCE).withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter WRITE = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE).appendLiteral(' ').appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 6, 6, true).toFormatter(Locale.ROOT);

    private Moments() {}

    /// Reads ISO 8601, with `T` or a blank before the time, in UTC where it has no offset.
    ///
    /// @return empty if it is none, or finer than a microsecond
    static OptionalLong micros(String text) {
        try {
            int blank = text.indexOf(' ');
            TemporalAccessor read = READ.parse(blank < 0
                    ? text
                    : text.substring(0, blank) + "T" + text.substring(
                            blank + 1));
            ZoneOffset offset = read.isSupported(ChronoField.OFFSET_SECONDS) ? ZoneOffset.from(read) : ZoneOffset.UTC;
            Instant moment = LocalDateTime.from(read).toInstant(offset);
            boolean finer = moment.getNano() % 1000 != 0;
            return finer ? OptionalLong.empty() : OptionalLong.of(ChronoUnit.MICROS.between(Instant.EPOCH, moment));
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    /// Writes one in UTC as CAVE does: `2026-11-26 10:10:00.000000`.
    static String text(long micros) {
        return WRITE.format(LocalDateTime.ofEpochSecond(Math.floorDiv(micros, MICROS),
                (int) Math.floorMod(micros, MICROS) * 1000, ZoneOffset.UTC));
    }
}
