package org.neuropil.tables.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;

import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;

class SqlTest {
    @Test
    void momentsAreWholeMicrosecondsAndThoseTooFarAwayTheOutermost() {
        assertThat(Sql.micros(Instant.parse("1969-12-31T23:59:59.999999900Z"))).isEqualTo(-1);
        assertThat(Sql.instant(-1)).isEqualTo(Instant.parse("1969-12-31T23:59:59.999999Z"));
        assertThat(Sql.micros(Instant.MIN)).isEqualTo(Long.MIN_VALUE);
        assertThat(Sql.micros(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
        for (long micros : new long[]{0, 1, -1_000_001, 1_764_208_412_345_678L}) {
            assertThat(Sql.micros(Sql.instant(micros))).isEqualTo(micros);
        }
    }

    @Test
    void rowsOfAllTypesComeBackAsDuckDbSaysThem() throws Exception {
        BitSet second = new BitSet();
        second.set(1);
        List<Column> columns = List.of(Column.of("id", ColumnType.ID), Column.nullable("a \"b\"", ColumnType.TEXT),
                Column.nullable("at", ColumnType.TIMESTAMP), Column.nullable("i", ColumnType.INT32),
                Column.nullable("f", ColumnType.FLOAT32), Column.nullable("d", ColumnType.FLOAT64),
                Column.nullable("is", ColumnType.BOOLEAN));
        Rows rows = new Rows(columns, List.of(new ColumnData.Longs(new long[]{Long.MAX_VALUE, 7}, null),
                new ColumnData.Texts(new String[]{"it's", ""}, second),
                new ColumnData.Longs(new long[]{-1, 0}, second), new ColumnData.Ints(new int[]{-5, 0}, second),
                new ColumnData.Floats(new float[]{0.5F, 0}, second),
                new ColumnData.Doubles(new double[]{1e300, 0}, second),
                new ColumnData.Booleans(new boolean[]{true, false}, second)));
        try (DuckDBConnection connection = DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE held (" + Sql.definitions(columns) + ")");
            DuckRows.append(connection, "temp", "held", List.of(rows, rows));
            try (ResultSet held = statement.executeQuery("SELECT id || ' ' || concat_ws(' ', "
                    + Sql.names(columns.subList(
                            1, columns.size()))
                    + ") FROM held WHERE \"a \"\"b\"\"\" IS NULL OR \"a \"\"b\"\"\" = "
                    + Sql.text("it's"))) {
                for (int i = 0; i < 4; i++) {
                    assertThat(held.next()).isTrue();
                    assertThat(held.getString(1).strip()).isEqualTo(i % 2 == 0
                            ? "9223372036854775807 it's 1969-12-31 23:59:59.999999 -5 0.5 1e+300 true"
                            : "7");
                }
            }
        }
    }
}
