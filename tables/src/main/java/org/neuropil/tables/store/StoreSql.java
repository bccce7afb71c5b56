package org.neuropil.tables.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

import org.neuropil.tables.sql.Sql;

/// The physical tables of a store, the same in both databases, and parameters of statements. Only names that come out of
/// here and of [Sql] are put into statements; values are always bound.
final class StoreSql {
    static final String TABLES = "annotation_tables";
    static final String CLOCK = "annotation_clock";
    /// A condition on ids, whose one parameter is an array.
    static final String AMONG = " IN (SELECT unnest(?::BIGINT[]))";
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");
    static final long EARLIEST_MICROS = Sql.micros(EARLIEST);
    static final long LATEST_MICROS = Sql.micros(LATEST);

    private StoreSql() {}

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
}
