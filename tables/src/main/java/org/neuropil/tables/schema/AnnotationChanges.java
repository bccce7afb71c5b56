package org.neuropil.tables.schema;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

import org.neuropil.space.InputException;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.Rows;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;

/// Rows that are to replace others, of which each says some fields.
///
/// @param schema their kind
/// @param rows `id`, and columns of [TableSchema#given] that may all be absent; supervoxels where a row has given them
/// @param gave by column, the rows that have given it, be it null; a column that is not there was given by none
public record AnnotationChanges(TableSchema schema, Rows rows, Map<String, BitSet> gave) {
    private static final BitSet NOBODY = new BitSet();

    /// The rows that are to be replaced, in order.
    public long[] ids() {
        return rows.longs(TableSchema.ID.name());
    }

    /// Whether a row has given a column.
    public boolean gave(String column, int row) {
        return gave.getOrDefault(column, NOBODY).get(row);
    }

    /// The rows as they will be: what they give, and else what the rows have that they replace. A supervoxel stays where
    /// the position stays; where that changes, it is absent unless it is given too.
    ///
    /// @param kept the rows that are replaced, as [TableSchema#kept] has them, in any order
    /// @return in the order of [#ids], columns of [TableSchema#kept] without `id`, `created`, `deleted` and
    ///     `superceded_id`: as the store's update wants it
    /// @throws InputException if one is not there
    public Rows over(Rows kept) {
        int[] from = find(kept);
        List<Column> columns = schema.kept().stream().filter(column -> !isOwn(column)).toList();
        List<ColumnData> data = new ArrayList<>();
        for (Column column : columns) {
            ColumnData before = kept.data().get(kept.index(column.name()));
            int index = rows.index(column.name());
            data.add(index < 0
                    ? Merge.of(before, from, before, NOBODY)
                    : Merge.of(before, from, rows.data().get(index), gave.getOrDefault(column.name(), NOBODY)));
        }
        Rows merged = new Rows(columns, data);
        for (Field.Point point : schema.bound()) {
            int index = merged.index(point.supervoxel());
            data.set(index, unbind(point, (ColumnData.Longs) data.get(index), merged, kept, from));
        }
        return new Rows(columns, data);
    }

    private static boolean isOwn(Column column) {
        return List.of(TableSchema.ID, TableSchema.CREATED, TableSchema.DELETED, TableSchema.SUPERCEDED)
                .contains(column);
    }

    private int[] find(Rows kept) {
        long[] present = kept.longs(TableSchema.ID.name());
        Long2IntOpenHashMap places = new Long2IntOpenHashMap(present.length);
        places.defaultReturnValue(-1);
        for (int i = 0; i < present.length; i++) {
            places.put(present[i], i);
        }
        long[] ids = ids();
        int[] from = new int[ids.length];
        for (int row = 0; row < ids.length; row++) {
            from[row] = places.get(ids[row]);
            if (from[row] < 0) {
                throw new InputException("there is no row " + Long.toUnsignedString(ids[row]), "row " + row + ", id",
                        "only rows that are there can be replaced");
            }
        }
        return from;
    }

    private ColumnData unbind(Field.Point point, ColumnData.Longs supervoxels, Rows merged, Rows kept, int[] from) {
        BitSet absent = supervoxels.absent() == null ? new BitSet() : (BitSet) supervoxels.absent().clone();
        for (String axis : List.of("x", "y", "z")) {
            String name = point.position(axis);
            ColumnData.Ints after = (ColumnData.Ints) merged.data().get(merged.index(name));
            ColumnData.Ints before = (ColumnData.Ints) kept.data().get(kept.index(name));
            for (int row = 0; row < from.length; row++) {
                boolean moved = after.isAbsent(row) != before.isAbsent(from[row])
                        || !after.isAbsent(row) && after.values()[row] != before.values()[from[row]];
                if (moved && !gave(point.supervoxel(), row)) {
                    absent.set(row);
                }
            }
        }
        return new ColumnData.Longs(supervoxels.values(), absent.isEmpty() ? null : absent);
    }
}
