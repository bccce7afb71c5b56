package org.neuropil.tables.schema;

import java.util.List;

import org.neuropil.tables.column.ColumnType;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// A field of an annotation, as people fill it in. In JSON, `kind` tells which sort it is.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({@JsonSubTypes.Type(value = Field.Point.class, name = "point"),
    @JsonSubTypes.Type(value = Field.Value.class, name = "value"),
    @JsonSubTypes.Type(value = Field.Reference.class, name = "reference")})
public sealed interface Field {
    /// Its name, the same in nested rows and in columns.
    String name();

    /// Whether a row has to have it.
    boolean required();

    /// For people.
    String description();

    /// A place. In columns: `NAME_position_x`, `_y` and `_z` in voxels of the table; of a bound one `NAME_supervoxel_id`,
    /// and where it is read `NAME_root_id`.
    ///
    /// @param bound whether it belongs to a cell
    record Point(String name, boolean required, boolean bound, String description) implements Field {}

    /// A value.
    ///
    /// @param type of the value
    /// @param nullable whether null may be given
    /// @param oneOf the values that it may have, as text; empty for all
    /// @param unit of a number, for people; empty if it has none
    record Value(String name, boolean required, ColumnType type, boolean nullable, List<String> oneOf, String unit,
            String description) implements Field {
        /// Copies the list.
        public Value {
            oneOf = List.copyOf(oneOf);
        }
    }

    /// A row of the table that this one refers to: its `id`.
    record Reference(String name, boolean required, String description) implements Field {}
}
