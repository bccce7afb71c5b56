package org.neuropil.tables.version;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.neuropil.tables.Roots;
import org.neuropil.tables.Supervoxels;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.query.Hint;
import org.neuropil.tables.query.Source;
import org.neuropil.tables.schema.Field;
import org.neuropil.tables.schema.TableSchema;
import org.neuropil.tables.sql.DuckRows;
import org.neuropil.tables.sql.Sql;

import it.unimi.dsi.fastutil.longs.Long2LongLinkedOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrayList;

/// The steps by which an [Overlay] gets to another moment, on one connection.
final class OverlayMove {
    private final Connection connection;
    private final Overlay.Names names;
    private final TableInfo info;
    private final TableSchema schema;
    private final @Nullable Source base;
    private final Roots roots;
    private final Supervoxels supervoxels;

    OverlayMove(Connection connection, Overlay.Names names, TableInfo info, TableSchema schema, @Nullable Source base,
            Roots roots, Supervoxels supervoxels) {
        this.connection = connection;
        this.names = names;
        this.info = info;
        this.schema = schema;
        this.base = base;
        this.roots = roots;
        this.supervoxels = supervoxels;
    }

    void replaceRows(Rows changes, Instant at) throws SQLException {
        if (changes.size() == 0) {
            return;
        }
        run("CREATE OR REPLACE TEMP TABLE came (" + Sql.definitions(schema.kept()) + ")");
        DuckRows.append(connection, "temp", "came", List.of(changes));
        run("DELETE FROM " + names.rows() + " WHERE id IN (SELECT id FROM came)");
        run("INSERT INTO " + names.ids() + " SELECT id FROM came ANTI JOIN " + names.ids() + " USING (id)");
        long micros = Sql.micros(at);
        StringBuilder columns = new StringBuilder();
        for (Column column : schema.read()) {
            String name = Sql.name(column.name());
            columns.append(columns.isEmpty() ? "" : ", ").append(isRoot(column) ? "NULL AS " + name : name);
        }
        run("INSERT INTO " + names.rows() + " SELECT " + columns + " FROM came WHERE epoch_us(created) <= " + micros
                + " AND (deleted IS NULL OR epoch_us(deleted) > " + micros + ")");
        run("DROP TABLE came");
    }

    /// Rows of the base that do not stand any more.
    void leaveOut(Rows left) throws SQLException {
        if (left.size() > 0) {
            run("CREATE OR REPLACE TEMP TABLE went (id BIGINT)");
            append("went", left.longs("id"));
            run("DELETE FROM " + names.rows() + " WHERE id IN (SELECT id FROM went)");
            run("INSERT INTO " + names.ids() + " SELECT id FROM went ANTI JOIN " + names.ids() + " USING (id)");
            run("DROP TABLE went");
        }
    }

    /// Points whose supervoxel was said anew.
    void bindAgain(Rows bound) throws SQLException {
        if (bound.size() == 0) {
            return;
        }
        if (base != null) {
            run("CREATE OR REPLACE TEMP TABLE said (id BIGINT)");
            append("said", LongStream.of(bound.longs("id")).distinct().toArray());
            run("INSERT INTO " + names.rows() + " SELECT " + Sql.names(schema.read()) + " FROM "
                    + base.relation(new Hint(Map.of("id", bound.longs("id"))))
                    + " b SEMI JOIN said s ON b.id "
                    + "= s.id" + unlessReplaced());
            run("INSERT INTO " + names.ids() + " SELECT id FROM said ANTI JOIN " + names.ids() + " USING (id)");
            run("DROP TABLE said");
        }
        ColumnData.Texts fields = (ColumnData.Texts) bound.data().get(bound.index("field"));
        for (Field.Point point : schema.bound()) {
            String supervoxel = point.supervoxel();
            Long2LongLinkedOpenHashMap last = new Long2LongLinkedOpenHashMap();
            for (int i = 0; i < bound.size(); i++) {
                if (supervoxel.equals(fields.values()[i])) {
                    last.put(bound.longs("id")[i], bound.longs("supervoxel_id")[i]);
                }
            }
            map(last.keySet().toLongArray(), last.values().toLongArray());
            run("UPDATE " + names.rows() + " SET " + Sql.name(supervoxel) + " = map.value, " + Sql.name(point.root())
                    + " = NULL FROM map WHERE id = map.key");
        }
    }

    /// Leaves those rows of a base `b` out that others stand for already.
    private String unlessReplaced() {
        StringBuilder sql = new StringBuilder();
        List<Field.Point> bound = schema.bound();
        for (int i = 0; i < bound.size(); i++) {
            sql.append(" ANTI JOIN ").append(names.roots()).append(" o").append(i).append(" ON b.")
                    .append(Sql.name(bound.get(i).root())).append(" = o").append(i).append(".root");
        }
        return sql + " ANTI JOIN " + names.ids() + " g ON b.id = g.id";
    }

    private boolean isRoot(Column column) {
        return schema.bound().stream().anyMatch(point -> column.name().equals(point.root()));
    }

    void replaceRoots(long[] fresh, Instant at) throws IOException, SQLException {
        run("CREATE OR REPLACE TEMP TABLE fresh (root BIGINT)");
        append("fresh", fresh);
        List<Field.Point> bound = schema.bound();
        for (int i = 0; base != null && i < bound.size(); i++) {
            String root = Sql.name(bound.get(i).root());
            Hint hint = new Hint(Map.of(bound.get(i).root(), fresh));
            StringBuilder sql = new StringBuilder("INSERT INTO " + names.rows() + " SELECT " + Sql.names(schema.read())
                    + " FROM " + base.relation(hint) + " b SEMI JOIN fresh f ON b." + root + " = f.root");
            for (int j = 0; j < i; j++) {
                sql.append(" ANTI JOIN fresh f").append(j).append(" ON b.").append(Sql.name(bound.get(j).root()))
                        .append(" = f").append(j).append(".root");
            }
            run(sql + unlessReplaced());
        }
        for (Field.Point point : bound) {
            rebind(point, at);
            resolve(point, at);
        }
        run("INSERT INTO " + names.roots() + " SELECT root FROM fresh ANTI JOIN " + names.roots() + " USING (root)");
        run("DROP TABLE fresh");
    }

    private static String stale(Field.Point point) {
        String root = Sql.name(point.root());
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
        String supervoxel = Sql.name(point.supervoxel());
        LongArrayList ids = new LongArrayList();
        LongArrayList positions = new LongArrayList();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id, " + position(point, "x") + ", "
                        + position(point, "y") + ", " + position(point, "z") + " FROM " + names.rows()
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
        run("UPDATE " + names.rows() + " SET " + supervoxel + " = map.value FROM map WHERE id = map.key");
    }

    private static String position(Field.Point point, String axis) {
        return Sql.name(point.position(axis));
    }

    private void resolve(Field.Point point, Instant at) throws IOException, SQLException {
        String supervoxel = Sql.name(point.supervoxel());
        LongArrayList asked = new LongArrayList();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT DISTINCT " + supervoxel + " FROM " + names.rows()
                        + " WHERE " + supervoxel + " IS NOT NULL AND " + stale(point))) {
            while (row.next()) {
                asked.add(row.getLong(1));
            }
        }
        long[] keys = asked.toLongArray();
        map(keys, roots.roots(keys, at));
        run("UPDATE " + names.rows() + " SET " + Sql.name(point.root()) + " = map.value FROM map WHERE " + supervoxel
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

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
