package org.neuropil.tables.store;

import java.sql.Connection;
import java.sql.SQLException;

/// A connection that is given back.
///
/// @param back what gives it back
record Lease(Connection connection, Back back) implements AutoCloseable {
    /// Gives a connection back.
    interface Back {
        void give() throws SQLException;
    }

    @Override
    public void close() throws SQLException {
        back.give();
    }
}
