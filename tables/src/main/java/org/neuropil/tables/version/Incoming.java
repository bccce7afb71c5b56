package org.neuropil.tables.version;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import org.neuropil.tables.TableInfo;
import org.neuropil.tables.schema.TableSchema;

/// A table that was frozen elsewhere: its rows come with their roots, and are kept as they are.
///
/// @param info what is said of it
/// @param schema of its rows
/// @param pieces its rows, in any order
public record Incoming(TableInfo info, TableSchema schema, List<Piece> pieces) {
    /// Some of the rows. Each piece is asked for once, when the one before has been read; so it may be fetched only then.
    @FunctionalInterface
    public interface Piece {
        /// A relation with the columns of [TableSchema#read]. Its rows are read once, and the first of them before that.
        ///
        /// @param connection to the database that it is a relation of
        /// @throws org.neuropil.space.InputException if its rows are not what the table can take
        String relation(Connection connection) throws IOException, SQLException;
    }

    /// Copies the list.
    public Incoming {
        pieces = List.copyOf(pieces);
    }
}
