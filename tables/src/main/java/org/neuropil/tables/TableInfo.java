package org.neuropil.tables;

import java.util.Optional;
import java.util.regex.Pattern;

import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;

/// What is said of a table.
///
/// @param name lower-case letters, digits and `_`, not beginning with a digit
/// @param schema name of the kind of its rows
/// @param description what it holds, for people
/// @param resolution size of the voxels in which its positions are given
/// @param user who owns it
/// @param reference the table whose rows `target_id` names; empty if its kind has no `target_id`
/// @param tracksTargets whether rows follow when what they refer to is updated
/// @param segmentation a volume whose ids are those of the rows; may be empty
/// @param notice what readers are told with each answer; may be empty
/// @param write who may change it
/// @param read who may read it
public record TableInfo(String name, String schema, String description, VoxelSize resolution, String user,
        Optional<String> reference, boolean tracksTargets, String segmentation, String notice, Permission write,
        Permission read) {
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    /// Who may do something.
    public enum Permission {
        /// The owner.
        PRIVATE,
        /// Members of the owner's groups.
        GROUP,
        /// Everyone.
        PUBLIC
    }

    /// @throws InputException if the name is not one
    public TableInfo {
        checkName(name, "table_name");
    }

    /// @param field where it was given
    /// @throws InputException if it cannot be a table's or column's name
    public static void checkName(String name, String field) {
        if (!NAME.matcher(name).matches() || name.contains("__")) {
            throw new InputException("'" + name + "' is no name", field,
                    "use lower-case letters, digits and single '_', at most 63, no digit first");
        }
    }
}
