package org.neuropil.tables.store;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.schema.Field;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongSet;

/// Rows that are replaced by others, and what follows from it: rows of tables that track their targets are replaced by
/// rows that refer to the new ones, and so are rows that refer to these. A table refers to one that was there before it,
/// so this ends.
final class Replacement {
    /// Rows of a table that are replaced.
    ///
    /// @param fresh ids of those that take their place
    private record Part(TableState state, long[] ids, boolean[] outside, long[] fresh, Rows fields) {}

    private final Transaction transaction;
    private final List<Part> parts = new ArrayList<>();
    private final Map<String, Long> largest = new HashMap<>();
    private @Nullable List<TableState> tables;

    Replacement(Transaction transaction) {
        this.transaction = transaction;
    }

    /// Plans that rows which stand are replaced. Writes nothing.
    ///
    /// @return ids of the new rows
    long[] plan(TableState state, long[] ids, boolean[] outside, Rows fields) throws SQLException, IOException {
        long first = transaction.free(state, largest.getOrDefault(state.name(), state.largest), ids.length);
        long[] fresh = new long[ids.length];
        for (int i = 0; i < fresh.length; i++) {
            fresh[i] = first + i;
        }
        largest.put(state.name(), first + ids.length - 1);
        parts.add(new Part(state, ids, outside, fresh, fields));
        List<TableState> all = tables == null ? transaction.all() : tables;
        tables = all;
        for (TableState follower : all) {
            Field.@Nullable Reference reference = Checks.reference(follower.stored.schema()).orElse(null);
            if (reference != null && follower.stored.info().tracksTargets() && follower.stored.deleted().isEmpty()
                    && follower.stored.info().reference().equals(Optional.of(state.name()))) {
                follow(follower, reference.name(), ids, fresh);
            }
        }
        return fresh;
    }

    private void follow(TableState follower, String column, long[] targets, long[] fresh)
            throws SQLException, IOException {
        Long2LongOpenHashMap moved = new Long2LongOpenHashMap(targets, fresh);
        Rows inside = transaction.referring(follower, column, targets);
        follow(follower, column, inside, false, moved);
        Rows outside = transaction.existing.referring(follower.name(), targets);
        if (outside.size() > 0) {
            long[] ids = outside.longs("id");
            int target = outside.index(column);
            LongSet gone = transaction.gone(follower, ids);
            IntArrayList stand = new IntArrayList();
            for (int i = 0; i < ids.length; i++) {
                if (!gone.contains(ids[i]) && !outside.data().get(target).isAbsent(i)
                        && moved.containsKey(outside.longs(column)[i])) {
                    stand.add(i);
                }
            }
            follow(follower, column, Take.rows(outside, stand.toIntArray()), true, moved);
        }
    }

    private void follow(TableState follower, String column, Rows old, boolean isOutside, Long2LongOpenHashMap moved)
            throws SQLException, IOException {
        if (old.size() == 0) {
            return;
        }
        long[] targets = old.longs(column).clone();
        for (int i = 0; i < targets.length; i++) {
            targets[i] = moved.get(targets[i]);
        }
        List<Column> columns = Checks.fields(follower.stored.schema());
        List<ColumnData> data = new ArrayList<>();
        for (Column one : columns) {
            data.add(one.name().equals(column)
                    ? new ColumnData.Longs(targets, null)
                    : old.data().get(old.index(one.name())));
        }
        boolean[] outside = new boolean[targets.length];
        Arrays.fill(outside, isOutside);
        plan(follower, old.longs("id"), outside, new Rows(columns, data));
    }

    /// Writes all that was planned.
    void write() {
        for (Part part : parts) {
            transaction.addRows(part.state(), part.fresh(), part.fields());
            transaction.addGone(part.state(), part.ids(), Optional.of(part.fresh()), part.outside());
        }
    }
}
