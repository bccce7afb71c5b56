package org.neuropil.tables.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.TableInfo.Permission;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.schema.Field;
import org.neuropil.tables.schema.TableSchema;

/// Tables and rows for tests.
final class Samples {
    /// Values of all types, required ones and others; a field has a name that wants to be SQL.
    static final TableSchema CELL = new TableSchema("every_type", List.of(
            new Field.Point("pt", true, true, "where \"it\" is"), new Field.Point("end", false, false, ""),
            value("volume", true, ColumnType.FLOAT64), value("size", false, ColumnType.FLOAT32),
            value("count", false, ColumnType.INT64), value("layer", false, ColumnType.INT32),
            value("valid", false, ColumnType.BOOLEAN), value("seen", false, ColumnType.TIMESTAMP),
            value("other", false, ColumnType.ID),
            new Field.Value("tag", false, ColumnType.TEXT, true, List.of("a'b", "\"c\""), "µm", "Größe", true,
                    Optional.of("a'b")),
            value("x\"; DROP TABLE annotation_tables; --", false, ColumnType.TEXT)));
    static final TableSchema LABEL = new TableSchema("label", List.of(
            new Field.Reference("target_id", true, "the cell"), value("label", true, ColumnType.TEXT)));
    private static final List<String> TEXTS = List.of("", "it's", "\"quoted\"", "a\tb\nc\r\n\\N \\x00", "🧠 Größe ☃",
            "'; DROP TABLE annotation_rows_1; --", "NULL", "x".repeat(70_000));
    private static final List<Double> DOUBLES = List.of(0.0, -0.0, 1.5, Double.NaN, Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY, Double.MIN_VALUE, Double.MAX_VALUE, 0.1);
    private static final List<Long> LONGS = List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 53, (1L << 53) + 1);

    private Samples() {}

    private static Field.Value value(String name, boolean required, ColumnType type) {
        return new Field.Value(name, required, type, false, List.of(), "", "");
    }

    static TableInfo info(String name, TableSchema schema, Optional<String> reference, boolean tracks) {
        return new TableInfo(name, schema.name(), "of \"tests\", it's 🧠\n", new VoxelSize(9.7, 9.7, 45), "ada",
                reference,
                tracks, "", "", Permission.PRIVATE, Permission.PUBLIC);
    }

    static TableInfo cells(String name) {
        return info(name, CELL, Optional.empty(), false);
    }

    /// Rows as they may be given.
    ///
    /// @param targets ids to choose from
    static Rows random(TableSchema schema, int count, List<Long> targets, Random random) {
        List<Column> columns = new ArrayList<>();
        for (Column column : Checks.fields(schema)) {
            if (!column.nullable() || random.nextInt(5) > 0) {
                columns.add(column);
            }
        }
        List<List<@Nullable Object>> values = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            List<@Nullable Object> one = new ArrayList<>();
            for (Column column : columns) {
                one.add(column.nullable() && random.nextInt(4) == 0
                        ? null
                        : column.name().equals("target_id")
                                ? targets.get(random.nextInt(targets.size()))
                                : random(column.type(), random));
            }
            values.add(one);
        }
        return Plain.rows(columns, values);
    }

    static Object random(ColumnType type, Random random) {
        return switch (type) {
            case ID -> random.nextLong() >>> 1 + random.nextInt(50);
            case INT64 -> random.nextBoolean() ? random.nextLong() : LONGS.get(random.nextInt(LONGS.size()));
            case INT32 -> random.nextInt();
            case FLOAT32 -> random.nextBoolean()
                    ? random.nextFloat()
                    : DOUBLES.get(random.nextInt(DOUBLES.size())).floatValue();
            case FLOAT64 -> random.nextBoolean() ? random.nextDouble() : DOUBLES.get(random.nextInt(DOUBLES.size()));
            case BOOLEAN -> random.nextBoolean();
            case TEXT -> TEXTS.get(random.nextInt(random.nextInt(20) == 0 ? TEXTS.size() : TEXTS.size() - 1));
            case TIMESTAMP -> switch (random.nextInt(4)) {
                case 0 -> StoreSql.EARLIEST_MICROS;
                case 1 -> StoreSql.LATEST_MICROS;
                default -> random.nextLong(-1L << 52, 1L << 52);
            };
        };
    }

    /// Labels of targets.
    static Rows labels(long... targets) {
        List<List<@Nullable Object>> values = new ArrayList<>();
        for (long target : targets) {
            values.add(List.of(target, "label of " + target));
        }
        return Plain.rows(Checks.fields(LABEL), values);
    }

    /// Cells with a required value each.
    static Rows cells(double... volumes) {
        List<List<@Nullable Object>> values = new ArrayList<>();
        for (double volume : volumes) {
            values.add(List.of(1, 2, 3, volume));
        }
        return Plain.rows(Checks.fields(CELL).stream().filter(column -> !column.nullable()).toList(), values);
    }
}
