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

    /// What to write behind `ORDER BY`.
    String sql(TableInfo info) {
        List<String> keys = new ArrayList<>();
        if (!column.isEmpty()) {
            keys.add(Sql.name(column));
        }
        if (!place.isEmpty()) {
            VoxelSize size = info.resolution();
            double[] nm = {size.x(), size.y(), size.z()};
            StringBuilder coarse = new StringBuilder();
            StringBuilder fine = new StringBuilder();
            String[] axes = {"z", "y", "x"};
            for (int i = 0; i < axes.length; i++) {
                int shift = Math.max(LEAST_SHIFT, (int) Math.floor(Math.log(COARSE / nm[2 - i]) / Math.log(2)));
                String value = "(" + Sql.name(place + "_position_" + axes[i]) + "::BIGINT + " + OFFSET + ")";
                coarse.append(i == 0 ? "" : " | ").append("((").append(value).append(" >> ").append(shift)
                        .append(") << ").append(21 * (2 - i)).append(")");
                fine.append(i == 0 ? "" : " | ").append("(((").append(value).append(" >> ").append(shift - FINE_BITS)
                        .append(") & 7) << ").append(FINE_BITS * (2 - i)).append(")");
            }
            keys.add("(" + coarse + ")");
            keys.add("(" + fine + ")");
        }
        if (!column.equals("id")) {
            keys.add("\"id\"");
        }
        return String.join(", ", keys);
    }
}
