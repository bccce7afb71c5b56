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
    /// Edge of the cubes that come one after the other, in nm, each as eight times eight times eight small ones: rows of a
    /// cell lie together with their neighbours, which makes positions small to store and boxes few groups of rows.
    private static final double EDGE = 131_072;
    private static final int FINE_BITS = 3;
    /// Of the number of a large cube along x, y, z: with those of small ones, 32. These and two more ids are the most that
    /// DuckDB sorts by at its usual speed. It is room for 10 mm and more along each axis; what is farther away counts to the
    /// last cube.
    private static final int[] CUBE_BITS = {8, 8, 7};
    /// Cubes below zero, for the little that lies there.
    private static final int BELOW = 8;
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

    /// What comes first in it: whole numbers, absent where a row has no cell.
    String first(TableInfo info) {
        return column.isEmpty() ? cube(info) : Sql.name(column);
    }

    /// What to write behind `ORDER BY`.
    String sql(TableInfo info) {
        List<String> keys = new ArrayList<>();
        if (!column.isEmpty()) {
            keys.add(Sql.name(column));
        }
        if (!place.isEmpty()) {
            keys.add(cube(info));
        }
        if (!column.equals("id")) {
            keys.add("\"id\"");
        }
        return String.join(", ", keys);
    }

    /// The number of the small cube that a row lies in, behind that of the large one, of 32 bits without a sign.
    private String cube(TableInfo info) {
        List<String> bits = new ArrayList<>();
        int fine = 0;
        int large = AXES.size() * FINE_BITS;
        for (int axis = 0; axis < AXES.size(); axis++) {
            VoxelSize size = info.resolution();
            double nm = axis == 0 ? size.x() : axis == 1 ? size.y() : size.z();
            int shift = Math.max(LEAST_SHIFT, (int) Math.floor(Math.log(EDGE / nm) / Math.log(2)));
            String value = "greatest(" + Sql.name(place + "_position_" + AXES.get(axis)) + "::BIGINT + "
                    + ((long) BELOW << shift) + ", 0)";
            bits.add("(least(" + value + " >> " + shift + ", " + ((1 << CUBE_BITS[axis]) - 1) + ") << " + large + ")");
            bits.add("(((" + value + " >> " + (shift - FINE_BITS) + ") & " + ((1 << FINE_BITS) - 1) + ") << " + fine
                    + ")");
            fine += FINE_BITS;
            large += CUBE_BITS[axis];
        }
        return "(" + String.join(" | ", bits) + ")::UINTEGER";
    }
}
