package org.neuropil.graph.store;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/// Where a graph's rows are kept: tables of rows in the unsigned order of their keys. The smallest set of operations
/// that an embedded store and a distributed one have in common; there is no transaction over rows. Safe for any number
/// of threads.
///
/// What was acknowledged is read by every later call of every process. A call that fails with [IOException] may have
/// taken effect or not, or still do so.
///
/// Keys and values may be empty; arrays that are given or returned are the caller's. A range that does not begin before
/// its end is empty. Calls after [#close] are refused with [IllegalStateException].
public interface GraphStore extends AutoCloseable {
    /// The tables. [#BASE], [#EDGES] and [#CROSS] have rows of up to some megabytes that are written once; the others
    /// small rows.
    enum Table {
        /// What ingest wrote: hierarchy.
        BASE,
        /// What ingest wrote: edges between supervoxels.
        EDGES,
        /// What ingest wrote: edges that leave a node's chunk.
        CROSS,
        /// Parents over time.
        PARENTS,
        /// Nodes that edits made.
        NODES,
        /// Edges that edits added.
        ADDED,
        /// Operations, in order.
        OPERATIONS,
        /// Everything else: a few rows.
        META
    }

    /// A row.
    record Row(byte[] key, byte[] value) {}

    /// A row to be written.
    record Put(Table table, byte[] key, byte[] value) {}

    /// Sees rows of a scan.
    @FunctionalInterface
    interface Visitor {
        /// @return false to end the scan
        boolean visit(byte[] key, byte[] value) throws IOException;
    }

    /// Value of a row, null if there is none.
    byte @Nullable [] get(Table table, byte[] key) throws IOException;

    /// Values of many rows, in the order of the keys, null where there is none.
    List<byte @Nullable []> get(Table table, List<byte[]> keys) throws IOException;

    /// Visits rows in ascending order of their keys. Rows that are written meanwhile may be seen or not. The visitor may call
    /// the store; what it throws reaches the caller.
    ///
    /// @param from first key
    /// @param to key behind the last; null for the table's end
    void scan(Table table, byte[] from, byte @Nullable [] to, Visitor visitor) throws IOException;

    /// The last row of a range, null if it is empty.
    ///
    /// @param from first key
    /// @param to key behind the last; null for the table's end
    @Nullable
    Row last(Table table, byte[] from, byte @Nullable [] to) throws IOException;

    /// Writes rows, each atomically, all or some of them if the call fails or the process dies; of two with one key the
    /// later one stays. Rows that a later call of this process writes survive the death of the process only if these do.
    void put(List<Put> rows) throws IOException;

    /// Writes, replaces or deletes a row if it is as expected; atomic towards all other calls of all processes. When
    /// this returns true, the change and all earlier [#put]s of this process survive the loss of power.
    ///
    /// @param expected value that the row must have, null for no row
    /// @param value value to write, null to delete the row
    /// @return false if the row was not as expected
    boolean replace(Table table, byte[] key, byte @Nullable [] expected, byte @Nullable [] value) throws IOException;

    /// Writes many rows of a table, the quickest way: for tables that are written once, before others write to them. Rows
    /// that were there are replaced; loading the same rows again, after a failure, is right. When this returns, the rows
    /// survive the loss of power. Not atomic towards a [#replace] of the same row.
    ///
    /// @param rows in strictly ascending order of their keys; what it throws ends the call, and rows that it gave before may
    ///        be written or not
    /// @throws IllegalArgumentException if they are not ascending
    default void load(Table table, Iterator<Row> rows) throws IOException {
        BatchLoad.load(this, table, rows);
    }

    /// True if no other process can write to the store while it is open.
    boolean isExclusive();

    @Override
    void close() throws IOException;
}
