package org.neuropil.tables.dataset;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.neuropil.tables.TableInfo;
import org.neuropil.tables.query.Source;
import org.neuropil.tables.query.SqlView;
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

    /// What is said of a table.
    ///
    /// @throws org.neuropil.space.InputException if there is no such table
    TableInfo info(String table) throws IOException;

    /// Names of the views whose tables are all there.
    List<String> views() throws IOException;

    /// A view without rows: what it is called, its columns, the tables that it reads.
    ///
    /// @return empty if there is none of the name
    /// @throws org.neuropil.space.InputException if a table that it reads is not there
    Optional<SqlView> view(String name) throws IOException;

    /// The rows of a table, or of a view.
    ///
    /// @throws org.neuropil.space.InputException if there is no such table, or a view's tables are not there
    Source source(String table) throws IOException;

    @Override
    void close() throws IOException;
}
