package org.neuropil.tables.version;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.Software;
import org.neuropil.pipeline.WorkRun;
import org.neuropil.space.InputException;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.query.Hint;
import org.neuropil.tables.schema.TableSchema;
import org.neuropil.volume.store.FileStore;

/// The versions of a dataset, in its folder `versions`, each in a folder by its number. A version lies in its place as a
/// whole or not at all. One at a time makes, changes or drops versions, be it in this process or another; others are refused
/// meanwhile.
public final class Versions {
    /// Folder within the dataset's.
    public static final String FOLDER = "versions";

    private static final String FILE = "version.json";
    /// A version of a table whose changes are more than this part of its base is written anew.
    private static final double MOST_CHANGES = 0.1;

    private final Path dataset;
    private final long large;
    /// Tables that were opened, by their folders: a large one has a thousand files.
    private final Map<String, Opened> opened = new ConcurrentHashMap<>();

    /// @param written when the table's description was written
    private record Opened(FileTime written, FrozenTable table) {}

    /// @param dataset its folder
    public Versions(Path dataset) {
        this(dataset, SortedWriter.LARGE);
    }

    /// @param large number of rows from which on a table has several copies, and is not written anew for few changes
    Versions(Path dataset, long large) {
        this.dataset = dataset;
        this.large = large;
    }

    /// The folder of the dataset that they are of.
    public Path dataset() {
        return dataset;
    }

    private WorkRun.Alone alone() throws IOException {
        return WorkRun.alone("version", dataset.resolve(".work").resolve(FOLDER));
    }

    private Path folder() {
        return dataset.resolve(FOLDER);
    }

    private FrozenTable frozen(String folder) throws IOException {
        Path place = dataset.resolve(folder);
        Path file = place.resolve(FrozenTable.FILE);
        if (!Files.exists(file)) {
            return FrozenTable.open(place); // It says what is missing.
        }
        FileTime written = Files.getLastModifiedTime(file);
        Opened known = opened.get(folder);
        if (known == null || !known.written().equals(written)) {
            known = new Opened(written, FrozenTable.open(place));
            opened.put(folder, known);
        }
        return known.table();
    }

    /// All versions, in order of their numbers.
    public List<Version> list() throws IOException {
        if (!Files.isDirectory(folder())) {
            return List.of();
        }
        List<Version> versions = new ArrayList<>();
        try (Stream<Path> folders = Files.list(folder())) {
            for (Path path : folders.filter(path -> Files.exists(path.resolve(FILE))).toList()) {
                if (!FileStore.isTemporary(path)) {
                    versions.add(Json.read(path.resolve(FILE), Version.class));
                }
            }
        }
        versions.sort(Comparator.comparingInt(Version::number));
        return versions;
    }

    /// A version.
    ///
    /// @throws InputException if there is none of that number
    public Version find(int number) throws IOException {
        Path file = folder().resolve(Integer.toString(number)).resolve(FILE);
        if (!Files.exists(file)) {
            List<Integer> numbers = list().stream().map(Version::number).toList();
            throw new InputException("there is no version " + number, folder().toString(),
                    numbers.isEmpty() ? "make one with 'neuropil version create'" : "there are " + numbers);
        }
        return Json.read(file, Version.class);
    }

    /// The last version up to a moment; empty if there is none.
    public Optional<Version> before(Instant at) throws IOException {
        return list().stream().filter(version -> !version.time().isAfter(at))
                .max(Comparator.comparing(Version::time).thenComparing(Version::number));
    }

    /// A table of a version.
    ///
    /// @throws InputException if the version has no such table
    public TableState table(Version version, String name) throws IOException {
        Version.Table table = of(version, name);
        checkThere(version);
        FrozenTable base = frozen(table.base());
        if (table.changes().isEmpty()) {
            return new TableState(base.info(), base.schema(), base, null);
        }
        TableState.Changes changes = FrozenChanges.open(dataset.resolve(table.changes().orElseThrow()));
        return new TableState(changes.rows().info(), base.schema(), base, changes);
    }

    /// Whether the files of a version are there, which [#drop] deletes.
    public boolean isThere(Version version) {
        return !DroppedFiles.are(folder(version));
    }

    private Path folder(Version version) {
        return folder().resolve(Integer.toString(version.number()));
    }

    private void checkThere(Version version) {
        if (!isThere(version)) {
            throw new InputException("the files of version " + version.number() + " were dropped",
                    folder(version).toString(), "'neuropil version create --number " + version.number()
                            + " --again' makes them again");
        }
    }

    /// The frozen rows that a table of a version stands on.
    ///
    /// @throws InputException if the version has no such table
    public FrozenTable base(Version version, String name) throws IOException {
        Version.Table table = of(version, name);
        checkThere(version);
        return frozen(table.base());
    }

    private static Version.Table of(Version version, String name) {
        Version.Table table = version.tables().get(name);
        if (table == null) {
            throw new InputException("version " + version.number() + " has no table '" + name + "'", "table",
                    "it has " + String.join(", ", version.tables().keySet()));
        }
        return table;
    }

    /// Freezes states of tables.
    ///
    /// @param connection to the database that the states are relations of
    /// @param number of the version
    /// @param time moment of all the states
    /// @param states one for each table; what they are based on is a frozen table, or nothing
    /// @throws InputException if there is a version of that number
    public Version create(Connection connection, int number, Instant time, String description,
            Collection<TableState> states) throws IOException, SQLException {
        return put(number, time, description, (work, place) -> {
            TreeMap<String, Version.Table> tables = new TreeMap<>();
            for (TableState state : states) {
                tables.put(state.info().name(), freeze(connection, state, time, work, place));
            }
            return tables;
        });
    }

    /// Puts tables down as they were frozen elsewhere.
    ///
    /// @param connection to the database that the tables' pieces are relations of
    /// @param number that the version has there
    /// @param time moment of all rows and roots
    /// @throws InputException if there is a version of that number, or rows are not what a table can take
    public Version publish(Connection connection, int number, Instant time, String description,
            Collection<Incoming> incoming) throws IOException, SQLException {
        return put(number, time, description, (work, place) -> {
            TreeMap<String, Version.Table> tables = new TreeMap<>();
            for (Incoming table : incoming) {
                String name = table.info().name();
                FrozenTable frozen = new SortedWriter(connection).write(table, time,
                        work.resolve(name), large);
                table.whole().rows(frozen.rows());
                tables.put(name, new Version.Table(frozen.rows(), folder(place, name), Optional.empty()));
            }
            return tables;
        });
    }

    /// Puts a table that was frozen elsewhere into a version that was [published][#publish] before.
    ///
    /// @throws InputException if there is no such version, it has the table, or rows are not what the table can take
    public Version add(Connection connection, int number, Incoming table) throws IOException, SQLException {
        try (WorkRun.Alone _ = alone()) {
            return addAlone(connection, number, table);
        }
    }

    private Version addAlone(Connection connection, int number, Incoming table) throws IOException, SQLException {
        Version version = find(number);
        checkThere(version);
        String name = table.info().name();
        if (version.tables().containsKey(name)) {
            throw new InputException("version " + number + " has a table '" + name + "' already",
                    folder(version).toString(), "keep it");
        }
        Path place = folder(version).resolve(name);
        FileStore.sweepBeside(place);
        Path work = FileStore.beside(place);
        try {
            FrozenTable frozen = new SortedWriter(connection).write(table, version.time(), work, large);
            FileStore.sync(work);
            table.whole().rows(frozen.rows());
            WorkRun.delete(place); // of an attempt that was cut off before the version knew of it
            Files.move(work, place, StandardCopyOption.ATOMIC_MOVE);
            FileStore.syncFolder(folder(version));
            Map<String, Version.Table> tables = new TreeMap<>(version.tables());
            tables.put(name, new Version.Table(frozen.rows(), folder(folder(version), name), Optional.empty()));
            Version more = new Version(number, version.time(), version.description(), version.software(), tables);
            Json.write(folder(version).resolve(FILE), more, true);
            return more;
        } finally {
            WorkRun.delete(work);
        }
    }

    /// Writes the tables of a version.
    private interface Writing {
        /// @param work folder that they are written to
        /// @param place where that folder is moved to when they are whole
        Map<String, Version.Table> write(Path work, Path place) throws IOException, SQLException;
    }

    private Version put(int number, Instant time, String description, Writing writing)
            throws IOException, SQLException {
        try (WorkRun.Alone _ = alone()) {
            return putAlone(number, time, description, writing);
        }
    }

    private Version putAlone(int number, Instant time, String description, Writing writing)
            throws IOException, SQLException {
        Path place = folder().resolve(Integer.toString(number));
        if (Files.exists(place)) {
            throw new InputException("there is a version " + number + " already", place.toString(),
                    "leave the number out to have the next one");
        }
        Files.createDirectories(folder());
        // What a process left that was killed may be as large as the version.
        FileStore.sweepBeside(place);
        Path work = FileStore.beside(place);
        try {
            Version version = new Version(number, time, description, Software.NAME, writing.write(work, place));
            Json.write(work.resolve(FILE), version, true);
            FileStore.sync(work);
            Files.move(work, place, StandardCopyOption.ATOMIC_MOVE);
            FileStore.syncFolder(folder());
            return version;
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            throw new InputException("was made by somebody else meanwhile", place.toString(), "try again", e);
        } finally {
            WorkRun.delete(work);
        }
    }

    private static String folder(Path place, String table) {
        return FOLDER + "/" + place.getFileName() + "/" + table;
    }

    /// A table whose files a version has itself, as it was when they were made.
    ///
    /// @param info what was said of it
    /// @param schema of its rows
    /// @param base what the files are changes of; null if they are all of its rows
    public record Own(TableInfo info, TableSchema schema, @Nullable FrozenTable base) {}

    /// The tables whose files a version has itself; others are in those of earlier versions.
    public List<Own> own(Version version) throws IOException {
        List<Own> own = new ArrayList<>();
        for (Version.Table table : version.tables().values()) {
            if (isOf(table, version.number())) {
                FrozenTable files = files(table);
                own.add(new Own(files.info(), files.schema(), table.changes().isEmpty()
                        ? null
                        : frozen(table.base())));
            }
        }
        return own;
    }

    private FrozenTable files(Version.Table table) throws IOException {
        return frozen(table.changes().orElse(table.base()));
    }

    private static boolean isOf(Version.Table table, int number) {
        String folder = FOLDER + "/" + number + "/";
        return table.base().startsWith(folder) || table.changes().orElse("").startsWith(folder);
    }

    /// Deletes the files of a version, if they come out the same when they are made again.
    ///
    /// @param states of the tables that are its own, at its moment
    /// @return how many bytes they had
    /// @throws InputException if another version needs them, or they do not come out the same
    public long drop(Connection connection, Version version, Collection<TableState> states)
            throws IOException, SQLException {
        try (WorkRun.Alone _ = alone()) {
            return dropAlone(connection, version, states);
        }
    }

    private long dropAlone(Connection connection, Version version, Collection<TableState> states)
            throws IOException, SQLException {
        checkThere(version);
        for (Version other : list()) {
            if (other.number() != version.number()
                    && other.tables().values().stream().anyMatch(table -> isOf(table, version.number()))) {
                throw new InputException("version " + other.number() + " stands on the files of version "
                        + version.number(), folder(version).toString(), "keep them");
            }
        }
        if (states.isEmpty()) {
            throw new InputException("version " + version.number() + " has no files of its own",
                    folder(version).toString(), "it stands on those of earlier versions");
        }
        Path work = FileStore.beside(folder(version));
        try {
            remake(connection, version, states, work);
            return DroppedFiles.delete(folder(version), work);
        } finally {
            WorkRun.delete(work);
        }
    }

    /// Gives a version back the files that were dropped.
    ///
    /// @param states of the tables that are its own, at its moment
    /// @throws InputException if none were dropped, or they do not come out the same
    public void restore(Connection connection, Version version, Collection<TableState> states)
            throws IOException, SQLException {
        try (WorkRun.Alone _ = alone()) {
            restoreAlone(connection, version, states);
        }
    }

    private void restoreAlone(Connection connection, Version version, Collection<TableState> states)
            throws IOException, SQLException {
        if (isThere(version)) {
            throw new InputException("version " + version.number() + " has its files", folder(version).toString(),
                    "nothing has to be made again");
        }
        Path work = FileStore.beside(folder(version));
        try {
            remake(connection, version, states, work);
            DroppedFiles.restore(folder(version), work);
        } finally {
            WorkRun.delete(work);
        }
    }

    private void remake(Connection connection, Version version, Collection<TableState> states, Path work)
            throws IOException, SQLException {
        for (TableState state : states) {
            String name = state.info().name();
            Version.Table table = of(version, name);
            boolean many = files(table).isLarge();
            if (table.changes().isPresent()) {
                FrozenChanges.write(connection, state, version.time(), work.resolve(name), many);
            } else {
                new SortedWriter(connection).write(state.info(), state.schema(), version.time(),
                        state.relation(Hint.NONE), work.resolve(name), many);
            }
        }
    }

    private Version.Table freeze(Connection connection, TableState state, Instant time, Path work, Path place)
            throws IOException, SQLException {
        String name = state.info().name();
        String folder = folder(place, name);
        TableState.Changes changes = state.changes();
        if (state.base() instanceof FrozenTable base && changes != null) {
            if (DroppedFiles.are(Objects.requireNonNull(base.folder().getParent()))) {
                throw new InputException("the files that table '" + name + "' stands on were dropped meanwhile",
                        base.folder().toString(), "try again");
            }
            long came = count(connection, changes.rows().relation(Hint.NONE));
            long gone = count(connection, changes.ids());
            String lies = dataset.relativize(base.folder()).toString();
            if (came == 0 && gone == 0 && base.info().equals(state.info())) {
                return new Version.Table(base.rows(), lies, Optional.empty());
            }
            if (base.rows() >= large && came + gone <= MOST_CHANGES * base.rows()) {
                FrozenChanges.write(connection, state, time, work.resolve(name), came >= large);
                return new Version.Table(count(connection, state.relation(Hint.NONE)), lies, Optional.of(folder));
            }
        }
        long rows = count(connection, state.relation(Hint.NONE));
        new SortedWriter(connection).write(state.info(), state.schema(), time,
                state.relation(Hint.NONE), work.resolve(name), rows >= large);
        return new Version.Table(rows, folder, Optional.empty());
    }

    private static long count(Connection connection, String relation) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + relation + " t")) {
            row.next();
            return row.getLong(1);
        }
    }
}
