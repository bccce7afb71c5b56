package org.neuropil.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

import org.neuropil.graph.Graph;
import org.neuropil.graph.GraphInfo;
import org.neuropil.space.InputException;

/// A moment as it is given on the command line: `@2025-01-13T10:10:00Z`; with the time of another zone, of none (which is
/// UTC), or without a time (which is the beginning of that day).
///
/// @param instant in whole milliseconds, [Graph#NOW] if none was given
record GivenMoment(Instant instant) {
    static final GivenMoment NOW = new GivenMoment(Graph.NOW);

    private static final String HINT = "write for example @2025-01-13T10:10:00Z";

    /// Reads a moment; in options the `@` can be left out.
    ///
    /// @throws InputException if it is none
    static GivenMoment parse(String text) {
        String word = text.strip().replaceFirst("^@", "");
        if (word.matches("\\d+")) {
            throw new InputException("'" + text + "' is a version, and this dataset has none", "", HINT);
        }
        try {
            return new GivenMoment(instant(word).truncatedTo(ChronoUnit.MILLIS));
        } catch (DateTimeException | ArithmeticException e) {
            throw new InputException("'" + text + "' is no moment", "", HINT, e);
        }
    }

    private static Instant instant(String word) {
        if (!word.contains("T")) {
            return LocalDate.parse(word).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        return word.matches(".*T.*([zZ]|[+-]\\d\\d(:?\\d\\d)?)")
                ? OffsetDateTime.parse(word).toInstant()
                : LocalDateTime.parse(word).toInstant(ZoneOffset.UTC);
    }

    boolean isNow() {
        return instant.equals(Graph.NOW);
    }

    /// @throws InputException if the graph was not there yet
    Instant in(GraphInfo info) {
        if (instant.isBefore(info.ingested())) {
            throw new InputException("moment " + instant + " is before the graph's beginning", "",
                    "the graph was made at " + info.ingested());
        }
        return instant;
    }

    @Override
    public String toString() {
        return isNow() ? "now" : instant.toString();
    }
}
