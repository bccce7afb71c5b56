package org.neuropil.tables.dataset;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.schema.TableSchema;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;

/// Puts rows of a store and rows that are elsewhere together.
final class RowMerge {
    private RowMerge() {}

    /// Rows with the ends that a store knows of them.
    ///
    /// @param rows columns of [TableSchema#kept]
    /// @param gone columns `id`, `deleted`, `superceded_id`
    static Rows ended(Rows rows, Rows gone) {
        Long2IntOpenHashMap places = new Long2IntOpenHashMap();
        places.defaultReturnValue(-1);
        long[] left = gone.longs(TableSchema.ID.name());
        for (int i = 0; i < left.length; i++) {
            places.put(left[i], i);
        }
        long[] ids = rows.longs(TableSchema.ID.name());
        List<ColumnData> data = new ArrayList<>();
        for (int column = 0; column < rows.columns().size(); column++) {
            Column one = rows.columns().get(column);
            ColumnData given = rows.data().get(column);
            boolean told = one.equals(TableSchema.DELETED) || one.equals(TableSchema.SUPERCEDED);
            data.add(told && given instanceof ColumnData.Longs longs
                    ? ended(ids, longs, gone.data().get(gone.index(one.name())), places)
                    : given);
        }
        return new Rows(rows.columns(), data);
    }

    private static ColumnData ended(long[] ids, ColumnData.Longs given, ColumnData told, Long2IntOpenHashMap places) {
        long[] values = given.values().clone();
        BitSet absent = new BitSet();
        for (int i = 0; i < ids.length; i++) {
            int place = places.get(ids[i]);
            if (place >= 0 && !told.isAbsent(place) && told instanceof ColumnData.Longs ends) {
                values[i] = ends.values()[place];
            } else if (given.isAbsent(i)) {
                absent.set(i);
            }
        }
        return new ColumnData.Longs(values, absent.isEmpty() ? null : absent);
    }

    /// All of two lists of rows with the same columns, ascending by id.
    ///
    /// @param a ascending by id
    /// @param b ascending by id
    static Rows byId(Rows a, Rows b) {
        long[] left = a.longs(TableSchema.ID.name());
        long[] right = b.longs(TableSchema.ID.name());
        int[] order = new int[left.length + right.length];
        int i = 0;
        int j = 0;
        for (int k = 0; k < order.length; k++) {
            boolean first = j == right.length || i < left.length && left[i] < right[j];
            order[k] = first ? i++ : -1 - j++;
        }
        List<ColumnData> data = new ArrayList<>();
        for (int column = 0; column < a.columns().size(); column++) {
            data.add(merged(a.data().get(column), b.data().get(column), order));
        }
        return new Rows(a.columns(), data);
    }

    private static ColumnData merged(ColumnData a, ColumnData b, int[] order) {
        int size = order.length;
        BitSet gaps = new BitSet();
        for (int k = 0; k < size; k++) {
            gaps.set(k, order[k] >= 0 ? a.isAbsent(order[k]) : b.isAbsent(-1 - order[k]));
        }
        BitSet absent = gaps.isEmpty() ? null : gaps;
        return switch (a) {
            case ColumnData.Longs one -> {
                long[] values = new long[size];
                long[] other = ((ColumnData.Longs) b).values();
                for (int k = 0; k < size; k++) {
                    values[k] = order[k] >= 0 ? one.values()[order[k]] : other[-1 - order[k]];
                }
                yield new ColumnData.Longs(values, absent);
            }
            case ColumnData.Ints one -> {
                int[] values = new int[size];
                int[] other = ((ColumnData.Ints) b).values();
                for (int k = 0; k < size; k++) {
                    values[k] = order[k] >= 0 ? one.values()[order[k]] : other[-1 - order[k]];
                }
                yield new ColumnData.Ints(values, absent);
            }
            case ColumnData.Floats one -> {
                float[] values = new float[size];
                float[] other = ((ColumnData.Floats) b).values();
                for (int k = 0; k < size; k++) {
                    values[k] = order[k] >= 0 ? one.values()[order[k]] : other[-1 - order[k]];
                }
                yield new ColumnData.Floats(values, absent);
            }
            case ColumnData.Doubles one -> {
                double[] values = new double[size];
                double[] other = ((ColumnData.Doubles) b).values();
                for (int k = 0; k < size; k++) {
                    values[k] = order[k] >= 0 ? one.values()[order[k]] : other[-1 - order[k]];
                }
                yield new ColumnData.Doubles(values, absent);
            }
            case ColumnData.Booleans one -> {
                boolean[] values = new boolean[size];
                boolean[] other = ((ColumnData.Booleans) b).values();
                for (int k = 0; k < size; k++) {
                    values[k] = order[k] >= 0 ? one.values()[order[k]] : other[-1 - order[k]];
                }
                yield new ColumnData.Booleans(values, absent);
            }
            case ColumnData.Texts one -> {
                @Nullable
                String[] values = new @Nullable String[size];
                @Nullable
                String[] other = ((ColumnData.Texts) b).values();
                for (int k = 0; k < size; k++) {
                    values[k] = order[k] >= 0 ? one.values()[order[k]] : other[-1 - order[k]];
                }
                yield new ColumnData.Texts(values, absent);
            }
        };
    }
}
