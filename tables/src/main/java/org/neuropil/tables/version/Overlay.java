package org.neuropil.tables.version;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.neuropil.tables.Roots;
import org.neuropil.tables.Supervoxels;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.query.Hint;
import org.neuropil.tables.query.Source;
import org.neuropil.tables.schema.Field;
import org.neuropil.tables.schema.TableSchema;

import it.unimi.dsi.fastutil.longs.LongArrayList;

/// What makes a table's frozen rows those of another moment, as relations of the database in memory: rows of the base that
/// have a root which is not the same at both moments, with their roots of the moment, and rows that came or went in
/// between. Moved on from moment to moment, it costs what changed in between.
///
/// For one thread at a time; others may read its relations meanwhile, each statement sees one moment.
final class Overlay implements AutoCloseable {
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final Connection connection;
    private final TableInfo info;
    private final TableSchema schema;
    private final @Nullable Source base;
    private final RowChanges store;
    private final Roots roots;
    private final Supervoxels supervoxels;
    private final String prefix = "overlay_" + NUMBERS.incrementAndGet();
    private Instant storeAt;
    private Instant rootsAt;

    /// Where rows that came or went are asked for: an [org.neuropil.tables.store.AnnotationStore] does it.
    @FunctionalInterface
    interface RowChanges {
        /// @return columns of [TableSchema#kept]
        Rows between(Instant since, Instant until) throws IOException;
    }

    /// One that changes nothing yet.
    ///
    /// @param connection of its own
    /// @param base frozen rows; null if there are none
    /// @param at moment of the base
    Overlay(Connection connection, TableInfo info, TableSchema schema, @Nullable Source base, Instant at,
            RowChanges store, Roots roots, Supervoxels supervoxels) throws SQLException {
        this.connection = connection;
        this.info = info;
        this.schema = schema;
        this.base = base;
        this.store = store;
        this.roots = roots;
        this.supervoxels = supervoxels;
        storeAt = base == null ? Instant.MIN : at;
        rootsAt = at;
        run("CREATE TABLE " + rows() + " (" + Sql.definitions(schema.read()) + ")");
        run("CREATE TABLE " + gone() + " (id BIGINT)");
        run("CREATE TABLE " + changed() + " (root BIGINT)");
    }

    private String rows() {
        return prefix + "_rows";
    }

    private String gone() {
        return prefix + "_ids";
    }

    private String changed() {
        return prefix + "_roots";
    }

    /// The table as it is after the last move.
    TableState state() {
        return new TableState(info, schema, base, new TableState.Changes(new Added(), changed(), gone()));
    }

    private final class Added implements Source {
        @Override
        public TableInfo info() {
            return info;
        }

        @Override
        public List<Column> columns() {
            return schema.read();
        }

        @Override
        public String relation(Hint hint) {
            return Overlay.this.rows();
        }
    }

    /// Moves to a moment; from the base also back.
    ///
    /// @param storeTo moment of rows
    /// @param rootsTo moment of roots; another one only for the present, of which two stores may have different ideas
    void move(Instant storeTo, Instant rootsTo) throws IOException, SQLException {
        Rows changes = storeAt.isBefore(storeTo) ? store.between(storeAt, storeTo) : store.between(storeTo, storeAt);
        long[] fresh = rootsAt.isBefore(rootsTo) ? roots.changed(rootsAt, rootsTo) : roots.changed(rootsTo, rootsAt);
        if (changes.size() > 0 || fresh.length > 0) {
            run("BEGIN TRANSACTION");
            boolean done = false;
            try {
                replaceRows(changes, storeTo);
                replaceRoots(fresh, rootsTo);
                run("COMMIT");
                done = true;
            } finally {
                if (!done) {
                    run("ROLLBACK");
                }
            }
        }
        storeAt = storeTo;
        rootsAt = rootsTo;
    }

    private void replaceRows(Rows changes, Instant at) throws SQLException {
        run("CREATE OR REPLACE TEMP TABLE came (" + Sql.definitions(schema.kept()) + ")");
        RowsTable.append(duck(), "temp", "came", changes);
        run("DELETE FROM " + rows() + " WHERE id IN (SELECT id FROM came)");
        run("INSERT INTO " + gone() + " SELECT id FROM came ANTI JOIN " + gone() + " USING (id)");
        long micros = RowsTable.micros(at);
        StringBuilder columns = new StringBuilder();
        for (Column column : schema.read()) {
            String name = Sql.name(column.name());
            columns.append(columns.isEmpty() ? "" : ", ").append(isRoot(column) ? "NULL AS " + name : name);
        }
        run("INSERT INTO " + rows() + " SELECT " + columns + " FROM came WHERE epoch_us(created) <= " + micros
                + " AND (deleted IS NULL OR epoch_us(deleted) > " + micros + ")");
        run("DROP TABLE came");
    }

    private boolean isRoot(Column column) {
        return schema.bound().stream().anyMatch(point -> column.name().equals(root(point)));
    }

    private static String root(Field.Point point) {
        return point.name() + "_root_id";
    }

    private void replaceRoots(long[] fresh, Instant at) throws IOException, SQLException {
        run("CREATE OR REPLACE TEMP TABLE fresh (root BIGINT)");
        append("fresh", fresh);
        List<Field.Point> bound = schema.bound();
        for (int i = 0; base != null && i < bound.size(); i++) {
            String root = Sql.name(root(bound.get(i)));
            Hint hint = new Hint(Map.of(root(bound.get(i)), fresh), Map.of());
            StringBuilder sql = new StringBuilder("INSERT INTO " + rows() + " SELECT " + Sql.names(schema.read())
                    + " FROM " + base.relation(hint) + " b SEMI JOIN fresh f ON b." + root + " = f.root");
            for (int j = 0; j < bound.size(); j++) {
                String other = "b." + Sql.name(root(bound.get(j)));
                sql.append(" ANTI JOIN ").append(changed()).append(" o").append(j).append(" ON ").append(other)
                        .append(" = o").append(j).append(".root");
                if (j < i) {
                    sql.append(" ANTI JOIN fresh f").append(j).append(" ON ").append(other).append(" = f").append(j)
                            .append(".root");
                }
            }
            run(sql + " ANTI JOIN " + gone() + " g ON b.id = g.id");
        }
        for (Field.Point point : bound) {
            rebind(point, at);
            resolve(point, at);
        }
        run("INSERT INTO " + changed() + " SELECT root FROM fresh ANTI JOIN " + changed() + " USING (root)");
        run("DROP TABLE fresh");
    }

    private static String stale(Field.Point point) {
        String root = Sql.name(root(point));
        return "(" + root + " IS NULL OR " + root + " IN (SELECT root FROM fresh))";
    }

    /// Points in supervoxels that have been cut belong to the parts.
    private void rebind(Field.Point point, Instant at) throws IOException, SQLException {
        long[] cut = roots.cut(at);
        if (cut.length == 0) {
            return;
        }
        run("CREATE OR REPLACE TEMP TABLE cut (supervoxel BIGINT)");
        append("cut", cut);
        String supervoxel = Sql.name(point.name() + "_supervoxel_id");
        LongArrayList ids = new LongArrayList();
        LongArrayList positions = new LongArrayList();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id, " + position(point, "x") + ", "
                        + position(point, "y") + ", " + position(point, "z") + " FROM " + rows()
                        + " SEMI JOIN cut ON " + supervoxel + " = supervoxel WHERE " + stale(point))) {
            while (row.next()) {
                ids.add(row.getLong(1));
                for (int axis = 2; axis <= 4; axis++) {
                    positions.add(row.getInt(axis));
                }
            }
        }
        int[][] axes = new int[3][ids.size()];
        for (int i = 0; i < positions.size(); i++) {
            axes[i % 3][i / 3] = (int) positions.getLong(i);
        }
        long[] parts = supervoxels.at(axes[0], axes[1], axes[2], info.resolution(), at);
        map(ids.toLongArray(), parts);
        run("UPDATE " + rows() + " SET " + supervoxel + " = map.value FROM map WHERE id = map.key");
    }

    private static String position(Field.Point point, String axis) {
        return Sql.name(point.name() + "_position_" + axis);
    }

    private void resolve(Field.Point point, Instant at) throws IOException, SQLException {
        String supervoxel = Sql.name(point.name() + "_supervoxel_id");
        LongArrayList asked = new LongArrayList();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT DISTINCT " + supervoxel + " FROM " + rows()
                        + " WHERE " + supervoxel + " IS NOT NULL AND " + stale(point))) {
            while (row.next()) {
                asked.add(row.getLong(1));
            }
        }
        long[] keys = asked.toLongArray();
        map(keys, roots.roots(keys, at));
        run("UPDATE " + rows() + " SET " + Sql.name(root(point)) + " = map.value FROM map WHERE " + supervoxel
                + " = map.key");
    }

    private void map(long[] keys, long[] values) throws SQLException {
        run("CREATE OR REPLACE TEMP TABLE map (key BIGINT, value BIGINT)");
        try (DuckDBAppender appender = duck().createAppender("temp", "main", "map")) {
            for (int i = 0; i < keys.length; i++) {
                appender.beginRow().append(keys[i]).append(values[i]).endRow();
            }
        }
    }

    private void append(String table, long[] values) throws SQLException {
        try (DuckDBAppender appender = duck().createAppender("temp", "main", table)) {
            for (long value : values) {
                appender.beginRow().append(value).endRow();
            }
        }
    }

    private DuckDBConnection duck() throws SQLException {
        return connection.unwrap(DuckDBConnection.class);
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// Lets go of its relations.
    @Override
    public void close() throws SQLException {
        for (String table : List.of(rows(), gone(), changed())) {
            run("DROP TABLE " + table);
        }
        connection.close();
    }
}
