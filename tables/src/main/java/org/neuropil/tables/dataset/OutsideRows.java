package org.neuropil.tables.dataset;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.neuropil.space.InputException;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.query.Answer;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.query.Hint;
import org.neuropil.tables.query.Queries;
import org.neuropil.tables.query.QueryBuilder;
import org.neuropil.tables.schema.Field;
import org.neuropil.tables.schema.TableSchema;
import org.neuropil.tables.sql.DuckRows;
import org.neuropil.tables.store.AnnotationStore;
import org.neuropil.tables.store.Existing;
import org.neuropil.tables.version.TableState;
import org.neuropil.tables.version.Version;
import org.neuropil.tables.version.Versions;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;

/// Rows that are in versions only, as those of tables that were frozen elsewhere: no store of live rows ever had them. The
/// table is made known to the store ([#adopt]), so that rows can be added to it, replaced, deleted, and referred to.
///
/// A table is such a one if a version has it that is older than the store's knowledge of it. Rows of the last of these
/// versions count.
public final class OutsideRows implements Existing {
    /// Ids that are written into a statement; more become a table.
    private static final int FEW = 1000;

    private final Engine engine;
    private final Versions versions;
    private final Map<String, Instant> adopted = new ConcurrentHashMap<>();
    private final Map<String, Long> largest = new ConcurrentHashMap<>();

    /// @param engine reads them
    /// @param versions of the dataset
    public OutsideRows(Engine engine, Versions versions) {
        this.engine = engine;
        this.versions = versions;
    }

    /// Makes tables known to a store that are in versions only, and learns which are such.
    ///
    /// @param store which asks this
    public void adopt(AnnotationStore store) throws IOException {
        List<Version> all = new ArrayList<>(versions.list());
        all.sort(Comparator.comparing(Version::time));
        if (all.isEmpty()) {
            return;
        }
        Map<String, AnnotationStore.Stored> known = new HashMap<>();
        store.tables().forEach(table -> known.put(table.info().name(), table));
        for (Version version : all) {
            if (versions.isThere(version)) {
                for (String name : version.tables().keySet()) {
                    adopt(store, version, name, known);
                }
            }
        }
        for (Version version : all) {
            for (String name : version.tables().keySet()) {
                AnnotationStore.Stored stored = known.get(name);
                if (stored != null && version.time().isBefore(stored.created())) {
                    adopted.put(name, stored.created());
                }
            }
        }
    }

    private void adopt(AnnotationStore store, Version version, String name,
            Map<String, AnnotationStore.Stored> known) throws IOException {
        if (known.containsKey(name) || !version.tables().containsKey(name)) {
            return;
        }
        TableState state = versions.table(version, name);
        Optional<String> target = state.info().reference();
        if (target.isPresent() && !target.get().equals(name)) {
            adopt(store, version, target.get(), known);
            AnnotationStore.Stored there = known.get(target.get());
            if (there == null || there.deleted().isPresent()) {
                return; // it can be asked for at its version only
            }
        }
        try {
            known.put(name, store.create(state.info(), state.schema()));
        } catch (InputException e) {
            // Another server of the same rows may have been faster.
            known.put(name, store.table(name).orElseThrow(() -> e));
        }
    }

    /// Since when a table has been there with rows that are in versions only; empty if all its rows are in the store.
    Optional<Instant> since(String table) throws IOException {
        return before(table).stream().map(Version::time).min(Comparator.naturalOrder());
    }

    /// Versions with rows of a table that no store had.
    private List<Version> before(String table) throws IOException {
        Instant made = adopted.get(table);
        return made == null
                ? List.of()
                : versions.list().stream().filter(version -> version.tables().containsKey(table))
                        .filter(version -> version.time().isBefore(made)).filter(versions::isThere).toList();
    }

    private Optional<TableState> last(String table) throws IOException {
        Optional<Version> last = before(table).stream().max(Comparator.comparing(Version::time));
        return last.isEmpty() ? Optional.empty() : Optional.of(versions.table(last.get(), table));
    }

    /// How many rows of a table there are.
    long count(String table) throws IOException {
        return before(table).stream().max(Comparator.comparing(Version::time))
                .map(version -> version.tables().get(table)).map(Version.Table::rows).orElse(0L);
    }

    @Override
    public boolean[] exist(String table, long[] ids) throws IOException {
        boolean[] exist = new boolean[ids.length];
        Optional<TableState> state = last(table);
        if (state.isEmpty() || ids.length == 0) {
            return exist;
        }
        Long2IntOpenHashMap places = new Long2IntOpenHashMap(ids.length);
        for (int i = 0; i < ids.length; i++) {
            places.put(ids[i], i);
        }
        String from = state.get().relation(new Hint(Map.of("id", ids)));
        try (Engine.Lease lease = engine.lease(); Statement statement = lease.connection().createStatement()) {
            try (ResultSet found = statement
                    .executeQuery("SELECT id FROM " + from + " t" + among(lease.connection(), ids))) {
                while (found.next()) {
                    exist[places.get(found.getLong(1))] = true;
                }
            }
        } catch (SQLException e) {
            throw failure(table, e);
        }
        return exist;
    }

    /// A condition on ids.
    private static String among(Connection connection, long[] ids) throws SQLException {
        if (ids.length <= FEW) {
            return " WHERE id IN (" + Arrays.stream(ids).mapToObj(Long::toString).collect(Collectors.joining(", "))
                    + ")";
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE TEMP TABLE asked (id BIGINT)");
        }
        DuckRows.append(connection, "temp", "asked", List.of(
                new Rows(List.of(Column.of("id", ColumnType.ID)), List.of(new ColumnData.Longs(ids, null)))));
        return " SEMI JOIN asked USING (id)";
    }

    private static IOException failure(String table, SQLException e) {
        return new IOException("frozen rows of table '" + table + "' cannot be read: " + e.getMessage(), e);
    }

    @Override
    public long largest(String table) throws IOException {
        Optional<Version> last = before(table).stream().max(Comparator.comparing(Version::time));
        if (last.isEmpty()) {
            return -1;
        }
        String key = last.get().number() + " " + table;
        Long known = largest.get(key);
        if (known == null) {
            try (Engine.Lease lease = engine.lease();
                    Statement statement = lease.connection().createStatement();
                    ResultSet row = statement.executeQuery("SELECT coalesce(max(id), -1) FROM "
                            + versions.table(last.get(), table).relation(Hint.NONE) + " t")) {
                row.next();
                known = row.getLong(1);
            } catch (SQLException e) {
                throw failure(table, e);
            }
            largest.put(key, known);
        }
        return known;
    }

    @Override
    public Rows referring(String table, long[] targets) throws IOException {
        Optional<TableState> state = last(table);
        Optional<String> column = state.stream().flatMap(one -> one.schema().fields().stream())
                .filter(Field.Reference.class::isInstance).map(Field::name).findFirst();
        return state.isEmpty() || column.isEmpty() || targets.length == 0
                ? new Rows(List.of(), List.of())
                : kept(state.get(), column.get(), targets);
    }

    /// Rows by their ids, as the store would have them; unknown ids are left out.
    ///
    /// @return columns of [TableSchema#kept], ascending by id; what was deleted since by way of the store is among them
    Rows rows(String table, long[] ids) throws IOException {
        Optional<TableState> state = last(table);
        return state.isEmpty() || ids.length == 0
                ? new Rows(List.of(), List.of())
                : kept(state.get(), TableSchema.ID.name(), ids);
    }

    private Rows kept(TableState state, String column, long[] values) throws IOException {
        String name = state.info().name();
        Rows read;
        try (Answer answer = new Queries(engine, Map.of(name, state))
                .ask(QueryBuilder.from(name).in(column, values).orderBy("id", false).build())) {
            read = answer.rows();
        }
        BitSet all = new BitSet();
        all.set(0, read.size());
        List<Column> columns = state.schema().kept();
        List<ColumnData> data = new ArrayList<>();
        for (Column one : columns) {
            data.add(one.equals(TableSchema.DELETED)
                    ? new ColumnData.Longs(new long[read.size()], all)
                    : read.data().get(read.index(one.name())));
        }
        return new Rows(columns, data);
    }
}
