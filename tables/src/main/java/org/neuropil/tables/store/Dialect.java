package org.neuropil.tables.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;

/// What the two databases do in different ways.
interface Dialect {
    /// Name of a type.
    String type(ColumnType type);

    /// An expression for the microseconds since 1970 of a TIMESTAMP, as BIGINT.
    String micros(String timestamp);

    /// Statements that make indexes for a table's rows and what else is kept of them.
    ///
    /// @param number of the table
    List<String> indexes(int number);

    /// Adds rows to a physical table, whose columns they have in its order, within the transaction of a connection.
    ///
    /// @param parts one after the other, all of the same columns
    void append(Connection connection, String table, List<Rows> parts) throws SQLException;

    /// Reads what a statement answers with.
    ///
    /// @param columns those of the answer, in order
    Rows read(PreparedStatement statement, List<Column> columns) throws SQLException;

    /// A connection for reading; closing it gives it back.
    Lease reader() throws SQLException;

    /// A connection without a transaction, that commits when it is told to; closing it gives it back.
    Lease writer() throws SQLException;
}
