package org.neuropil.tables.query;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

import org.jspecify.annotations.NullUnmarked;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnType;

/// Three small tables with few different values, many of them absent.
@NullUnmarked
final class TestWorld {
    static final List<String> TEXTS = List.of("", "a", "ab", "B", "aé", "\uffff", "\ud83d\ude00", "a\nb", "'; DROP",
            "x\"y",
            "100%", "23P");
    static final float[] FLOATS = {0f, -0f, 1.5f, -2f, 0.1f, Float.NaN, Float.POSITIVE_INFINITY};

    private TestWorld() {}

    static Map<String, TestTable> make(Engine engine, Random random) throws IOException, SQLException {
        List<Column> synapse = List.of(Column.of("id", ColumnType.ID), Column.of("created", ColumnType.TIMESTAMP),
                Column.nullable("pre_pt_root_id", ColumnType.ID), Column.nullable("post_pt_root_id", ColumnType.ID),
                Column.nullable("size", ColumnType.INT32), Column.nullable("score", ColumnType.FLOAT32),
                Column.nullable("weight", ColumnType.FLOAT64), Column.nullable("n", ColumnType.INT64),
                Column.nullable("ok", ColumnType.BOOLEAN), Column.nullable("tag", ColumnType.TEXT),
                Column.nullable("ctr_pt_position_x", ColumnType.INT32),
                Column.nullable("ctr_pt_position_y", ColumnType.INT32),
                Column.nullable("ctr_pt_position_z", ColumnType.INT32));
        List<Column> cell = List.of(Column.of("id", ColumnType.ID), Column.nullable("pt_root_id", ColumnType.ID),
                Column.nullable("tag", ColumnType.TEXT), Column.of("ctr_pt_position_x", ColumnType.INT32),
                Column.of("ctr_pt_position_y", ColumnType.INT32), Column.of("ctr_pt_position_z", ColumnType.INT32));
        List<Column> note = List.of(Column.of("id", ColumnType.ID), Column.nullable("target_id", ColumnType.ID),
                Column.nullable("text", ColumnType.TEXT), Column.nullable("n", ColumnType.INT64));
        List<Long> roots = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            roots.add((long) i + (1L << 60));
        }
        return Map.of("synapses",
                table(engine, "synapses", new VoxelSize(4, 4, 40), synapse, random, 70, () -> pick(random, roots)),
                "cells", table(engine, "cells", new VoxelSize(8, 4, 9.7), cell, random, 12, unique(random, roots)),
                "notes",
                table(engine, "notes", new VoxelSize(1, 1, 1), note, random, 25, () -> (long) random.nextInt(15)));
    }

    private static Supplier<Long> unique(Random random, List<Long> roots) {
        List<Long> left = new ArrayList<>(roots);
        Collections.shuffle(left, random);
        return left::removeLast;
    }

    private static TestTable table(Engine engine, String name, VoxelSize resolution, List<Column> columns,
            Random random,
            int size, Supplier<Long> roots) throws IOException, SQLException {
        List<List<Object>> rows = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        for (long id = 0; id < size; id++) {
            ids.add(id * 3 / 2);
        }
        Collections.shuffle(ids, random);
        for (long id : ids) {
            Object[] row = new Object[columns.size()];
            row[0] = id;
            for (int i = 1; i < row.length; i++) {
                if (!columns.get(i).nullable() || random.nextInt(6) != 0) {
                    row[i] = value(columns.get(i).type(), random, roots);
                }
            }
            rows.add(Arrays.asList(row));
        }
        return TestTable.of(engine, name, resolution, columns, rows);
    }

    static Object value(ColumnType type, Random random, Supplier<Long> roots) {
        return switch (type) {
            case ID -> roots.get();
            case INT64 ->
                random.nextInt(5) == 0 ? Long.MIN_VALUE + random.nextInt(2) : (Object) (long) random.nextInt(4);
            case INT32 -> random.nextInt(12) - 2;
            case FLOAT32 -> FLOATS[random.nextInt(FLOATS.length)];
            case FLOAT64 -> (double) FLOATS[random.nextInt(FLOATS.length)];
            case BOOLEAN -> random.nextBoolean();
            case TEXT -> pick(random, TEXTS);
            case TIMESTAMP -> 1_700_000_000_000_000L + random.nextInt(5);
        };
    }

    static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
