package org.neuropil.tables.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.schema.Field;
import org.neuropil.tables.schema.TableSchema;
import org.neuropil.tables.sql.Sql;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;

/// A store in a database that speaks SQL. Rows are only added; that one stands no more is a row of another physical table,
/// so that what was written stays as it is.
abstract sealed class SqlStore implements AnnotationStore, GroupCommit.Begin permits DuckStore, PostgresStore {
    static final int FORMAT = 1;
    private static final List<Column> OUTSIDE = List.of(TableSchema.ID, TableSchema.DELETED, TableSchema.SUPERCEDED);

    private final Dialect dialect;
    private final Existing existing;
    private final Map<String, Stored> seen = new ConcurrentHashMap<>();

    SqlStore(Dialect dialect, Existing existing) {
        this.dialect = dialect;
        this.existing = existing;
    }

    /// What commits changes.
    abstract GroupCommit commits();

    /// Microseconds of the next change, after all moments that were given out.
    abstract long next(Connection connection) throws SQLException;

    @Override
    public final Lease writer() throws SQLException {
        return dialect.writer();
    }

    @Override
    public final Transaction begin(Connection connection) throws SQLException {
        return new Transaction(connection, dialect, existing, next(connection));
    }

    static InputException missing(String name) {
        return new InputException("there is no table '" + name + "'", "table", "look at the list of tables");
    }

    /// A failure of the database, told without what it was asked.
    static IOException failure(String what, SQLException e) {
        return new IOException(what + ": " + e.getMessage(), e);
    }

    @Override
    public List<Stored> tables() throws IOException {
        return read(connection -> TableState.all(connection).stream().map(state -> state.stored).toList());
    }

    @Override
    public Optional<Stored> table(String name) throws IOException {
        return read(connection -> TableState.find(connection, name).map(state -> state.stored));
    }

    @Override
    public Stored create(TableInfo info, TableSchema schema) throws IOException {
        Checks.table(info, schema);
        return commits().commit(transaction -> {
            TableState before = transaction.find(info.name()).orElse(null);
            if (before != null) {
                throw new InputException("there " + (before.stored.deleted().isPresent() ? "was" : "is")
                        + " a table '" + info.name() + "'", "table_name", "take another name; names are used once");
            }
            if (info.reference().isPresent()) {
                transaction.standing(info.reference().get());
            }
            int number = transaction.all().size() + 1;
            Instant moment = transaction.moment();
            TableState state = new TableState(new Stored(number, info, schema, moment, Optional.empty(), moment));
            transaction.make(state);
            return state.stored;
        }, true);
    }

    @Override
    public Stored alter(TableInfo info) throws IOException {
        return commits().commit(transaction -> {
            TableState state = transaction.standing(info.name());
            Stored old = state.stored;
            same("schema_type", old.info().schema(), info.schema());
            same("reference_table", old.info().reference(), info.reference());
            if (info.tracksTargets() && info.reference().isEmpty()) {
                throw new InputException("table '" + info.name() + "' has no targets to track", "track_targets", "");
            }
            state.stored = new Stored(old.number(), info, old.schema(), old.created(), old.deleted(),
                    transaction.moment());
            state.dirty = true;
            state.alter(transaction.connection);
            return state.stored;
        }, true);
    }

    private static void same(String field, Object old, Object given) {
        if (!old.equals(given)) {
            throw new InputException("cannot become " + given + " from " + old, field, "make another table");
        }
    }

    @Override
    public void drop(String table) throws IOException {
        commits().commit(transaction -> {
            TableState state = transaction.standing(table);
            Stored old = state.stored;
            state.stored = new Stored(old.number(), old.info(), old.schema(), old.created(),
                    Optional.of(transaction.moment()), transaction.moment());
            state.dirty = true;
            state.alter(transaction.connection);
            return true;
        }, true);
    }

    @Override
    public long[] insert(String table, Rows rows) throws IOException {
        Checks.Fitted fitted = Checks.fit(table, schema(table), rows, true);
        return commits().commit(transaction -> {
            TableState state = transaction.standing(table);
            long @Nullable [] given = fitted.ids();
            if (fitted.size() == 0) {
                return new long[0];
            }
            if (given != null) {
                checkFree(transaction, state, given);
            }
            checkTargets(transaction, state, fitted.fields());
            long[] ids = given == null
                    ? counted(transaction.free(state, state.largest, fitted.size()), fitted.size())
                    : given.clone();
            transaction.addRows(state, ids, fitted.fields());
            return ids;
        }, false);
    }

    private static long[] counted(long first, int count) {
        long[] ids = new long[count];
        for (int i = 0; i < count; i++) {
            ids[i] = first + i;
        }
        return ids;
    }

    private void checkFree(Transaction transaction, TableState state, long[] ids) throws SQLException, IOException {
        long largest = Math.max(state.largest, existing.largest(state.name()));
        long[] asked = Arrays.stream(ids).filter(id -> id <= largest).toArray();
        LongSet inside = transaction.inside(state, asked);
        boolean[] outside = asked.length == 0 ? new boolean[0] : existing.exist(state.name(), asked);
        for (int i = 0; i < asked.length; i++) {
            if (inside.contains(asked[i]) || outside[i]) {
                throw new InputException("table '" + state.name() + "' has a row " + asked[i], "id",
                        "leave ids out to have them counted");
            }
        }
    }

    /// @throws InputException if rows refer to some that never were
    private static void checkTargets(Transaction transaction, TableState state, Rows fields)
            throws SQLException, IOException {
        Optional<String> reference = state.stored.info().reference();
        if (reference.isEmpty()) {
            return;
        }
        String column = Checks.reference(state.stored.schema()).orElseThrow().name();
        ColumnData data = fields.data().get(fields.index(column));
        long[] values = fields.longs(column);
        LongOpenHashSet targets = new LongOpenHashSet();
        for (int i = 0; i < values.length; i++) {
            if (!data.isAbsent(i)) {
                targets.add(values[i]);
            }
        }
        TableState target = transaction.find(reference.get()).orElseThrow(() -> missing(reference.get()));
        transaction.outside(target, targets.toLongArray(), column);
    }

    @Override
    public long[] update(String table, long[] ids, Rows rows) throws IOException {
        Checks.Fitted fitted = Checks.fit(table, schema(table), rows, false);
        sameLength(ids.length, fitted.size(), "rows");
        Checks.distinct(table, ids);
        return commits().commit(transaction -> {
            TableState state = transaction.standing(table);
            if (ids.length == 0) {
                return new long[0];
            }
            boolean[] outside = transaction.checkStanding(state, ids);
            checkTargets(transaction, state, fitted.fields());
            Replacement replacement = new Replacement(transaction);
            long[] fresh = replacement.plan(state, ids, outside, fitted.fields());
            replacement.write();
            return fresh;
        }, false);
    }

    private static void sameLength(int ids, int given, String what) {
        if (ids != given) {
            throw new InputException(ids + " ids, but " + given + " " + what, "ids", "give one for each");
        }
    }

    @Override
    public void delete(String table, long[] ids) throws IOException {
        Checks.distinct(table, ids);
        commits().commit(transaction -> {
            TableState state = transaction.standing(table);
            if (ids.length > 0) {
                transaction.addGone(state, ids, Optional.empty(), transaction.checkStanding(state, ids));
            }
            return true;
        }, false);
    }

    @Override
    public void bind(String table, String column, long[] ids, long[] supervoxels) throws IOException {
        List<String> columns = schema(table).bound().stream().map(Field.Point::name)
                .map(name -> name + "_supervoxel_id").toList();
        if (!columns.contains(column)) {
            throw new InputException("'" + column + "' is no column of supervoxels of table '" + table + "'", "column",
                    columns.isEmpty() ? "the table has none" : "take one of " + String.join(", ", columns));
        }
        sameLength(ids.length, supervoxels.length, "supervoxels");
        Checks.distinct(table, ids);
        for (int i = 0; i < supervoxels.length; i++) {
            if (supervoxels[i] < 0) {
                throw new InputException("id " + Long.toUnsignedString(supervoxels[i]) + " is too large",
                        Checks.place(table, i, column), "ids of tables are below 2^63");
            }
        }
        commits().commit(transaction -> {
            TableState state = transaction.standing(table);
            if (ids.length > 0) {
                transaction.outside(state, ids, "ids");
                transaction.bind(state, column, ids, supervoxels);
            }
            return true;
        }, true);
    }

    @Override
    public Rows rows(String table, long[] ids) throws IOException {
        Stored stored = stored(table);
        return read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    selectKept(stored) + " WHERE r.id" + StoreSql.AMONG + " ORDER BY 1")) {
                StoreSql.set(statement, 1, ids);
                return dialect.read(statement, stored.schema().kept());
            }
        });
    }

    @Override
    public Rows changes(String table, Instant since, Instant until) throws IOException {
        Stored stored = stored(table);
        String gone = StoreSql.gone(stored.number());
        // In two parts, so that each is found by one column.
        String sql = selectKept(stored) + " WHERE r.created > ? AND r.created <= ? UNION ALL " + selectKept(stored)
                + " WHERE NOT (r.created > ? AND r.created <= ?) AND r.id IN (SELECT id FROM " + gone
                + " WHERE deleted > ? AND deleted <= ?) ORDER BY 1";
        return read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < 3; i++) {
                    StoreSql.set(statement, 2 * i + 1, since);
                    StoreSql.set(statement, 2 * i + 2, until);
                }
                return dialect.read(statement, stored.schema().kept());
            }
        });
    }

    private String selectKept(Stored stored) {
        List<String> columns = new ArrayList<>();
        for (Column column : stored.schema().kept()) {
            String alias = column.equals(TableSchema.DELETED) || column.equals(TableSchema.SUPERCEDED) ? "g." : "r.";
            columns.add(RowReader.select(dialect, alias + Sql.name(column.name()), column));
        }
        return "SELECT " + String.join(", ", columns) + " FROM " + StoreSql.rows(stored.number()) + " r LEFT JOIN "
                + StoreSql.gone(stored.number()) + " g ON g.id = r.id";
    }

    @Override
    public Rows gone(String table, Instant since, Instant until) throws IOException {
        Stored stored = stored(table);
        return between(
                "SELECT id, " + dialect.micros("deleted") + ", superceded_id FROM " + StoreSql.gone(stored.number())
                        + " WHERE outside AND deleted > ? AND deleted <= ? ORDER BY id",
                since, until, OUTSIDE);
    }

    @Override
    public Rows gone(String table, long[] ids) throws IOException {
        Stored stored = stored(table);
        String sql = "SELECT id, " + dialect.micros("deleted") + ", superceded_id FROM "
                + StoreSql.gone(stored.number()) + " WHERE outside AND id" + StoreSql.AMONG + " ORDER BY id";
        return read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                StoreSql.set(statement, 1, ids);
                return dialect.read(statement, OUTSIDE);
            }
        });
    }

    @Override
    public long goneCount(String table) throws IOException {
        Stored stored = stored(table);
        return read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT count(*) FROM " + StoreSql.gone(stored.number()) + " WHERE outside")) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    @Override
    public Rows bound(String table, Instant since, Instant until) throws IOException {
        Stored stored = stored(table);
        return between("SELECT id, field, supervoxel_id, " + dialect.micros("bound") + " FROM "
                + StoreSql.bound(stored.number()) + " WHERE bound > ? AND bound <= ? ORDER BY bound, id", since, until,
                Transaction.BOUND);
    }

    private Rows between(String sql, Instant since, Instant until, List<Column> columns) throws IOException {
        return read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                StoreSql.set(statement, 1, since);
                StoreSql.set(statement, 2, until);
                return dialect.read(statement, columns);
            }
        });
    }

    @Override
    public Count count(String table) throws IOException {
        TableState state = read(connection -> TableState.find(connection, table)).orElseThrow(() -> missing(table));
        return new Count(state.rows, state.rows - state.gone);
    }

    private TableSchema schema(String table) throws IOException {
        return stored(table).schema();
    }

    /// A table as it was once, which says its number and schema rightly.
    private Stored stored(String table) throws IOException {
        Stored known = seen.get(table);
        if (known == null) {
            known = table(table).orElseThrow(() -> missing(table));
            seen.put(table, known);
        }
        return known;
    }

    /// Reads something.
    interface Reading<T> {
        T of(Connection connection) throws SQLException;
    }

    final <T> T read(Reading<T> reading) throws IOException {
        try (Lease lease = dialect.reader()) {
            return reading.of(lease.connection());
        } catch (SQLException e) {
            throw failure("annotations could not be read", e);
        }
    }
}
