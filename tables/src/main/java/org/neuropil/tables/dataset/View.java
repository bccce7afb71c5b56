package org.neuropil.tables.dataset;

import java.time.Instant;

import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.TableInfo.Permission;

import java.util.Optional;

/// A question that was given a name, under which its answer is read like a table, at any moment.
///
/// @param name as of a table; no table has it
/// @param sql one SELECT over tables and other views
/// @param description what it holds, for people
/// @param resolution size of the voxels in which its positions are given
/// @param user who made it
/// @param notice what readers are told with each answer; may be empty
/// @param created when it was made
public record View(String name, String sql, String description, VoxelSize resolution, String user, String notice,
        Instant created) {
    /// The kind that tables of this sort are said to have.
    public static final String KIND = "view";

    /// @throws InputException if the name is not one, or there is no statement
    public View {
        TableInfo.checkName(name, "name");
        if (sql.isBlank()) {
            throw new InputException("there is no statement", "sql", "give one SELECT");
        }
    }

    /// What is said of it as of a table: whoever may read the tables may read it, nobody may change it.
    public TableInfo info() {
        return new TableInfo(name, KIND, description, resolution, user, Optional.empty(), false, "", notice,
                Permission.PRIVATE, Permission.PUBLIC);
    }
}
