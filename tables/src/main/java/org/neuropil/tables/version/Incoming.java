package org.neuropil.tables.version;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.schema.TableSchema;

/// A table that was frozen elsewhere: its rows come with their roots, and are kept as they are.
///
/// @param info what is said of it
/// @param schema of its rows
/// @param pieces its rows, in any order
/// @param whole told when all rows are there
public record Incoming(TableInfo info, TableSchema schema, Pieces pieces, Whole whole) {
    /// Nobody is told.
    public Incoming(TableInfo info, TableSchema schema, Pieces pieces) {
        this(info, schema, pieces, _ -> {});
    }

    /// Told before the table gets its place, which it does not if this fails.
    @FunctionalInterface
    public interface Whole {
        /// @param rows how many there are
        void rows(long rows) throws IOException;
    }

    /// Rows that come piece by piece.
    @FunctionalInterface
    public interface Pieces {
        /// The next rows: a relation with the columns of [TableSchema#read]. Its rows are read once, and some of them before
        /// that; then the next piece is asked for, so it may be fetched only then, and what was fetched for this one be
        /// deleted.
        ///
        /// @param connection to the database that it is a relation of
        /// @return null if there are no more
        /// @throws org.neuropil.space.InputException if its rows are not what the table can take
        @Nullable
        String next(Connection connection) throws IOException, SQLException;
    }
}
