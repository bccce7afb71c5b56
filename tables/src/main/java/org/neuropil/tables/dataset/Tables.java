package org.neuropil.tables.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.Roots;
import org.neuropil.tables.Supervoxels;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.query.Source;
import org.neuropil.tables.query.SqlView;
import org.neuropil.tables.schema.Field;
import org.neuropil.tables.schema.Schemas;
import org.neuropil.tables.schema.TableSchema;
import org.neuropil.tables.store.AnnotationStore;
import org.neuropil.tables.version.FrozenTable;
import org.neuropil.tables.version.Overlay;
import org.neuropil.tables.version.RowHistory;
import org.neuropil.tables.version.TableState;
import org.neuropil.tables.version.Version;
import org.neuropil.tables.version.Versions;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/// The tables of a dataset: at any moment, and at its versions. May be used by any number of threads.
public final class Tables implements AutoCloseable {
    private final Path dataset;
    private final Engine engine;
    private final AnnotationStore store;
    private final Roots roots;
    private final Supervoxels supervoxels;
    private final Versions versions;
    private final OutsideRows outside;
    private final Schemas schemas;
    private final Views views;
    private final Map<String, OverlayPool> pools = new ConcurrentHashMap<>();

    /// Puts them together.
    ///
    /// @param dataset its folder
    /// @param engine answers queries; closed with this
    /// @param store holds live rows; closed with this
    /// @param roots of the dataset's cells; not closed
    /// @param supervoxels of its volume
    public Tables(Path dataset, Engine engine, AnnotationStore store, Roots roots, Supervoxels supervoxels) {
        this(dataset, engine, store, roots, supervoxels, new OutsideRows(engine, new Versions(dataset)));
    }

    /// Puts them together.
    ///
    /// @param outside rows that are in versions only, which the store knows of
    public Tables(Path dataset, Engine engine, AnnotationStore store, Roots roots, Supervoxels supervoxels,
            OutsideRows outside) {
        this.dataset = dataset;
        this.outside = outside;
        this.engine = engine;
        this.store = store;
        this.roots = roots;
        this.supervoxels = supervoxels;
        versions = new Versions(dataset);
        schemas = new Schemas(dataset.resolve("tables").resolve("schemas"));
        views = new Views(dataset);
    }

    /// The dataset's folder.
    public Path folder() {
        return dataset;
    }

    /// Answers queries over what [Moment#source] gives.
    public Engine engine() {
        return engine;
    }

    /// The live rows. Points of rows that are added by it are not bound; see [#insert].
    public AnnotationStore store() {
        return store;
    }

    /// The kinds of annotations, known ones and the dataset's own.
    public Schemas schemas() {
        return schemas;
    }

    /// The views, which are read as tables by [Moment#source].
    public Views views() {
        return views;
    }

    /// @throws InputException if a view has the name, or a table of a version that the store does not know of yet; a new
    ///     table cannot have it then
    public void checkFree(String name) throws IOException {
        for (Version version : versions.list()) {
            if (version.tables().containsKey(name) && store.table(name).isEmpty()) {
                throw new InputException("version " + version.number() + " has a table '" + name + "'", "table_name",
                        "give the table another name");
            }
        }
        if (views.find(name).isPresent()) {
            throw new InputException("there is a view '" + name + "'", "table_name", "give the table another name");
        }
    }

    /// Makes a view. Its tables have to be there now.
    ///
    /// @param resolution of its points; empty if all tables that it reads have the same
    /// @param replace true to put it in the place of a view of the same name
    /// @throws InputException if it cannot be read, a table or another view has the name, or it has points and its tables
    ///     have several resolutions
    public View createView(String name, String sql, String description, Optional<VoxelSize> resolution, String user,
            String notice, boolean replace) throws IOException {
        if (store.table(name).isPresent()) {
            throw new InputException("there is a table '" + name + "', or was one", "name", "give it another name");
        }
        try (Moment moment = now()) {
            VoxelSize unit = new VoxelSize(1, 1, 1);
            View draft = new View(name, sql, description, resolution.orElse(unit), user, notice,
                    Instant.now().truncatedTo(ChronoUnit.MILLIS));
            SqlView read = new MomentViews(views, engine, moment).describe(draft);
            if (resolution.isEmpty()
                    && read.columns().stream().anyMatch(column -> column.name().endsWith("_position_x"))) {
                Set<VoxelSize> sizes = new LinkedHashSet<>();
                for (Source source : read.sources().values()) {
                    sizes.add(source.info().resolution());
                }
                if (sizes.size() != 1) {
                    throw new InputException("the tables of the view have " + sizes.size() + " resolutions",
                            "resolution",
                            "say in which voxels its positions are");
                }
                unit = sizes.iterator().next();
            }
            View view = new View(name, sql, description, resolution.orElse(unit), user, notice, draft.created());
            views.put(view, replace);
            return view;
        }
    }

    /// Where roots come from.
    public Roots roots() {
        return roots;
    }

    /// The frozen states.
    public Versions versions() {
        return versions;
    }

    /// The present: everything that was acknowledged before is seen.
    public Moment now() throws IOException {
        Instant rows = store.head();
        Instant head = roots.head();
        // Roots of a moment that lies between the last edit and the present are those of the present.
        return new LiveMoment(rows, head.isAfter(rows) ? head : rows);
    }

    /// A moment of the past.
    ///
    /// @throws InputException if it lies in the future
    public Moment at(Instant time) throws IOException {
        Instant head = store.head();
        if (time.isAfter(head)) {
            throw new InputException(time + " lies in the future", "timestamp", "the last moment is " + head);
        }
        return new LiveMoment(time, time);
    }

    /// A version.
    ///
    /// @throws InputException if there is none of that number
    public Moment version(int number) throws IOException {
        return new FrozenMoment(versions, versions.find(number), views, engine);
    }

    /// Freezes the present.
    ///
    /// @param number of the version; empty for the next one
    public Version freeze(OptionalInt number, String description) throws IOException {
        Instant time = store.head();
        Instant head = roots.head();
        if (head.isAfter(time)) {
            // Only a clock that was set back makes this long; usually it is a millisecond.
            throw new InputException("the last edit is of " + head + ", which lies in the future", "timestamp",
                    "set the clock right, or try again");
        }
        List<Version> before = versions.list();
        int next = before.isEmpty() ? 1 : before.getLast().number() + 1;
        List<Overlay> overlays = new ArrayList<>();
        try (Engine.Lease lease = engine.lease()) {
            try {
                List<TableState> states = new ArrayList<>();
                for (AnnotationStore.Stored table : standing(time)) {
                    Overlay overlay = fromFrozen(table, before);
                    overlays.add(overlay);
                    overlay.move(lease.connection(), time, time);
                    states.add(overlay.state());
                }
                Version version = versions.create(lease.connection(), number.orElse(next), time, description, states);
                forget();
                return version;
            } finally {
                for (Overlay overlay : overlays) {
                    overlay.drop(lease.connection());
                }
            }
        } catch (SQLException e) {
            throw new IOException("tables cannot be frozen: " + e.getMessage(), e);
        }
    }

    /// Deletes the files of a version, if they come out the same when they are made again; see [#rebuild].
    ///
    /// @return how many bytes they had
    /// @throws InputException if there is no such version, others stand on its files, or they do not come out the same
    public long drop(int number) throws IOException {
        Version version = versions.find(number);
        long bytes = remade(version, versions::drop);
        // Overlays may stand on what was deleted.
        forget();
        return bytes;
    }

    /// Has overlays made anew, from the versions that there are now; who reads one keeps it.
    private void forget() throws IOException {
        for (OverlayPool pool : pools.values()) {
            pool.clear();
        }
    }

    /// Makes the files of a version again that [#drop] deleted: the same bytes.
    ///
    /// @throws InputException if there is no such version, it has its files, or they do not come out the same
    public Version rebuild(int number) throws IOException {
        Version version = versions.find(number);
        remade(version, (connection, of, states) -> {
            versions.restore(connection, of, states);
            return 0;
        });
        return version;
    }

    private interface Remade {
        long use(Connection connection, Version version, List<TableState> states) throws IOException, SQLException;
    }

    private long remade(Version version, Remade use) throws IOException {
        List<Overlay> overlays = new ArrayList<>();
        try (Engine.Lease lease = engine.lease()) {
            try {
                List<TableState> states = new ArrayList<>();
                for (Versions.Own own : versions.own(version)) {
                    Optional<Instant> frozen = outside.since(own.info().name());
                    if (store.table(own.info().name()).isEmpty() || own.base() == null && frozen.isPresent()) {
                        throw new InputException("the rows of table '" + own.info().name() + "' are nowhere else",
                                "version " + version.number(), "keep its files");
                    }
                    Overlay overlay = new Overlay(own.info(), own.schema(), own.base(),
                            own.base() == null ? Instant.EPOCH : own.base().moment(),
                            RowHistory.of(store, own.info().name()), roots, supervoxels);
                    overlays.add(overlay);
                    overlay.move(lease.connection(), version.time(), version.time());
                    states.add(overlay.state());
                }
                return use.use(lease.connection(), version, states);
            } finally {
                for (Overlay overlay : overlays) {
                    overlay.drop(lease.connection());
                }
            }
        } catch (SQLException e) {
            throw new IOException("a version cannot be made again: " + e.getMessage(), e);
        }
    }

    /// What changed since the frozen rows that the last version stands on.
    private Overlay fromFrozen(AnnotationStore.Stored table, List<Version> before) throws IOException {
        Optional<Version> last = before.stream()
                .filter(version -> version.tables().containsKey(table.info().name())).filter(versions::isThere)
                .max(Comparator.comparing(Version::time).thenComparing(Version::number));
        FrozenTable base = last.isEmpty() ? null : versions.base(last.get(), table.info().name());
        return overlay(table, base, base == null ? Instant.EPOCH : base.moment());
    }

    private Overlay overlay(AnnotationStore.Stored table, @Nullable Source base, Instant at) {
        return new Overlay(table.info(), table.schema(), base, at, RowHistory.of(store, table.info().name()), roots,
                supervoxels);
    }

    private List<AnnotationStore.Stored> standing(Instant at) throws IOException {
        List<AnnotationStore.Stored> standing = new ArrayList<>();
        for (AnnotationStore.Stored table : store.tables()) {
            if (table.deleted().map(deleted -> deleted.isAfter(at)).orElse(true) && (!table.created().isAfter(at)
                    || outside.since(table.info().name()).map(since -> !since.isAfter(at)).orElse(false))) {
                standing.add(table);
            }
        }
        return standing;
    }

    /// Rows by their ids, also those that do not stand any more; unknown ids are left out.
    ///
    /// @return columns of [TableSchema#kept], ascending by id
    public Rows rows(String table, long[] ids) throws IOException {
        Rows inside = store.rows(table, ids);
        LongOpenHashSet known = new LongOpenHashSet(inside.longs(TableSchema.ID.name()));
        Rows frozen = outside.rows(table, Arrays.stream(ids).filter(id -> !known.contains(id)).distinct().toArray());
        if (frozen.size() == 0) {
            return inside;
        }
        Rows gone = store.gone(table, frozen.longs(TableSchema.ID.name()));
        return RowMerge.byId(inside, RowMerge.ended(frozen, gone));
    }

    /// Counts rows, of which some may be in versions only.
    public AnnotationStore.Count count(String table) throws IOException {
        AnnotationStore.Count inside = store.count(table);
        long frozen = outside.count(table);
        long gone = frozen == 0 ? 0 : store.goneCount(table);
        return new AnnotationStore.Count(inside.all() + frozen, inside.standing() + frozen - gone);
    }

    private OverlayPool.Lent lend(AnnotationStore.Stored table, Instant rows, Instant at) throws IOException {
        String name = table.info().name();
        return pools.computeIfAbsent(name, key -> new OverlayPool(engine)).lend(rows, at, moment -> {
            List<Version> with = versions.list().stream().filter(version -> version.tables().containsKey(name))
                    .filter(versions::isThere).toList();
            Optional<Version> base = with.stream().filter(version -> !version.time().isAfter(moment))
                    .max(Comparator.comparing(Version::time));
            return base.isEmpty()
                    ? overlay(table, null, Instant.EPOCH)
                    : overlay(table, versions.table(base.get(), name), base.get().time());
        });
    }

    /// Adds rows, and looks up which supervoxels their points lie in where the rows do not say it.
    ///
    /// @param rows as for [AnnotationStore#insert]
    /// @return ids, in order
    public long[] insert(String table, Rows rows) throws IOException {
        return store.insert(table, bind(table, rows));
    }

    /// Replaces rows, and looks up the supervoxels of the new ones where they do not say them.
    ///
    /// @param rows as for [AnnotationStore#update]
    /// @return ids of the new rows, in order
    public long[] update(String table, long[] ids, Rows rows) throws IOException {
        return store.update(table, ids, bind(table, rows));
    }

    private Rows bind(String table, Rows rows) throws IOException {
        AnnotationStore.Stored stored = store.table(table).orElseThrow(() -> noTable(table, List.of()));
        List<Column> columns = new ArrayList<>(rows.columns());
        List<ColumnData> data = new ArrayList<>(rows.data());
        for (Field.Point point : stored.schema().bound()) {
            int index = rows.index(point.supervoxel());
            if (rows.index(point.position("x")) >= 0) {
                ColumnData bound = bound(stored.info(), point, rows, index < 0
                        ? null
                        : (ColumnData.Longs) rows.data().get(index));
                if (index < 0) {
                    columns.add(Column.nullable(point.supervoxel(), ColumnType.ID));
                    data.add(bound);
                } else {
                    data.set(index, bound);
                }
            }
        }
        return new Rows(columns, data);
    }

    /// The supervoxels of a point in rows: what was given, and else what is at the position.
    private ColumnData bound(TableInfo table, Field.Point point, Rows rows, ColumnData.@Nullable Longs given)
            throws IOException {
        ColumnData.Ints x = ints(rows, point, "x");
        ColumnData.Ints y = ints(rows, point, "y");
        ColumnData.Ints z = ints(rows, point, "z");
        BitSet absent = new BitSet();
        int[] open = new int[rows.size()];
        int count = 0;
        for (int row = 0; row < rows.size(); row++) {
            if (given == null || given.isAbsent(row)) {
                if (x.isAbsent(row) || y.isAbsent(row) || z.isAbsent(row)) {
                    absent.set(row);
                } else {
                    open[count++] = row;
                }
            }
        }
        int[] asked = Arrays.copyOf(open, count);
        long[] found = supervoxels.at(take(x, asked), take(y, asked), take(z, asked), table.resolution(), Roots.NOW);
        long[] values = given == null ? new long[rows.size()] : given.values().clone();
        for (int i = 0; i < count; i++) {
            values[asked[i]] = found[i];
        }
        return new ColumnData.Longs(values, absent.isEmpty() ? null : absent);
    }

    private static ColumnData.Ints ints(Rows rows, Field.Point point, String axis) {
        int index = rows.index(point.position(axis));
        if (index < 0 || !(rows.data().get(index) instanceof ColumnData.Ints ints)) {
            throw new InputException("a position has x, y, and z", point.position(axis), "give all three");
        }
        return ints;
    }

    private static int[] take(ColumnData.Ints values, int[] which) {
        int[] taken = new int[which.length];
        for (int i = 0; i < which.length; i++) {
            taken[i] = values.values()[which[i]];
        }
        return taken;
    }

    private static InputException noTable(String name, List<String> tables) {
        return new InputException("there is no table '" + name + "'", "table",
                tables.isEmpty()
                        ? "'neuropil table list' tells which there are"
                        : "there are " + String.join(", ", tables));
    }

    private final class LiveMoment implements Moment {
        private final Instant rows;
        private final Instant roots;
        private final Map<String, Used> used = new ConcurrentHashMap<>();

        private record Used(OverlayPool pool, OverlayPool.Lent lent) {}

        private LiveMoment(Instant rows, Instant roots) {
            this.rows = rows;
            this.roots = roots;
        }

        @Override
        public Instant time() {
            return roots;
        }

        @Override
        public OptionalInt version() {
            return OptionalInt.empty();
        }

        @Override
        public List<String> tables() throws IOException {
            return standing(rows).stream().map(table -> table.info().name()).sorted().toList();
        }

        private AnnotationStore.Stored table(String name) throws IOException {
            return standing(rows).stream().filter(table -> table.info().name().equals(name)).findFirst()
                    .orElseThrow(() -> noTable(name, List.of()));
        }

        @Override
        public TableSchema schema(String table) throws IOException {
            return table(table).schema();
        }

        @Override
        public TableInfo info(String table) throws IOException {
            return table(table).info();
        }

        @Override
        public List<String> views() throws IOException {
            return own().names();
        }

        @Override
        public Optional<SqlView> view(String name) throws IOException {
            return own().find(name, false);
        }

        private MomentViews own() {
            return new MomentViews(views, engine, this);
        }

        @Override
        public Source source(String table) throws IOException {
            Optional<SqlView> view = own().find(table, true);
            return view.isPresent() ? view.get() : state(table);
        }

        private TableState state(String table) throws IOException {
            Used found = used.get(table);
            if (found == null) {
                OverlayPool.Lent lent = lend(table(table), rows, roots);
                found = new Used(Objects.requireNonNull(pools.get(table)), lent);
                used.put(table, found);
            }
            return found.lent().state();
        }

        @Override
        public void close() throws IOException {
            for (Used one : used.values()) {
                one.pool().back(one.lent());
            }
            used.clear();
        }
    }

    @Override
    public void close() throws IOException {
        try (engine) {
            store.close();
        }
    }
}
