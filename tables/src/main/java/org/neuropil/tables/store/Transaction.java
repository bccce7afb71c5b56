package org.neuropil.tables.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.neuropil.space.InputException;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.schema.TableSchema;
import org.neuropil.tables.sql.Sql;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;

/// The transaction of some changes, which all have its moment: what they ask, and what they write. A change asks all that
/// it has to ask before it writes, so that one that is refused leaves nothing and the others go on.
final class Transaction {
    private static final Column OUTSIDE = Column.of("outside", ColumnType.BOOLEAN);
    private static final List<Column> GONE = List.of(TableSchema.ID, Column.of("deleted", ColumnType.TIMESTAMP),
            TableSchema.SUPERCEDED, OUTSIDE);
    static final List<Column> BOUND = List.of(TableSchema.ID, Column.of("field", ColumnType.TEXT),
            Column.of("supervoxel_id", ColumnType.ID), Column.of("bound", ColumnType.TIMESTAMP));

    final Connection connection;
    final Existing existing;
    private final Dialect dialect;
    /// Microseconds.
    private final long moment;
    private final Map<String, TableState> states = new LinkedHashMap<>();
    /// Rows that are not written yet, by physical table: those of several changes are written as one, and before their
    /// table is asked.
    private final Map<String, List<Rows>> pending = new LinkedHashMap<>();
    private boolean touched;

    Transaction(Connection connection, Dialect dialect, Existing existing, long moment) {
        this.connection = connection;
        this.dialect = dialect;
        this.existing = existing;
        this.moment = moment;
    }

    Instant moment() {
        return Sql.instant(moment);
    }

    /// A table, also a deleted one.
    Optional<TableState> find(String name) throws SQLException {
        TableState known = states.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<TableState> found = TableState.find(connection, name);
        found.ifPresent(state -> states.put(name, state));
        return found;
    }

    /// All tables that ever were.
    List<TableState> all() throws SQLException {
        List<TableState> all = new ArrayList<>();
        for (TableState read : TableState.all(connection)) {
            TableState known = states.putIfAbsent(read.name(), read);
            all.add(known == null ? read : known);
        }
        return all;
    }

    /// @throws InputException if there is no such table now
    TableState standing(String name) throws SQLException {
        TableState state = find(name).orElseThrow(() -> SqlStore.missing(name));
        if (state.stored.deleted().isPresent()) {
            throw new InputException("table '" + name + "' was deleted at " + state.stored.deleted().get(), "table",
                    "its rows can still be read at earlier moments");
        }
        return state;
    }

    /// Those of some ids that rows in the store have.
    LongSet inside(TableState state, long[] ids) throws SQLException {
        return among(StoreSql.rows(state.number()), ids);
    }

    /// Those of some ids whose rows stand no more.
    LongSet gone(TableState state, long[] ids) throws SQLException {
        return among(StoreSql.gone(state.number()), ids);
    }

    private LongSet among(String table, long[] ids) throws SQLException {
        LongOpenHashSet found = new LongOpenHashSet();
        if (ids.length > 0) {
            write(table);
            try (PreparedStatement statement = connection
                    .prepareStatement("SELECT id FROM " + table + " WHERE id" + StoreSql.AMONG)) {
                StoreSql.set(statement, 1, ids);
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        found.add(result.getLong(1));
                    }
                }
            }
        }
        return found;
    }

    /// Which rows are not in the store but outside.
    ///
    /// @param where what was given, for the error
    /// @throws InputException if there is no row of an id
    boolean[] outside(TableState state, long[] ids, String where) throws SQLException, IOException {
        LongSet inside = inside(state, ids);
        boolean[] outside = new boolean[ids.length];
        int[] left = new int[ids.length];
        int count = 0;
        for (int i = 0; i < ids.length; i++) {
            if (!inside.contains(ids[i])) {
                left[count++] = i;
            }
        }
        long[] asked = new long[count];
        for (int i = 0; i < count; i++) {
            asked[i] = ids[left[i]];
        }
        boolean[] exist = count == 0 ? new boolean[0] : existing.exist(state.name(), asked);
        for (int i = 0; i < count; i++) {
            if (!exist[i]) {
                throw new InputException(
                        "table '" + state.name() + "' has no row " + Long.toUnsignedString(asked[i]), where,
                        "name rows by ids that were given out");
            }
            outside[left[i]] = true;
        }
        return outside;
    }

    /// Which rows are not in the store but outside; all stand.
    ///
    /// @throws InputException if one does not
    boolean[] checkStanding(TableState state, long[] ids) throws SQLException, IOException {
        LongSet gone = gone(state, ids);
        for (long id : ids) {
            if (gone.contains(id)) {
                throw new InputException("row " + Long.toUnsignedString(id) + " of table '" + state.name()
                        + "' was deleted or replaced before", "ids", "read the table as it is now");
            }
        }
        return outside(state, ids, "ids");
    }

    /// The first id that is free for some new rows.
    long free(TableState state, long largest, int count) throws IOException {
        long last = Math.max(largest, existing.largest(state.name()));
        if (last > Long.MAX_VALUE - count) {
            throw new InputException("table '" + state.name() + "' has a row of id " + last + ", so that " + count
                    + " more cannot be counted on", "id", "give ids with the rows");
        }
        return last + 1;
    }

    /// Rows of which a column of ids is among some, that stand.
    Rows referring(TableState state, String column, long[] targets) throws SQLException {
        write(StoreSql.rows(state.number()));
        write(StoreSql.gone(state.number()));
        List<Column> columns = new ArrayList<>(List.of(TableSchema.ID));
        columns.addAll(Checks.fields(state.stored.schema()));
        StringBuilder sql = new StringBuilder("SELECT ");
        for (Column one : columns) {
            sql.append(sql.length() > 7 ? ", " : "")
                    .append(RowReader.select(dialect, "r." + Sql.name(one.name()), one));
        }
        sql.append(" FROM ").append(StoreSql.rows(state.number())).append(" r WHERE r.").append(Sql.name(column))
                .append(StoreSql.AMONG).append(" AND NOT EXISTS (SELECT 1 FROM ").append(StoreSql.gone(state.number()))
                .append(" g WHERE g.id = r.id) ORDER BY r.id");
        try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            StoreSql.set(statement, 1, targets);
            return dialect.read(statement, columns);
        }
    }

    /// Makes physical tables.
    void make(TableState state) throws SQLException {
        List<Column> columns = new ArrayList<>(List.of(TableSchema.ID, TableSchema.CREATED));
        columns.addAll(Checks.fields(state.stored.schema()));
        List<String> statements = new ArrayList<>();
        statements.add(table(StoreSql.rows(state.number()), columns));
        statements.add(table(StoreSql.gone(state.number()), GONE));
        statements.add(table(StoreSql.bound(state.number()), BOUND));
        statements.addAll(dialect.indexes(state.number()));
        for (String sql : statements) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.execute();
            }
        }
        state.insert(connection);
        touch();
        states.put(state.name(), state);
    }

    private String table(String name, List<Column> columns) {
        StringBuilder sql = new StringBuilder("CREATE TABLE ").append(name);
        String before = " (";
        for (Column column : columns) {
            sql.append(before).append(Sql.name(column.name())).append(' ').append(dialect.type(column.type()))
                    .append(column.nullable() ? "" : " NOT NULL");
            before = ", ";
        }
        return sql.append(')').toString();
    }

    /// Adds rows.
    ///
    /// @param fields all columns of the fields
    void addRows(TableState state, long[] ids, Rows fields) {
        List<Column> columns = new ArrayList<>(List.of(TableSchema.ID, TableSchema.CREATED));
        List<ColumnData> data = new ArrayList<>(List.of(new ColumnData.Longs(ids, null), moments(ids.length)));
        columns.addAll(fields.columns());
        data.addAll(fields.data());
        append(StoreSql.rows(state.number()), new Rows(columns, data));
        state.rows += ids.length;
        for (long id : ids) {
            state.largest = Math.max(state.largest, id);
        }
        state.dirty = true;
    }

    /// Says that rows stand no more.
    ///
    /// @param by rows that replace them; empty if none does
    void addGone(TableState state, long[] ids, Optional<long[]> by, boolean[] outside) {
        BitSet none = new BitSet();
        none.set(0, by.isPresent() ? 0 : ids.length);
        append(StoreSql.gone(state.number()),
                new Rows(GONE, List.of(new ColumnData.Longs(ids, null), moments(ids.length),
                        new ColumnData.Longs(by.orElse(ids), none), new ColumnData.Booleans(outside, null))));
        for (boolean one : outside) {
            state.gone += one ? 0 : 1;
        }
        state.dirty = true;
    }

    /// Says which supervoxels rows belong to. Has to be the only change of its moment.
    void bind(TableState state, String column, long[] ids, long[] supervoxels) throws SQLException {
        String[] fields = new String[ids.length];
        Arrays.fill(fields, column);
        String bound = StoreSql.bound(state.number());
        append(bound,
                new Rows(BOUND, List.of(new ColumnData.Longs(ids, null), new ColumnData.Texts(fields, null),
                        new ColumnData.Longs(supervoxels, null), moments(ids.length))));
        String rows = StoreSql.rows(state.number());
        write(bound);
        write(rows);
        try (PreparedStatement statement = connection.prepareStatement("UPDATE " + rows + " SET " + Sql.name(column)
                + " = b.supervoxel_id FROM " + bound + " b WHERE b.id = " + rows + ".id AND b.bound = ?")) {
            StoreSql.set(statement, 1, moment());
            statement.executeUpdate();
        }
        state.dirty = true;
    }

    private void append(String table, Rows rows) {
        pending.computeIfAbsent(table, _ -> new ArrayList<>()).add(rows);
    }

    private void write(String table) throws SQLException {
        List<Rows> parts = pending.remove(table);
        if (parts != null) {
            dialect.append(connection, table, parts);
        }
    }

    private ColumnData moments(int count) {
        long[] moments = new long[count];
        Arrays.fill(moments, moment);
        return new ColumnData.Longs(moments, null);
    }

    /// Says that there is something to commit.
    void touch() {
        touched = true;
    }

    /// Whether there is something to commit.
    boolean changed() {
        return touched || states.values().stream().anyMatch(state -> state.dirty);
    }

    /// Writes what is not written yet, and what was counted.
    void finish() throws SQLException {
        for (String table : List.copyOf(pending.keySet())) {
            write(table);
        }
        for (TableState state : states.values()) {
            if (state.dirty) {
                state.update(connection, moment);
            }
        }
    }
}
