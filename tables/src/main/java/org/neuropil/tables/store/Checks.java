package org.neuropil.tables.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.schema.Field;
import org.neuropil.tables.schema.TableSchema;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/// What can be said of a table or of rows without a look into the store.
final class Checks {
    /// The columns of every row, which no field can have.
    private static final int COMMON = 4;
    /// PostgreSQL cuts longer names off.
    private static final int LONGEST_NAME = 63;

    private Checks() {}

    /// Rows that fit a schema.
    ///
    /// @param ids null if they are to be counted
    /// @param fields columns of the fields, all of them and in order
    record Fitted(long @Nullable [] ids, Rows fields) {
        int size() {
            return fields.size();
        }
    }

    /// Columns of the fields of a table as they are kept.
    static List<Column> fields(TableSchema schema) {
        List<Column> kept = schema.kept();
        return kept.subList(COMMON, kept.size());
    }

    /// The field by which rows refer to another table.
    static Optional<Field.Reference> reference(TableSchema schema) {
        return schema.fields().stream().filter(Field.Reference.class::isInstance).map(Field.Reference.class::cast)
                .findFirst();
    }

    /// @throws InputException if a table cannot be made so
    static void table(TableInfo info, TableSchema schema) {
        if (!info.schema().equals(schema.name())) {
            throw new InputException("table '" + info.name() + "' is said to be of schema '" + info.schema()
                    + "', but what was given is '" + schema.name() + "'", "schema", "");
        }
        if (schema.fields().isEmpty()) {
            throw new InputException("schema '" + schema.name() + "' has no fields", "schema", "give at least one");
        }
        Set<String> names = new HashSet<>();
        for (Column column : schema.kept()) {
            String name = column.name();
            if (name.isEmpty() || name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME
                    || badText(name) != null) {
                throw new InputException("'" + name + "' cannot be a column's name", "schema " + schema.name(),
                        "columns have names of 1 to " + LONGEST_NAME + " bytes");
            }
            // Databases do not tell case in names.
            if (!names.add(name.toLowerCase(Locale.ROOT))) {
                throw new InputException("there would be two columns '" + name + "'", "schema " + schema.name(),
                        "columns are told by their names without regard to case; every row has 'id', 'created', "
                                + "'deleted' and 'superceded_id'");
            }
        }
        long references = schema.fields().stream().filter(Field.Reference.class::isInstance).count();
        if (references != (info.reference().isPresent() ? 1 : 0)) {
            throw new InputException(
                    references == 0
                            ? "rows of schema '" + schema.name() + "' refer to nothing"
                            : references > 1
                                    ? "schema '" + schema.name() + "' has " + references + " references"
                                    : "rows of schema '" + schema.name()
                                            + "' refer to another table, but none was named",
                    "reference", references == 1 ? "name a table" : "");
        }
        if (info.tracksTargets() && references == 0) {
            throw new InputException("table '" + info.name() + "' has no targets to track", "track_targets", "");
        }
    }

    /// Rows with all columns of their fields.
    ///
    /// @param withIds whether ids may be given
    /// @throws InputException if rows are not as the schema says
    static Fitted fit(String table, TableSchema schema, Rows rows, boolean withIds) {
        List<Column> fields = fields(schema);
        Set<String> known = new HashSet<>();
        fields.forEach(column -> known.add(column.name()));
        for (Column column : rows.columns()) {
            if (!known.contains(column.name()) && !(withIds && column.name().equals("id"))) {
                throw new InputException("table '" + table + "' takes no column '" + column.name() + "'",
                        column.name(), "it takes " + String.join(", ", fields.stream().map(Column::name).toList())
                                + (withIds ? ", and id" : ""));
            }
        }
        List<ColumnData> data = new ArrayList<>();
        for (Column column : fields) {
            data.add(data(table, column, rows));
        }
        long[] ids = null;
        if (rows.index("id") >= 0) {
            if (!(data(table, TableSchema.ID, rows) instanceof ColumnData.Longs longs)) {
                throw new IllegalStateException();
            }
            ids = longs.values();
            distinct(table, ids);
        }
        return new Fitted(ids, new Rows(fields, data));
    }

    /// @throws InputException if ids are given twice
    static void distinct(String table, long[] ids) {
        LongOpenHashSet seen = new LongOpenHashSet(ids.length);
        for (int i = 0; i < ids.length; i++) {
            if (!seen.add(ids[i])) {
                throw new InputException("id " + Long.toUnsignedString(ids[i]) + " comes twice",
                        place(table, i, "id"), "name each row once");
            }
        }
    }

    /// Where a value stands.
    static String place(String table, int row, String column) {
        return "table " + table + ", row " + row + ", " + column;
    }

    private static ColumnData data(String table, Column column, Rows rows) {
        int index = rows.index(column.name());
        if (index < 0) {
            if (!column.nullable() && rows.size() > 0) {
                throw new InputException("column '" + column.name() + "' is missing", "table " + table,
                        "every row needs one");
            }
            return absent(column.type(), rows.size());
        }
        ColumnType given = rows.columns().get(index).type();
        if (given != column.type()) {
            throw new InputException("column '" + column.name() + "' is of type " + given + ", not " + column.type(),
                    "table " + table, "");
        }
        ColumnData data = rows.data().get(index);
        for (int row = 0; row < data.size(); row++) {
            if (data.isAbsent(row)) {
                if (!column.nullable()) {
                    throw new InputException("a value is missing", place(table, row, column.name()),
                            "every row needs one");
                }
            } else {
                value(table, column, data, row);
            }
        }
        return data;
    }

    private static void value(String table, Column column, ColumnData data, int row) {
        if (data instanceof ColumnData.Longs longs) {
            long value = longs.values()[row];
            if (column.type() == ColumnType.ID && value < 0) {
                throw new InputException("id " + Long.toUnsignedString(value) + " is too large",
                        place(table, row, column.name()), "ids of tables are below 2^63");
            }
            if (column.type() == ColumnType.TIMESTAMP
                    && (value < StoreSql.EARLIEST_MICROS || value > StoreSql.LATEST_MICROS)) {
                throw new InputException("a moment of " + value + " microseconds since 1970 is out of range",
                        place(table, row, column.name()), "moments are in the years 1 to 9999");
            }
        } else if (data instanceof ColumnData.Texts texts) {
            String text = texts.values()[row];
            String bad = text == null ? "is missing" : badText(text);
            if (bad != null) {
                throw new InputException("text " + bad, place(table, row, column.name()),
                        "text is Unicode without the character 0");
            }
        }
    }

    /// What is wrong with text, null if nothing is.
    private static @Nullable String badText(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return "has the character 0 at " + i;
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c) || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return "has half a character at " + i;
                }
                i++;
            }
        }
        return null;
    }

    private static ColumnData absent(ColumnType type, int size) {
        BitSet all = new BitSet(size);
        all.set(0, size);
        return switch (type) {
            case ID, INT64, TIMESTAMP -> new ColumnData.Longs(new long[size], all);
            case INT32 -> new ColumnData.Ints(new int[size], all);
            case FLOAT32 -> new ColumnData.Floats(new float[size], all);
            case FLOAT64 -> new ColumnData.Doubles(new double[size], all);
            case BOOLEAN -> new ColumnData.Booleans(new boolean[size], all);
            case TEXT -> new ColumnData.Texts(new @Nullable String[size], all);
        };
    }
}
