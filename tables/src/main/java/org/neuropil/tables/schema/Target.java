package org.neuropil.tables.schema;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.neuropil.tables.column.ColumnType;

/// What is meant by a key of a row.
sealed interface Target {
    /// A value that becomes one column.
    record Single(Cell cell) implements Target {}

    /// A list of three coordinates.
    record Position(PointCells point) implements Target {}

    /// An object with the parts of a point.
    record Nested(PointCells point, Map<String, Target> parts) implements Target {}

    /// What only the server says, whatever is given.
    record Ignored() implements Target {}

    /// What only a row has that does not stand any more.
    record Ended() implements Target {}

    /// What becomes of the keys of a row, nested and flat.
    ///
    /// @param cells by columns, in the order of [TableSchema#kept] without those that only the server says
    /// @param points the points among them
    /// @param keys what a row may hold
    record Row(Map<String, Cell> cells, Map<String, PointCells> points, Map<String, Target> keys) {
        /// @param numbered whether each row has to have an id
        static Row of(TableSchema schema, boolean numbered) {
            Map<String, Cell> cells = new LinkedHashMap<>();
            Map<String, PointCells> points = new LinkedHashMap<>();
            Map<String, Target> keys = new HashMap<>();
            Map<String, Map<String, Target>> nested = new LinkedHashMap<>();
            Cell ids = Cell.ids(TableSchema.ID.name(), !numbered);
            cells.put(TableSchema.ID.name(), ids);
            keys.put(TableSchema.ID.name(), new Single(ids));
            for (String said : new String[]{SchemaDocument.VALID, TableSchema.CREATED.name()}) {
                keys.put(said, new Ignored());
            }
            for (String said : new String[]{TableSchema.DELETED.name(), TableSchema.SUPERCEDED.name()}) {
                keys.put(said, new Ended());
            }
            for (Field field : schema.fields()) {
                switch (field) {
                    case Field.Point point -> {
                        PointCells made = PointCells.of(point);
                        made.addTo(cells);
                        points.put(point.name(), made);
                        Map<String, Target> parts = made.parts();
                        parts.forEach((part, target) -> keys.put(point.column(part), target));
                        if (!point.name().isEmpty()) {
                            nested.put(point.name(), parts);
                            keys.put(point.name(), new Nested(made, parts));
                        }
                    }
                    case Field.Value value -> cells.put(value.name(), Cell.of(value));
                    case Field.Reference reference ->
                        cells.put(reference.name(), Cell.of(new Field.Value(reference.name(), reference.required(),
                                ColumnType.ID, !reference.required(), List.of(), "", "")));
                }
            }
            for (Field field : schema.fields()) {
                if (field instanceof Field.Point) {
                    continue;
                }
                Target target = new Single(Objects.requireNonNull(cells.get(field.name())));
                keys.put(field.name(), target);
                nested.forEach((point, parts) -> {
                    if (field.name().startsWith(point + "_")) {
                        parts.put(field.name().substring(point.length() + 1), target);
                    }
                });
            }
            return new Row(cells, points, keys);
        }
    }
}
