package org.neuropil.tables.store;

import java.io.IOException;
import java.util.List;

import org.neuropil.tables.column.Rows;

/// Rows of tables that are not in the store: those of large tables, which lie in frozen files. They count wherever the
/// store asks whether a row is there, and can be updated, deleted and bound as those in the store.
///
/// A store asks while others wait for it, so answers should be quick.
public interface Existing {
    /// There are none.
    Existing NONE = new Existing() {
        @Override
        public boolean[] exist(String table, long[] ids) {
            return new boolean[ids.length];
        }

        @Override
        public long largest(String table) {
            return -1;
        }
    };

    /// Whether there are rows outside of the store with these ids. What was deleted since by way of the store counts
    /// also.
    ///
    /// @return one for each
    boolean[] exist(String table, long[] ids) throws IOException;

    /// The largest id of a row outside of the store, -1 if there is none.
    long largest(String table) throws IOException;

    /// Rows outside of the store whose reference is among some ids. Needed only of tables that track their targets.
    ///
    /// @return columns of [org.neuropil.tables.schema.TableSchema#kept], or none if there are no rows; what was deleted
    ///     since by way of the store may be among them
    default Rows referring(String table, long[] targets) throws IOException {
        return new Rows(List.of(), List.of());
    }
}
