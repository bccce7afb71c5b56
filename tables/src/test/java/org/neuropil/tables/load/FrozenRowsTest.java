package org.neuropil.tables.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.TableInfo.Permission;
import org.neuropil.tables.schema.Schemas;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// Positions in all forms in which files hold them, and ids.
class FrozenRowsTest {
    private static final TableInfo INFO = new TableInfo("t", "bound_tag", "", new VoxelSize(9.7, 9.7, 45), "me",
            Optional.empty(), false, "", "", Permission.PUBLIC, Permission.PUBLIC);
    private static final Instant MOMENT = Instant.parse("2025-08-14T00:00:00Z");

    private static String hex(boolean little, int type, boolean srid, double... at) {
        StringBuilder hex = new StringBuilder(little ? "01" : "00");
        hex.append(word(little, type | (srid ? 0x20000000 : 0)));
        if (srid) {
            hex.append(word(little, 4326));
        }
        for (double one : at) {
            long bits = Double.doubleToLongBits(one);
            hex.append(String.format("%016X", little ? Long.reverseBytes(bits) : bits));
        }
        return hex.toString();
    }

    private static String word(boolean little, int value) {
        return String.format("%08X", little ? Integer.reverseBytes(value) : value);
    }

    private static List<String> read(DuckDBConnection duck, String file, Map<String, String> header, double nm)
            throws IOException, SQLException {
        FrozenRows rows = FrozenRows.open(duck, new FrozenRows.RowSource(Path.of(file), header, Map.of(), Map.of(), nm,
                ""), INFO, Schemas.known("bound_tag"), MOMENT);
        List<String> read = new ArrayList<>();
        try (Statement statement = duck.createStatement();
                ResultSet all = statement.executeQuery("SELECT id, pt_position_x, pt_position_y, pt_position_z, "
                        + "pt_root_id, tag, created FROM " + rows.relation() + " ORDER BY id")) {
            while (all.next()) {
                read.add(all.getLong(1) + " " + all.getInt(2) + "," + all.getInt(3) + "," + all.getInt(4) + " "
                        + all.getString(5) + " " + all.getString(6));
            }
        } catch (SQLException e) {
            throw rows.problem(e);
        }
        return read;
    }

    @Property(tries = 12)
    void aPositionIsTheSameInEachForm(
            @ForAll @Size(3) List<@IntRange(min = -1_000_000, max = 2_000_000_000) Integer> at)
            throws IOException, SQLException {
        int x = at.get(0);
        int y = at.get(1);
        int z = at.get(2);
        Path folder = Files.createTempDirectory("frozen-rows");
        Path csv = folder.resolve("a.csv");
        Path parquet = folder.resolve("a.parquet");
        String expected = " " + x + "," + y + "," + z + " 864691135000000001 t";
        try (DuckDBConnection duck = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            List<String> forms = new ArrayList<>();
            for (boolean little : new boolean[]{true, false}) {
                forms.add(hex(little, 0x80000001, false, x, y, z)); // PostGIS
                forms.add(hex(little, 0x80000001, true, x, y, z)); // with its system of reference
                forms.add(hex(little, 1001, false, x, y, z)); // ISO
            }
            forms.add("\"[" + x + " " + y + " " + z + "]\"");
            forms.add("\"" + x + ", " + y + ".0, " + z + "\"");
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < forms.size(); i++) {
                lines.append(i).append(",").append(forms.get(i)).append(",864691135000000001,t\n");
            }
            Files.writeString(csv, lines);
            Map<String, String> header = DumpHeader
                    .parse("id,bigint\npt_position,geometry\npt_root_id,bigint\ntag,text\n"
                            .getBytes(StandardCharsets.UTF_8), "h");
            List<String> read = read(duck, csv.toString(), header, 0);
            for (int i = 0; i < forms.size(); i++) {
                assertThat(read.get(i)).as(forms.get(i)).isEqualTo(i + expected);
            }
            for (String form : List.of("from_hex('" + hex(true, 0x80000001, false, x, y, z) + "')",
                    "[" + x + ", " + y + ", " + z + "]", "'POINT Z (" + x + " " + y + " " + z + ")'::GEOMETRY")) {
                statement.execute("COPY (SELECT 1::UBIGINT AS id, " + form + " AS pt_position, '864691135000000001' AS "
                        + "pt_root_id, 't' AS tag) TO '" + parquet + "'");
                assertThat(read(duck, parquet.toString(), Map.of(), 0)).as(form).containsExactly("1" + expected);
            }
            statement.execute("COPY (SELECT 1 AS id, " + x + " * 9.7::DOUBLE AS pt_position_x, " + y
                    + " * 9.7::DOUBLE AS pt_position_y, " + z + " * 45::DOUBLE AS pt_position_z, 864691135000000001 AS "
                    + "pt_root_id, 't' AS tag) TO '" + parquet + "'");
            assertThat(read(duck, parquet.toString(), Map.of(), 1)).as("in nm").containsExactly("1" + expected);
        }
    }

    @Test
    void whatIsNoPointOrIdIsTold() throws IOException, SQLException {
        Path folder = Files.createTempDirectory("frozen-rows");
        Path csv = folder.resolve("a.csv");
        Path parquet = folder.resolve("a.parquet");
        Map<String, String> header = DumpHeader.parse("id,bigint\npt_position,geometry\npt_root_id,bigint\ntag,text\n"
                .getBytes(StandardCharsets.UTF_8), "h");
        try (DuckDBConnection duck = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            for (String bad : List.of(hex(true, 1, false, 1, 2), hex(true, 0x80000001, false, 1, 2, 3).substring(0, 50),
                    hex(true, 0x80000002, false, 1, 2, 3), "zz", hex(true, 0x80000001, false, 1, 2, 1e300))) {
                Files.writeString(csv, "1,1 2 3,4,t\n2," + bad + ",4,t\n");
                assertThatThrownBy(() -> read(duck, csv.toString(), header, 0)).as(bad)
                        .isInstanceOfSatisfying(InputException.class,
                                e -> assertThat(e.sentence()).contains("row 2, pt_position", "a.csv"));
            }
            statement.execute("COPY (SELECT 1 AS id, [1,2,3] AS pt_position, 8.6e17::DOUBLE AS pt_root_id, 't' AS tag) "
                    + "TO '" + parquet + "'");
            assertThatThrownBy(() -> read(duck, parquet.toString(), Map.of(), 0))
                    .isInstanceOfSatisfying(InputException.class,
                            e -> assertThat(e.sentence()).contains("row 1, pt_root_id", "floating-point number"));
        }
    }
}
