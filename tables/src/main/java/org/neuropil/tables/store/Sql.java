package org.neuropil.tables.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

import org.neuropil.tables.column.Column;

/// Pieces of SQL. Only names that come out of here are put into statements; values are always bound.
final class Sql {
    static final String TABLES = "annotation_tables";
    static final String CLOCK = "annotation_clock";
    /// A condition on ids, whose one parameter is an array.
    static final String AMONG = " IN (SELECT unnest(?::BIGINT[]))";
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");
    static final long EARLIEST_MICROS = micros(EARLIEST);
    static final long LATEST_MICROS = micros(LATEST);

    private Sql() {}

    /// The physical table of a table's rows: `id`, `created`, then the columns of its fields.
    static String rows(int number) {
        return "annotation_rows_" + number;
    }

    /// The physical table of rows that stand no more: `id`, `deleted`, `superceded_id`, `outside`.
    static String gone(int number) {
        return "annotation_gone_" + number;
    }

    /// The physical table of what was bound later: `id`, `field`, `supervoxel_id`, `bound`.
    static String bound(int number) {
        return "annotation_bound_" + number;
    }

    /// A name as it stands in a statement.
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /// Columns of a table that has an alias.
    static String list(String alias, List<Column> columns) {
        return columns.stream().map(column -> alias + '.' + quoted(column.name())).collect(Collectors.joining(", "));
    }

    static void set(PreparedStatement statement, int index, long[] ids) throws SQLException {
        Long[] boxed = new Long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            boxed[i] = ids[i];
        }
        statement.setArray(index, statement.getConnection().createArrayOf("bigint", boxed));
    }

    /// A moment, in whole microseconds; those before year 1 and after year 9999 are all the same.
    static void set(PreparedStatement statement, int index, Instant moment) throws SQLException {
        Instant held = moment.isBefore(EARLIEST) ? EARLIEST : moment.isAfter(LATEST) ? LATEST : moment;
        statement.setObject(index, LocalDateTime.ofEpochSecond(held.getEpochSecond(), held.getNano() / 1000 * 1000,
                ZoneOffset.UTC));
    }

    static long micros(Instant moment) {
        return moment.getEpochSecond() * 1_000_000 + moment.getNano() / 1000;
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000L);
    }
}
