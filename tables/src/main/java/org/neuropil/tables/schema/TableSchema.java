package org.neuropil.tables.schema;

import java.util.ArrayList;
import java.util.List;

import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnType;

/// The fields of a kind of annotation, and the columns that they become.
///
/// @param name of the kind
/// @param fields in order
public record TableSchema(String name, List<Field> fields) {
    /// Columns that every row has, before those of the fields.
    public static final Column ID = Column.of("id", ColumnType.ID);
    /// When the row came to be.
    public static final Column CREATED = Column.of("created", ColumnType.TIMESTAMP);
    /// When the row was deleted or replaced; absent while it stands.
    public static final Column DELETED = Column.nullable("deleted", ColumnType.TIMESTAMP);
    /// The row that replaced it; absent if none did.
    public static final Column SUPERCEDED = Column.nullable("superceded_id", ColumnType.ID);

    /// Copies the list.
    public TableSchema {
        fields = List.copyOf(fields);
    }

    /// Columns of what people give: positions and values, neither supervoxels nor roots.
    public List<Column> given() {
        List<Column> columns = new ArrayList<>();
        fields.forEach(field -> add(columns, field, false, false));
        return columns;
    }

    /// Columns of a row as it is kept: `id`, `created`, `deleted`, `superceded_id`, then fields with supervoxels.
    public List<Column> kept() {
        List<Column> columns = new ArrayList<>(List.of(ID, CREATED, DELETED, SUPERCEDED));
        fields.forEach(field -> add(columns, field, true, false));
        return columns;
    }

    /// Columns of a row as it is read at a moment: `id`, `created`, `superceded_id`, then fields with supervoxels and
    /// roots.
    public List<Column> read() {
        List<Column> columns = new ArrayList<>(List.of(ID, CREATED, SUPERCEDED));
        fields.forEach(field -> add(columns, field, true, true));
        return columns;
    }

    /// The fields that are points which belong to cells.
    public List<Field.Point> bound() {
        return fields.stream().filter(Field.Point.class::isInstance).map(Field.Point.class::cast)
                .filter(Field.Point::bound).toList();
    }

    private static void add(List<Column> columns, Field field, boolean supervoxels, boolean roots) {
        switch (field) {
            case Field.Point point -> {
                for (String axis : List.of("x", "y", "z")) {
                    columns.add(new Column(point.position(axis), ColumnType.INT32, !point.required()));
                }
                if (point.bound() && supervoxels) {
                    columns.add(Column.nullable(point.supervoxel(), ColumnType.ID));
                }
                if (point.bound() && roots) {
                    columns.add(Column.nullable(point.root(), ColumnType.ID));
                }
            }
            case Field.Value value ->
                columns.add(new Column(value.name(), value.type(), value.nullable() || !value.required()));
            case Field.Reference reference ->
                columns.add(new Column(reference.name(), ColumnType.ID, !reference.required()));
        }
    }
}
