package org.neuropil.tables.store;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.neuropil.space.InputException;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.schema.TableSchema;

/// Live rows of annotation tables, with all their history. Nothing is overwritten: a row that is updated or deleted keeps
/// standing for the moments before.
///
/// **Time** is counted in whole milliseconds and only goes forward: of two changes, the one that began after the other
/// returned has a later moment. A change is in safety, and seen by every read that begins after it returned, when its
/// method returns; one that threw has changed nothing. A moment that [#head] has returned gets no more changes.
///
/// All methods may be called from any thread, and by several processes where the store allows that.
public interface AnnotationStore extends AutoCloseable {
    /// A table in the store.
    ///
    /// @param number of the table, counted from 1 in the order in which tables were made
    /// @param created when it was made
    /// @param deleted when it was deleted; empty while it stands
    /// @param modified when rows or metadata last changed
    record Stored(int number, TableInfo info, TableSchema schema, Instant created, Optional<Instant> deleted,
            Instant modified) {}

    /// A moment at which all changes so far are made, not later than the present; no later change will have it or an
    /// earlier one. (Where the clock was set back, or more than a thousand changes a second are made, the last change
    /// itself is later than the present; then it is that one's moment.)
    Instant head() throws IOException;

    /// All tables that ever were, in the order of their numbers.
    List<Stored> tables() throws IOException;

    /// A table, also a deleted one.
    Optional<Stored> table(String name) throws IOException;

    /// Makes a table. Its schema is kept with it.
    ///
    /// @throws InputException if there is or was one of that name
    Stored create(TableInfo info, TableSchema schema) throws IOException;

    /// Says other things of a table; name, schema and reference stay.
    ///
    /// @throws InputException if there is no such table, or something changes that must stay
    Stored alter(TableInfo info) throws IOException;

    /// Deletes a table. Its rows can still be read at moments before, and its name is not free again.
    ///
    /// @throws InputException if there is no such table
    void drop(String table) throws IOException;

    /// Adds rows.
    ///
    /// @param rows columns of [TableSchema#kept] without `created`, `deleted` and `superceded_id`; `id` may be left out,
    ///     and is then counted on from the largest. Columns that may be absent may be left out
    /// @return ids, in order
    /// @throws InputException if an id is taken, or the table is not there
    long[] insert(String table, Rows rows) throws IOException;

    /// Replaces rows by others. Tables that track the targets of theirs follow in the same moment.
    ///
    /// @param ids rows that stand
    /// @param rows what takes their place, in the same order, as for [#insert] without `id`
    /// @return ids of the new rows, in order
    /// @throws InputException if a row does not stand, or is given twice
    long[] update(String table, long[] ids, Rows rows) throws IOException;

    /// Deletes rows.
    ///
    /// @param ids rows that stand
    /// @throws InputException if one does not stand, or is given twice
    void delete(String table, long[] ids) throws IOException;

    /// Says which supervoxels the points of rows lie in. This is no change of the rows: it holds at all moments, as the
    /// part of a supervoxel that was split stood for the whole before.
    ///
    /// @param column `NAME_supervoxel_id`
    /// @param supervoxels one for each id
    void bind(String table, String column, long[] ids, long[] supervoxels) throws IOException;

    /// Rows by their ids, also those that do not stand any more; unknown ids are left out.
    ///
    /// @return columns of [TableSchema#kept], ascending by id
    Rows rows(String table, long[] ids) throws IOException;

    /// Rows that came to be, and rows that ceased to stand, after one moment and up to another.
    ///
    /// @param since `Instant.MIN` for all
    /// @param until at most [#head]
    /// @return columns of [TableSchema#kept], ascending by id; a row that did both in between is among them. `deleted`
    ///     is as it is now, which may be after `until`
    Rows changes(String table, Instant since, Instant until) throws IOException;

    /// Rows outside of the store, see [Existing], that ceased to stand after one moment and up to another.
    ///
    /// @return columns `id`, `deleted`, and `superceded_id`, ascending by id
    Rows gone(String table, Instant since, Instant until) throws IOException;

    /// Those of some rows outside of the store that do not stand any more.
    ///
    /// @return columns `id`, `deleted`, and `superceded_id`, ascending by id
    Rows gone(String table, long[] ids) throws IOException;

    /// How many rows outside of the store do not stand any more.
    long goneCount(String table) throws IOException;

    /// What [#bind] was told after one moment and up to another, of rows in the store and outside. The last that was said
    /// of a row and field counts.
    ///
    /// @return columns `id`, `field` (`NAME_supervoxel_id`), `supervoxel_id`, and `bound` (when it was told), ascending by
    ///     moment, then id
    Rows bound(String table, Instant since, Instant until) throws IOException;

    /// Rows in the store that were ever made, and those of them that stand.
    ///
    /// @param all largest number of rows that there were
    /// @param standing now
    record Count(long all, long standing) {}

    /// Counts rows.
    Count count(String table) throws IOException;

    @Override
    void close() throws IOException;
}
