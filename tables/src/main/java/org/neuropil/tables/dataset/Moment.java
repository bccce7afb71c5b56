package org.neuropil.tables.dataset;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

import org.neuropil.tables.query.Source;
import org.neuropil.tables.schema.TableSchema;

/// All tables as they are at one moment. What it gives lasts until it is closed; for one thread at a time.
public interface Moment extends AutoCloseable {
    /// When.
    Instant time();

    /// Which version it is, if it is one.
    OptionalInt version();

    /// Names of the tables that there are.
    List<String> tables() throws IOException;

    /// The fields of a table.
    ///
    /// @throws org.neuropil.space.InputException if there is no such table
    TableSchema schema(String table) throws IOException;

    /// The rows of a table.
    ///
    /// @throws org.neuropil.space.InputException if there is no such table
    Source source(String table) throws IOException;

    @Override
    void close() throws IOException;
}
