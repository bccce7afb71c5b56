package org.neuropil.tables.query;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.neuropil.space.Box;
import org.neuropil.space.Int3;

import it.unimi.dsi.fastutil.longs.LongArrayList;

/// What filters say of the rows of each table, and what that says of those that they are joined to.
final class Hints {
    private final Map<ColumnRef, long[]> ids = new HashMap<>();
    private final Map<ColumnRef, Box> boxes = new HashMap<>();

    Hints() {}

    private Hints(Hints other) {
        ids.putAll(other.ids);
        boxes.putAll(other.boxes);
    }

    /// The column's value is one of these.
    void ids(ColumnRef column, long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        ids.merge(column, sorted, Hints::common);
    }

    /// The point lies between two corners, both inclusive.
    void box(String table, String point, long[] low, long[] high) {
        for (int axis = 0; axis < 3; axis++) {
            if (low[axis] > high[axis]) {
                low = new long[3];
                high = new long[]{-1, -1, -1};
            }
        }
        Box box = new Box(corner(low, 0), corner(high, 1));
        if (Arrays.stream(high).allMatch(end -> end < Integer.MAX_VALUE)) {
            boxes.merge(new ColumnRef(table, point), box, Box::intersect);
        }
    }

    private static Int3 corner(long[] at, int plus) {
        return new Int3(within(at[0] + plus), within(at[1] + plus), within(at[2] + plus));
    }

    private static int within(long value) {
        return Math.clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /// With what joins add: rows that are not joined to any are not looked at.
    ///
    /// @param joins between columns of ids
    Hints through(List<Join> joins) {
        Hints all = new Hints(this);
        for (Join join : joins) {
            all.carry(join.left(), join.right());
        }
        for (Join join : joins.reversed()) {
            if (join.kind() == Join.Kind.INNER) {
                all.carry(join.right(), join.left());
            }
        }
        for (Join join : joins) {
            all.carry(join.left(), join.right());
        }
        return all;
    }

    private void carry(ColumnRef from, ColumnRef to) {
        long[] known = ids.get(from);
        if (known != null) {
            ids.merge(to, known, Hints::common);
        }
    }

    /// What is known of a table's rows.
    Hint of(String table) {
        Map<String, long[]> columns = new HashMap<>();
        ids.forEach((ref, values) -> {
            if (ref.table().equals(table)) {
                columns.put(ref.column(), values);
            }
        });
        Map<String, Box> points = new HashMap<>();
        boxes.forEach((ref, box) -> {
            if (ref.table().equals(table)) {
                points.put(ref.column(), box);
            }
        });
        return new Hint(columns, points, List.of());
    }

    /// What two ascending arrays have in common.
    private static long[] common(long[] a, long[] b) {
        LongArrayList both = new LongArrayList();
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            if (a[i] == b[j]) {
                both.add(a[i]);
                i++;
                j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        return both.toLongArray();
    }
}
