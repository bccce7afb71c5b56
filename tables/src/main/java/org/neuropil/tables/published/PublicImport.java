package org.neuropil.tables.published;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Progress;
import org.neuropil.space.InputException;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.load.DumpHeader;
import org.neuropil.tables.load.FrozenRows;
import org.neuropil.tables.published.PublicDataset.Layout;
import org.neuropil.tables.published.PublicDataset.PublicTable;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.schema.TableSchema;
import org.neuropil.tables.store.AnnotationStore;
import org.neuropil.tables.version.Incoming;
import org.neuropil.tables.version.Version;
import org.neuropil.tables.version.Versions;

/// Brings tables of a published dataset into a dataset's folder, as a version of it: looks where they lie ([#plan]), then
/// fetches, checks and sorts them one after the other ([#run]). Each is in its place as a whole when the next one begins, and
/// what was fetched of one when the work was stopped is not fetched again.
public final class PublicImport {
    /// Files up to here are read once more to see whether an id comes twice.
    private static final long LOOKED_AT_TWICE = 256L << 20;

    private final Path folder;
    private final Path work;
    private final Engine engine;

    /// @param folder of the dataset, which need not exist
    /// @param work for files that are fetched
    /// @param engine reads and sorts
    public PublicImport(Path folder, Path work, Engine engine) {
        this.folder = folder;
        this.work = work;
        this.engine = engine;
    }

    /// What is going to be brought in.
    ///
    /// @param dataset where it comes from
    /// @param version of it
    /// @param items tables, those first that others refer to
    /// @param missing tables that lie in none of the places
    /// @param there tables that the dataset has already
    public record Plan(PublicDataset dataset, int version, List<Item> items, List<String> missing,
            List<String> there) {
        /// Copies the lists.
        public Plan {
            items = List.copyOf(items);
            missing = List.copyOf(missing);
            there = List.copyOf(there);
        }

        /// How many bytes the files have, as far as that is told.
        public long bytes() {
            return items.stream().mapToLong(item -> Math.max(0, item.bytes())).sum();
        }
    }

    /// A table that was found.
    public static final class Item {
        private final PublicTable table;
        private final Layout layout;
        private final Origin origin;
        private final List<DeltaLog.Data> files;
        private final Map<String, String> header;

        private Item(PublicTable table, Layout layout, Origin origin, List<DeltaLog.Data> files,
                Map<String, String> header) {
            this.table = table;
            this.layout = layout;
            this.origin = origin;
            this.files = files;
            this.header = header;
        }

        /// What is known of it.
        public PublicTable table() {
            return table;
        }

        /// Address of its file, or of the folder of its files.
        public String from() {
            return origin.uri(layout.data());
        }

        /// How many files there are.
        public int files() {
            return files.size();
        }

        /// How many bytes they have; -1 if that is not told.
        public long bytes() {
            return files.stream().anyMatch(file -> file.bytes() < 0)
                    ? -1
                    : files.stream().mapToLong(DeltaLog.Data::bytes).sum();
        }

        /// Whether they have to be fetched.
        public boolean isRemote() {
            return !origin.isLocal();
        }

        private String key(DeltaLog.Data file) {
            return layout.kind() == Layout.Kind.delta ? layout.data() + "/" + file.path() : file.path();
        }
    }

    /// Looks where tables lie.
    ///
    /// @param from address of a folder in place of those that the description names
    /// @param tables that are wanted, with those that they refer to; empty for all
    /// @throws InputException if there is no such version or table, or a table that is wanted lies nowhere
    public Plan plan(PublicDataset dataset, int version, Optional<String> from, List<String> tables)
            throws IOException {
        dataset.version(version);
        List<PublicTable> wanted = wanted(dataset, version, tables);
        Versions versions = new Versions(folder);
        Optional<Version> before = versions.list().stream().filter(one -> one.number() == version).findFirst();
        List<Origin> origins = new ArrayList<>();
        for (String source : from.map(List::of).orElse(dataset.sources())) {
            origins.add(Origin.open(PublicDataset.filled(source, "", version)));
        }
        List<Item> items = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        List<String> there = new ArrayList<>();
        for (PublicTable table : wanted) {
            if (before.isPresent() && before.get().tables().containsKey(table.name())) {
                there.add(table.name());
                continue;
            }
            Optional<Item> found = find(dataset, table, version, origins);
            if (found.isPresent()) {
                items.add(found.get());
            } else {
                missing.add(table.name());
            }
        }
        List<String> asked = missing.stream().filter(tables::contains).toList();
        if (!asked.isEmpty() || items.isEmpty() && there.isEmpty()) {
            List<String> refused = origins.stream().flatMap(origin -> origin.refused().stream())
                    .map(e -> String.valueOf(e.getMessage())).distinct().limit(1).toList();
            throw new InputException((asked.isEmpty() ? "no table" : String.join(", ", asked)) + " of " + dataset.name()
                    + "@" + version + " was found", String.join(", ", origins.stream().map(Origin::address).toList()),
                    refused.isEmpty()
                            ? "--from names another folder or address; a dump is {table}_merged.csv.gz with "
                                    + "{table}_merged_header.csv"
                            : "the last answer was: " + refused.getFirst());
        }
        return new Plan(dataset, version, items, missing, there);
    }

    /// Looks whether somebody made a table here that has the name of one that is wanted. Nothing is fetched.
    ///
    /// @param tables as for [#plan]
    /// @param live tables that the dataset's store of live rows has
    /// @throws InputException if so; their rows would become one table
    public void checkNames(PublicDataset dataset, int version, List<String> tables, List<AnnotationStore.Stored> live)
            throws IOException {
        dataset.version(version);
        Set<String> names = wanted(dataset, version, tables).stream().map(PublicTable::name)
                .collect(Collectors.toSet());
        List<Version> versions = new Versions(folder).list();
        for (AnnotationStore.Stored stored : live) {
            String name = stored.info().name();
            if (names.contains(name) && Published.isOwn(folder, dataset.name(), stored, versions)) {
                throw new InputException("there is a table '" + name + "' of user '" + stored.info().user()
                        + "', made here" + (stored.deleted().isPresent() ? " and deleted" : ""), folder.toString(),
                        "bring " + dataset.name() + " into another folder, or leave " + name
                                + " out by naming the others with --tables");
            }
        }
    }

    private static List<PublicTable> wanted(PublicDataset dataset, int version, List<String> names) {
        List<PublicTable> all = dataset.tables().stream().filter(table -> table.isIn(version)).toList();
        LinkedHashSet<String> wanted = new LinkedHashSet<>();
        List<String> known = all.stream().map(PublicTable::name).toList();
        for (String name : names.isEmpty() ? known : names) {
            if (!known.contains(name)) {
                throw new InputException(dataset.name() + "@" + version + " has no table '" + name + "'", "--tables",
                        "there are " + String.join(", ", known));
            }
            add(dataset, name, wanted, 0);
        }
        return wanted.stream().flatMap(name -> dataset.table(name).stream()).toList();
    }

    private static void add(PublicDataset dataset, String name, LinkedHashSet<String> wanted, int depth) {
        Optional<PublicTable> table = dataset.table(name);
        if (depth > dataset.tables().size()) {
            throw new InputException("tables refer to each other in a circle", "tables, " + name, "");
        }
        if (table.isPresent()) {
            if (!table.get().reference().isEmpty()) {
                add(dataset, table.get().reference(), wanted, depth + 1);
            }
            wanted.add(name);
        }
    }

    private Optional<Item> find(PublicDataset dataset, PublicTable table, int version, List<Origin> origins)
            throws IOException {
        List<Layout> layouts = new ArrayList<>(table.files());
        layouts.addAll(dataset.layouts());
        for (Origin origin : origins) {
            for (Layout pattern : layouts) {
                Layout layout = pattern.of(table.name(), version);
                Optional<Item> found = switch (layout.kind()) {
                    case dump -> dump(origin, table, layout);
                    case rows -> origin.size(layout.data())
                            .map(bytes -> new Item(table, layout, origin, one(layout, bytes), Map.of()));
                    case delta -> DeltaTable.files(origin, layout.data(), engine, work)
                            .map(files -> new Item(table, layout, origin, files, Map.of()));
                };
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static List<DeltaLog.Data> one(Layout layout, long bytes) {
        return List.of(new DeltaLog.Data(layout.data(), bytes, Map.of()));
    }

    private static Optional<Item> dump(Origin origin, PublicTable table, Layout layout) throws IOException {
        Optional<Long> bytes = origin.size(layout.data());
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        Optional<byte[]> header = origin.small(layout.header());
        return header.map(names -> new Item(table, layout, origin, one(layout, bytes.get()),
                DumpHeader.parse(names, origin.uri(layout.header()))));
    }

    /// What was brought in.
    ///
    /// @param table its name
    /// @param rows how many it has
    /// @param expected how many it is known to have, or about; empty if that is not known
    /// @param ignored columns of the files that were not read
    /// @param absent columns that the files did not have
    public record Done(String table, long rows, Optional<Long> expected, List<String> ignored, List<String> absent) {}

    /// Told when a table is in its place.
    @FunctionalInterface
    public interface Listener {
        /// A table is there.
        void done(Done table) throws IOException;
    }

    /// Fetches, checks and sorts the tables of a plan.
    ///
    /// @param progress of what is fetched, in pieces of 8 MiB, and read, in files
    /// @throws InputException at the first row that cannot be taken; its table is not there then
    public void run(Plan plan, Progress progress, Listener listener) throws IOException {
        for (Item item : plan.items()) {
            listener.done(bring(plan, item, progress));
        }
    }

    private Done bring(Plan plan, Item item, Progress progress) throws IOException {
        PublicTable table = item.table();
        Instant time = plan.dataset().version(plan.version()).time();
        TableInfo info = table.info(plan.dataset().name(), item.layout.notice());
        TableSchema schema = table.tableSchema();
        TreeSet<String> ignored = new TreeSet<>();
        LinkedHashSet<String> absent = new LinkedHashSet<>();
        Reading reading = new Reading(item, info, schema, time, ignored, absent, progress);
        // Before the table is in its place, after which it would not be brought again.
        Incoming incoming = new Incoming(info, schema, reading::next,
                rows -> Published.add(folder, plan.dataset(), new Published.Imported(plan.version(), table.name(),
                        rows, item.from(), item.bytes(), List.copyOf(ignored), List.copyOf(absent), Instant.now())));
        Versions versions = new Versions(folder);
        Version version;
        try (Engine.Lease lease = engine.lease()) {
            try {
                boolean first = versions.list().stream().noneMatch(one -> one.number() == plan.version());
                version = first
                        ? versions.publish(lease.connection(), plan.version(), time,
                                plan.dataset().name() + " version " + plan.version(), List.of(incoming))
                        : versions.add(lease.connection(), plan.version(), incoming);
            } catch (SQLException e) {
                // While the connection is open, on which the file may lie.
                throw reading.refused(reading.problem(e));
            } catch (InputException e) {
                throw reading.refused(e);
            }
        } finally {
            reading.close();
        }
        reading.drop();
        long rows = Objects.requireNonNull(version.tables().get(table.name())).rows();
        return new Done(table.name(), rows, table.rows(plan.version()), List.copyOf(ignored), List.copyOf(absent));
    }

    /// The files of a table, one after the other.
    private final class Reading {
        private final Item item;
        private final TableInfo info;
        private final TableSchema schema;
        private final Instant time;
        private final TreeSet<String> ignored;
        private final LinkedHashSet<String> absent;
        private final Progress progress;
        private final List<Path> fetched = new ArrayList<>();
        private final Iterator<DeltaLog.Data> files;
        private @Nullable FrozenRows rows;
        private FrozenRows.@Nullable Parts parts;
        private Progress.@Nullable Task task;

        private Reading(Item item, TableInfo info, TableSchema schema, Instant time, TreeSet<String> ignored,
                LinkedHashSet<String> absent, Progress progress) {
            this.item = item;
            this.info = info;
            this.schema = schema;
            this.time = time;
            this.ignored = ignored;
            this.absent = absent;
            this.progress = progress;
            this.files = item.files.iterator();
        }

        private @Nullable String next(Connection connection) throws IOException, SQLException {
            while (true) {
                FrozenRows.Parts open = parts;
                String part = open == null ? null : open.next();
                if (part != null) {
                    return part;
                }
                close();
                drop();
                if (!files.hasNext()) {
                    return null;
                }
                open(files.next(), connection);
            }
        }

        private void open(DeltaLog.Data file, Connection connection) throws IOException, SQLException {
            Path path = fetch(file);
            DuckDBConnection duck = connection.unwrap(DuckDBConnection.class);
            FrozenRows opened = FrozenRows.open(duck, new FrozenRows.RowSource(path, item.header, file.constants(),
                    item.layout.columns(), item.layout.nm(), item.layout.whereGiven()), info, schema, time);
            rows = opened;
            ignored.addAll(opened.ignored());
            absent.addAll(opened.absent());
            if (Files.size(path) <= LOOKED_AT_TWICE) {
                checkIds(opened, path, connection);
            }
            task = progress.begin("sorting " + info.name(), 1, 0);
            parts = opened.parts(work);
        }

        private Path fetch(DeltaLog.Data file) throws IOException {
            String key = item.key(file);
            if (!item.isRemote()) {
                return item.origin.file(key, file.bytes(), work, Progress.NONE.begin("", 0, 0));
            }
            int pieces = Math.toIntExact((Math.max(0, file.bytes()) + Origin.PIECE - 1) / Origin.PIECE);
            try (Progress.Task fetching = progress.begin("fetching " + key + ", pieces of 8 MiB", pieces, 0)) {
                Path path = item.origin.file(key, file.bytes(), work, fetching);
                fetched.add(path);
                return path;
            }
        }

        /// Forgets what was fetched of a table that cannot be taken, so that it is fetched anew.
        private InputException refused(InputException e) throws IOException {
            close();
            drop();
            return e;
        }

        private InputException problem(SQLException e) throws IOException {
            FrozenRows read = rows;
            if (read == null) {
                throw new IOException("table " + info.name() + " could not be written: " + e.getMessage(), e);
            }
            return read.problem(e);
        }

        private void close() throws IOException {
            FrozenRows.Parts open = parts;
            if (open != null) {
                open.close();
                parts = null;
            }
            Progress.Task running = task;
            if (running != null) {
                running.step();
                running.close();
                task = null;
            }
        }

        /// Deletes what was fetched.
        private void drop() throws IOException {
            for (Path path : fetched) {
                Files.deleteIfExists(path);
            }
            fetched.clear();
        }
    }

    private static void checkIds(FrozenRows rows, Path file, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet twice = statement.executeQuery("SELECT id, count(*) FROM " + rows.relation()
                        + " GROUP BY id HAVING count(*) > 1 ORDER BY id LIMIT 1")) {
            if (twice.next()) {
                throw new InputException("id " + twice.getLong(1) + " is that of " + twice.getLong(2) + " rows",
                        file.toString(), "each row has an id of its own; nothing of the table was kept");
            }
        }
    }
}
