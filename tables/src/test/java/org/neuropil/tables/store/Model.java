package org.neuropil.tables.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.schema.TableSchema;

/// What a store should hold, as maps of rows: every question is answered by looking at all of them.
final class Model implements Existing {
    /// A row, in the store or outside.
    static final class Row {
        final long id;
        final boolean outside;
        /// Microseconds.
        final long created;
        @Nullable
        Long deleted;
        @Nullable
        Long superceded;
        /// By column of the fields.
        final Map<String, @Nullable Object> values;

        Row(long id, boolean outside, long created, Map<String, @Nullable Object> values) {
            this.id = id;
            this.outside = outside;
            this.created = created;
            this.values = values;
        }
    }

    /// What a bind said.
    record Bound(long id, String field, long supervoxel, long moment) {}

    /// A table.
    static final class Table {
        TableInfo info;
        final TableSchema schema;
        final long created;
        @Nullable
        Long deleted;
        long modified;
        final Map<Long, Row> rows = new TreeMap<>();
        final List<Bound> bound = new ArrayList<>();

        Table(TableInfo info, TableSchema schema, long created) {
            this.info = info;
            this.schema = schema;
            this.created = created;
            this.modified = created;
        }

        long largest() {
            return rows.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
        }

        Row row(long id) {
            return Objects.requireNonNull(rows.get(id));
        }

        List<Long> standing() {
            return rows.values().stream().filter(row -> row.deleted == null).map(row -> row.id).toList();
        }

        List<List<@Nullable Object>> kept(Predicate<Row> which) {
            List<List<@Nullable Object>> all = new ArrayList<>();
            for (Row row : rows.values()) {
                if (!row.outside && which.test(row)) {
                    List<@Nullable Object> one = new ArrayList<>();
                    one.add(row.id);
                    one.add(row.created);
                    one.add(row.deleted);
                    one.add(row.superceded);
                    Checks.fields(schema).forEach(column -> one.add(row.values.get(column.name())));
                    all.add(one);
                }
            }
            return all;
        }

        List<List<@Nullable Object>> changes(long since, long until) {
            return kept(row -> row.created > since && row.created <= until || ceased(row, since, until));
        }

        List<List<@Nullable Object>> gone(long since, long until) {
            List<List<@Nullable Object>> all = new ArrayList<>();
            rows.values().stream().filter(row -> row.outside && ceased(row, since, until))
                    .forEach(row -> all.add(Arrays.asList(row.id, row.deleted, row.superceded)));
            return all;
        }

        private static boolean ceased(Row row, long since, long until) {
            return row.deleted != null && row.deleted > since && row.deleted <= until;
        }
    }

    final Map<String, Table> tables = new LinkedHashMap<>();
    /// Milliseconds: last moment given out.
    long given;

    /// The moment of a change, in microseconds.
    long next(long now) {
        given = Math.max(now, given + 1);
        return given * 1000;
    }

    void insert(String table, long[] ids, Rows rows, long moment) {
        Table to = get(table);
        for (int i = 0; i < ids.length; i++) {
            to.rows.put(ids[i], new Row(ids[i], false, moment, values(to.schema, rows, i)));
        }
        to.modified = moment;
    }

    /// @return ids of the new rows
    long[] update(String table, long[] ids, Rows rows, long moment) {
        List<Map<String, @Nullable Object>> values = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            values.add(values(get(table).schema, rows, i));
        }
        return replace(table, ids, values, moment);
    }

    private long[] replace(String table, long[] ids, List<Map<String, @Nullable Object>> values, long moment) {
        Table in = get(table);
        long first = in.largest() + 1;
        long[] fresh = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            fresh[i] = first + i;
            in.rows.put(fresh[i], new Row(fresh[i], false, moment, values.get(i)));
            Row old = in.row(ids[i]);
            old.deleted = moment;
            old.superceded = fresh[i];
        }
        in.modified = moment;
        Map<Long, Long> moved = new TreeMap<>();
        for (int i = 0; i < ids.length; i++) {
            moved.put(ids[i], fresh[i]);
        }
        for (Table follower : tables.values()) {
            if (follower.deleted == null && follower.info.tracksTargets()
                    && follower.info.reference().equals(Optional.of(table))) {
                for (boolean outside : new boolean[]{false, true}) {
                    List<Row> old = follower.rows.values().stream().filter(row -> row.outside == outside
                            && row.deleted == null && moved.containsKey(row.values.get("target_id"))).toList();
                    List<Map<String, @Nullable Object>> changed = new ArrayList<>();
                    for (Row row : old) {
                        Map<String, @Nullable Object> copy = new TreeMap<>(row.values);
                        copy.put("target_id", moved.get(row.values.get("target_id")));
                        changed.add(copy);
                    }
                    if (!old.isEmpty()) {
                        replace(follower.info.name(), old.stream().mapToLong(row -> row.id).toArray(), changed, moment);
                    }
                }
            }
        }
        return fresh;
    }

    void delete(String table, long[] ids, long moment) {
        for (long id : ids) {
            get(table).row(id).deleted = moment;
        }
        get(table).modified = moment;
    }

    void bind(String table, String column, long[] ids, long[] supervoxels, long moment) {
        Table in = get(table);
        for (int i = 0; i < ids.length; i++) {
            in.row(ids[i]).values.put(column, supervoxels[i]);
            in.bound.add(new Bound(ids[i], column, supervoxels[i], moment));
        }
        in.modified = moment;
    }

    Table get(String table) {
        Table found = tables.get(table);
        if (found == null) {
            throw new AssertionError(table);
        }
        return found;
    }

    @Override
    public boolean[] exist(String table, long[] ids) {
        boolean[] exist = new boolean[ids.length];
        for (int i = 0; i < ids.length; i++) {
            Row row = get(table).rows.get(ids[i]);
            exist[i] = row != null && row.outside;
        }
        return exist;
    }

    @Override
    public long largest(String table) {
        return get(table).rows.values().stream().filter(row -> row.outside).mapToLong(row -> row.id).max().orElse(-1);
    }

    /// Tells also of rows that were deleted since, which a store has to leave out, as frozen files do.
    @Override
    public Rows referring(String table, long[] targets) {
        Table in = get(table);
        List<Row> rows = in.rows.values().stream().filter(row -> row.outside
                && Arrays.stream(targets).anyMatch(target -> Long.valueOf(target).equals(row.values.get("target_id"))))
                .toList();
        List<Column> columns = new ArrayList<>(List.of(TableSchema.ID));
        columns.addAll(Checks.fields(in.schema));
        List<List<@Nullable Object>> values = new ArrayList<>();
        for (Row row : rows) {
            List<@Nullable Object> one = new ArrayList<>(List.of(row.id));
            Checks.fields(in.schema).forEach(column -> one.add(row.values.get(column.name())));
            values.add(one);
        }
        return Plain.rows(columns, values);
    }

    private static Map<String, @Nullable Object> values(TableSchema schema, Rows rows, int row) {
        Map<String, @Nullable Object> values = new TreeMap<>();
        for (Column column : Checks.fields(schema)) {
            int index = rows.index(column.name());
            values.put(column.name(), index < 0 ? null : value(rows.data().get(index), row));
        }
        return values;
    }

    static @Nullable Object value(ColumnData data, int row) {
        if (data.isAbsent(row)) {
            return null;
        }
        return switch (data) {
            case ColumnData.Longs longs -> longs.values()[row];
            case ColumnData.Ints ints -> ints.values()[row];
            case ColumnData.Floats floats -> floats.values()[row];
            case ColumnData.Doubles doubles -> doubles.values()[row];
            case ColumnData.Booleans booleans -> booleans.values()[row];
            case ColumnData.Texts texts -> texts.values()[row];
        };
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plusNanos(micros * 1000);
    }
}
