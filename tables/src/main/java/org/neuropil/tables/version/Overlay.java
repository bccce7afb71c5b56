package org.neuropil.tables.version;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.Roots;
import org.neuropil.tables.Supervoxels;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.query.Hint;
import org.neuropil.tables.query.Source;
import org.neuropil.tables.schema.TableSchema;
import org.neuropil.tables.sql.Sql;

/// What makes a table's frozen rows those of another moment, as relations of the database in memory: rows of the base that
/// have a root which is not the same at both moments, with their roots of the moment, and rows that came or went in
/// between. Moved on from moment to moment, it costs what changed in between.
///
/// For one thread at a time. Whoever reads its relations while it is moved may see another moment with each statement.
public final class Overlay {
    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final Rows NONE = new Rows(List.of(), List.of());

    private final Names names = new Names("memory.main.overlay_" + NUMBERS.incrementAndGet());
    private final TableInfo info;
    private final TableSchema schema;
    private final @Nullable Source base;
    private final RowHistory store;
    private final Roots roots;
    private final Supervoxels supervoxels;
    private Instant storeAt;
    private Instant rootsAt;
    private boolean made;

    /// Names of its relations: with database and schema, so that no table of a user's that has such a name hides them.
    record Names(String prefix) {
        /// Rows that are not as in the base, with the columns of [TableSchema#read].
        String rows() {
            return prefix + "_rows";
        }

        /// Ids of rows of the base that do not stand, or stand otherwise.
        String ids() {
            return prefix + "_ids";
        }

        /// Roots whose rows of the base stand otherwise.
        String roots() {
            return prefix + "_roots";
        }
    }

    /// One that changes nothing yet.
    ///
    /// @param base rows of a moment; null if there are none
    /// @param at moment of the base
    public Overlay(TableInfo info, TableSchema schema, @Nullable Source base, Instant at, RowHistory store,
            Roots roots, Supervoxels supervoxels) {
        this.info = info;
        this.schema = schema;
        this.base = base;
        this.store = store;
        this.roots = roots;
        this.supervoxels = supervoxels;
        storeAt = base == null ? Instant.MIN : at;
        rootsAt = at;
    }

    /// The table as it is after the last move.
    public TableState state() {
        return new TableState(info, schema, base, made
                ? new TableState.Changes(new Added(), names.roots(), names.ids())
                : null);
    }

    /// Moment of its rows.
    public Instant storeAt() {
        return storeAt;
    }

    /// Moment of its roots.
    public Instant rootsAt() {
        return rootsAt;
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
            return names.rows();
        }
    }

    /// Moves to a moment; from the base also back.
    ///
    /// @param connection to the database of the relations, not in a transaction
    /// @param storeTo moment of rows
    /// @param rootsTo moment of roots; another one only for the present, of which two stores may have different ideas
    /// @throws IOException if rows or roots cannot be read; it can only be dropped then, as after an SQLException
    public void move(Connection connection, Instant storeTo, Instant rootsTo) throws IOException, SQLException {
        boolean on = storeAt.isBefore(storeTo);
        Rows changes = on ? store.changes(storeAt, storeTo) : store.changes(storeTo, storeAt);
        Rows left = on ? store.gone(storeAt, storeTo) : NONE;
        Rows bound = on ? store.bound(storeAt, storeTo) : NONE;
        long[] fresh = rootsAt.isBefore(rootsTo) ? roots.changed(rootsAt, rootsTo) : roots.changed(rootsTo, rootsAt);
        OverlayMove move = new OverlayMove(connection, names, info, schema, base, roots, supervoxels);
        if (!made) {
            // Before they are, so that #drop finds those that were made when one cannot be.
            made = true;
            move.run("CREATE TABLE " + names.rows() + " (" + Sql.definitions(schema.read()) + ")");
            move.run("CREATE TABLE " + names.ids() + " (id BIGINT)");
            move.run("CREATE TABLE " + names.roots() + " (root BIGINT)");
        }
        if (changes.size() + left.size() + bound.size() + fresh.length > 0) {
            move.run("BEGIN TRANSACTION");
            boolean done = false;
            try {
                move.replaceRows(changes, storeTo);
                move.leaveOut(left);
                move.bindAgain(bound);
                move.replaceRoots(fresh, rootsTo);
                move.run("COMMIT");
                done = true;
            } finally {
                if (!done) {
                    move.run("ROLLBACK");
                }
            }
        }
        storeAt = storeTo;
        rootsAt = rootsTo;
    }

    /// Deletes its relations, also those of a move that failed.
    public void drop(Connection connection) throws SQLException {
        if (made) {
            OverlayMove move = new OverlayMove(connection, names, info, schema, base, roots, supervoxels);
            for (String table : List.of(names.rows(), names.ids(), names.roots())) {
                move.run("DROP TABLE IF EXISTS " + table);
            }
            made = false;
        }
    }
}
