package org.neuropil.tables.version;

import java.util.ArrayList;
import java.util.List;

import org.neuropil.space.VoxelSize;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.schema.Field;
import org.neuropil.tables.schema.TableSchema;
import org.neuropil.tables.sql.Sql;

/// How the rows of a sorted copy follow each other. Ties are broken by id, so that equal rows give equal bytes.
///
/// @param name of the copy's folder
/// @param column of ids that comes first; empty if rows are in order of their place only
/// @param place point by whose position rows with equal ids follow each other; empty if by id only
record Order(String name, String column, String place) {
    /// Edge of the cubes that come one after the other, and of those within them, in nm: rows of a cell lie together
    /// with their neighbours, which makes positions small to store and boxes few groups of rows.
    private static final double COARSE = 131_072;
    private static final int FINE_BITS = 3;
    private static final long OFFSET = 1L << 30;
    private static final int LEAST_SHIFT = 11;
    private static final List<String> AXES = List.of("x", "y", "z");

    /// The copies that a table is worth: one by each cell that a row belongs to and one by place if it is large, else one.
    static List<Order> of(TableSchema schema, boolean large) {
        List<Field.Point> points = schema.fields().stream().filter(Field.Point.class::isInstance)
                .map(Field.Point.class::cast).filter(Field.Point::required).toList();
        boolean refers = schema.fields().stream().anyMatch(Field.Reference.class::isInstance);
        if (!large || points.isEmpty()) {
            return List.of(refers ? new Order("by_target_id", "target_id", "") : new Order("by_id", "id", ""));
        }
        // The middle of a synapse stands for both of its sides.
        String place = points.stream().filter(point -> !point.bound()).findFirst().orElse(points.getFirst()).name();
        List<Order> orders = new ArrayList<>();
        for (Field.Point point : schema.bound()) {
            orders.add(new Order("by_" + point.root(), point.root(), place));
        }
        if (!place.isEmpty()) {
            orders.add(new Order("by_place", "", place));
        }
        return orders;
    }

    /// What comes first in it: whole numbers, absent where a row has neither a cell nor a place.
    String first(TableInfo info) {
        return column.isEmpty() ? coarse(info) : Sql.name(column);
    }

    /// What to write behind `ORDER BY`.
    String sql(TableInfo info) {
        List<String> keys = new ArrayList<>();
        if (!column.isEmpty()) {
            keys.add(Sql.name(column));
        }
        if (!place.isEmpty()) {
            keys.add(coarse(info));
            keys.add(fine(info));
        }
        if (!column.equals("id")) {
            keys.add("\"id\"");
        }
        return String.join(", ", keys);
    }

    /// The number of the large cube that a row lies in.
    private String coarse(TableInfo info) {
        List<String> bits = new ArrayList<>();
        for (int axis = AXES.size() - 1; axis >= 0; axis--) {
            bits.add("(" + value(axis) + " >> " + shift(info, axis) + ") << " + 21 * axis);
        }
        return "((" + String.join(") | (", bits) + "))";
    }

    /// The number of the small cube within the large one.
    private String fine(TableInfo info) {
        List<String> bits = new ArrayList<>();
        for (int axis = AXES.size() - 1; axis >= 0; axis--) {
            bits.add("((" + value(axis) + " >> " + (shift(info, axis) - FINE_BITS) + ") & 7) << " + FINE_BITS * axis);
        }
        return "((" + String.join(") | (", bits) + "))";
    }

    private String value(int axis) {
        return "(" + Sql.name(place + "_position_" + AXES.get(axis)) + "::BIGINT + " + OFFSET + ")";
    }

    private static int shift(TableInfo info, int axis) {
        VoxelSize size = info.resolution();
        double nm = axis == 0 ? size.x() : axis == 1 ? size.y() : size.z();
        return Math.max(LEAST_SHIFT, (int) Math.floor(Math.log(COARSE / nm) / Math.log(2)));
    }
}
