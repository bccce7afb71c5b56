package org.neuropil.tables.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.TableInfo.Permission;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.live.FlatRoots;
import org.neuropil.tables.live.OpenTables;
import org.neuropil.tables.schema.Annotations;
import org.neuropil.tables.schema.Field;
import org.neuropil.tables.schema.Schemas;
import org.neuropil.tables.schema.TableSchema;

/// Points are bound to what lies at their place when they are written, unless the rows say it. Here 1000 x + 100 y + z lies
/// at x, y, z.
class BoundPointsTest {
    private static final TableSchema PAIR = new TableSchema("pair", List.of(new Field.Point("a", true, true, ""),
            new Field.Point("b", false, true, ""), new Field.Point("c", false, false, "")));

    @TempDir
    Path folder;
    @SuppressWarnings("NullAway.Init")
    private Tables tables;
    /// How many points were looked up, per question.
    private final List<Integer> asked = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        tables = OpenTables.open(folder, "", new FlatRoots(), (x, y, z, resolution, at) -> {
            assertThat(resolution).isEqualTo(new VoxelSize(4, 4, 40));
            asked.add(x.length);
            long[] found = new long[x.length];
            Arrays.setAll(found, i -> 1000L * x[i] + 100L * y[i] + z[i]);
            return found;
        });
        create("pairs", PAIR);
        create("bare", Schemas.known("derived_spatial_point"));
    }

    @AfterEach
    void close() throws Exception {
        tables.close();
    }

    private void create(String name, TableSchema schema) throws Exception {
        tables.store().create(new TableInfo(name, schema.name(), "", new VoxelSize(4, 4, 40), "ada", Optional.empty(),
                false, "", "", Permission.PUBLIC, Permission.PUBLIC), schema);
    }

    private static InputStream json(String text) {
        return new ByteArrayInputStream(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private long[] insert(String table, TableSchema schema, String rows) throws Exception {
        return tables.insert(table, Annotations.read(schema, json(rows)));
    }

    private long[] update(String rows) throws Exception {
        var changes = Annotations.changes(PAIR, json(rows));
        return tables.update("pairs", changes.ids(), changes.over(tables.store().rows("pairs", changes.ids())));
    }

    /// The supervoxels of rows; null where one is absent.
    private List<@Nullable Long> bound(String table, String column, long... ids) throws Exception {
        Rows rows = tables.store().rows(table, ids);
        ColumnData data = rows.data().get(rows.index(column));
        List<@Nullable Long> found = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            found.add(data.isAbsent(row) ? null : (Long) rows.longs(column)[row]);
        }
        return found;
    }

    @Test
    void whatRowsDoNotSayIsLookedUp() throws Exception {
        assertThat(insert("pairs", PAIR, """
                [{'a': {'position': [1, 2, 3]}, 'b': {'position': [4, 5, 6], 'supervoxel_id': 7}},
                 {'a': {'position': [2, 2, 2], 'supervoxel_id': 8}},
                 {'a': {'position': [3, 3, 3]}, 'b': {'position': [6, 5, 4]}, 'c': {'position': [1, 1, 1]}}]"""))
                .containsExactly(1, 2, 3);
        assertThat(bound("pairs", "a_supervoxel_id", 1, 2, 3)).containsExactly(1203L, 8L, 3303L);
        assertThat(bound("pairs", "b_supervoxel_id", 1, 2, 3)).containsExactly(7L, null, 6504L);
        assertThat(asked).as("only those").containsExactly(2, 1);
    }

    @Test
    void pointsThatMoveAreLookedUpAgainAndOthersStay() throws Exception {
        insert("pairs", PAIR, """
                [{'a': {'position': [1, 2, 3], 'supervoxel_id': 5}, 'b': {'position': [4, 5, 6]}},
                 {'a': {'position': [1, 1, 1], 'supervoxel_id': 6}}]""");
        assertThat(update("""
                [{'id': 2, 'b': {'position': [9, 9, 9]}},
                 {'id': 1, 'a': {'position': [7, 7, 7]}, 'b': {'position': [1, 0, 0], 'supervoxel_id': 77}}]"""))
                .containsExactly(3, 4);
        assertThat(bound("pairs", "a_supervoxel_id", 1, 2, 3, 4)).containsExactly(5L, 6L, 6L, 7707L);
        assertThat(bound("pairs", "b_supervoxel_id", 1, 2, 3, 4)).containsExactly(4506L, null, 9909L, 77L);
        assertThat(update("[{'id': 4, 'b': null}]")).containsExactly(5);
        assertThat(bound("pairs", "b_supervoxel_id", 5)).containsExactly((Long) null);
        assertThat(bound("pairs", "a_supervoxel_id", 5)).containsExactly(7707L);
    }

    @Test
    void aRowThatIsAPointItselfIsBound() throws Exception {
        insert("bare", Schemas.known("derived_spatial_point"), "[{'position': [1, 2, 3], 'dependent_chunk': 4}]");
        assertThat(bound("bare", "supervoxel_id", 1)).containsExactly(1203L);
    }

    @Test
    void aPositionWithoutAnAxisIsRefused() {
        Rows half = new Rows(List.of(Column.of("a_position_x", ColumnType.INT32),
                Column.of("a_position_y", ColumnType.INT32)),
                List.of(new ColumnData.Ints(new int[1], null),
                        new ColumnData.Ints(new int[1], null)));
        assertThatThrownBy(() -> tables.insert("pairs", half)).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.where()).isEqualTo("a_position_z"));
    }
}
