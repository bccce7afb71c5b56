package org.neuropil.tables.schema;

import java.util.List;
import java.util.Optional;

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
    /// @param name empty where the row itself is the point (`derived_spatial_point` alone): its columns have no prefix
    /// @param bound whether it belongs to a cell
    record Point(String name, boolean required, boolean bound, String description) implements Field {
        /// The column of a coordinate.
        ///
        /// @param axis `x`, `y` or `z`
        public String position(String axis) {
            return column("position_" + axis);
        }

        /// The column of its supervoxels.
        public String supervoxel() {
            return column("supervoxel_id");
        }

        /// The column of its roots.
        public String root() {
            return column("root_id");
        }

        /// What a part of it is called where rows are flat: `NAME_PART`.
        String column(String part) {
            return name.isEmpty() ? part : name + "_" + part;
        }
    }

    /// A value.
    ///
    /// @param type of the value
    /// @param nullable whether null may be given where it is required; where it is not, null is as good as nothing
    /// @param oneOf the values that it may have, as text; empty for all
    /// @param unit of a number, for people; empty if it has none
    /// @param indexed whether it is often searched for
    /// @param otherwise what it is in a new row that does not give it, as text; empty for absent. A required field has to
    ///     be given all the same
    record Value(String name, boolean required, ColumnType type, boolean nullable, List<String> oneOf, String unit,
            String description, boolean indexed, Optional<String> otherwise) implements Field {
        /// Copies the list.
        public Value {
            oneOf = List.copyOf(oneOf);
        }

        /// One that is not indexed, and absent where it is not given.
        public Value(String name, boolean required, ColumnType type, boolean nullable, List<String> oneOf, String unit,
                String description) {
            this(name, required, type, nullable, oneOf, unit, description, false, Optional.empty());
        }
    }

    /// A row of the table that this one refers to: its `id`.
    record Reference(String name, boolean required, String description) implements Field {}
}
